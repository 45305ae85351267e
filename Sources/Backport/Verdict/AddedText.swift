import GitStore

/// The lines of code that a fix adds, looked for in the same files elsewhere; worked out once for many
/// lines of release.
final class AddedText {
  /// How many of them stand somewhere.
  struct Sighting: Equatable {
    let present: Int
    let total: Int

    /// From 0 to 1.
    var share: Double { Double(present) / Double(max(1, total)) }
  }

  /// Fewer lines than this stand in too many files to mean anything.
  private static let least = 3

  private let repository: Repository
  private let fix: FixSet
  private var known: [(path: [UInt8], lines: [[UInt8]])]?

  init(repository: Repository, fix: FixSet) {
    self.repository = repository
    self.fix = fix
  }

  /// How much of what the fix adds a tree holds; nil when it adds too little to tell.
  func sighting(in tree: ObjectID) throws(GitError) -> Sighting? {
    let wanted = try wanted()
    let total = wanted.reduce(0) { $0 + $1.lines.count }
    if total < AddedText.least { return nil }
    var present = 0
    for file in wanted {
      guard let node = try repository.node(at: file.path, in: tree), node.mode.isFile,
        let text = try repository.text(node.id)
      else { continue }
      let there = Set(text.split(separator: UInt8(ascii: "\n")).map(FlawText.folded))
      present += file.lines.count { there.contains($0) }
    }
    return Sighting(present: present, total: total)
  }

  private func wanted() throws(GitError) -> [(path: [UInt8], lines: [[UInt8]])] {
    if let known { return known }
    var found: [(path: [UInt8], lines: [[UInt8]])] = []
    for source in fix.sources {
      let before = try source.parent.map { (id) throws(GitError) in
        try repository.commit(id).tree
      }
      for change in try repository.changes(from: before, to: source.commit.tree)
      where PathRole(change.path) == .code {
        guard let new = change.new, new.mode.isFile else { continue }
        let old = change.old.flatMap { $0.mode.isFile ? $0.id : nil }
        let hunks = try repository.hunks(from: old, to: new.id, context: 0)
        let lines = (hunks ?? []).flatMap(\.lines).filter { $0.origin == UInt8(ascii: "+") }
          .map { FlawText.folded($0.content) }.filter { !$0.isEmpty }
        if !lines.isEmpty { found.append((change.path, lines)) }
      }
    }
    known = found
    return found
  }
}
