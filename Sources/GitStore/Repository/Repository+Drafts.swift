extension Repository {
  /// Whether a commit or tag was made since the repository was opened, and is ours to sign.
  public func isDraft(_ id: ObjectID) -> Bool { drafts.contains(id) }

  /// The commits and tags that were made, reachable from some of them over others: parents before
  /// their children, and commits before their tags.
  public func draftsInOrder(from roots: [ObjectID]) throws(GitError) -> [ObjectID] {
    var order: [ObjectID] = []
    var seen: Set<ObjectID> = []
    var waiting = roots.map { (id: $0, isDone: false) }
    while let (id, isDone) = waiting.popLast() {
      if isDone {
        order.append(id)
        continue
      }
      guard drafts.contains(id), seen.insert(id).inserted else { continue }
      waiting.append((id, true))
      let (kind, bytes) = try object(id)
      if kind == .tag {
        if let tag = AnnotatedTag(object: bytes) { waiting.append((tag.target, false)) }
      } else {
        waiting += try commit(id).parents.map { ($0, false) }
      }
    }
    return order
  }
}

/// The bytes of commits and tags, with and without a signature.
package enum SignedObject {
  /// The object with other parents, or another target; what is not in the map stays.
  package static func renaming(_ ids: [ObjectID: ObjectID], in object: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = object[...]
    while !rest.isEmpty, rest.first != UInt8(ascii: "\n") {
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
      let key = words.first.map { String(decoding: $0, as: UTF8.self) }
      if words.count == 2, key == "parent" || key == "object",
        let id = ObjectID(hexDigits: words[1]), let other = ids[id]
      {
        result += words[0] + [UInt8(ascii: " ")] + Array(other.description.utf8)
      } else {
        result += line
      }
      result.append(UInt8(ascii: "\n"))
      rest = rest[line.endIndex...].dropFirst()
    }
    return result + rest
  }

  /// A commit with its signature, as the last of its headers.
  package static func commit(_ object: [UInt8], signature: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var end = object.startIndex
    while end < object.endIndex, object[end] != newline {
      end = (object[end...].firstIndex(of: newline) ?? object.endIndex - 1) + 1
    }
    let lines = signature.split(separator: newline, omittingEmptySubsequences: false)
    let header = Array("gpgsig ".utf8) + lines.joined(separator: [newline, UInt8(ascii: " ")])
    return object[..<end] + header + [newline] + object[end...]
  }

  /// A tag with its signature behind the message.
  package static func tag(_ object: [UInt8], signature: [UInt8]) -> [UInt8] {
    object + signature + [UInt8(ascii: "\n")]
  }
}
