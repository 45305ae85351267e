import GitStore
import ReleaseModel

/// The description of an event that GitHub, and what works like it, leaves in a file.
///
/// Data of whoever opened the request: names and labels are only compared, never run.
struct EventPayload {
  /// The most bytes of a description that are read.
  private static let limit = 32 << 20

  private let root: JSONTree

  /// Reads the document; nil when it is none.
  init?(_ bytes: [UInt8]) {
    guard bytes.count <= EventPayload.limit,
      let root = try? DocumentCoding.decode(JSONTree.self, from: bytes, named: "event")
    else { return nil }
    self.root = root
  }

  /// Adds what only the description tells.
  func complete(_ service: inout BuildService) {
    service.defaultBranch =
      root["repository"]?["default_branch"]?.string ?? service.defaultBranch
    guard let request = root["pull_request"] else { return }
    var change = service.change ?? BuildService.ChangeRequest()
    if case .number(let number)? = request["number"] { change.number = Int(number) }
    change.target = request["base"]?["ref"]?.string ?? change.target
    change.base = request["base"]?["sha"]?.id
    change.head = request["head"]?["sha"]?.id
    if case .array(let labels)? = request["labels"] {
      change.labels = labels.compactMap { $0["name"]?.string }
    }
    if request["merged"] == .boolean(true) { change.merge = request["merge_commit_sha"]?.id }
    service.change = change
  }
}

extension JSONTree {
  /// The object id that a string is.
  fileprivate var id: ObjectID? { string.flatMap { ObjectID(hex: $0) } }
}
