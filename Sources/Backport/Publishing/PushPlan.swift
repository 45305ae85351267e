import GitStore

/// What publishing some references comes to, worked out from what a remote holds before anything is
/// sent to it.
struct PushPlan: Equatable, Sendable {
  /// Why a reference cannot be published as it is.
  enum Obstacle: Equatable, Sendable {
    /// The remote has a tag of that name for something else.
    case tagTaken(ObjectID)
    /// The branch on the remote holds commits that ours lacks.
    case branchMoved(ObjectID)
  }

  /// What one reference needs.
  enum Need: Equatable, Sendable {
    /// The remote has it, or has gone on from it.
    case nothing
    /// It is sent, when the remote still holds that.
    case send(expected: ObjectID?)
    case obstacle(Obstacle)
  }

  /// A reference that cannot be published, and why.
  struct Refusal: Equatable, Sendable {
    var ref: RefName
    var obstacle: Obstacle
  }

  /// What is sent, group by group; a group of which the remote has everything is empty.
  private(set) var groups: [[PushEdit]] = []
  /// What the remote has already.
  private(set) var present: [RefName] = []
  /// What stands in the way.
  private(set) var refusals: [Refusal] = []

  /// Classifies every reference.
  ///
  /// `contains` tells whether the second commit has the first one in its history; it is asked for
  /// branches only, and says no for commits that are not here.
  init(
    _ updates: [PlannedRefUpdate], in groups: [[RefName]], remote: [RefName: ObjectID],
    contains: (ObjectID, ObjectID) -> Bool
  ) {
    let planned = Dictionary(updates.map { ($0.ref, $0) }) { $1 }
    for group in groups {
      var edits: [PushEdit] = []
      for ref in group {
        guard let update = planned[ref], let new = update.new else { continue }
        switch PushPlan.need(of: ref, new, there: remote[ref], contains: contains) {
        case .nothing: present.append(ref)
        case .send(let expected): edits.append(PushEdit(ref: ref, expected: expected, new: new))
        case .obstacle(.branchMoved(let there)) where there == update.replaces:
          edits.append(PushEdit(ref: ref, expected: there, new: new, isReplacing: true))
        case .obstacle(let obstacle): refusals.append(Refusal(ref: ref, obstacle: obstacle))
        }
      }
      self.groups.append(edits)
    }
  }

  /// Everything that is sent.
  var edits: [PushEdit] { groups.flatMap(\.self) }

  /// A published tag is never moved, a branch only goes forward.
  static func need(
    of ref: RefName, _ new: ObjectID, there: ObjectID?, contains: (ObjectID, ObjectID) -> Bool
  ) -> Need {
    guard let there else { return .send(expected: nil) }
    if there == new { return .nothing }
    guard ref.branchName != nil else { return .obstacle(.tagTaken(there)) }
    if contains(there, new) { return .send(expected: there) }
    return contains(new, there) ? .nothing : .obstacle(.branchMoved(there))
  }

  /// Where the references of a group stand on a remote after they were sent.
  enum Standing: Equatable, Sendable {
    /// All are there.
    case all
    /// None is: each is as it was expected before.
    case none
    /// Some are, which an atomic server does not do.
    case some
    /// Somebody else moved one meanwhile.
    case other(RefName)
  }

  /// Compares what was sent with what the remote holds now.
  static func standing(
    of edits: [PushEdit], on remote: [RefName: ObjectID],
    contains: (ObjectID, ObjectID) -> Bool
  ) -> Standing {
    var there = 0
    var foreign: RefName?
    for edit in edits {
      if need(of: edit.ref, edit.new, there: remote[edit.ref], contains: contains) == .nothing {
        there += 1
      } else if remote[edit.ref] != edit.expected {
        foreign = edit.ref
      }
    }
    if there == edits.count { return .all }
    if there > 0 { return .some }
    return foreign.map { .other($0) } ?? .none
  }
}
