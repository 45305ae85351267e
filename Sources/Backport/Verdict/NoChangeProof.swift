import GitStore

/// Tells a fix that is there in other words from one that has nothing to apply to.
///
/// Re-applying a whole fix without any effect proves its presence (1 false hit in 4,656 real
/// backports), but only where the fix adds something: one that only removes what the line never
/// had has no effect either.
///
/// What the fix adds is worked out once for many lines of release.
final class NoChangeProof {
  /// A file as the fix leaves it, and the lines that it adds there.
  private struct Addition {
    let path: [UInt8]
    let file: ObjectID
    let lines: [[UInt8]]
  }

  private let repository: Repository
  private let fix: FixSet
  private var known: [Addition]?

  init(repository: Repository, fix: FixSet) {
    self.repository = repository
    self.fix = fix
  }

  /// The proof for a commit on which every pick was empty; nil when there is none.
  func evidence(at commit: ObjectID) throws(BackportError) -> String? {
    try store { () throws(GitError) in
      let tree = try repository.commit(commit).tree
      var added = 0
      for addition in try additions() {
        let node = try repository.node(at: addition.path, in: tree)
        if let node, node.id == addition.file {
          // The very file; a binary one has no lines to compare.
          added += max(1, addition.lines.count)
          continue
        }
        guard let node, node.mode.isFile, let text = try repository.text(node.id) else {
          if addition.lines.isEmpty { continue }
          return nil
        }
        let present = Set(text.split(separator: UInt8(ascii: "\n")))
        guard addition.lines.allSatisfy({ present.contains($0[...]) }) else { return nil }
        added += addition.lines.count
      }
      guard added > 0 else { return nil }
      let all = added == 2 ? "both" : "all \(added)"
      return "re-applying the whole fix changes nothing, and \(all) lines it adds are there"
    }
  }

  private func additions() throws(GitError) -> [Addition] {
    if let known { return known }
    var found: [Addition] = []
    for source in fix.sources {
      let before = try source.parent.map { (id) throws(GitError) in
        try repository.commit(id).tree
      }
      for change in try repository.changes(from: before, to: source.commit.tree) {
        guard let new = change.new, new.mode.isFile else { continue }
        found.append(
          Addition(path: change.path, file: new.id, lines: try addedLines(change)))
      }
    }
    known = found
    return found
  }

  private func addedLines(_ change: TreeChange) throws(GitError) -> [[UInt8]] {
    let old = change.old.flatMap { $0.mode.isFile ? $0.id : nil }
    guard let new = change.new, let hunks = try repository.hunks(from: old, to: new.id, context: 0)
    else { return [] }
    return hunks.flatMap(\.lines).filter { $0.origin == UInt8(ascii: "+") }.map { line in
      line.content.last == UInt8(ascii: "\n") ? Array(line.content.dropLast()) : line.content
    }.filter { !$0.allSatisfy { $0 <= UInt8(ascii: " ") } }
  }
}
