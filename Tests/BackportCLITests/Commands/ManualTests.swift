import Foundation
import TestSupport
import Testing

@Suite("The man page")
struct ManualTests {
  /// Every verb, and the verbs of verbs.
  private static func all(below command: [String: Any]) -> [[String: Any]] {
    let verbs = command["subcommands"] as? [[String: Any]] ?? []
    return verbs + verbs.flatMap(all)
  }

  @Test("covers every verb and every option that is offered, and offers no other")
  func options() throws {
    let environment = try HermeticEnvironment()
    let run = try ProgramRun(["--experimental-dump-help"], environment: environment)
    let root = DocumentSchema.value(run.output, "command") as? [String: Any] ?? [:]
    let verbs = Self.all(below: root)
    #expect(verbs.count >= 13)
    let file = DocumentSchema.folder.deletingLastPathComponent()
      .appendingPathComponent("Manual/git-backport.1")
    let manual = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      .replacing("\\-", with: "-")
    let entries = manual.split(separator: "\n")
      .filter { $0.hasPrefix(".B ") || $0.hasPrefix(".BR ") }.joined(separator: " ")
    let words = Set(entries.split { " ,\"".contains($0) }.map(String.init))
    var offered: Set<String> = []
    let nested = verbs.flatMap { $0["subcommands"] as? [[String: Any]] ?? [] }
    for command in [root] + verbs + nested where command["commandName"] as? String != "help" {
      if command["superCommands"] != nil {
        #expect(words.contains(command["commandName"] as? String ?? ""))
      }
      for argument in command["arguments"] as? [[String: Any]] ?? [] {
        for name in argument["names"] as? [[String: String]] ?? [] {
          offered.insert((name["kind"] == "long" ? "--" : "-") + (name["name"] ?? ""))
        }
      }
    }
    #expect(offered.count > 30)
    #expect(offered.subtracting(words).isEmpty, "missing in the man page")
    let described = words.filter { $0.hasPrefix("-") }
    #expect(described.subtracting(offered).isEmpty, "not offered by the program")
  }
}
