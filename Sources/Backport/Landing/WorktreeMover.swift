import GitStore

/// Moves clean worktrees along with the branches they stand on, when that was asked for.
struct WorktreeMover {
  private struct Move {
    let use: WorktreeUse
    let old: ObjectID
    let new: ObjectID
  }

  private let workspace: Workspace
  private let moves: [Move]

  /// The worktrees that will be moved along.
  var paths: Set<String> { Set(moves.map(\.use.path)) }

  /// Checks, without touching anything, that every worktree in the way can follow.
  init(
    _ workspace: Workspace, moves updates: [PlannedRefUpdate], isAllowed: Bool
  ) async throws(BackportError) {
    self.workspace = workspace
    var moves: [Move] = []
    for use in workspace.repository.worktreeUses {
      guard let update = updates.first(where: { $0.ref == use.branch }), let old = update.old,
        let new = update.new, old != new
      else { continue }
      if let objection = try await WorktreeMover.objection(
        to: use, at: old, isAllowed: isAllowed, in: workspace)
      {
        throw BackportError(
          .everyTargetBlocked, [use.branch.shorthand, use.path], detail: objection)
      }
      moves.append(Move(use: use, old: old, new: new))
    }
    self.moves = moves
  }

  /// Why a worktree cannot be moved along, and what a person does first; nil when it can.
  static func objection(
    to use: WorktreeUse, at tip: ObjectID, isAllowed: Bool, in workspace: Workspace
  ) async throws(BackportError) -> String? {
    let place = "\(use.branch.shorthand) is \(use.activity.rawValue) in \(use.path)"
    if use.activity != .checkedOut { return place + "; finish that, then run" }
    guard isAllowed else { return place + "; run" }
    let location = location(of: use, in: workspace)
    let isClean: Bool
    do {
      _ = try await workspace.git.run(["update-index", "-q", "--refresh"], at: location)
      isClean = try await workspace.git.run(
        ["diff-index", "--quiet", tip.description, "--"], at: location
      ).succeeded
    } catch {
      throw WorktreeMover.failure(error, use)
    }
    return isClean
      ? nil : place + " with changes that are not committed; commit them, then run"
  }

  /// Tries the moves, without touching anything; the new commits must be stored.
  ///
  /// A file that git does not track and that a move would overwrite is found here.
  func rehearse() async throws(BackportError) {
    for move in moves { try await readTree(move, ["-n"]) }
  }

  /// Moves the worktrees, once the branches have moved; gives what could not be done.
  func follow() async -> [Warning] {
    var warnings: [Warning] = []
    for move in moves {
      do {
        try await readTree(move, [])
      } catch {
        warnings.append(
          Warning(
            "worktree-behind",
            "\(move.use.path) could not be moved along with \(move.use.branch.shorthand): "
              + error.detail))
      }
    }
    return warnings
  }

  private func readTree(_ move: Move, _ options: [String]) async throws(BackportError) {
    do {
      _ = try await workspace.git.output(
        of: ["read-tree", "-m", "-u"] + options + [move.old.description, move.new.description],
        at: WorktreeMover.location(of: move.use, in: workspace))
    } catch {
      throw WorktreeMover.failure(error, move.use)
    }
  }

  private static func location(of use: WorktreeUse, in workspace: Workspace) -> GitLocation {
    .repository(
      gitDirectory: use.gitDirectory, common: workspace.repository.commonDirectory,
      workTree: use.path)
  }

  private static func failure(_ error: GitProgramError, _ use: WorktreeUse) -> BackportError {
    BackportError(
      .everyTargetBlocked, [use.branch.shorthand, use.path],
      detail: String(decoding: error.errors, as: UTF8.self))
  }
}
