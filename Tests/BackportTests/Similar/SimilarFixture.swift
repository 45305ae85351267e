import GitStore
import ReleaseModel
import TestSupport

@testable import Backport

/// A project with the lines 1.0 and 1.1, and a fix on the tip of its trunk.
struct SimilarFixture {
  let repository: TestRepository

  /// `onlyOld` is in 1.0 and nowhere else.
  init(
    _ files: [String: FileChange], fix: [String: FileChange],
    onlyOld: [String: FileChange] = [:]
  ) throws {
    var history = RepositoryBuilder()
    let policy: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n"
    ]
    let first = history.commit(
      "one", files: policy.merging(files) { $1 }.merging(onlyOld) { $1 })
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let second = history.commit("two", files: onlyOld.mapValues { _ in .deleted })
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.commit("Check the length", files: fix)
    repository = try history.write(bare: true)
  }

  func search(_ change: (inout SimilarOptions) -> Void = { _ in }) async throws -> SimilarDocument {
    var options = PlanOptions()
    options.fix = ["main"]
    var similar = SimilarOptions()
    change(&similar)
    let workspace = try await PlanFixture(repository).open(options)
    let day = try CalendarDate(parsing: "2026-01-01")
    let request = try PlanRequest.picks(options, asOf: day, in: workspace)
    return try await workspace.similar(to: try workspace.plan(request), similar)
  }

  /// The file in which names of earlier runs are kept.
  var cache: String { repository.gitDirectory + "/backport/cache/names" }
}

extension SimilarDocument {
  /// The paths of what was found, by the name of the line.
  var found: [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: places.map { ($0.line ?? "main", $0.hits.map(\.path)) })
  }
}
