import Foundation
import ReleaseModel
import Testing

@Suite("The habits of many projects")
struct SecurityHabitsTests {
  /// A section in a shape that projects use, and what it means for some releases.
  private struct Habit: Decodable {
    var name: String
    var section: String
    var versions: String
    /// The answer, level and end for each line; `assumed` where the section states no policy.
    var verdicts: [String: String]
  }

  private static let path =
    (#filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    + ["habits.json"]).joined(separator: "/")

  @Test("tables, lists and sentences in fifteen languages mean what a reader takes from them")
  func verdicts() throws {
    let habits = try JSONDecoder().decode(
      [Habit].self, from: Data(contentsOf: URL(fileURLWithPath: Self.path)))
    #expect(habits.count > 200)
    for habit in habits {
      let inventory = try LineInventory(
        tagNames: habit.versions.split(separator: " ").map(String.init), unit: .minor)
      let facts = PolicyFacts(asOf: try CalendarDate(parsing: "2026-11-21"))
      let coverage = SecurityReading(Array(habit.section.utf8))
        .resolution(of: inventory, facts: facts, source: "SECURITY.md").coverage
      if habit.verdicts["assumed"] != nil {
        #expect(coverage == nil, "\(habit.name)")
        continue
      }
      for (line, expected) in habit.verdicts {
        let verdict = try #require(
          coverage?.verdicts.first { "\($0.line)" == line }, "\(habit.name) \(line)")
        #expect(words(verdict) == expected, "\(habit.name) \(line): \(verdict.reason)")
      }
    }
  }

  private func words(_ verdict: LineVerdict) -> String {
    guard verdict.supported == .yes else { return verdict.supported.rawValue }
    let level = verdict.level.flatMap { $0 == .full ? nil : " \($0.rawValue)" } ?? ""
    return "yes" + level + (verdict.until.map { " until \($0)" } ?? "")
  }
}
