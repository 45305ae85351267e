import GitStore

extension Workspace {
  /// A plan whose lines have been tried.
  struct Verified {
    var plan: BackportPlan
    /// Where the output of the commands is.
    var logs: VerificationLogs
  }

  /// Tries the planned tree of every line, and plans again without those that do not pass.
  ///
  /// Nothing has been written to the repository yet and nothing of the plan can be seen in it. A line
  /// that does not pass is `blocked`, with the finding as its evidence; the others come out as they
  /// would have without it, and what comes out differently is tried again. `plan` is what `request`
  /// gives; results that are in it, of the very tree and commands, are not asked for again.
  func verified(
    _ plan: BackportPlan, _ request: PlanRequest, _ options: VerificationOptions
  ) async throws(BackportError) -> Verified {
    let folder = try await VerificationFolder.make(self)
    let logs = VerificationLogs(directory: folder.directory)
    do throws(BackportError) {
      let plan = try await verified(plan, request, options, in: folder)
      await folder.close()
      return Verified(plan: plan, logs: logs)
    } catch {
      await folder.close()
      throw error
    }
  }

  private func verified(
    _ plan: BackportPlan, _ request: PlanRequest, _ options: VerificationOptions,
    in folder: borrowing VerificationFolder
  ) async throws(BackportError) -> BackportPlan {
    var (plan, request) = (plan, request)
    var results: [Key: [Verification]] = [:]
    for target in plan.targets {
      guard let known = target.verification, let key = try key(of: target),
        known.map(\.command) == options.commands, known.allSatisfy({ $0.tree == key.tree })
      else { continue }
      results[key] = known
    }
    while true {
      var keys: [Key] = []
      var candidates: [Verifier.Candidate] = []
      for target in plan.targets {
        guard let key = try key(of: target), results[key] == nil else { continue }
        keys.append(key)
        candidates.append(Verifier.Candidate(target: target, tree: key.tree))
      }
      let verifier = Verifier(workspace: self, options: options)
      let found = try await verifier.verify(candidates, in: folder)
      for (key, result) in zip(keys, found) { results[key] = result }
      var isRed = false
      for target in plan.targets {
        guard let key = try key(of: target), let result = results[key],
          result.contains(where: { $0.status != .passed })
        else { continue }
        request.rejected[target.line] = result
        isRed = true
      }
      if !isRed { break }
      plan = try self.plan(request)
    }
    for index in plan.targets.indices {
      guard let key = try key(of: plan.targets[index]) else { continue }
      plan.targets[index].verification = results[key]
    }
    return plan
  }

  /// A line and what it is to become.
  private struct Key: Hashable {
    let line: String
    let tree: ObjectID
  }

  private func key(of target: Target) throws(BackportError) -> Key? {
    guard let commit = target.plannedCommit else { return nil }
    let tree = try store { () throws(GitError) in try repository.commit(commit).tree }
    return Key(line: target.line, tree: tree)
  }
}
