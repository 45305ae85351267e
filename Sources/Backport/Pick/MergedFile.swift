public import GitStore

/// A file that both sides changed and that merged cleanly.
///
/// Their number predicts how likely a clean pick is still wrong: show it.
public struct MergedFile: Hashable, Sendable {
  /// The path on the target.
  public let path: [UInt8]
  /// What the fix started from; nil when both sides added the file.
  public let base: TreeNode?
  /// What the target had.
  public let ours: TreeNode
  /// What the fix made of it.
  public let theirs: TreeNode
  /// What came of both.
  public let result: TreeNode
}
