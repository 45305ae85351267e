import GitStore

/// Completes what a plan says of conflicts: the three sides, what a newer line made of the same place, and
/// what a rule would propose.
///
/// Works on single files and only where something conflicts, so a plan without conflicts costs nothing.
struct ConflictExplanation {
  /// How many lines of a proposal a document holds.
  private static let longest = 400

  let repository: Repository
  /// The nearest newer line that has the fix, with its commit for the one that conflicts.
  let newer: (line: String, commit: ObjectID)?

  /// Fills in a conflict of a plan from the conflict of the pick.
  func complete(_ conflict: inout Conflict, from pick: PathConflict) throws(GitError) {
    try addSides(&conflict, pick)
    if let newer {
      conflict.newerLine = try newerLine(pick, newer.line, newer.commit)
      conflict.proposal = try newerProposal(pick, newer.line, newer.commit)
    }
    if conflict.proposal == nil, pick.kind == .modifyDelete, pick.ours == nil {
      conflict.proposal = Conflict.Proposal(
        kind: HunkProposal.Kind.absentFile.rawValue,
        detail: HunkProposal.Kind.absentFile.detail, lines: [],
        trust: HunkProposal.Kind.absentFile.trust)
    }
  }

  // MARK: - The three sides

  private func addSides(_ conflict: inout Conflict, _ pick: PathConflict) throws(GitError) {
    guard let ours = pick.ours, let theirs = pick.theirs, !pick.hunks.isEmpty else { return }
    let finder = try ConflictSideFinder(
      base: try pick.base.map { (node) throws(GitError) in try repository.blob(node.id) } ?? [],
      ours: try repository.blob(ours.id), theirs: try repository.blob(theirs.id), in: repository)
    let maker = ProposalMaker(repository: repository)
    for (index, sides) in finder.sides(of: pick.hunks).enumerated() {
      conflict.hunks[index].base = sides.base.map(Conflict.text)
      conflict.hunks[index].ours = sides.ours.map(Conflict.text)
      conflict.hunks[index].theirs = sides.theirs.map(Conflict.text)
      guard let proposal = try maker.proposal(for: sides) else { continue }
      conflict.hunks[index].proposal = Conflict.Proposal(
        kind: proposal.kind.rawValue, detail: proposal.kind.detail,
        lines: proposal.lines.prefix(ConflictExplanation.longest).map(Conflict.text),
        trust: proposal.kind.trust)
    }
  }

  // MARK: - The newer line

  /// What became of the same place there.
  private func newerLine(
    _ pick: PathConflict, _ line: String, _ id: ObjectID
  ) throws(GitError) -> Conflict.NewerLine? {
    guard let (before, after) = try versions(at: pick.path, of: id) else { return nil }
    func answer(_ outcome: Conflict.NewerLine.Outcome) -> Conflict.NewerLine {
      Conflict.NewerLine(line: line, commit: id, outcome: outcome)
    }
    guard let after else { return answer(.leftOut) }
    guard let before, let base = pick.base, let theirs = pick.theirs,
      [before, after, base, theirs].allSatisfy(\.mode.isFile)
    else { return answer(.ownForm) }
    if before.id == after.id { return answer(.leftOut) }
    switch try repository.mergeBlobs(base: base.id, ours: before.id, theirs: theirs.id) {
    case .clean(let merged):
      return answer(try repository.text(after.id) == merged ? .clean : .ownForm)
    case .conflict(let text, let markerSize):
      let hunks = try ConflictText.hunks(
        of: text, markerSize: markerSize, ours: try repository.blob(before.id), in: repository)
      let known = Set(pick.hunks.map(\.lines))
      return answer(hunks.contains { known.contains($0.lines) } ? .resolvedSame : .resolvedOther)
    case .binary, .tooLarge: return answer(.ownForm)
    }
  }

  /// What the newer line's change makes of our file; nil when it conflicts as well.
  private func newerProposal(
    _ pick: PathConflict, _ line: String, _ id: ObjectID
  ) throws(GitError) -> Conflict.Proposal? {
    guard let ours = pick.ours, ours.mode.isFile,
      case (let before?, let after?)? = try versions(at: pick.path, of: id),
      before.id != after.id,
      before.mode.isFile, after.mode.isFile,
      case .clean(let merged) = try repository.mergeBlobs(
        base: before.id, ours: ours.id, theirs: after.id)
    else { return nil }
    let hunks = try repository.hunks(from: try repository.blob(ours.id), to: merged) ?? []
    let lines = hunks.flatMap { hunk in
      ["@@ line \(hunk.oldStart)"]
        + hunk.lines.map { String(UnicodeScalar($0.origin)) + Conflict.text(of: $0.content) }
    }
    return Conflict.Proposal(
      kind: HunkProposal.Kind.newerLine.rawValue,
      detail: "the change that \(line) made of it in \(id.abbreviated()) applies to this file",
      lines: Array(lines.prefix(ConflictExplanation.longest)),
      trust: HunkProposal.Kind.newerLine.trust)
  }

  /// What stood at a path before and after a commit; nil for a root or a merge.
  private func versions(
    at path: [UInt8], of id: ObjectID
  ) throws(GitError) -> (before: TreeNode?, after: TreeNode?)? {
    let commit = try repository.commit(id)
    guard commit.parents.count == 1 else { return nil }
    return (
      try repository.node(at: path, in: try repository.commit(commit.parents[0]).tree),
      try repository.node(at: path, in: commit.tree)
    )
  }
}

extension Conflict {
  /// A line of a file in a document: without its line end, repaired to UTF-8.
  static func text(of line: [UInt8]) -> String {
    var text = line
    while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      text.removeLast()
    }
    return String(decoding: text, as: UTF8.self)
  }
}
