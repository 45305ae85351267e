import CLibgit2

extension ObjectID {
  /// Copies libgit2's id; nil for the zero id.
  init?(_ id: git_oid) {
    let found = withUnsafeBytes(of: id) { ObjectID(bytes: $0.prefix(20)) }
    guard let found else { return nil }
    self = found
  }

  /// Lends the id in libgit2's form.
  func withOid<Result: ~Copyable, Failure>(
    _ body: (UnsafePointer<git_oid>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var oid = git_oid()
    withUnsafeMutableBytes(of: &oid) { target in
      target.copyBytes(from: bytes)
    }
    return try withUnsafePointer(to: oid, body)
  }
}
