import GitStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension HandWorktrees {
  /// Files by which git says that something is going on in a worktree.
  private static let activities = [
    ("MERGE_HEAD", "a merge"), ("REVERT_HEAD", "a revert"), ("rebase-merge", "a rebase"),
    ("rebase-apply", "a rebase"), ("BISECT_LOG", "a bisection"),
  ]

  /// What stands in a worktree that was handed over; `plan` is the operation's.
  ///
  /// Done is a commit made there, or an index without a conflict that somebody has changed. What
  /// holds a conflict marker, or is not the whole of what stands there, is not.
  func result(
    of hand: HandWorktree, _ plan: BackportPlan, by person: String
  ) async throws(BackportError) -> HandResult {
    guard FileManager.default.fileExists(atPath: hand.path + "/.git"),
      FileManager.default.fileExists(atPath: hand.gitDirectory + "/HEAD")
    else { return .missing }
    let directory = DurableDirectory(path: hand.gitDirectory)
    if let (_, name) = HandWorktrees.activities.first(where: { directory.contains($0.0) }) {
      return .unresolved("\(name) is not ended there")
    }
    let program = HandProgram(workspace, hand, operation: id)
    let head = try await program.head()
    let unmerged = try await program.unmergedPaths()
    if head == hand.stopped.onto, try await isUntouched(hand, program) { return .untouched }
    if !unmerged.isEmpty {
      return .unresolved("not resolved yet: \(HandWorktrees.list(unmerged))")
    }
    let changed = try await program.changedFiles()
    if !changed.isEmpty {
      return .unresolved("changed and not added (git add): \(HandWorktrees.list(changed))")
    }
    guard let head, let tree = try await program.tree() else { return .missing }
    let repository = workspace.repository
    let isOnTop = try Backport.store { () throws(GitError) in
      try repository.isAncestor(hand.stopped.onto, of: head)
    }
    guard isOnTop else {
      return .unresolved("its HEAD is not on top of \(hand.stopped.onto.abbreviated())")
    }
    let picking = directory.contents(of: "CHERRY_PICK_HEAD")
      .flatMap { ObjectID(hex: String(decoding: $0.prefix(40), as: UTF8.self)) }
    switch try tip(hand, plan, head: head, tree: tree, picking: picking) {
    case .failure(let obstacle): return .unresolved(obstacle.reason)
    case .success(let tip):
      let resolution = HandResolution(
        source: hand.stopped.commit, onto: hand.stopped.onto, tip: tip, by: person)
      if let obstacle = try obstacle(to: resolution) { return .unresolved(obstacle) }
      await program.remember()
      try RecordedResolutions.note(
        hand.recorded, line: hand.line, operation: id, by: person, in: store)
      return .resolved(resolution)
    }
  }

  private struct Obstacle: Error {
    let reason: String
  }

  private func isUntouched(
    _ hand: HandWorktree, _ program: HandProgram
  ) async throws(BackportError) -> Bool {
    let paths = hand.paths.map { Array($0.utf8) }
    return try await fingerprint(program, path: hand.path, paths: paths) == hand.fingerprint
  }

  /// The last commit of what was made; what is only in the index is made a commit.
  private func tip(
    _ hand: HandWorktree, _ plan: BackportPlan, head: ObjectID, tree: ObjectID, picking: ObjectID?
  ) throws(BackportError) -> Result<ObjectID, Obstacle> {
    let repository = workspace.repository
    let (source, top) = try Backport.store { () throws(GitError) in
      (try repository.commit(hand.stopped.commit), try repository.commit(head))
    }
    guard let picking else {
      if top.tree != tree {
        return .failure(Obstacle(reason: "added and not committed (git commit)"))
      }
      if head == hand.stopped.onto {
        return .failure(
          Obstacle(
            reason: "the pick was given up there; git cherry-pick \(source.id.abbreviated()) "
              + "begins it again"))
      }
      return .success(head)
    }
    if picking != source.id {
      return .failure(Obstacle(reason: "another commit is being picked there"))
    }
    if top.tree == tree {
      return .failure(
        Obstacle(
          reason: "nothing is left of \(source.id.abbreviated()); git commit --allow-empty says "
            + "that it is not needed"))
    }
    let options = try PickOptions(plan)
    return .success(
      try Backport.store { () throws(GitError) in
        let made = try repository.make(
          CommitDraft(
            copying: source, tree: tree, parents: [head], committer: options.committer,
            message: options.completing(source.message, of: PickSource(source))))
        try repository.storeMade(reachableFrom: [made])
        return made
      })
  }

  /// What keeps commits that were made by hand from being taken.
  private func obstacle(to resolution: HandResolution) throws(BackportError) -> String? {
    let repository = workspace.repository
    guard let made = HandMade(resolution, in: repository) else {
      return "the commits there are not one straight line"
    }
    return try Backport.store { () throws(GitError) in
      let markers = ConflictMarkers(repository: repository)
      let theirs = try repository.commit(resolution.source).tree
      var before = try repository.commit(resolution.onto).tree
      for step in made.steps {
        if let place = try markers.first(from: before, to: step.commit.tree, theirs: theirs) {
          return "a conflict marker is left in \(place)"
        }
        before = step.commit.tree
      }
      return nil
    }
  }

  /// The first few of some paths.
  private static func list(_ paths: [[UInt8]]) -> String {
    let names = paths.prefix(3).map { String(decoding: $0, as: UTF8.self) }
    let rest = paths.count - names.count
    return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
