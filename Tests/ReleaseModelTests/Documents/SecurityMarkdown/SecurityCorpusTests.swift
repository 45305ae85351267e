import Foundation
import ReleaseModel
import Testing

/// Where the corpora of the measuring machine are; nil when nobody names them.
private let corpora = ProcessInfo.processInfo.environment["GIT_BACKPORT_CORPORA"]

@Suite("collected policies")
struct SecurityCorpusTests {
  private static let ownPath =
    (#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    + ["synthetic.json"]).joined(separator: "/")

  @Test("every rule of the written policies is read, and no other")
  func written() throws {
    for entry in try PolicyCorpusEntry.load(Self.ownPath) {
      let score = PolicyScore(entry)
      #expect(score.problems.isEmpty, "\(entry.id): \(score.problems)")
    }
  }

  @Test("the collected policies are read", .enabled(if: corpora != nil))
  func collected() throws {
    let path = try #require(corpora) + "/policies/sections.json"
    var total = PolicyScore.Sum()
    for entry in try PolicyCorpusEntry.load(path) where entry.hasRows {
      let score = PolicyScore(entry)
      total.add(score)
      for problem in score.problems {
        print("\(entry.id)\(entry.ambiguous ? " (ambiguous)" : ""): \(problem)")
      }
    }
    print(total)
    #expect(total.wrong == 0)
    #expect(total.right * 100 >= total.expected * 97)
  }

  @Test("the founding policies are recognised by their own text", .enabled(if: corpora != nil))
  func founding() throws {
    let path = try #require(corpora) + "/policies/sections.json"
    let entries = try PolicyCorpusEntry.load(path)
    for (id, preset) in [("seed-simplejwt", "simplejwt"), ("seed-kiipy", "kiipy")] {
      let section = try #require(entries.first { $0.id == id }?.section)
      let variants = [
        section, section.replacingOccurrences(of: "\n- ", with: "\n\n*   "),
        section.replacingOccurrences(of: "\n", with: "\r\n"),
        section.replacingOccurrences(of: "only", with: "**only**"),
        "# Security\n\nHello.\n\n" + section + "\n\n## Reporting\n\nWrite to us.\n",
      ]
      for variant in variants {
        #expect(SecurityReading(Array(variant.utf8)).form == .preset(preset))
      }
      let more = section + "\n\nLong-term support releases are supported for two years.\n"
      #expect(SecurityReading(Array(more.utf8)).form != .preset(preset))
    }
  }
}

extension PolicyCorpusEntry {
  /// Whether the entry is read from a table or a list of versions.
  var hasRows: Bool { form != "prose" && !syntax.contains("(prose)") }
}

/// How the reading of one entry compares with what a person read.
struct PolicyScore {
  private(set) var expected = 0
  private(set) var right = 0
  /// Verdicts that are the opposite of what is expected.
  private(set) var wrong = 0
  private(set) var problems: [String] = []

  init(_ entry: PolicyCorpusEntry) {
    let reading = SecurityReading(Array(entry.section.utf8))
    if entry.hasRows {
      compareRows(entry, reading)
    } else {
      compareProposals(entry, reading)
    }
  }

  private mutating func compareRows(_ entry: PolicyCorpusEntry, _ reading: SecurityReading) {
    var found = reading.rules
    let isList = entry.form == "list"
    for rule in entry.rules where isList || rule.origin != "prose" && rule.origin != "list" {
      guard let key = rule.key else { continue }
      expected += 1
      if let index = found.firstIndex(where: { $0.key == key && $0.answer == rule.answer }) {
        right += 1
        if found[index].level ?? SupportLevel.none != rule.level, entry.form != "mixed" {
          problems.append("level of \(key): expected \(rule.level)")
        }
        found.remove(at: index)
      } else if let index = found.firstIndex(where: { $0.key == key }) {
        if found[index].answer != "unknown" { wrong += 1 }
        problems.append("\(key): expected \(rule.answer), found \(found[index].answer)")
        found.remove(at: index)
      } else {
        problems.append("\(key): missing")
      }
    }
    problems += found.filter { $0.key != "outside" }.map { "\($0.key) \($0.answer): not expected" }
  }

  /// Sentences are proposed: the rules have to be there, refusals need none.
  private mutating func compareProposals(_ entry: PolicyCorpusEntry, _ reading: SecurityReading) {
    let found = reading.proposals.flatMap { proposal -> [String] in
      if proposal.preset == "minor-per-major" {
        return ["latest 1 minor per \(proposal.parameters.first ?? 0) major 0"]
      }
      return proposal.rules.map(\.subject.corpusKey)
    }
    let wanted = entry.rules.filter { $0.answer == "yes" }.compactMap(\.key)
    expected = wanted.count
    right = wanted.count { found.contains($0) }
    problems = wanted.filter { !found.contains($0) }.map { "\($0): missing" }
    problems += found.filter { !wanted.contains($0) }.map { "\($0): not expected" }
    if !reading.rules.isEmpty { problems.append("sentences were applied") }
  }

  struct Sum: CustomStringConvertible {
    private(set) var expected = 0
    private(set) var right = 0
    private(set) var wrong = 0

    mutating func add(_ score: PolicyScore) {
      expected += score.expected
      right += score.right
      wrong += score.wrong
    }

    var description: String {
      "\(right) of \(expected) verdicts of tables and lists are right, \(wrong) are wrong"
    }
  }
}
