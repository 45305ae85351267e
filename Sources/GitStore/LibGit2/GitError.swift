import CLibgit2

/// What stopped work on a repository: the code, what was tried, on which thing, libgit2's words.
public struct GitError: Error, Hashable, Sendable {
  /// What kind of failure it was.
  public enum Code: Hashable, Sendable {
    /// The thing does not exist.
    case notFound
    /// Several things fit the name.
    case ambiguous
    /// The name or specification cannot be read.
    case invalidSpecification
    /// A lock is held by somebody else.
    case locked
    /// The repository belongs to another user (CVE-2022-24765).
    case foreignOwner
    /// The object is not of the kind needed, or damaged.
    case damaged
    /// The repository uses a format or an extension that libgit2 cannot read.
    case unsupported
    /// The trees hold more, or lie deeper, than is looked at (safety.md 4.2).
    case tooLarge
    /// Any other libgit2 status.
    case other(Int32)
  }

  /// What kind of failure it was.
  public let code: Code
  /// What was tried, such as `read commit`.
  public let operation: String
  /// The path, name or id it was tried on.
  public let operand: String
  /// What libgit2 said; may be empty.
  public let detail: String

  /// Makes an error of our own.
  public init(_ code: Code, operation: String, operand: String, detail: String = "") {
    self.code = code
    self.operation = operation
    self.operand = operand
    self.detail = detail
  }

  /// Reads libgit2's last error, on the thread on which the call failed.
  init(status: Int32, operation: String, operand: String) {
    let last = git_error_last()
    let detail = last.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? ""
    let category = last?.pointee.klass ?? 0
    code = GitError.code(status: status, category: category, detail: detail)
    self.operation = operation
    self.operand = operand
    self.detail = detail
  }

  private static func code(status: Int32, category: Int32, detail: String) -> Code {
    switch status {
    case GIT_ENOTFOUND.rawValue:
      // libgit2 1.5.1 reports a foreign owner so when `safe.directory` is not set at all.
      let isOwnership =
        category == Int32(GIT_ERROR_CONFIG.rawValue) && detail.contains("safe.directory")
      return isOwnership ? .foreignOwner : .notFound
    case GIT_EAMBIGUOUS.rawValue: return .ambiguous
    case GIT_EINVALIDSPEC.rawValue: return .invalidSpecification
    case GIT_ELOCKED.rawValue: return .locked
    case backport_owner_error: return .foreignOwner
    case GIT_ERROR.rawValue, GIT_EINVALID.rawValue:
      let isFormat = ["unsupported extension", "object format", "repository version"]
        .contains { detail.contains($0) }
      return isFormat ? .unsupported : .other(status)
    default: return .other(status)
    }
  }
}
