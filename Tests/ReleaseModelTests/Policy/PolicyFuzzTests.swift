import TestSupport
import Testing

@testable import ReleaseModel

@Suite("Hostile tags, branches and sentences")
struct PolicyFuzzTests {
  private static let names = [
    "v1.2.3", "release-1.2.0", "rel_1_4_54", "netty-4.1.128.Final", "go1.21rc2", "curl-8_21_0",
    "@changesets/cli@3.0.1", "api/v3.7.1", "REL_16_STABLE", "1.1.1w", "7.1.3.1", "v0.5.0-alpha.1",
    "tokio-1.47.x", "stable/7.4.x", "8-1-stable", "maint/v1.9", "24.04", "2026.11.21", "R16B03-1",
    "1.0.0.post1", "v255-stable", "backport/x-to-1.2", "release/1.7", "18/main", "v1.2.3-p5",
  ]
  private static let sentences = [
    "latest 2 minors of each major within <4 skipping 1 adjacent : security, severity high",
    "latest patch while 0.x", "latest 2 majors since 1.0.0", "lts latest 2", "branch main",
    "previous minor for 6 months after superseded : security", "4.2.x until 2026-04-30",
    ">=2 <3 before 4.0 : critical", "4.0 - 4.9", "<1.0.0", "* for 18 months after release of major",
    "latest major for 24 months after release : best-effort", "~>1.2 || ^2.0 : none",
  ]
  private static let pieces = [
    ".", "-", "_", "/", "@", "+", "v", "x", "*", " ", "\t", "\u{0}", "\u{202E}", "é", "支",
    "99999999",
    "18446744073709551616", "latest ", "of each ", "within ", ":", ",", "<=", "until ",
    "9999-12-31",
    "0000-00-00", "rc", ".post", "Final", "{line}", "1.", "..", ".lock", "^", "~", "||",
  ]
  private static let limit = Duration.milliseconds(100)

  private func text(_ seeds: [String], _ round: Int, _ source: inout SeededGenerator) -> String {
    var bytes = Array(seeds[round % seeds.count].utf8)
    Fuzzing.mutate(&bytes, with: Self.pieces, using: &source)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("names are read without a trap and without delay, and the next tag is a new one")
  func names() throws {
    var source = SeededGenerator(seed: 3)
    var names: [String] = []
    for round in 0..<Fuzzing.rounds(usually: 2_000) {
      names.append(text(Self.names, round, &source))
      guard names.count == 20 else { continue }
      let time = try Fuzzing.time { try self.survey(names) }
      #expect(time < Self.limit, "\(time) for \(names)")
      names = []
    }
  }

  private func survey(_ names: [String]) throws {
    for name in names { _ = LineName(parsing: name) }
    for unit in LineUnit.allCases {
      guard let inventory = try? LineInventory(tagNames: names, unit: unit) else { continue }
      for line in inventory.lines {
        #expect(!names.contains(line.nextTagName))
        #expect(line.nextVersion > line.newest.version)
        #expect(inventory.line(for: line.newest.version)?.name == line.name)
      }
      let detector = BranchDetector(
        inventory: inventory, local: names, remote: names.reversed(), trunk: .local("main"))
      let found = detector.branches(of: inventory.lines) { _, _ in true }
      #expect(found.map(\.line) == inventory.lines.map(\.name))
    }
  }

  @Test("sentences are refused with a place inside of the text, or mean what they print")
  func sentences() throws {
    var source = SeededGenerator(seed: 4)
    let inventory = try LineInventory(
      tagNames: ["0.9.1", "1.0.0", "1.1.0", "2.0.0", "2.1.3", "3.0.0", "5.1.0"], unit: .minor)
    for round in 0..<Fuzzing.rounds(usually: 2_000) {
      let text = text(Self.sentences, round, &source)
      let time = Fuzzing.time {
        do throws(PolicySentenceError) {
          let rule = try SupportRule(parsing: text)
          #expect((try? SupportRule(parsing: rule.description)) == rule, "\(text)")
          ask(rule, inventory)
        } catch {
          #expect(error.column + error.width <= max(text.count, 0) + 1, "\(text)")
          if let nearest = error.nearestSentence {
            #expect((try? SupportRule(parsing: nearest)) != nil, "\(nearest)")
          }
        }
      }
      #expect(time < Self.limit, "\(time) for \(text)")
    }
  }

  /// Without any date, no period is over: what hangs on one is unknown, never no.
  private func ask(_ rule: SupportRule, _ inventory: LineInventory) {
    let facts = PolicyFacts(asOf: .earliest)
    let coverage = Coverage(of: inventory, under: SupportPolicy([rule]), facts: facts)
    guard case .lasting? = rule.period, rule.level.isSupported else { return }
    var always = rule
    always.period = nil
    let without = Coverage(of: inventory, under: SupportPolicy([always]), facts: facts)
    for (verdict, other) in zip(coverage.verdicts, without.verdicts) where other.supported == .yes {
      #expect(verdict.supported != .no, "\(rule) \(verdict.line): \(verdict.reason)")
    }
  }
}
