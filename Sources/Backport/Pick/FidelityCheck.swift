import GitStore

/// Compares what a pick changes with what its source changes.
///
/// Only files that both sides changed can differ: everywhere else the pick takes the source's
/// versions from the same starting point.
struct FidelityCheck {
  private let repository: Repository

  init(repository: Repository) { self.repository = repository }

  /// How near a clean merge is to the change it applied.
  func fidelity(of outcome: TreeMergeOutcome) throws(GitError) -> Fidelity {
    if outcome.overlaps { return .adapted }
    var fidelity = outcome.renames.isEmpty ? Fidelity.identical : .context
    for file in outcome.merged {
      guard file.ours.mode.isFile, let base = file.base, base.mode.isFile else { return .adapted }
      // Modes stand in a patch's header: one that only one side changed stays the same there.
      if (base.mode != file.theirs.mode) != (file.ours.mode != file.result.mode) {
        return .adapted
      }
      if base.id == file.theirs.id, file.ours.id == file.result.id { continue }
      let source = try lines(from: base.id, to: file.theirs.id)
      let result = try lines(from: file.ours.id, to: file.result.id)
      guard let source, let result else { return .adapted }
      if source == result { continue }
      guard source.filter(isChange) == result.filter(isChange) else { return .adapted }
      fidelity = .context
    }
    return fidelity
  }

  private func isChange(_ line: [UInt8]) -> Bool { line.first != UInt8(ascii: " ") }

  /// The lines of a patch as git-patch-id(1) sees them: without white space, places and hunks.
  private func lines(from old: ObjectID, to new: ObjectID) throws(GitError) -> [[UInt8]]? {
    if old == new { return [] }
    return try repository.hunks(from: old, to: new)?.flatMap(\.lines).map { line in
      [line.origin]
        + line.content.filter { byte in
          byte != UInt8(ascii: " ") && !(0x09...0x0d).contains(byte)
        }
    }
  }
}
