import Foundation
import TestSupport
import Testing

@Suite("A conflict in a plan")
struct ConflictTextTests {
  private static let code = (1...9).map { "line \($0)\n" }.joined()

  /// Two lines, of which the older has other words where the fix changes some.
  private func project() throws -> (repository: TestRepository, fix: String, own: String) {
    var history = RepositoryBuilder()
    let first = history.commit(
      "Version 1.0.0",
      files: [
        ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n", "a b.c": .text(Self.code),
      ])
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let own = history.commit(
      "Own words", on: "1.0",
      files: ["a b.c": .text(Self.code.replacing("line 5", with: "my line 5"))])
    let second = history.commit("Version 1.1.0", files: ["new.c": "new\n"])
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.commit(
      "Near", on: "1.1", files: ["a b.c": .text(Self.code.replacing("line 3", with: "row 3"))])
    let fix = history.commit(
      "Check five", files: ["a b.c": .text(Self.code.replacing("line 5", with: "line 5, checked"))])
    let repository = try history.write()
    return (repository, repository.id(fix), repository.id(own))
  }

  @Test("shows the three sides, where they come from, a proposal and the command to look")
  func explained() throws {
    let (repository, fix, own) = try project()
    let run = try ProgramRun("plan", fix, in: repository)
    #expect(run.status == 1)
    let start = try #require(run.output.range(of: "    conflict   a b.c  content\n"))
    let shown = run.output[start.lowerBound...].prefix(1_500)
    #expect(
      shown.hasPrefix(
        """
            conflict   a b.c  content
                       line 5
                         <<<<<<< ours
                         my line 5
                         ||||||| base
                         line 5
                         =======
                         line 5, checked
                         >>>>>>> theirs
            perhaps    words: both sides changed different words: take both (right for
        """))
    #expect(shown.contains("                 my line 5, checked\n"))
    #expect(shown.contains("    changed by  \(own.prefix(7))  Own words\n"))
    #expect(shown.contains("    newer      the trunk's change applied as it was on 1.1 ("))
    #expect(shown.contains("    look       git show \(own.prefix(7)) "))
    #expect(shown.contains(" -- 'a b.c'\n"))
    for line in shown.split(separator: "\n") where !line.contains("git ") && !line.contains("--use")
    {
      #expect(line.count <= 80, "\(line)")
    }
    let document = try ProgramRun("plan", fix, "--json", in: repository)
    DocumentSchema.expect(document.output, is: "plan")
  }

  @Test("-v shows how a pick differs from its original")
  func compared() throws {
    let (repository, fix, _) = try project()
    let plain = try ProgramRun("plan", fix, "--to", "1.1", in: repository)
    #expect(!plain.output.contains("differs"))
    let run = try ProgramRun("plan", fix, "--to", "1.1", "-v", in: repository)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("    differs    \(fix.prefix(7)) -> "))
    #expect(run.output.contains("                 @@ a b.c\n"))
    #expect(run.output.contains("                 - line 3\n"))
    #expect(run.output.contains("                 + row 3\n"))
  }
}
