import Foundation
import Testing

@testable import ReleaseModel

@Suite("hostile SECURITY.md")
struct SecurityFuzzTests {
  /// A small reproducible source of numbers: SplitMix64.
  private struct Source {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int(truncatingIfNeeded: (value ^ (value >> 31)) >> 1) % max(1, bound)
    }
  }

  private static let ownPath =
    (#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    + ["synthetic.json"]).joined(separator: "/")

  private static let pieces = [
    "|", "\n", "`", "*", "<", ">", "(", ")", "[", "]", "<!--", "-->", "```", "~", ":", "\\", "\r",
    "\u{0}", "é", "支持", "\u{202E}", "99999999999999999999", "18446744073709551616", ".x", "not ",
    "until ", "<table>", "<td>", "+---+", "│", "=== ===", "* - ", "N-1", "latest ", "🚧",
    "&#x110000;",
  ]

  private func mutate(_ bytes: inout [UInt8], _ source: inout Source) {
    for _ in 0...source.next(below: 4) {
      let place = source.next(below: bytes.count + 1)
      switch source.next(below: 5) {
      case 0 where place < bytes.count: bytes[place] = UInt8(source.next(below: 256))
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2:
        bytes.insert(contentsOf: Self.pieces[source.next(below: Self.pieces.count)].utf8, at: place)
      case 3:
        let end = min(bytes.count, place + source.next(below: 40))
        bytes.insert(
          contentsOf: bytes[min(place, end)..<end], at: source.next(below: bytes.count + 1))
      default: bytes.removeLast(min(bytes.count, source.next(below: 20)))
      }
    }
  }

  @Test("mutated policies are read without a trap and without delay")
  func mutations() throws {
    let entries = try PolicyCorpusEntry.load(Self.ownPath)
    let inventory = try LineInventory(
      tagNames: ["1.0.0", "1.1.0", "2.0.0", "2.1.3", "3.0.0", "5.1.0", "0.9.1"], unit: .minor)
    let facts = PolicyFacts(asOf: .earliest)
    var source = Source(state: 1)
    let count = Int(ProcessInfo.processInfo.environment["GIT_BACKPORT_FUZZ"] ?? "") ?? 1_500
    for round in 0..<count {
      var bytes = Array(entries[round % entries.count].section.utf8)
      mutate(&bytes, &source)
      let reading = SecurityReading(bytes)
      let resolution = reading.resolution(of: inventory, facts: facts, source: "SECURITY.md")
      #expect(!reading.gitBackportFile(source: "SECURITY.md").contains("\u{0}"))
      for entry in resolution.coverage?.policy.rules ?? [] {
        #expect((try? SupportRule(parsing: entry.rule.description)) == entry.rule)
      }
    }
  }

  @Test("a row that cannot be read never turns what is unknown into no")
  func unknownStaysUnknown() throws {
    let inventory = try LineInventory(tagNames: ["1.0.0", "2.0.0", "3.0.0"], unit: .minor)
    let facts = PolicyFacts(asOf: .earliest)
    var source = Source(state: 7)
    for _ in 0..<500 {
      let noise = (0...3).map { _ in Self.pieces[source.next(below: Self.pieces.count)] }.joined()
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
