import Foundation
import ReleaseModel
import TestSupport
import Testing

/// Inserts into files that are put together at random: nothing that was there is lost.
@Suite struct ChangelogFuzzTests {
  static let runs =
    ProcessInfo.processInfo.environment["GIT_BACKPORT_FUZZ"].flatMap(Int.init) ?? 400

  @Test func noOldLineIsLostOrReorderedAndASecondRunChangesNothing() throws {
    var generator = SeededGenerator(seed: 20_261_121)
    var inserted = 0
    for _ in 0..<Self.runs {
      let (text, job, format) = try Self.sample(&generator)
      let bytes = Array(text.utf8)
      guard case .edited(let revision) = Changelog(bytes, format: format).insert(job) else {
        continue
      }
      inserted += 1
      let old = text.split(separator: "\n", omittingEmptySubsequences: false)
      let new = String(decoding: revision.bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let kept = Self.commonLength(old, new)
      // A date or link of Unreleased may change; no other line may go.
      #expect(old.count - kept <= 2, "\(text)\n=== became ===\n\(new.joined(separator: "\n"))")
      #expect(Changelog(revision.bytes, format: format).insert(job) == .unchanged, "\(text)")
    }
    #expect(inserted > Self.runs / 4)
  }

  /// The length of the longest common subsequence, for insertions of a few lines.
  private static func commonLength<Line: Equatable>(_ old: [Line], _ new: [Line]) -> Int {
    var row = Array(repeating: 0, count: new.count + 1)
    for line in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = row[index + 1]
        row[index + 1] = line == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[new.count]
  }

  private static let titles = [
    "# Changelog\n\n", "Changelog\n=========\n\n", "", "= News\n\n", "Text that leads in.\n\n",
  ]
  private static let headings = [
    "## [V] - D", "## V (D)", "## vV", "V (D)\n-----------", "* Version V - D", "Version V, D",
    "= V =",
    "### V / D", "## [V](https://example.org/compare/vP...vV) (D)", "V: D",
  ]
  private static let bodies = [
    "\n### Fixed\n\n- One thing\n- Another\n", "\n- Fixed: a thing\n", "\n* thing\n\n  and more\n",
    "",
    "\nBug fixes:\n  o thing\n", "\n    code (1.2.3)\n", "\n```\n## [9.9.9]\n```\n",
    "\n- 1.0.0 was bad\n",
    "\n** Bugs\n\n  text\n", "\n<!-- comment -->\n",
  ]

  private static func sample(
    _ generator: inout SeededGenerator
  ) throws -> (text: String, job: ChangelogJob, format: ChangelogFormat) {
    func pick<Item>(_ items: [Item]) -> Item {
      items[Int.random(in: 0..<items.count, using: &generator)]
    }
    let heading = pick(headings)
    let isMixed = Bool.random(using: &generator)
    var text = pick(titles)
    if Int.random(in: 0..<4, using: &generator) == 0 {
      text += pick(["## [Unreleased]\n\n", "## Unreleased\n\n- Soon\n\n"])
    }
    var versions: [String] = []
    for minor in (0..<Int.random(in: 1...3, using: &generator)).reversed() {
      for patch in (0..<Int.random(in: 1...3, using: &generator)).reversed() {
        versions.append("1.\(minor).\(patch)")
      }
    }
    for (index, version) in versions.enumerated() {
      let form = isMixed && Int.random(in: 0..<5, using: &generator) == 0 ? pick(headings) : heading
      let date = "2024-0\(9 - index % 9)-1\(index % 10)"
      text += form.replacing("V", with: version).replacing("P", with: "1.0.0")
        .replacing("D", with: date)
      text += "\n" + pick(bodies) + pick(["\n", "\n\n", ""])
    }
    if Bool.random(using: &generator) {
      text += "\n[Unreleased]: https://example.org/compare/v\(versions[0])...HEAD\n"
    }
    let previous = try Version(parsing: pick(versions))
    var job = try entryJob(
      "1.\(previous.minor).\(Int.random(in: 1...5, using: &generator))", after: nil,
      mode: pick([.release, .forwardPort]))
    job.previous = pick([previous, nil])
    return (text, job, pick(ChangelogFormat.allCases))
  }
}
