#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The raw bytes of a tree object, searched and edited without making a value of every entry.
///
/// A pick changes a few of sometimes thousands of entries; the others are copied as they stand,
/// unusual modes included.
public struct FolderView: Sendable {
  /// The bytes of the tree object.
  public let bytes: [UInt8]

  /// Takes the bytes of a tree object; they are checked as they are walked.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// A folder without entries.
  public static let empty = FolderView(bytes: [])

  /// One name that is to stand for something else; a nil node removes it.
  public struct Edit: Sendable {
    /// The bytes of the name.
    public var name: [UInt8]
    /// What is to stand there.
    public var node: TreeNode?

    /// Makes an edit.
    public init(name: [UInt8], node: TreeNode?) {
      self.name = name
      self.node = node
    }
  }

  /// The places of the parts of one entry.
  private struct Place {
    var start: Int
    var name: Range<Int>
    var mode: UInt32
    var end: Int { name.upperBound + 21 }
  }

  /// Reads the entry that begins at an offset; nil when the bytes are damaged.
  private func place(at start: Int, in bytes: UnsafeRawBufferPointer) -> Place? {
    var position = start
    var mode: UInt32 = 0
    while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
      let digit = bytes[position]
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "7"), mode < 1 << 20 else {
        return nil
      }
      mode = mode << 3 | UInt32(digit - UInt8(ascii: "0"))
      position += 1
    }
    guard position > start else { return nil }
    position += 1
    let nameStart = position
    while position < bytes.count, bytes[position] != 0 { position += 1 }
    guard position > nameStart, position + 21 <= bytes.count else { return nil }
    return Place(start: start, name: nameStart..<position, mode: mode)
  }

  private static func node(_ place: Place, in bytes: UnsafeRawBufferPointer) -> TreeNode? {
    let idBytes = UnsafeRawBufferPointer(rebasing: bytes[(place.name.upperBound + 1)..<place.end])
    return ObjectID(raw: idBytes).map {
      TreeNode(mode: FileMode(rawValue: place.mode).canonical, id: $0)
    }
  }

  /// What stands at some names, in their order; modes are those git would take them for.
  ///
  /// One walk over the folder, whatever the number of names.
  public func nodes(named names: [[UInt8]]) throws(GitError) -> [TreeNode?] {
    var found = [TreeNode?](repeating: nil, count: names.count)
    var index: [ArraySlice<UInt8>: Int] = [:]
    if names.count > 8 {
      for (number, name) in names.enumerated() { index[name[...]] = number }
    }
    var isDamaged = false
    bytes.withUnsafeBytes { raw in
      var position = 0
      while position < raw.count {
        guard let place = place(at: position, in: raw) else {
          isDamaged = true
          return
        }
        position = place.end
        let name = UnsafeRawBufferPointer(rebasing: raw[place.name])
        if names.count > 8 {
          if let number = index[bytes[place.name]] {
            found[number] = found[number] ?? FolderView.node(place, in: raw)
          }
        } else {
          for number in names.indices
          where names[number].count == name.count && names[number].elementsEqual(name) {
            found[number] = found[number] ?? FolderView.node(place, in: raw)
          }
        }
      }
    }
    if isDamaged { throw FolderView.damaged }
    return found
  }

  /// Visits the id of every entry of a tree object, without making anything else of it; ends where
  /// the bytes are damaged.
  static func forEachID(in raw: UnsafeRawBufferPointer, _ body: (ObjectID) -> Void) {
    guard let start = raw.baseAddress else { return }
    var position = 0
    while position < raw.count, let end = memchr(start + position, 0, raw.count - position) {
      let next = UnsafeRawPointer(end) - start + 21
      guard next <= raw.count else { return }
      if let id = ObjectID(raw: UnsafeRawBufferPointer(rebasing: raw[(next - 20)..<next])) {
        body(id)
      }
      position = next
    }
  }

  /// Every entry, in the order of the tree; modes are those git would take them for.
  public func entries() throws(GitError) -> [TreeEntry] {
    var found: [TreeEntry] = []
    found.reserveCapacity(bytes.count / 36)
    var isDamaged = false
    bytes.withUnsafeBytes { raw in
      var position = 0
      while position < raw.count {
        guard let place = place(at: position, in: raw), let node = FolderView.node(place, in: raw)
        else {
          isDamaged = true
          return
        }
        position = place.end
        found.append(TreeEntry(name: Array(raw[place.name]), node: node))
      }
    }
    if isDamaged { throw FolderView.damaged }
    return found
  }

  /// The bytes of the folder after some edits; empty when no entry is left.
  ///
  /// Untouched entries keep their bytes. Each name is edited at most once.
  public func applying(_ edits: [Edit]) throws(GitError) -> [UInt8] {
    var gone: Set<ArraySlice<UInt8>> = []
    for edit in edits { gone.insert(edit.name[...]) }
    let additions = edits.compactMap { edit in
      edit.node.map { TreeEntry(name: edit.name, node: $0) }
    }.sorted(by: TreeObject.precedes)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + additions.reduce(0) { $0 + $1.name.count + 28 })
    var next = 0
    var isDamaged = false
    bytes.withUnsafeBytes { raw in
      var position = 0
      var copied = 0
      while position < raw.count {
        guard let place = place(at: position, in: raw) else {
          isDamaged = true
          return
        }
        let isTree = FileMode(rawValue: place.mode).isTree
        let name = UnsafeRawBufferPointer(rebasing: raw[place.name])
        while next < additions.count, FolderView.precedes(additions[next], name, isTree) {
          result += raw[copied..<position]
          copied = position
          FolderView.append(additions[next], to: &result)
          next += 1
        }
        if edits.count <= 8
          ? edits.contains(where: { $0.name.count == name.count && $0.name.elementsEqual(name) })
          : gone.contains(bytes[place.name])
        {
          result += raw[copied..<position]
          copied = place.end
        }
        position = place.end
      }
      result += raw[copied..<raw.count]
    }
    if isDamaged { throw FolderView.damaged }
    for addition in additions[next...] { FolderView.append(addition, to: &result) }
    return result
  }

  private static func append(_ entry: TreeEntry, to bytes: inout [UInt8]) {
    bytes += String(entry.node.mode.rawValue, radix: 8).utf8
    bytes.append(UInt8(ascii: " "))
    bytes += entry.name
    bytes.append(0)
    bytes += entry.node.id.bytes
  }

  /// git's order: by bytes, a folder as if its name ended in a slash; equal is not before.
  private static func precedes(
    _ left: TreeEntry, _ name: UnsafeRawBufferPointer, _ isTree: Bool
  ) -> Bool {
    let count = min(left.name.count, name.count)
    for index in 0..<count where left.name[index] != name[index] {
      return left.name[index] < name[index]
    }
    let leftEnd = left.node.mode.isTree ? UInt8(ascii: "/") : 0
    let rightEnd = isTree ? UInt8(ascii: "/") : 0
    return (left.name.count > count ? left.name[count] : leftEnd)
      < (name.count > count ? name[count] : rightEnd)
  }

  private static var damaged: GitError {
    GitError(.damaged, operation: "read tree", operand: "")
  }
}

extension ObjectID {
  /// Reads 20 raw bytes; nil for the zero id.
  init?(raw: UnsafeRawBufferPointer) {
    let high = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    let middle = UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let low = UInt32(bigEndian: raw.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
    guard high != 0 || middle != 0 || low != 0 else { return nil }
    self.high = high
    self.middle = middle
    self.low = low
  }
}

extension Repository {
  /// The raw view of a tree.
  public func folder(_ id: ObjectID) throws(GitError) -> FolderView {
    FolderView(bytes: try bytes(of: id, as: .tree))
  }
}
