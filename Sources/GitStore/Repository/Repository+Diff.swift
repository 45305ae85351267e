import CLibgit2

/// A run of changed lines with the lines around it.
public struct DiffHunk: Hashable, Sendable {
  /// One line of a hunk.
  public struct Line: Hashable, Sendable {
    /// ` ` for context, `-` for removed, `+` for added.
    public let origin: UInt8
    /// The bytes, with the line feed where there is one.
    public let content: [UInt8]
  }

  /// The first line on the old side, counted from 1.
  public let oldStart: Int
  /// The first line on the new side, counted from 1.
  public let newStart: Int
  /// The lines in order.
  public let lines: [Line]
}

extension Repository {
  /// The change between two trees as a patch in git's own format, fit for `git apply`.
  ///
  /// Which files are binary may depend on the attributes of what is checked out, as with git.
  public func patch(from old: ObjectID?, to new: ObjectID?) throws(GitError) -> [UInt8] {
    let paths = try changes(from: old, to: new).map(\.path)
    if paths.isEmpty { return [] }
    let diff = try treeDiff(from: old, to: new, paths: paths)
    return try diff.with { (diff) throws(GitError) in
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      try check(git_diff_to_buf(&buffer, diff, GIT_DIFF_FORMAT_PATCH), "print the difference")
      return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }
  }

  private func treeDiff(
    from old: ObjectID?, to new: ObjectID?, paths: [[UInt8]]
  ) throws(GitError) -> Handle<DiffKind> {
    var options = git_diff_options()
    try check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "compare trees")
    options.flags =
      GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue | GIT_DIFF_SHOW_BINARY.rawValue
      | GIT_DIFF_INDENT_HEURISTIC.rawValue
    // Said, so that the user's settings have no say.
    options.ignore_submodules = GIT_SUBMODULE_IGNORE_NONE
    options.id_abbrev = 40
    return try withTree(old) { (old) throws(GitError) in
      try withTree(new) { (new) throws(GitError) in
        try handle.with { (repository) throws(GitError) in
          try Handle<DiffKind>("compare trees") { diff in
            Repository.withStrings([Array("a".utf8), Array("b".utf8)]) { prefixes in
              options.old_prefix = UnsafePointer(prefixes.strings[0])
              options.new_prefix = UnsafePointer(prefixes.strings[1])
              return Repository.withStrings(paths) { strings in
                options.pathspec = strings
                return git_diff_tree_to_tree(&diff, repository, old, new, &options)
              }
            }
          }
        }
      }
    }
  }

  /// Lends byte strings as the array of C strings that libgit2 takes.
  private static func withStrings(
    _ strings: [[UInt8]], _ body: (git_strarray) -> Int32
  ) -> Int32 {
    var storage: [CChar] = []
    for string in strings {
      storage += string.map { CChar(bitPattern: $0) }
      storage.append(0)
    }
    return storage.withUnsafeMutableBufferPointer { bytes in
      var offset = 0
      var pointers = strings.map { string -> UnsafeMutablePointer<CChar>? in
        defer { offset += string.count + 1 }
        return bytes.baseAddress?.advanced(by: offset)
      }
      return pointers.withUnsafeMutableBufferPointer { list in
        body(git_strarray(strings: list.baseAddress, count: list.count))
      }
    }
  }

  func withTree<Result: ~Copyable>(
    _ id: ObjectID?, _ body: (OpaquePointer?) throws(GitError) -> Result
  ) throws(GitError) -> Result {
    guard let id else { return try body(nil) }
    let tree = try handle.with { (repository) throws(GitError) in
      try id.withOid { (oid) throws(GitError) in
        try Handle<TreeHandleKind>("read tree", id.description) {
          git_tree_lookup(&$0, repository, oid)
        }
      }
    }
    return try tree.with(body)
  }

  /// The changed lines between two versions of a file; nil when libgit2 takes them for binary.
  public func hunks(
    from old: [UInt8], to new: [UInt8], context: Int = 3
  ) throws(GitError) -> [DiffHunk]? {
    try hunks(from: old, to: new, context: context, flags: 0)
  }

  /// The changed lines between two versions of a file that is text for certain.
  func textHunks(from old: [UInt8], to new: [UInt8]) throws(GitError) -> [DiffHunk] {
    try hunks(from: old, to: new, context: 3, flags: GIT_DIFF_FORCE_TEXT.rawValue) ?? []
  }

  private func hunks(
    from old: [UInt8], to new: [UInt8], context: Int, flags: UInt32
  ) throws(GitError) -> [DiffHunk]? {
    var options = git_diff_options()
    try check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "compare files")
    options.context_lines = UInt32(clamping: context)
    options.flags = GIT_DIFF_INDENT_HEURISTIC.rawValue | flags
    let patch = try Handle<PatchKind>("compare files") { patch in
      old.withUnsafeBytes { old in
        new.withUnsafeBytes { new in
          git_patch_from_buffers(
            &patch, old.baseAddress, old.count, nil, new.baseAddress, new.count, nil, &options)
        }
      }
    }
    return try patch.with { (patch) throws(GitError) in try Repository.hunks(of: patch) }
  }

  private static func hunks(of patch: OpaquePointer) throws(GitError) -> [DiffHunk]? {
    if let delta = git_patch_get_delta(patch),
      delta.pointee.flags & GIT_DIFF_FLAG_BINARY.rawValue != 0
    {
      return nil
    }
    var hunks: [DiffHunk] = []
    for index in 0..<git_patch_num_hunks(patch) {
      var hunk: UnsafePointer<git_diff_hunk>?
      var count = 0
      try check(git_patch_get_hunk(&hunk, &count, patch, index), "read a hunk")
      guard let hunk else { continue }
      var lines: [DiffHunk.Line] = []
      for number in 0..<count {
        var line: UnsafePointer<git_diff_line>?
        try check(git_patch_get_line_in_hunk(&line, patch, index, number), "read a line")
        guard let line else { continue }
        let origin = UInt8(bitPattern: line.pointee.origin)
        guard [UInt8(ascii: " "), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(origin) else {
          continue
        }
        let content = UnsafeRawBufferPointer(
          start: line.pointee.content, count: line.pointee.content_len)
        lines.append(DiffHunk.Line(origin: origin, content: Array(content)))
      }
      hunks.append(
        DiffHunk(
          oldStart: Int(hunk.pointee.old_start), newStart: Int(hunk.pointee.new_start),
          lines: lines))
    }
    return hunks
  }
}
