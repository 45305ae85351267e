import CLibgit2

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What merging three stored files gave.
public enum StoredMerge: Hashable, Sendable {
  /// The merged contents, not stored yet.
  case clean([UInt8])
  /// Both sides changed the same lines; the contents hold markers of that many characters.
  case conflict([UInt8], markerSize: Int)
  /// One of the versions is binary, by git's rule: a NUL in the first 8,000 bytes.
  case binary
  /// One of the versions has more bytes than the bound, or too many lines; its size in bytes.
  case tooLarge(Int)
}

extension Repository {
  /// Merges three versions of a file where they lie; a missing base is an empty file.
  public func mergeBlobs(
    base: ObjectID?, ours: ObjectID, theirs: ObjectID, favor: BlobMerge.Favor = .none,
    algorithm: BlobMerge.Algorithm = .myers, labels: BlobMerge.Labels = BlobMerge.Labels(),
    limit: Int = Repository.textLimit
  ) throws(GitError) -> StoredMerge {
    for id in [base, ours, theirs] {
      guard let id else { continue }
      let size = try size(of: id)
      if size > limit { return .tooLarge(size) }
    }
    return try withOptionalBlob(base) { (base) throws(GitError) in
      try withObject(ours, as: .blob) { (ours) throws(GitError) in
        try withObject(theirs, as: .blob) { (theirs) throws(GitError) in
          let versions = [base, ours, theirs]
          if versions.contains(where: Repository.isBinary) { return .binary }
          if let long = versions.first(where: Repository.hasTooManyLines) {
            return .tooLarge(long.count)
          }
          let merger = FileMerger(favor: favor, algorithm: algorithm, labels: labels)
          return try merger.merge(versions)
        }
      }
    }
  }

  private func withOptionalBlob<Result>(
    _ id: ObjectID?, _ body: (UnsafeRawBufferPointer) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    guard let id else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return try withObject(id, as: .blob, body)
  }

  private static func isBinary(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return false }
    return memchr(start, 0, min(bytes.count, 8000)) != nil
  }
}

/// One call of libgit2's file merge on borrowed bytes.
private struct FileMerger {
  var favor: BlobMerge.Favor
  var algorithm: BlobMerge.Algorithm
  var labels: BlobMerge.Labels

  func merge(_ versions: [UnsafeRawBufferPointer]) throws(GitError) -> StoredMerge {
    var result = try run(versions, markerSize: 7)
    if result.isClean { return .clean(result.contents) }
    let size = FileMerger.markerSize(for: versions)
    if size != 7 { result = try run(versions, markerSize: size) }
    return .conflict(result.contents, markerSize: size)
  }

  private func run(
    _ versions: [UnsafeRawBufferPointer], markerSize: Int
  ) throws(GitError) -> (contents: [UInt8], isClean: Bool) {
    var options = git_merge_file_options()
    try check(
      git_merge_file_options_init(&options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION)), "merge files")
    if favor == .union { options.favor = GIT_MERGE_FILE_FAVOR_UNION }
    if algorithm == .patience { options.flags |= GIT_MERGE_FILE_DIFF_PATIENCE.rawValue }
    options.marker_size = UInt16(clamping: markerSize)
    var result = git_merge_file_result()
    defer { git_merge_file_result_free(&result) }
    let status = labels.base.withCString { baseLabel in
      labels.ours.withCString { oursLabel in
        labels.theirs.withCString { theirsLabel in
          options.ancestor_label = baseLabel
          options.our_label = oursLabel
          options.their_label = theirsLabel
          return FileMerger.call(versions, &options, &result)
        }
      }
    }
    try check(status, "merge files")
    let contents = UnsafeRawBufferPointer(start: result.ptr, count: result.len)
    return (Array(contents), result.automergeable != 0)
  }

  private static func call(
    _ versions: [UnsafeRawBufferPointer], _ options: inout git_merge_file_options,
    _ result: inout git_merge_file_result
  ) -> Int32 {
    var inputs = versions.map { bytes in
      var input = git_merge_file_input()
      git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
      input.ptr = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      input.size = bytes.count
      return input
    }
    return git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], &options)
  }

  /// The smallest size from 7 on that no line of the files could be mistaken for.
  private static func markerSize(for versions: [UnsafeRawBufferPointer]) -> Int {
    var longest = 0
    for bytes in versions {
      var position = 0
      while position < bytes.count {
        let first = bytes[position]
        var end = position
        if first == UInt8(ascii: "<") || first == UInt8(ascii: "=") || first == UInt8(ascii: ">") {
          while end < bytes.count, bytes[end] == first { end += 1 }
          longest = max(longest, end - position)
        }
        guard end < bytes.count, let start = bytes.baseAddress,
          let feed = memchr(start + end, Int32(UInt8(ascii: "\n")), bytes.count - end)
        else { break }
        position = UnsafeRawPointer(feed) - start + 1
      }
    }
    return longest < 7 ? 7 : longest + 1
  }
}
