import GitStore

/// What is added to an operation after its beginning: lines that a hand resolved, or that were given
/// up.
///
/// It is recorded and landed as the beginning was. Until it is, the operation is what it was before.
struct Continuation: Codable, Equatable, Sendable {
  /// Which part of the operation this is; the beginning is the first.
  var number: Int
  /// When it was recorded, ISO 8601.
  var createdAt: String
  /// The operation's plan with this in it.
  var plan: BackportPlan
  /// The references that it moves.
  var moves: [PlannedRefUpdate]
  /// The name of the pack that holds its objects; nil when nothing was new.
  @ExplicitNull var pack: String?
  /// The worktrees that are moved along with their branches.
  var worktrees: [WorktreeMove] = []
  /// Who or what resolved a conflict, by line.
  var resolvedBy: [String: String] = [:]
}

/// References that one record moves together, and what goes along.
struct Movement: Equatable, Sendable {
  /// The part of the operation that moves them; nil for its beginning.
  var continuation: Int?
  /// What is moved.
  var updates: [PlannedRefUpdate]
  /// The worktrees that go along with their branches.
  var worktrees: [WorktreeMove]
  /// The pack that is kept meanwhile.
  var pack: String?
}

/// What an operation gave a reference, part by part.
struct RefChain: Equatable, Sendable {
  /// The reference.
  let ref: RefName
  /// What it held before the operation; nil when it did not exist.
  let old: ObjectID?
  /// What each part gave it, in order.
  private(set) var values: [ObjectID]
  /// Whether each part began where the one before it ended; else somebody else's work lies between.
  private(set) var isWhole = true

  /// The chains of all references that an operation has moved, or is moving, in the plan's order.
  static func all(_ parts: [[PlannedRefUpdate]]) -> [RefChain] {
    var chains: [RefChain] = []
    for update in parts.flatMap(\.self) where update.old != update.new {
      guard let new = update.new else { continue }
      if let index = chains.firstIndex(where: { $0.ref == update.ref }) {
        chains[index].isWhole = chains[index].isWhole && chains[index].values.last == update.old
        chains[index].values.append(new)
      } else {
        chains.append(RefChain(ref: update.ref, old: update.old, values: [new]))
      }
    }
    return chains
  }

  /// The update that takes the operation back from a value it gave.
  func reversed(from value: ObjectID?) -> PlannedRefUpdate {
    PlannedRefUpdate(ref: ref, old: value ?? values.last, new: old)
  }
}

extension BackportPlan {
  /// The plan with what a later one, made for some of its lines, makes of them.
  func adding(_ later: BackportPlan) -> BackportPlan {
    var plan = self
    for target in later.targets {
      guard let index = plan.targets.firstIndex(where: { $0.line == target.line }) else { continue }
      plan.targets[index] = target
    }
    for update in later.refUpdates {
      if let index = plan.refUpdates.firstIndex(where: { $0.ref == update.ref }) {
        plan.refUpdates[index].new = update.new
        plan.refUpdates[index].unsignedNew = update.unsignedNew
      } else {
        plan.refUpdates.append(update)
      }
    }
    plan.refUpdates = Planner.sorted(plan.refUpdates)
    plan.signing = plan.signing ?? later.signing
    if later.trunk.new != later.trunk.old { plan.trunk.new = later.trunk.new }
    plan.warnings += later.warnings.filter { !plan.warnings.contains($0) }
    return plan
  }
}
