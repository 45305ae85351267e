#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files as lines of text, up to a size at which comparing and merging them would take more than the
/// 300 MB that a run may use.
extension Repository {
  /// The largest file that is compared or merged line by line, in bytes.
  public static var textLimit: Int { 16 << 20 }

  /// The most lines of such a file; a comparison keeps some 100 bytes of each.
  private static var lineLimit: Int { 500_000 }

  /// The contents of a file that can be compared line by line; nil when it is too large for that.
  ///
  /// A file of more than ``textLimit`` bytes is not read for it.
  public func text(_ id: ObjectID) throws(GitError) -> [UInt8]? {
    guard try size(of: id) <= Repository.textLimit else { return nil }
    let bytes = try blob(id)
    return bytes.withUnsafeBytes { Repository.hasTooManyLines($0) } ? nil : bytes
  }

  /// The changed lines between two files, a missing one being empty; nil when libgit2 takes one for
  /// binary, or when one is too large to be compared.
  public func hunks(
    from old: ObjectID?, to new: ObjectID?, context: Int = 3
  ) throws(GitError) -> [DiffHunk]? {
    guard let before = try old.map({ (id) throws(GitError) in try text(id) }) ?? [],
      let after = try new.map({ (id) throws(GitError) in try text(id) }) ?? []
    else { return nil }
    return try hunks(from: before, to: after, context: context)
  }

  /// Whether a file holds one of some texts, none of them empty.
  public func holds(anyOf texts: [[UInt8]], in id: ObjectID) throws(GitError) -> Bool {
    if texts.isEmpty { return false }
    return try withObject(id, as: .blob) { (bytes) throws(GitError) in
      texts.contains { text in text.withUnsafeBytes { Repository.holds($0, bytes) } }
    }
  }

  private static func holds(
    _ text: UnsafeRawBufferPointer, _ bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard let wanted = text.baseAddress, let start = bytes.baseAddress, let first = text.first
    else { return false }
    var position = 0
    while position + text.count <= bytes.count,
      let found = memchr(start + position, Int32(first), bytes.count - position)
    {
      position = UnsafeRawPointer(found) - start
      guard position + text.count <= bytes.count else { return false }
      if memcmp(found, wanted, text.count) == 0 { return true }
      position += 1
    }
    return false
  }

  /// Whether a file has more lines than can be compared.
  static func hasTooManyLines(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > lineLimit, let start = bytes.baseAddress else { return false }
    var position = 0
    for _ in 0...lineLimit {
      guard let feed = memchr(start + position, 0x0a, bytes.count - position) else { return false }
      position = UnsafeRawPointer(feed) - start + 1
    }
    return true
  }
}
