import Foundation
import TestSupport
import Testing

@testable import ReleaseModel

@Suite("hostile SECURITY.md")
struct SecurityFuzzTests {
  private static let ownPath =
    (#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    + ["synthetic.json"]).joined(separator: "/")

  private static let pieces = [
    "|", "\n", "`", "*", "<", ">", "(", ")", "[", "]", "<!--", "-->", "```", "~", ":", "\\", "\r",
    "\u{0}", "é", "支持", "\u{202E}", "99999999999999999999", "18446744073709551616", ".x", "not ",
    "until ", "<table>", "<td>", "+---+", "│", "=== ===", "* - ", "N-1", "latest ", "🚧",
    "&#x110000;",
  ]

  /// The written policies, the habits, and where the environment names them the collected ones.
  private func seeds() throws -> [String] {
    struct Habit: Decodable { var section: String }
    let habits = Self.ownPath.replacing("synthetic.json", with: "habits.json")
    var seeds = try PolicyCorpusEntry.load(Self.ownPath).map(\.section)
    seeds += try JSONDecoder().decode(
      [Habit].self, from: Data(contentsOf: URL(fileURLWithPath: habits))
    ).map(\.section)
    if let corpora = ProcessInfo.processInfo.environment["GIT_BACKPORT_CORPORA"] {
      seeds += try PolicyCorpusEntry.load(corpora + "/policies/sections.json").map(\.section)
    }
    return seeds
  }

  @Test("mutated policies are read without a trap and without delay, and what is unread is unknown")
  func mutations() throws {
    let seeds = try seeds()
    let inventory = try LineInventory(
      tagNames: ["1.0.0", "1.1.0", "2.0.0", "2.1.3", "3.0.0", "5.1.0", "0.9.1"], unit: .minor)
    let facts = PolicyFacts(asOf: .earliest)
    var source = SeededGenerator(seed: 1)
    for round in 0..<Fuzzing.rounds(usually: 1_500) {
      var bytes = Array(seeds[round % seeds.count].utf8)
      Fuzzing.mutate(&bytes, with: Self.pieces, using: &source)
      let time = Fuzzing.time {
        let reading = SecurityReading(bytes)
        let resolution = reading.resolution(of: inventory, facts: facts, source: "SECURITY.md")
        #expect(!reading.gitBackportFile(source: "SECURITY.md").contains("\u{0}"))
        for entry in resolution.coverage?.policy.rules ?? [] {
          #expect((try? SupportRule(parsing: entry.rule.description)) == entry.rule)
        }
        expectUnreadIsUnknown(reading, resolution, String(decoding: bytes, as: UTF8.self))
      }
      #expect(time < .milliseconds(100), "\(time) for \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  /// While a row is unread, no line is unsupported only because no row lists it.
  private func expectUnreadIsUnknown(
    _ reading: SecurityReading, _ resolution: SecurityResolution, _ text: String
  ) {
    let read = Set(reading.rules.map(\.source))
    guard reading.notUnderstood.contains(where: { !read.contains($0) }) else { return }
    for verdict in resolution.coverage?.verdicts ?? []
    where verdict.rule == nil && !verdict.reason.hasPrefix("support ended") {
      #expect(verdict.supported != .no, "\(verdict.line) \(verdict.reason)\n\(text)")
    }
  }

  @Test("a row whose status is lost makes its lines unknown, and no line unsupported")
  func lostStatus() throws {
    let inventory = try LineInventory(
      tagNames: ["1.0.0", "1.1.0", "2.0.0", "2.1.3", "3.0.0", "3.1.0"], unit: .minor)
    let facts = PolicyFacts(asOf: .earliest)
    let subjects = [
      "3.1.x", "3.x", ">=3", "latest", "Latest minor", "N", "current major", "3.0 - 3.1", "3.1.0",
      "latest 3.x", "main",
    ]
    for subject in subjects {
      for others in [
        [("2.x", "yes"), ("1.x", "no")], [("2.x", "yes")], [("older", "no")],
        [("2.x", "no"), ("others", "no")], [("< 3.0", "no")],
      ] {
        let text = table("Version", "Supported", [(subject, "qzxw vbnm")] + others)
        let reading = SecurityReading(text: text)
        let coverage = reading.resolution(of: inventory, facts: facts, source: "f").coverage
        let newest = coverage?.verdicts.first
        #expect(newest == nil || newest?.supported != .no, "\(text) \(newest?.reason ?? "")")
      }
    }
  }

  @Test("a row that cannot be read never turns what is unknown into no")
  func unknownStaysUnknown() throws {
    let inventory = try LineInventory(tagNames: ["1.0.0", "2.0.0", "3.0.0"], unit: .minor)
    let facts = PolicyFacts(asOf: .earliest)
    var source = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let noise = (0...3).map { _ in Self.pieces.randomElement(using: &source) ?? "" }.joined()
      let cell = "2.%\(noise)".filter { !"|\n\r`".contains($0) && $0 != "<" && $0 != "\\" }
      let text = table(("3.x", "yes"), ("\(cell)%", "perhaps"))
      let reading = SecurityReading(text: text)
      guard !reading.notUnderstood.isEmpty, reading.rules.count == 1 else { continue }
      let coverage = reading.resolution(of: inventory, facts: facts, source: "f").coverage
      #expect(coverage?.verdicts.map(\.supported) == [.yes, .unknown, .unknown])
    }
  }

  @Test(
    "long inputs take time in proportion",
    arguments: [
      "| 1.x | yes |\n", "* - a\n", "<table\n", "+---+\n|a|\n", "=== ===\nab\n", "[", "(", "*", "<",
      "`", "- 1.x: yes\n", "a. ", "1.", "# a\n", "> ", "<!--", "&", "1.x, ", "latest ", "not ",
      "a: 1\n", "Supported versions\n---\n", "until 2026 ", "支", "<td>", "{\u{301}", "| a ",
    ])
  func longInputs(_ piece: String) {
    let header = "## Supported Versions\n\n| Version | Supported |\n|---|---|\n"
    func time(_ count: Int) -> Duration {
      let bytes = Array((header + String(repeating: piece, count: count / piece.utf8.count)).utf8)
      // The better of two: other processes only ever make it slower.
      let times = (0..<2).map { _ in ContinuousClock().measure { _ = SecurityReading(bytes) } }
      return times.min() ?? .zero
    }
    _ = time(1_000)
    let short = time(3_000)
    let long = time(48_000)
    // Sixteen times the length: quadratic steps would take 256 times as long.
    #expect(long < short * 80 + .milliseconds(100), "\(short) then \(long)")
  }
}
