import GitStore
import TestSupport
import Testing

@testable import Backport

/// What a push comes to, worked out from values alone.
struct PushPlanTests {
  private static func id(_ digit: Character) throws -> ObjectID {
    try #require(ObjectID(hex: String(repeating: digit, count: 40)))
  }

  private static func name(_ text: String) throws -> RefName { try #require(RefName(text)) }

  /// A history in which 1 is under 2, and 2 under 3; 9 is beside them.
  private static func contains(_ id: ObjectID, _ other: ObjectID) -> Bool {
    let (low, high) = (id.description.first ?? "0", other.description.first ?? "0")
    return low <= high && high <= "3"
  }

  @Test(
    arguments: [
      // what the remote holds, what is to be there, what is needed
      ("heads/1.0", nil, "3", "send to nothing"), ("heads/1.0", "3", "3", "nothing"),
      ("heads/1.0", "1", "2", "send to 1"), ("heads/1.0", "3", "2", "nothing"),
      ("heads/1.0", "9", "2", "moved to 9"), ("tags/v1", nil, "2", "send to nothing"),
      ("tags/v1", "2", "2", "nothing"), ("tags/v1", "1", "2", "taken by 1"),
    ] as [(String, Character?, Character, String)])
  func `a branch only goes forward and a tag never moves`(
    ref: String, there: Character?, new: Character, need: String
  ) throws {
    let found = PushPlan.need(
      of: try Self.name("refs/" + ref), try Self.id(new), there: try there.map(Self.id),
      contains: Self.contains)
    let words =
      switch found {
      case .nothing: "nothing"
      case .send(let expected): "send to \(expected?.abbreviated(to: 1) ?? "nothing")"
      case .obstacle(.branchMoved(let id)): "moved to \(id.abbreviated(to: 1))"
      case .obstacle(.tagTaken(let id)): "taken by \(id.abbreviated(to: 1))"
      }
    #expect(words == need)
  }

  @Test func `what the remote has is left out of its group and the group stays`() throws {
    let refs = try ["refs/heads/1.0", "refs/tags/v1", "refs/heads/2.0"].map(Self.name)
    let new = try Self.id("2")
    let updates = refs.map { PlannedRefUpdate(ref: $0, old: nil, new: new) }
    let plan = PushPlan(
      updates, in: [[refs[0], refs[1]], [refs[2]]], remote: [refs[0]: new, refs[1]: new],
      contains: Self.contains)
    #expect(plan.groups == [[], [PushEdit(ref: refs[2], expected: nil, new: new)]])
    #expect(plan.present == [refs[0], refs[1]])
    #expect(plan.refusals.isEmpty)
  }

  @Test func `where a group stands is told from what the remote holds`() throws {
    let refs = try ["refs/heads/1.0", "refs/tags/v1"].map(Self.name)
    let (old, new, other) = (try Self.id("1"), try Self.id("2"), try Self.id("9"))
    let edits = [
      PushEdit(ref: refs[0], expected: old, new: new),
      PushEdit(ref: refs[1], expected: nil, new: new),
    ]
    func standing(_ remote: [RefName: ObjectID]) -> PushPlan.Standing {
      PushPlan.standing(of: edits, on: remote, contains: Self.contains)
    }
    #expect(standing([refs[0]: new, refs[1]: new]) == .all)
    #expect(standing([refs[0]: old]) == .none)
    #expect(standing([refs[0]: new]) == .some)
    #expect(standing([refs[0]: other]) == .other(refs[0]))
    #expect(standing([refs[0]: old, refs[1]: other]) == .other(refs[1]))
  }
}
