/// A path in a tree as bytes, hashed as one run of them.
struct TreePath: Hashable, Comparable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static let root = TreePath([])

  static func < (left: TreePath, right: TreePath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }

  func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }

  /// The path of an entry of this folder.
  func appending(_ name: [UInt8]) -> TreePath {
    bytes.isEmpty ? TreePath(name) : TreePath(bytes + [UInt8(ascii: "/")] + name)
  }

  /// The folder that the path lies in; the root for a path without a slash.
  var folder: TreePath {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return .root }
    return TreePath(Array(bytes[..<slash]))
  }

  /// The last part.
  var name: ArraySlice<UInt8> {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return bytes[...] }
    return bytes[(slash + 1)...]
  }

  /// The folders that the path lies in, innermost first, without the root.
  var folders: [TreePath] {
    var folders: [TreePath] = []
    var end = bytes.count
    while let slash = bytes[..<end].lastIndex(of: UInt8(ascii: "/")) {
      folders.append(TreePath(Array(bytes[..<slash])))
      end = slash
    }
    return folders
  }

  /// For display, with bytes that are not UTF-8 repaired.
  var display: String { String(decoding: bytes, as: UTF8.self) }
}
