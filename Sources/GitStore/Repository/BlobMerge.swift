import CLibgit2

/// The result of merging three versions of one file.
public struct BlobMerge: Hashable, Sendable {
  /// The merged contents, with conflict markers where it is not clean; empty for binary ones.
  public let contents: [UInt8]
  /// Whether everything could be merged.
  public let isClean: Bool

  /// How two changes of the same lines are treated.
  public enum Favor: Sendable {
    /// They are a conflict.
    case none
    /// Both are taken, as `merge=union` asks.
    case union
  }

  /// How lines are matched.
  public enum Algorithm: Sendable {
    /// libgit2's usual one.
    case myers
    /// Closer to what git's merge-ort does (histogram) where Myers finds a conflict.
    case patience
  }

  /// The names that stand in the conflict markers.
  public struct Labels: Sendable {
    /// The name of the target's side.
    public var ours: String
    /// The name of the common version.
    public var base: String
    /// The name of the fix's side.
    public var theirs: String

    /// Makes labels.
    public init(ours: String = "ours", base: String = "base", theirs: String = "theirs") {
      self.ours = ours
      self.base = base
      self.theirs = theirs
    }
  }

  /// Merges the contents of three versions; a missing base is empty.
  ///
  /// Contents with a NUL near the beginning are not merged: the result is not clean and empty.
  public init(
    base: [UInt8]?, ours: [UInt8], theirs: [UInt8], favor: Favor = .none,
    algorithm: Algorithm = .myers, showsBase: Bool = false, labels: Labels = Labels()
  ) throws(GitError) {
    try Library.start()
    var options = git_merge_file_options()
    try check(
      git_merge_file_options_init(&options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION)), "merge files")
    if favor == .union { options.favor = GIT_MERGE_FILE_FAVOR_UNION }
    var flags = GIT_MERGE_FILE_DEFAULT.rawValue
    if algorithm == .patience { flags |= GIT_MERGE_FILE_DIFF_PATIENCE.rawValue }
    if showsBase { flags |= GIT_MERGE_FILE_STYLE_DIFF3.rawValue }
    options.flags = flags
    var result = git_merge_file_result()
    defer { git_merge_file_result_free(&result) }
    let status = labels.base.withCString { baseLabel in
      labels.ours.withCString { oursLabel in
        labels.theirs.withCString { theirsLabel in
          options.ancestor_label = baseLabel
          options.our_label = oursLabel
          options.their_label = theirsLabel
          return BlobMerge.merge(base, ours, theirs, &options, &result)
        }
      }
    }
    try check(status, "merge files")
    isClean = result.automergeable != 0
    contents = Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
  }

  private static func merge(
    _ base: [UInt8]?, _ ours: [UInt8], _ theirs: [UInt8],
    _ options: inout git_merge_file_options, _ result: inout git_merge_file_result
  ) -> Int32 {
    (base ?? []).withUnsafeBytes { base in
      ours.withUnsafeBytes { ours in
        theirs.withUnsafeBytes { theirs in
          var inputs = [base, ours, theirs].map { bytes in
            var input = git_merge_file_input()
            git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
            input.ptr = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            input.size = bytes.count
            return input
          }
          return git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options)
        }
      }
    }
  }
}
