import TestSupport
import Testing

@testable import GitStore

@Suite struct HunkTests {
  private func render(_ hunks: [DiffHunk]) -> String {
    hunks.map { hunk in
      "@\(hunk.oldStart) @\(hunk.newStart)\n"
        + hunk.lines.map { line in
          let text = String(decoding: line.content, as: UTF8.self)
          return String(Unicode.Scalar(line.origin)) + text + (text.hasSuffix("\n") ? "" : "\n")
        }.joined()
    }.joined()
  }

  /// The hunks of `git diff --no-index`, headers cut down to where they start.
  private func oracle(
    _ environment: HermeticEnvironment, _ old: String, _ new: String, context: Int
  ) throws -> String {
    try environment.write(old, to: "old")
    try environment.write(new, to: "new")
    let git = GitOracle(in: environment.root, environment: environment)
    let result = try git.attempt(["diff", "--no-index", "-U\(context)", "old", "new"])
    var text = ""
    for line in result.outputText.split(separator: "\n", omittingEmptySubsequences: false)
      .dropFirst(4)
    where !line.hasPrefix("\\") {
      if line.hasPrefix("@@ -") {
        let starts = line.split(separator: " ")[1...2].map { side in
          side.dropFirst().prefix { $0 != "," }
        }
        text += "@\(starts[0]) @\(starts[1])\n"
      } else if !line.isEmpty {
        text += line + "\n"
      }
    }
    return text
  }

  @Test(arguments: [0, 1, 3, 10]) func `hunks are git's`(context: Int) throws {
    let environment = try HermeticEnvironment()
    let repository = try smallRepository()
    let store = try repository.open()
    var generator = SeededGenerator(seed: 31)
    for number in 0..<15 {
      let lines = BlobMergeTests.lines(&generator)
      let old = lines.joined(separator: "\n") + (number % 2 == 0 ? "\n" : "")
      let new = BlobMergeTests.edited(lines, &generator).joined(separator: "\n") + "\n"
      let hunks = try #require(
        try store.hunks(from: Array(old.utf8), to: Array(new.utf8), context: context))
      #expect(render(hunks) == (try oracle(environment, old, new, context: context)))
    }
  }

  @Test func `equal contents have no hunks, binary ones none to show`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    #expect(try store.hunks(from: [], to: []) == [])
    #expect(try store.hunks(from: [0x61], to: [0x61]) == [])
    #expect(try store.hunks(from: [0, 1], to: [0, 2]) == nil)
    #expect(try store.hunks(from: [], to: [0x61, 0x0a])?.count == 1)
    #expect(try store.hunks(from: [0x61, 0x0a], to: [])?.count == 1)
    #expect(try store.hunks(from: [0x61], to: [0x62], context: -1)?.count == 1)
  }
}
