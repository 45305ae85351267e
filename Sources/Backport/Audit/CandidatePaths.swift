import GitStore

/// The own commits of the audited lines, by the paths that they change.
///
/// Only what a fix was looked for in is read, each commit once, whatever the number of fixes and lines.
final class CandidatePaths {
  private let repository: Repository
  private let graph: HistoryGraph
  private let candidates: [Int]
  private let changes: ChangedPaths
  private var read = 0
  private var positions: [[UInt8]: [Int]] = [:]

  /// For candidates in the order of their times, newest first.
  init(
    _ candidates: [Int], in graph: HistoryGraph, _ changes: ChangedPaths, _ repository: Repository
  ) {
    self.candidates = candidates
    self.graph = graph
    self.changes = changes
    self.repository = repository
  }

  /// The commits since a second that change a path, newest first.
  func commits(changing path: [UInt8], since seconds: Int64) throws(BackportError) -> [Commit] {
    while read < candidates.count, graph.times[candidates[read]] >= seconds {
      let position = candidates[read]
      for path in try changes.paths(of: try commit(at: position)) ?? [] {
        positions[path, default: []].append(position)
      }
      read += 1
    }
    let found = (positions[path] ?? []).prefix { graph.times[$0] >= seconds }
    return try found.map { (position) throws(BackportError) in try commit(at: position) }
  }

  private func commit(at position: Int) throws(BackportError) -> Commit {
    try store { () throws(GitError) in try repository.commit(graph.ids[position]) }
  }
}
