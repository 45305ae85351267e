import CLibgit2

/// A kind of libgit2 object that is created by one call and freed by another.
protocol HandleKind {
  static func free(_ pointer: OpaquePointer)
}

/// The owner of one libgit2 object: the initialiser runs the creating call, the end frees it.
///
/// There is no way to get the pointer but to borrow it, so it cannot outlive its owner.
struct Handle<Kind: HandleKind>: ~Copyable {
  private let pointer: OpaquePointer

  /// Runs the creating call and takes what it made.
  init(
    _ operation: String, _ operand: @autoclosure () -> String = "",
    create: (inout OpaquePointer?) -> Int32
  ) throws(GitError) {
    var created: OpaquePointer?
    let status = create(&created)
    guard status >= 0, let created else {
      throw GitError(status: status, operation: operation, operand: operand())
    }
    pointer = created
  }

  deinit { Kind.free(pointer) }

  /// Lends the pointer for the duration of a call.
  func with<Result: ~Copyable, Failure>(
    _ body: (OpaquePointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(pointer)
  }
}

enum RepositoryKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_repository_free(pointer) }
}

enum ConfigKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_config_free(pointer) }
}

enum ObjectDatabaseKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_odb_free(pointer) }
}

enum OdbObjectKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_odb_object_free(pointer) }
}

enum ObjectHandleKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_object_free(pointer) }
}

enum TreeHandleKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_tree_free(pointer) }
}

enum RevwalkKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_revwalk_free(pointer) }
}

enum DiffKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_diff_free(pointer) }
}

enum PatchKind: HandleKind {
  static func free(_ pointer: OpaquePointer) { git_patch_free(pointer) }
}

/// Checks a status and reads the last error on the same thread when it is one.
@discardableResult
func check(
  _ status: Int32, _ operation: String, _ operand: @autoclosure () -> String = ""
) throws(GitError) -> Int32 {
  if status < 0 { throw GitError(status: status, operation: operation, operand: operand()) }
  return status
}
