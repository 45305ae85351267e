import Backport
import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// A project on a remote, and clones of it as build machines have them.
struct CIFixture {
  static let code = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n"
  static let fixed = "one\ntwo\nthree, checked\nfour\nfive\nsix\nseven\n"
  static let message = "[security] Check three\n\nCVE: CVE-2023-1111"

  let environment: HermeticEnvironment
  /// The remote: a bare repository.
  var upstream: TestRepository
  /// The fix on the trunk.
  let fix: Mark

  /// Two supported lines with branches; `config` is added to `.gitbackport`, and `conflict` lets the
  /// line 1.0 have the code in another form.
  init(config: String = "", message: String = CIFixture.message, conflict: Bool = false) throws {
    var history = RepositoryBuilder()
    history.commit(
      "Begin",
      files: [
        ".gitbackport": .text("[policy]\n\tsupport = latest 2 minors\n" + config),
        "code.txt": .text(conflict ? "something else\n" : CIFixture.code),
      ])
    for (minor, versions) in [["1.0.0"], ["1.1.0", "1.0.0"]].enumerated() {
      let sections = versions.map { "## [\($0)] - 2023-11-01\n\n### Fixed\n\n- Something\n" }
      let mark = history.commit(
        "Version 1.\(minor).0",
        files: [
          "CHANGELOG.md": .text("# Changelog\n\n" + sections.joined(separator: "\n")),
          "minor.txt": .text("\(minor)\n"),
          "code.txt": .text(conflict && minor == 0 ? "something else\n" : CIFixture.code),
        ])
      history.tag("v1.\(minor).0", at: mark)
      history.branch("1.\(minor)", at: mark)
    }
    fix = history.commit(message, files: ["code.txt": .text(CIFixture.fixed)])
    environment = try HermeticEnvironment()
    upstream = try history.write(in: environment, name: "upstream.git")
  }

  /// A fresh clone.
  func clone(_ name: String = "clone", depth: Int? = nil) throws -> TestRepository {
    let folder = environment.root + "/" + name
    let git = GitOracle(in: environment.root, environment: environment)
    if let depth {
      git(
        "clone", "-q", "--depth", "\(depth)", "file://" + upstream.directory, folder)
    } else {
      git("clone", "-q", upstream.directory, folder)
    }
    return TestRepository(opening: folder, bare: false, environment: environment)
  }

  /// Runs the job in a clone, on a runner of GitHub unless told otherwise.
  func run(
    in clone: TestRepository, _ mode: CIOptions.PublishMode? = .direct,
    variables: [String: String] = ["GITHUB_ACTIONS": "true"], payload: String? = nil,
    change: (inout CIOptions) -> Void = { _ in }, describe: CIRun.Description? = nil,
    propose: @escaping CIRun.Proposal = { _, _ in [:] }
  ) async throws -> CIOutcome {
    let moment = Moment(seconds: PlanFixture.now, offsetMinutes: 0)
    var options = CIOptions(asOf: moment.day, releaseDate: moment)
    options.mode = mode
    change(&options)
    let surroundings = Surroundings(
      environment: environment.adding(variables), directory: clone.directory,
      now: PlanFixture.now, offsetMinutes: 0, tool: "git-backport test")
    let service = BuildService(surroundings.environment) { _ in payload.map { Array($0.utf8) } }
    return try await CIRun(surroundings, service, options, describe: describe, propose: propose)
      .run()
  }

  /// The tags of the remote.
  var tags: [String] { upstream.git.lines("tag", "--list") }

  /// The states of the lines of each fix, as `1.1 delivered, 1.0 owed`.
  static func states(_ outcome: CIOutcome) -> [String] {
    outcome.document.fixes.map { fix in
      fix.lines.map { "\($0.line) \($0.state.rawValue)" }.joined(separator: ", ")
    }
  }
}
