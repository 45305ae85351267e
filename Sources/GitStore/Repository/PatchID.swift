/// The id of a change without its place: git-patch-id(1), the stable form.
public struct PatchID: Hashable, Sendable, CustomStringConvertible {
  /// The hash as an object id is written, though it names no object.
  public let value: ObjectID

  /// The 40 hexadecimal digits.
  public var description: String { value.description }
}

extension Repository {
  /// The stable patch-id of the change from one tree to another; nil when nothing changes.
  ///
  /// Only the paths that changed are looked at, since libgit2's own tree diff walks everything
  /// (19 ms on 190,000 files). Its patch-id is not used either: two different changes of a binary
  /// file have the same one there, and the user's settings and the attributes of whatever is
  /// checked out have a say in it. This one depends on the two trees alone. It is what
  /// `git diff-tree -p --full-index | git patch-id --stable` prints, but for files without a
  /// single changed line (binary, empty, mode only): git runs the hash of those into the next
  /// file's, here each counts for itself. A file that is too large to be compared counts as binary,
  /// for git only from 512 MB on. `only` leaves all other paths out.
  public func patchID(
    from old: ObjectID?, to new: ObjectID?, only: Set<[UInt8]>? = nil
  ) throws(GitError) -> PatchID? {
    var sum = PatchSum()
    for change in try changes(from: old, to: new) where only?.contains(change.path) ?? true {
      if let old = change.old, let new = change.new, old.mode.kind != new.mode.kind {
        sum.add(try patchHash(path: change.path, old: old, new: nil))
        sum.add(try patchHash(path: change.path, old: nil, new: new))
      } else {
        sum.add(try patchHash(path: change.path, old: change.old, new: change.new))
      }
    }
    return ObjectID(bytes: sum.bytes).map(PatchID.init)
  }

  /// The hash of one file's part of a patch, without white space and line numbers.
  private func patchHash(
    path: [UInt8], old: TreeNode?, new: TreeNode?
  ) throws(GitError) -> [UInt8] {
    var hash = SHA1()
    let names = (old: PatchID.quoted("a/", path), new: PatchID.quoted("b/", path))
    hash.update("diff--git".utf8)
    hash.update(names.old)
    hash.update(names.new)
    switch (old?.mode.canonical, new?.mode.canonical) {
    case (nil, let mode?): hash.update("newfilemode\(mode.octal)".utf8)
    case (let mode?, nil): hash.update("deletedfilemode\(mode.octal)".utf8)
    case (let before?, let after?) where before != after:
      hash.update("oldmode\(before.octal)newmode\(after.octal)".utf8)
    default: break
    }
    if old?.id == new?.id { return hash.finish() }
    guard let before = try patchContents(old), let after = try patchContents(new),
      !PatchID.isBinary(before), !PatchID.isBinary(after)
    else {
      let none = String(repeating: "0", count: 40)
      hash.update((old?.id.description ?? none).utf8)
      hash.update((new?.id.description ?? none).utf8)
      return hash.finish()
    }
    let hunks = try textHunks(from: before, to: after)
    if !hunks.isEmpty {
      hash.update("---".utf8)
      hash.update(old == nil ? Array("/dev/null".utf8) : names.old)
      hash.update("+++".utf8)
      hash.update(new == nil ? Array("/dev/null".utf8) : names.new)
    }
    for line in hunks.lazy.flatMap(\.lines) {
      if line.origin != UInt8(ascii: " ") { hash.update(CollectionOfOne(line.origin)) }
      hash.update(line.content.lazy.filter { !PatchID.isSpace($0) })
    }
    return hash.finish()
  }

  /// What git compares: of a submodule a line that names the commit; nil of what is too large.
  private func patchContents(_ node: TreeNode?) throws(GitError) -> [UInt8]? {
    guard let node else { return [] }
    if node.mode.isSubmodule { return Array("Subproject commit \(node.id)\n".utf8) }
    return try text(node.id)
  }
}

extension PatchID {
  /// The white space that git-patch-id(1) leaves out.
  fileprivate static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }

  /// git's rule for files without attributes: a NUL near the beginning.
  fileprivate static func isBinary(_ contents: [UInt8]) -> Bool {
    contents.prefix(8000).contains(0)
  }

  /// A path as it stands in a patch, in quotes where git puts them, without white space.
  fileprivate static func quoted(_ prefix: String, _ path: [UInt8]) -> [UInt8] {
    var result = Array(prefix.utf8)
    var needsQuotes = false
    for byte in path {
      if let letter = escapes[byte] {
        result += [UInt8(ascii: "\\"), letter]
      } else if byte < 0x20 || byte >= 0x7f {
        result.append(UInt8(ascii: "\\"))
        result += [byte >> 6, byte >> 3 & 7, byte & 7].map { UInt8(ascii: "0") + $0 }
      } else {
        if byte != UInt8(ascii: " ") { result.append(byte) }
        continue
      }
      needsQuotes = true
    }
    let quote = UInt8(ascii: "\"")
    return needsQuotes ? [quote] + result + [quote] : result
  }

  /// The bytes for which C has a letter (`quote.c` of git).
  private static let escapes: [UInt8: UInt8] = [
    0x07: UInt8(ascii: "a"), 0x08: UInt8(ascii: "b"), 0x09: UInt8(ascii: "t"),
    0x0a: UInt8(ascii: "n"), 0x0b: UInt8(ascii: "v"), 0x0c: UInt8(ascii: "f"),
    0x0d: UInt8(ascii: "r"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    UInt8(ascii: "\\"): UInt8(ascii: "\\"),
  ]
}

extension FileMode {
  /// The bits that tell a file from a link or a submodule.
  fileprivate var kind: UInt32 { rawValue & 0o170000 }

  /// Six octal digits.
  fileprivate var octal: String {
    let digits = String(rawValue, radix: 8)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}

/// The sum of the files' hashes, which is the same in whatever order they come.
private struct PatchSum {
  private(set) var bytes = [UInt8](repeating: 0, count: 20)

  mutating func add(_ hash: [UInt8]) {
    var carry: UInt16 = 0
    for index in bytes.indices {
      carry += UInt16(bytes[index]) + UInt16(hash[index])
      bytes[index] = UInt8(truncatingIfNeeded: carry)
      carry >>= 8
    }
  }
}
