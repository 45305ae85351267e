import CLibgit2

extension Repository {
  /// Lends the bytes of an object for the duration of a call, without copying them.
  ///
  /// The pointer is the object database's own and dies with the call.
  func withObject<Result: ~Copyable>(
    _ id: ObjectID, as kind: ObjectKind,
    _ body: (UnsafeRawBufferPointer) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    try withObject(id) { (found, bytes) throws(GitError) in
      guard found == kind else {
        throw GitError(
          .damaged, operation: "read \(kind.rawValue)", operand: id.description,
          detail: "it is a \(found.rawValue)")
      }
      return try body(bytes)
    }
  }

  /// Lends the kind and the bytes of an object for the duration of a call.
  func withObject<Result: ~Copyable>(
    _ id: ObjectID, _ body: (ObjectKind, UnsafeRawBufferPointer) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    let object = try database.with { (odb) throws(GitError) in
      try id.withOid { (oid) throws(GitError) in
        try Handle<OdbObjectKind>("read object", id.description) { pointer in
          git_odb_read(&pointer, odb, oid)
        }
      }
    }
    return try object.with { (pointer) throws(GitError) in
      guard let kind = ObjectKind(git_odb_object_type(pointer)) else {
        throw GitError(.damaged, operation: "read object", operand: id.description)
      }
      return try body(
        kind,
        UnsafeRawBufferPointer(
          start: git_odb_object_data(pointer), count: git_odb_object_size(pointer)))
    }
  }

  /// The number of bytes in an object, without reading them where the store allows that.
  public func size(of id: ObjectID) throws(GitError) -> Int {
    var size = 0
    var type = GIT_OBJECT_INVALID
    let status = database.with { odb in
      id.withOid { git_odb_read_header(&size, &type, odb, $0) }
    }
    try check(status, "read the size of", id.description)
    return size
  }
}

extension Repository {
  /// The kind of an object, without reading its contents where the store allows that.
  func kind(of id: ObjectID) throws(GitError) -> ObjectKind {
    var size = 0
    var type = GIT_OBJECT_INVALID
    let status = database.with { odb in
      id.withOid { git_odb_read_header(&size, &type, odb, $0) }
    }
    try check(status, "read object", id.description)
    guard let kind = ObjectKind(type) else {
      throw GitError(.damaged, operation: "read object", operand: id.description)
    }
    return kind
  }
}

extension ObjectKind {
  /// Takes libgit2's type; nil when it is not that of an object of its own.
  init?(_ type: git_object_t) {
    switch type {
    case GIT_OBJECT_COMMIT: self = .commit
    case GIT_OBJECT_TREE: self = .tree
    case GIT_OBJECT_BLOB: self = .blob
    case GIT_OBJECT_TAG: self = .tag
    default: return nil
    }
  }

  var libgit2Type: git_object_t {
    switch self {
    case .blob: GIT_OBJECT_BLOB
    case .tree: GIT_OBJECT_TREE
    case .commit: GIT_OBJECT_COMMIT
    case .tag: GIT_OBJECT_TAG
    }
  }
}
