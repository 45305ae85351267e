import GitStore
import ReleaseModel

/// How the picks of a line differ from those of the operation before.
public struct RangeDiff: Codable, Equatable, Sendable {
  /// The release line.
  public var line: String
  /// What git range-diff says, from the old picks to the new ones.
  public var text: String
}

/// Applies an operation again on what branches and remotes hold today.
///
/// The references go from what the old operation gave them to what the new one does, all in one
/// transaction: a redo that cannot land leaves the old operation as it was.
struct Redo {
  let workspace: Workspace
  let store: OperationStore
  let operation: Operation

  /// A redo of an operation that may be taken back, or that was.
  init(_ workspace: Workspace, _ operation: Operation) throws(BackportError) {
    self.workspace = workspace
    self.operation = operation
    store = OperationStore(workspace.repository)
    let isOpen = operation.hasLanded || operation.state == .undone
    guard isOpen, operation.state != .pushed, !store.has(.pushing, operation.id) else {
      throw Undo(workspace).refusal(operation)
    }
  }

  private var repository: Repository { workspace.repository }

  /// The references of the operation that are to be put back.
  private var chains: [RefChain] { operation.state == .undone ? [] : operation.chains }

  /// What references hold once the operation is taken back and branches have followed their remote.
  func assumed() throws(BackportError) -> [RefName: ObjectID?] {
    var assumed: [RefName: ObjectID?] = [:]
    for chain in chains {
      let value = repository.reference(chain.ref)?.target
      guard chain.isWhole, value == chain.values.last else {
        throw BackportError(
          .refMoved,
          [
            chain.ref.description, chain.values.last?.description ?? "nothing",
            value?.description ?? "nothing",
          ])
      }
      assumed[chain.ref] = .some(try today(chain))
    }
    return assumed
  }

  /// What a branch held before, or what its remote holds since, where that goes on from there.
  private func today(_ chain: RefChain) throws(BackportError) -> ObjectID? {
    guard let old = chain.old, let name = chain.ref.branchName,
      let upstream = workspace.reference(for: .remote(name)),
      let there = repository.target(of: upstream)
    else { return chain.old }
    let goesOn = try Backport.store { () throws(GitError) in
      try repository.isAncestor(old, of: there)
    }
    return goesOn ? there : old
  }

  /// What people have resolved in the operation, by line and commit.
  ///
  /// A line that somebody is at work on is an error: the work would be lost.
  func byHand() async throws(BackportError) -> [String: [ObjectID: HandResolution]] {
    let identity = try workspace.identity()
    let person = "\(identity.displayName) <\(identity.displayEmail)>"
    var made: [String: [ObjectID: HandResolution]] = [:]
    for target in operation.plan.targets {
      for resolution in store.resolutions(of: target.line, in: operation.id) {
        made[target.line, default: [:]][resolution.source] = resolution
      }
      guard target.status == .picked,
        target.settled.contains(where: { $0.method == Resolution.Method.byHand.rawValue })
      else { continue }
      var onto = target.base
      for commit in target.commits where commit.status == .picked {
        guard let start = onto, let tip = commit.id else { continue }
        if commit.fidelity == Fidelity.adapted.rawValue {
          made[target.line, default: [:]][commit.source] = HandResolution(
            source: commit.source, onto: start, tip: tip,
            by: operation.resolver(of: target) ?? person)
        }
        onto = tip
      }
    }
    let hands = HandWorktrees(workspace, operation.id)
    let known = store.hands(of: operation.id)
    for target in operation.waitingLines {
      guard let hand = known[target.line] else { continue }
      switch try await hands.result(of: hand, operation.plan, by: person) {
      case .missing, .untouched: continue
      case .resolved(let resolution):
        made[target.line, default: [:]][resolution.source] = resolution
      case .unresolved(let reason):
        throw BackportError(
          .operationPending, [operation.id, target.line],
          detail: "somebody is at work in \(hand.path): \(reason)")
      }
    }
    return made
  }

  /// What moves from the old operation's values to the new plan's; what only the old one made goes.
  func moves(to plan: BackportPlan) -> [PlannedRefUpdate] {
    var moves: [PlannedRefUpdate] = []
    for update in plan.refUpdates {
      let current = chains.first { $0.ref == update.ref }?.values.last ?? update.old
      moves.append(PlannedRefUpdate(ref: update.ref, old: current, new: update.new))
    }
    for chain in chains where !plan.refUpdates.contains(where: { $0.ref == chain.ref }) {
      moves.append(chain.reversed(from: nil))
    }
    return moves
  }

  /// How the picks of each line differ from those before; nothing for lines without picks in both.
  func rangeDiffs(to plan: BackportPlan) async throws(BackportError) -> [RangeDiff] {
    var diffs: [RangeDiff] = []
    for target in plan.targets {
      guard let before = operation.plan.targets.first(where: { $0.line == target.line }),
        let old = picks(of: before), let new = picks(of: target), old != new
      else { continue }
      do {
        let bytes = try await workspace.git.output(
          of: ["range-diff", "--no-color", "--no-ext-diff", old, new],
          at: workspace.commonLocation)
        diffs.append(RangeDiff(line: target.line, text: String(decoding: bytes, as: UTF8.self)))
      } catch {
        // The old picks may be gone, when the operation was taken back long ago.
        diffs.append(
          RangeDiff(
            line: target.line, text: String(decoding: error.errors, as: UTF8.self)))
      }
    }
    return diffs
  }

  private func picks(of target: Target) -> String? {
    guard let base = target.base,
      let last = target.commits.last(where: { $0.status == .picked })?.id
    else { return nil }
    return "\(base)..\(last)"
  }
}

extension PlanOptions {
  /// The options with those that others state in the place of their own; what others leave as it
  /// usually is stays.
  func replaced(by given: PlanOptions) -> PlanOptions {
    let usual = PlanOptions()
    var options = self
    func take<Value: Equatable>(_ path: WritableKeyPath<PlanOptions, Value>) {
      if given[keyPath: path] != usual[keyPath: path] {
        options[keyPath: path] = given[keyPath: path]
      }
    }
    take(\.mainline)
    take(\.to)
    take(\.branches)
    take(\.fixed)
    take(\.use)
    take(\.base)
    take(\.introduced)
    take(\.provenance)
    take(\.signOff)
    take(\.signing)
    take(\.signingKey)
    take(\.release)
    take(\.changelog)
    take(\.versionFiles)
    take(\.forwardPort)
    take(\.releaseOn)
    take(\.entry)
    take(\.ids)
    take(\.package)
    take(\.offTrunk)
    take(\.landTrunk)
    take(\.allOrNothing)
    take(\.upstreamRemote)
    take(\.config)
    // A line that was given up stays so, unless it gets another reason.
    let lines = Set(given.skip.map { $0.prefix { $0 != "=" } })
    options.skip.removeAll { lines.contains($0.prefix { $0 != "=" }) }
    options.skip += given.skip
    return options
  }
}
