import Backport
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// A repository of a test with the calls that a command makes on it.
struct PlanFixture {
  let repository: TestRepository
  /// 2023-11-20T12:00:00Z, after every commit of a sample history.
  static let now: Int64 = 1_700_481_600

  init(_ history: RepositoryBuilder, bare: Bool = true) throws {
    repository = try history.write(bare: bare)
  }

  init(_ repository: TestRepository) { self.repository = repository }

  func open(
    _ options: PlanOptions = PlanOptions(), environment: [String: String] = [:]
  ) async throws -> Workspace {
    try await Workspace.open(
      Surroundings(
        environment: repository.environment.adding(environment),
        directory: repository.directory, now: Self.now, offsetMinutes: 0,
        tool: "git-backport test"),
      options: options)
  }

  func request(_ options: PlanOptions, _ workspace: Workspace) throws -> PlanRequest {
    let moment = Moment(seconds: Self.now, offsetMinutes: 0)
    return PlanRequest(
      options: options, asOf: moment.day, releaseDate: moment,
      committer: try workspace.identity())
  }

  func plan(
    _ fix: Mark..., change: (inout PlanOptions) -> Void = { _ in }
  ) async throws -> BackportPlan {
    var options = PlanOptions()
    options.fix = fix.map { repository.id($0) }
    change(&options)
    let workspace = try await open(options)
    return try workspace.plan(request(options, workspace))
  }

  func apply(_ plan: BackportPlan, updatesWorktrees: Bool = false) async throws -> OperationDocument
  {
    var options = ApplyOptions()
    options.updatesWorktrees = updatesWorktrees
    return try await open(plan.options).apply(saved: plan, options)
  }

  /// A target by its line.
  static func target(
    _ line: String, of plan: BackportPlan, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Target {
    try #require(plan.targets.first { $0.line == line }, sourceLocation: sourceLocation)
  }

  /// What git says about the repository's soundness; empty when nothing is wrong.
  func fsck() -> String {
    repository.git("fsck", "--strict", "--full", "--no-dangling")
  }

  /// The error that work ends with.
  static func failure<Result>(
    sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Result
  ) async throws -> BackportError {
    do {
      _ = try await work()
    } catch let error as BackportError {
      return error
    }
    Issue.record("no error", sourceLocation: sourceLocation)
    return BackportError(.usage)
  }
}
