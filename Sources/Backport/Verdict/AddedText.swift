import GitStore

/// The lines of code that a fix adds, looked for in the same files elsewhere.
struct AddedText {
  /// How many of them stand somewhere.
  struct Sighting: Equatable {
    let present: Int
    let total: Int

    /// From 0 to 1.
    var share: Double { Double(present) / Double(max(1, total)) }
  }

  /// Fewer lines than this stand in too many files to mean anything.
  private static let least = 3

  let repository: Repository
  let fix: FixSet

  /// How much of what the fix adds a tree holds; nil when it adds too little to tell.
  func sighting(in tree: ObjectID) throws(GitError) -> Sighting? {
    var (present, total) = (0, 0)
    for source in fix.sources {
      let before = try source.parent.map { (id) throws(GitError) in
        try repository.commit(id).tree
      }
      for change in try repository.changes(from: before, to: source.commit.tree)
      where PathRole(change.path) == .code {
        guard let new = change.new, new.mode.isFile else { continue }
        let old = change.old.flatMap { $0.mode.isFile ? $0.id : nil }
        let hunks = try repository.hunks(from: old, to: new.id, context: 0)
        let wanted = (hunks ?? []).flatMap(\.lines).filter { $0.origin == UInt8(ascii: "+") }
          .map { FlawText.folded($0.content) }.filter { !$0.isEmpty }
        total += wanted.count
        guard !wanted.isEmpty, let node = try repository.node(at: change.path, in: tree),
          node.mode.isFile, let text = try repository.text(node.id)
        else { continue }
        let there = Set(text.split(separator: UInt8(ascii: "\n")).map(FlawText.folded))
        present += wanted.count { there.contains($0) }
      }
    }
    return total < AddedText.least ? nil : Sighting(present: present, total: total)
  }
}
