import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// A project whose lines 1.0 and 1.1 a fix does not apply to, and whose line 1.2 it does.
///
/// The fix is two commits: the first conflicts in `code.txt`, the second, where that is asked for, in
/// `notes.txt`.
struct HandFixture {
  static let old = "begin\nread\nderive with A\nend\n"
  static let fresh = "begin\nread\nrounds\nderive\nend\n"
  static let fixed = "begin\nread\nrounds\ncheck\nderive\nend\n"
  /// What a person makes of the first commit on the old lines.
  static let resolved = "begin\nread\ncheck\nderive with A\nend\n"

  let plans: PlanFixture
  let fixes: [Mark]

  var repository: TestRepository { plans.repository }

  /// Writes the project; with `lines` fewer lines are supported, the newest first.
  init(
    lines: Int = 3, secondConflicts: Bool = false, bare: Bool = true, config: String = ""
  ) throws {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest \(lines) minors\n" + config
    func release(_ version: String, _ log: FileChange, _ files: [String: FileChange]) {
      let mark = history.commit(
        "Version \(version)", files: files.merging(["CHANGELOG.md": log]) { $1 })
      history.tag("v\(version)", at: mark)
      history.branch(String(version.prefix(3)), at: mark)
    }
    release(
      "1.0.0", TwoLines.log("1.0.0"),
      [
        ".gitbackport": .text(policy), "code.txt": .text(Self.old), "notes.txt": "a\nold\nz\n",
      ])
    release("1.1.0", TwoLines.log("1.1.0", "1.0.0"), ["new.txt": "new\n"])
    release(
      "1.2.0", TwoLines.log("1.2.0", "1.1.0", "1.0.0"),
      ["code.txt": .text(Self.fresh), "notes.txt": "a\nnew\nz\n"])
    history.commit("Go on", files: ["later.txt": "later\n"])
    let first = history.commit(
      "Check the rounds\n\nOf untrusted tokens.\n\nReviewed-by: Ann <ann@example.com>",
      files: ["code.txt": .text(Self.fixed)], author: Identity("Fay", "fay@example.com"))
    let second = history.commit(
      "Name the limit",
      files: secondConflicts
        ? ["notes.txt": "a\nnew, limited\nz\n"] : ["limit.txt": "limit = 1000\n"])
    fixes = [first, second]
    plans = try PlanFixture(history, bare: bare)
  }

  /// Makes the plan and lands it.
  func apply(
    change: (inout PlanOptions) -> Void = { _ in }
  ) async throws -> OperationDocument {
    var options = PlanOptions()
    options.fix = fixes.map { repository.id($0) }
    change(&options)
    let workspace = try await plans.open(options)
    return try await workspace.apply(try workspace.plan(plans.request(options, workspace)))
  }

  func goOn(
    environment: [String: String] = [:], _ options: ApplyOptions = ApplyOptions()
  ) async throws -> OperationDocument {
    try await plans.open(environment: environment).continuePending(nil, options)
  }

  /// The worktree of a line that waits.
  func worktree(_ line: String) -> String {
    repository.gitDirectory + "/backport/worktrees/" + line
  }

  /// The real git in that worktree.
  func git(_ line: String) -> GitOracle {
    GitOracle(in: worktree(line), environment: repository.environment)
  }

  /// Writes a file in the worktree of a line, and adds it unless told otherwise.
  func write(
    _ contents: String, to name: String = "code.txt", on line: String, adding: Bool = true
  ) throws {
    try Data(contents.utf8).write(to: URL(fileURLWithPath: worktree(line) + "/" + name))
    if adding { git(line)("add", name) }
  }

  /// The folder of an operation.
  func folder(_ id: String?) throws -> String {
    repository.gitDirectory + "/backport/ops/" + (try #require(id))
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// The statuses of the lines, newest first.
  static func statuses(_ document: OperationDocument) -> [Target.Status] {
    document.targets.map(\.status)
  }
}
