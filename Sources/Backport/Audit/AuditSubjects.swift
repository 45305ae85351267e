import GitStore

/// Which fixes an audit is asked about.
struct AuditSubjects {
  /// CVE and GHSA ids, as they are spelled in full.
  private var ids: [String] = []
  /// Commits that were named, each with what was written.
  private var revisions: [(text: String, id: ObjectID)] = []
  /// Ranges: what the second holds and the first does not.
  private var ranges: [Set<ObjectID>] = []
  private let isEmpty: Bool

  /// Reads ids, revisions and ranges.
  init(_ subjects: [String], in workspace: Workspace) throws(BackportError) {
    isEmpty = subjects.isEmpty
    let repository = workspace.repository
    for text in subjects {
      if let id = FixText.advisoryID(text) {
        ids.append(id)
      } else if !text.contains("..."), let dots = text.firstRange(of: "..") {
        let from = String(text[..<dots.lowerBound])
        let to = String(text[dots.upperBound...])
        ranges.append(
          try store { () throws(GitError) in
            let tip = to.isEmpty ? workspace.trunk.tip : try repository.resolve(to)
            let start = from.isEmpty ? workspace.trunk.tip : try repository.resolve(from)
            return Set(try repository.history(from: [tip], notIn: [start]))
          })
      } else {
        let id = try store { () throws(GitError) in try repository.resolve(text) }
        revisions.append((text, id))
      }
    }
  }

  /// The commits that were named.
  var commits: [ObjectID] { revisions.map(\.id) }

  /// The fixes that are asked about; a commit that nothing marks as one counts all the same.
  func select(
    from fixes: [SecurityFix], in workspace: Workspace
  ) throws(BackportError) -> [SecurityFix] {
    if isEmpty { return fixes }
    let known = Set(fixes.flatMap(\.ids))
    if let unknown = ids.first(where: { !known.contains($0) }) {
      throw BackportError(
        .usage, [unknown], detail: "no commit of \(workspace.trunk.name) names it")
    }
    var selected = fixes.filter { fix in
      fix.ids.contains(where: ids.contains) || fix.commits.contains(where: commits.contains)
        || ranges.contains { range in fix.commits.contains(where: range.contains) }
    }
    for (text, id) in revisions where !selected.contains(where: { $0.commits.contains(id) }) {
      let (commit, isOnTrunk) = try store { () throws(GitError) in
        (
          try workspace.repository.commit(id),
          try workspace.repository.isAncestor(id, of: workspace.trunk.tip)
        )
      }
      selected.append(
        SecurityFix(
          ids: FixText.ids(in: [commit.displayMessage]), commits: [id], subject: commit.subject,
          landed: isOnTrunk ? commit.committer.seconds : 0,
          reasons: [
            SecurityFix.Reason(commit: id, sign: .id, text: "asked for as \(text)")
          ]))
    }
    return selected
  }
}
