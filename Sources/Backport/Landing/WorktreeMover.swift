import GitStore

/// One worktree that goes from one commit to another along with its branch.
struct WorktreeMove: Codable, Equatable, Sendable {
  /// The branch it stands on.
  var branch: RefName
  /// The worktree's path.
  var path: String
  /// Its own git directory.
  var gitDirectory: String
  /// The commit it shows.
  var old: ObjectID
  /// The commit it is to show.
  var new: ObjectID
}

/// What is done with worktrees that stand on a branch which moves.
public enum WorktreeHabit: String, Sendable, CaseIterable {
  /// The line is blocked, and nobody is asked.
  case never
  /// The line is blocked, unless somebody at a terminal says otherwise.
  case ask
  /// Clean ones are moved along.
  case clean
}

extension Workspace {
  /// What `backport.updateWorktree` of git's configuration says; `ask` unless it is set.
  public func worktreeHabit() throws(BackportError) -> WorktreeHabit {
    guard let text = settings.string("backport.updateworktree") else { return .ask }
    guard let habit = WorktreeHabit(rawValue: text.lowercased()) else {
      throw BackportError(
        .configuration, ["git config", "backport.updateWorktree"],
        detail: "'\(text)' is none of never, ask, clean")
    }
    return habit
  }
}

/// Moves clean worktrees along with the branches they stand on, when that was asked for.
struct WorktreeMover {
  private let workspace: Workspace
  /// What is to be moved; recorded, so that a run that was killed can be finished.
  let moves: [WorktreeMove]

  /// The worktrees that will be moved along.
  var paths: Set<String> { Set(moves.map(\.path)) }

  /// Checks, without touching anything, that every worktree in the way can follow.
  init(
    _ workspace: Workspace, moves updates: [PlannedRefUpdate], isAllowed: Bool
  ) async throws(BackportError) {
    self.workspace = workspace
    var moves: [WorktreeMove] = []
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
      moves.append(
        WorktreeMove(
          branch: use.branch, path: use.path, gitDirectory: use.gitDirectory, old: old, new: new))
    }
    self.moves = moves
  }

  /// Why a worktree cannot be moved along, and what a person does first; nil when it can.
  static func objection(
    to use: WorktreeUse, at tip: ObjectID, isAllowed: Bool, in workspace: Workspace
  ) async throws(BackportError) -> String? {
    let place = "\(use.branch.shorthand) is \(use.activity.rawValue) in \(use.path)"
    if use.activity != .checkedOut { return place + "; finish that, then run" }
    if !isAllowed {
      guard try workspace.worktreeHabit() == .clean else { return place + "; run" }
    }
    let tree = WorktreeProgram(workspace, gitDirectory: use.gitDirectory, path: use.path)
    do throws(GitProgramError) {
      return try await tree.shows(tip)
        ? nil : place + " with changes that are not committed; commit them, then run"
    } catch {
      throw WorktreeMover.failure(error, branch: use.branch, path: use.path)
    }
  }

  /// Tries the moves, without touching anything; the new commits must be stored.
  ///
  /// A file that git does not track and that a move would overwrite is found here.
  func rehearse() async throws(BackportError) {
    for move in moves {
      do throws(GitProgramError) {
        try await WorktreeProgram(workspace, move).go(from: move.old, to: move.new, ["-n"])
      } catch {
        throw WorktreeMover.failure(error, branch: move.branch, path: move.path)
      }
    }
  }

  /// Moves the worktrees, once the branches have moved; gives what could not be done.
  func follow(operation: String) async -> [Warning] {
    var warnings: [Warning] = []
    for move in moves {
      do throws(GitProgramError) {
        try await WorktreeProgram(workspace, move, operation: operation)
          .go(from: move.old, to: move.new)
      } catch {
        warnings.append(
          WorktreeMover.behind(move, String(decoding: error.errors, as: UTF8.self)))
      }
    }
    return warnings
  }

  /// What is said of a worktree that was left where it is.
  static func behind(_ move: WorktreeMove, _ reason: String) -> Warning {
    Warning(
      "worktree-behind",
      "\(move.path) could not be moved along with \(move.branch.shorthand): \(reason)")
  }

  private static func failure(
    _ error: GitProgramError, branch: RefName, path: String
  ) -> BackportError {
    BackportError(
      .everyTargetBlocked, [branch.shorthand, path],
      detail: String(decoding: error.errors, as: UTF8.self))
  }
}
