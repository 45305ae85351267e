import TestSupport
import Testing

@Suite("lines --graph")
struct LinesGraphTests {
  private func graph(
    _ arguments: [String] = [], in repository: TestRepository, columns: Int, locale: String
  ) throws -> String {
    let run = try ProgramRun(
      ["lines", "--graph", "--as-of", "2026-03-18"] + arguments, in: repository.directory,
      environment: repository.environment,
      overrides: ["COLUMNS": "\(columns)", "LC_ALL": locale])
    #expect(run.status == 0, "\(run.errors)")
    return run.output
  }

  @Test("draws lines, releases, the trunk and where a fix lands")
  func golden() throws {
    let repository = try KeyringHistory().write()
    Golden.expect(
      try graph(in: repository, columns: 80, locale: "C.UTF-8"), matches: "keyring-graph.txt")
    Golden.expect(
      try graph(in: repository, columns: 120, locale: "C"), matches: "keyring-graph-ascii.txt")
    let single = try SingleTagHistory().write()
    Golden.expect(
      try graph(in: single, columns: 80, locale: "en_US.utf8"), matches: "single-graph.txt")
  }

  @Test(
    "fits the terminal with many lines, and counts what it leaves out", arguments: [60, 80, 120])
  func many(columns: Int) throws {
    var history = RepositoryBuilder()
    history.commit(
      "Begin", files: [".gitbackport": "[policy]\n\tsupport = latest 3 minors : security\n"])
    for minor in 0..<40 {
      for patch in 0..<(minor % 12 + 1) {
        let mark = history.commit("Release", files: ["a": .text("\(minor).\(patch)\n")])
        history.tag("v1.\(minor).\(patch)", at: mark)
      }
    }
    let repository = try history.write()
    let text = try graph(in: repository, columns: columns, locale: "C.UTF-8")
    for line in text.split(separator: "\n") {
      #expect(line.count <= columns, "\(line)")
    }
    #expect(text.contains("older lines (-v draws them)"))
    let whole = try graph(["-v"], in: repository, columns: columns, locale: "C")
    #expect(whole.contains("1.0 "))
    #expect(!whole.contains("older lines"))
    #expect(whole.utf8.allSatisfy { $0 < 0x80 })
  }
}
