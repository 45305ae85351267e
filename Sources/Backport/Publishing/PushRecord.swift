import GitStore

/// What is known of one group of references that was sent to a remote.
struct PushRecord: Codable, Equatable, Sendable {
  /// How far it came.
  enum State: String, Codable, Sendable {
    /// It was about to be sent; what became of it has to be asked of the remote.
    case sending
    /// The remote was seen to hold all of it.
    case there
  }

  /// One reference.
  struct Entry: Codable, Equatable, Sendable {
    var ref: RefName
    @ExplicitNull var old: ObjectID?
    var new: ObjectID
  }

  /// The name of the remote.
  var remote: String
  /// Its address, without credentials.
  var address: String
  /// Which group, counted from 1.
  var group: Int
  var state: State
  /// When, ISO 8601.
  var at: String
  var refs: [Entry]
}

extension OperationStore {
  private static let prefix = "push-"

  /// The records of an operation's pushes, in the order in which they were begun.
  func pushes(_ id: String) -> [PushRecord] {
    let directory = directory(of: id)
    return directory.names.filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(".json") }
      .compactMap { name in
        directory.contents(of: name).flatMap {
          try? DocumentCoding.decode(PushRecord.self, from: $0, named: name)
        }
      }
  }

  /// Writes the record of a group; there is one for each remote and group.
  func record(_ push: PushRecord, _ id: String) throws(BackportError) {
    let bytes = try DocumentCoding.encode(push)
    try files { () throws(FileError) in
      try directory(of: id).write(bytes, to: name(push, in: id))
    }
  }

  /// Forgets a group of which the remote took nothing.
  func forget(_ push: PushRecord, _ id: String) throws(BackportError) {
    try files { () throws(FileError) in try directory(of: id).remove(name(push, in: id)) }
  }

  /// `push-001-<remote>.json`, the remote spelled so that it can stand in a file name.
  private func name(_ push: PushRecord, in id: String) -> String {
    let number = String(push.group)
    let padding = String(repeating: "0", count: max(0, 3 - number.count))
    let remote = push.remote.utf8.prefix(40).map { byte in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "_" + String(byte, radix: 16)
    }
    return Self.prefix + padding + number + "-" + remote.joined() + ".json"
  }
}
