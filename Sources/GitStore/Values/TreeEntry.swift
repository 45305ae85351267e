/// What a tree says of one name.
public struct TreeEntry: Hashable, Sendable {
  /// The mode and the object.
  public var node: TreeNode
  /// The bytes of the name, without a slash.
  public var name: [UInt8]

  /// Makes an entry.
  public init(name: [UInt8], node: TreeNode) {
    self.name = name
    self.node = node
  }
}

/// A mode and an object: what stands at a path.
public struct TreeNode: Hashable, Sendable {
  /// What the path is.
  public var mode: FileMode
  /// Its blob, tree, or the commit of a submodule.
  public var id: ObjectID

  /// Makes a node.
  public init(mode: FileMode, id: ObjectID) {
    self.mode = mode
    self.id = id
  }
}

/// The mode of a tree entry, as the number in the object; unusual ones are kept.
public struct FileMode: RawRepresentable, Hashable, Sendable {
  /// The mode as a number.
  public let rawValue: UInt32

  /// Takes any number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A folder.
  public static let tree = FileMode(rawValue: 0o040000)
  /// An ordinary file.
  public static let regular = FileMode(rawValue: 0o100644)
  /// A file that may be executed.
  public static let executable = FileMode(rawValue: 0o100755)
  /// A symbolic link; the blob holds its target.
  public static let symlink = FileMode(rawValue: 0o120000)
  /// A submodule; the id names a commit of another repository.
  public static let submodule = FileMode(rawValue: 0o160000)

  /// The mode as git reads it: of a file only whether its owner may execute it.
  ///
  /// Trees of the first years hold modes such as 100664, which git takes for 100644.
  public var canonical: FileMode {
    if isFile { return rawValue & 0o100 != 0 ? .executable : .regular }
    if isSymlink { return .symlink }
    return isTree ? .tree : .submodule
  }

  /// Whether the path is a folder.
  public var isTree: Bool { rawValue & 0o170000 == 0o040000 }
  /// Whether the path is a file with contents, executable or not.
  public var isFile: Bool { rawValue & 0o170000 == 0o100000 }
  /// Whether the path is a symbolic link.
  public var isSymlink: Bool { rawValue & 0o170000 == 0o120000 }
  /// Whether the path is a submodule.
  public var isSubmodule: Bool { rawValue & 0o170000 == 0o160000 }
}

/// The entries of a tree object, in git's order.
public enum TreeObject {
  /// Reads the bytes of a tree object; nil when they are damaged.
  public static func parse(_ object: [UInt8]) -> [TreeEntry]? {
    var entries: [TreeEntry] = []
    entries.reserveCapacity(object.count / 32)
    var position = 0
    while position < object.count {
      var mode: UInt32 = 0
      let modeStart = position
      while position < object.count, object[position] != UInt8(ascii: " ") {
        let digit = object[position]
        guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit), mode < 1 << 20 else {
          return nil
        }
        mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
        position += 1
      }
      guard position > modeStart else { return nil }
      position += 1
      let start = position
      while position < object.count, object[position] != 0 { position += 1 }
      guard position + 21 <= object.count, position > start,
        let id = ObjectID(bytes: object[(position + 1)..<(position + 21)])
      else { return nil }
      entries.append(
        TreeEntry(
          name: Array(object[start..<position]),
          node: TreeNode(mode: FileMode(rawValue: mode), id: id)))
      position += 21
    }
    return entries
  }

  /// The bytes of a tree object with those entries, sorted as git sorts them.
  public static func bytes(of entries: [TreeEntry]) -> [UInt8] {
    var object: [UInt8] = []
    for entry in entries.sorted(by: precedes) {
      object += Array(String(entry.node.mode.rawValue, radix: 8).utf8)
      object.append(UInt8(ascii: " "))
      object += entry.name
      object.append(0)
      object += entry.node.id.bytes
    }
    return object
  }

  /// git's order: by bytes, a folder as if its name ended in a slash.
  public static func precedes(_ left: TreeEntry, _ right: TreeEntry) -> Bool {
    let count = min(left.name.count, right.name.count)
    for index in 0..<count where left.name[index] != right.name[index] {
      return left.name[index] < right.name[index]
    }
    return byteAfter(count, left) < byteAfter(count, right)
  }

  private static func byteAfter(_ count: Int, _ entry: TreeEntry) -> UInt8 {
    if entry.name.count > count { return entry.name[count] }
    return entry.node.mode.isTree ? UInt8(ascii: "/") : 0
  }
}
