import GitStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Workspace {
  /// Checks the lines of an operation out for looking at, each in a folder of its own below an empty
  /// one, as linked worktrees on no branch; no reference moves.
  ///
  /// A line shows its release commit, else the last commit that was made for it. Lines for which
  /// nothing was made are left out. What cannot be checked out whole leaves no folder behind.
  public func checkOut(
    _ id: String?, into folder: String
  ) async throws(BackportError) -> [OperationDocument.Checkout] {
    let operation = try operation(id, where: { _ in true })
    let option = "--checkout \(folder)"
    let wasThere = FileManager.default.fileExists(atPath: folder)
    if wasThere {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        throw BackportError(.usage, [option], detail: "it is not a folder that can be read")
      }
      guard names.isEmpty else { throw BackportError(.usage, [option], detail: "it is not empty") }
    }
    let made = operation.plan.targets.compactMap { target in
      operation.plan.lastCommit(of: target).map { (target.line, $0) }
    }
    guard !made.isEmpty else {
      throw BackportError(
        .usage, [option], detail: "operation \(operation.id) has made nothing to look at")
    }
    var checkouts: [OperationDocument.Checkout] = []
    do throws(BackportError) {
      for (line, commit) in made {
        let path = folder + "/" + OperationStore.fileName(of: line)
        checkouts.append(.init(line: line, path: path, commit: commit))
        try await addWorktree(path, at: commit)
      }
    } catch {
      for checkout in checkouts {
        _ = try? await git.run(
          ["worktree", "remove", "--force", checkout.path], at: commonLocation)
      }
      if !wasThere { try? FileManager.default.removeItem(atPath: folder) }
      throw error
    }
    return checkouts
  }

  /// Where git works on what all worktrees share.
  var commonLocation: GitLocation {
    .repository(
      gitDirectory: repository.commonDirectory, common: repository.commonDirectory, workTree: nil)
  }

  /// Makes a linked worktree on no branch; hooks do not run.
  func addWorktree(
    _ path: String, at commit: ObjectID, operation: String? = nil
  ) async throws(BackportError) {
    var options = GitProgram.Options()
    if let operation { options.variables = RunningChildren.mark(operation) }
    options.deadline = .seconds(600)
    do {
      _ = try await git.output(
        of: ["worktree", "add", "--quiet", "--detach", "--", path, commit.description],
        at: commonLocation, options: options)
    } catch {
      throw BackportError(error, verb: "worktree")
    }
  }
}

extension BackportPlan {
  /// The last commit that was made for a line; nil when none was.
  func lastCommit(of target: Target) -> ObjectID? {
    if let commit = target.release?.commit { return commit }
    if target.status == .conflict { return nil }
    let branch = target.branch.map { "refs/heads/\($0)" }
    if let update = refUpdates.first(where: { $0.ref.description == branch }) { return update.new }
    return target.commits.last { $0.status == .picked }?.id
  }
}
