import GitStore

/// A file in conflict, filled with what rules would make of its stretches.
///
/// For a person to begin with; never to be landed by itself.
struct ProposedFile {
  let repository: Repository

  /// The whole file and the rules used, in order; nil unless every stretch has a proposal.
  func contents(
    of conflict: PathConflict
  ) throws(GitError) -> (bytes: [UInt8], kinds: [HunkProposal.Kind])? {
    guard conflict.kind == .content, let base = conflict.base, let ours = conflict.ours,
      let theirs = conflict.theirs, !conflict.hunks.isEmpty,
      case .conflict(let text, _) = try repository.mergeBlobs(
        base: base.id, ours: ours.id, theirs: theirs.id)
    else { return nil }
    let finder = try ConflictSideFinder(
      base: try repository.blob(base.id), ours: try repository.blob(ours.id),
      theirs: try repository.blob(theirs.id), in: repository)
    let maker = ProposalMaker(repository: repository)
    var proposals: [HunkProposal] = []
    for sides in finder.sides(of: conflict.hunks) {
      guard let proposal = try maker.proposal(for: sides) else { return nil }
      proposals.append(proposal)
    }
    var bytes: [UInt8] = []
    var rest = LineText.lines(of: text)[...]
    for (hunk, proposal) in zip(conflict.hunks, proposals) {
      while !rest.starts(with: hunk.lines), let line = rest.popFirst() { bytes += line }
      guard rest.count >= hunk.lines.count else { return nil }
      rest = rest.dropFirst(hunk.lines.count)
      bytes += proposal.lines.joined()
    }
    return (bytes + rest.joined(), proposals.map(\.kind))
  }
}
