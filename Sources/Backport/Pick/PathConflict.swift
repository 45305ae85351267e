public import GitStore

/// Why a path could not be merged.
public enum ConflictKind: String, Codable, Hashable, Sendable, CaseIterable {
  /// Both sides changed the same lines.
  case content
  /// One side changed what the other deleted.
  case modifyDelete = "modify-delete"
  /// Both sides added different contents.
  case addAdd = "add-add"
  /// The sides moved files in ways that do not fit together, or a folder stands where a file is.
  case rename
  /// The sides made different kinds of thing of it, or different modes.
  case mode
  /// Both sides changed a file that has no lines to merge.
  case binary
  /// Both sides moved a submodule.
  case submodule
  /// The target's attributes name a merge driver that only git can run.
  case driver
  /// The file is made by a program and has to be made anew.
  case generated
}

/// A stretch of a file on which both sides differ.
public struct ConflictHunk: Hashable, Sendable {
  /// The line of the target's file at which it begins, counted from 1.
  public let line: Int
  /// The lines with the markers, each with its line end.
  public let lines: [[UInt8]]
}

/// One path that could not be merged, with what stands there on each side.
public struct PathConflict: Hashable, Sendable {
  /// The path on the target, in bytes.
  public var path: [UInt8]
  /// Why it could not be merged.
  public var kind: ConflictKind
  /// What the fix started from.
  public var base: TreeNode?
  /// What the target has.
  public var ours: TreeNode?
  /// What the fix made of it.
  public var theirs: TreeNode?
  /// Where the contents differ; empty unless contents were merged.
  public var hunks: [ConflictHunk]
  /// More, in words, for a person.
  public var detail: String?

  /// Describes a conflict.
  public init(
    path: [UInt8], kind: ConflictKind, base: TreeNode? = nil, ours: TreeNode? = nil,
    theirs: TreeNode? = nil, hunks: [ConflictHunk] = [], detail: String? = nil
  ) {
    self.path = path
    self.kind = kind
    self.base = base
    self.ours = ours
    self.theirs = theirs
    self.hunks = hunks
    self.detail = detail
  }

  /// The path for display, with bytes that are not UTF-8 repaired.
  public var displayPath: String { String(decoding: path, as: UTF8.self) }
}
