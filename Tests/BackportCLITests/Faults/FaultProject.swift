import Foundation
import TestSupport
import Testing

/// A project with four release lines, a plan that moves eight references, and copies of it to break.
final class FaultProject: Sendable {
  /// One copy, in a directory of its own.
  struct Copy {
    let repository: GitOracle
    let directory: String

    var gitDirectory: String { directory + "/.git" }
  }

  let environment: HermeticEnvironment
  /// The saved plan.
  let plan: String
  /// The references before, and after it.
  let before: [String: String]
  let after: [String: String]
  private let template: String

  init() throws {
    var history = RepositoryBuilder()
    let code = (1...20).map { "line \($0)\n" }.joined()
    history.commit(
      "Begin", files: [".gitbackport": "[policy]\n\tsupport = latest 4 minors\n", "a": .text(code)])
    for minor in 0..<4 {
      let release = history.commit("Version 1.\(minor).0", files: ["v\(minor)": "x\n"])
      history.tag("v1.\(minor).0", at: release)
      history.branch("1.\(minor)", at: release)
    }
    history.commit("Go on", files: ["later": "later\n"])
    let fix = history.commit(
      "Check seven", files: ["a": .text(code.replacing("line 7\n", with: "line 7, checked\n"))])
    let repository = try history.write(bare: false)
    environment = repository.environment
    template = repository.directory
    repository.git("checkout", "-q", "--detach", "main")
    let options = [repository.id(fix), "--no-forward-port", "--no-changelog"]
    let planned = try ProgramRun(
      ["plan"] + options + ["--release-date", "2023-11-20T12:00Z", "--json"],
      in: repository.directory, environment: environment)
    plan = try environment.write(planned.output, to: "plan.json")
    let document = DocumentSchema.value(planned.output, "refUpdates") as? [[String: Any]] ?? []
    before = repository.refs()
    var after = before
    for update in document {
      if let ref = update["ref"] as? String { after[ref] = update["new"] as? String }
    }
    self.after = after
    #expect(document.count == 8)
  }

  /// Makes a fresh copy.
  func copy() throws -> Copy {
    let directory = environment.root + "/copy-\(UUID().uuidString)"
    try FileManager.default.copyItem(atPath: template, toPath: directory)
    return Copy(
      repository: GitOracle(in: directory, environment: environment), directory: directory)
  }

  /// Removes a copy.
  func discard(_ copy: Copy) { try? FileManager.default.removeItem(atPath: copy.directory) }

  /// The command line that lands the plan.
  var applyArguments: [String] { ["apply", "--plan", plan, "--offline", "-q"] }
}

extension FaultProject.Copy {
  /// Every reference and what it holds.
  var refs: [String: String] {
    let lines = repository.lines("for-each-ref", "--format=%(refname) %(objectname)")
    let pairs = lines.map { $0.split(separator: " ").map(String.init) }
    return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
  }

  /// The files below the git directory that somebody left behind.
  var litter: [String] {
    files.keys.filter { path in
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      return path != "backport/lock"
        && (name.hasSuffix(".lock") || name.hasSuffix(".tmp") || name.hasSuffix(".keep")
          || name.hasPrefix("tmp_") || name == "packed-refs.new" || name == "backport-index"
          || path.hasPrefix("objects/backport-"))
    }.sorted()
  }

  /// Every file below the git directory with its contents.
  var files: [String: Data] {
    let names = FileManager.default.enumerator(atPath: gitDirectory)?.allObjects as? [String] ?? []
    var files: [String: Data] = [:]
    for name in names {
      files[name] = FileManager.default.contents(atPath: gitDirectory + "/" + name)
    }
    return files
  }
}
