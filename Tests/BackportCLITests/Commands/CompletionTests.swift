import Foundation
import TestSupport
import Testing

@Suite("Completion in bash")
struct CompletionTests {
  /// What bash offers for the last of some words.
  private func offers(_ words: [String], in repository: TestRepository) throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let previous = words.count > 1 ? words[words.count - 2] : ""
    let script = """
      source <(git-backport --generate-completion-script bash)
      COMP_WORDS=(git-backport \(quoted)) COMP_CWORD=\(words.count)
      COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
      _git-backport git-backport '\(words.last ?? "")' '\(previous)'
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let path = ProgramRun.productsDirectory + ":" + (repository.environment.variables["PATH"] ?? "")
    let environment = repository.environment.adding(["PATH": path])
    let result = try ChildProcess.run(
      ChildProcess.find("bash", in: environment), ["--norc", "-c", script],
      environment: environment, directory: repository.directory)
    return result.outputText.split(separator: "\n").map(String.init)
  }

  @Test("knows lines, branches, revisions and operations")
  func names() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    #expect(
      try offers(["plan", "x", "--to", ""], in: repository) == ["1.1", "1.0", "0.9", "0.8", "0.7"])
    #expect(try offers(["plan", "x", "--skip", "1."], in: repository) == ["1.1=", "1.0="])
    #expect(try offers(["plan", "x", "-b", "f"], in: repository) == ["fork"])
    #expect(try offers(["plan", "v1"], in: repository) == ["v1.0.0", "v1.1.0"])
    #expect(try offers(["show", ""], in: repository).isEmpty)
    let run = try ProgramRun(
      "apply", repository.id(history.merge), "--yes", "--json", in: repository)
    let id = DocumentSchema.value(run.output, "id") as? String ?? ""
    #expect(try offers(["undo", ""], in: repository) == [id])
  }

  @Test("never hands the shell a name that it would obey")
  func hostile() throws {
    var history = RepositoryBuilder()
    let base = history.commit("Begin", files: ["a": "a\n"])
    history.tag("v1.0.0", at: base)
    history.branch("$(touch${IFS}owned)", at: base)
    history.branch("`touch${IFS}owned`", at: base)
    history.branch("good", at: base)
    let repository = try history.write()
    #expect(try offers(["plan", "x", "-b", ""], in: repository) == ["good", "main"])
    #expect(!FileManager.default.fileExists(atPath: repository.directory + "/owned"))
  }

  @Test("offers nothing outside of a repository")
  func nowhere() throws {
    let repository = try KeyringHistory().write()
    #expect(try offers(["plan", "-C", "/", "x", "--to", ""], in: repository).isEmpty)
  }
}
