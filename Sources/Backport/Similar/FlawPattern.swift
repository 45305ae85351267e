import GitStore

/// One place that a fix repairs, as it was before: what to look for elsewhere.
struct FlawPattern {
  /// The lines of context on either side of what a fix changes.
  static let context = 3
  /// A pattern of more tokens is cut; what makes it rare stands in its first lines as well.
  private static let longest = 400
  /// What fewer names tell is found by chance.
  private static let fewestNames = 3

  /// The file that the fix changes.
  let path: [UInt8]
  /// The first line there, counted from 1.
  let line: Int
  /// The lines as they were, for people.
  let text: [[UInt8]]
  /// The tokens of those lines.
  let before: [UInt64]
  /// The tokens that the fix removes; of a fix that only adds, those of the lines on either side.
  let core: [UInt64]
  /// The tokens that the fix adds; empty for one that only removes.
  let added: [UInt64]
  /// Whether the fix removes nothing here.
  let isInsertion: Bool
  /// The names that stand both in what such a fix adds and in what was there.
  let guarded: Set<UInt64>

  /// Takes a hunk without context, and the lines of the file before; nil when it says too little to be
  /// looked for.
  init?(_ hunk: DiffHunk, in file: [[UInt8]], path: [UInt8]) {
    let comments = CommentStyle(path: path)
    func tokens(_ lines: some Sequence<[UInt8]>) -> SourceTokens {
      SourceTokens(Array(lines.joined()), comments: comments)
    }
    let removed = hunk.lines.filter { $0.origin == UInt8(ascii: "-") }.map(\.content)
    // git counts the line above one that only adds.
    let start = min(hunk.oldStart - (removed.isEmpty ? 0 : 1), file.count)
    let end = min(start + removed.count, file.count)
    let first = max(0, start - FlawPattern.context)
    let old = Array(file[first..<min(end + FlawPattern.context, file.count)])
    let near = file[max(0, start - 2)..<min(end + 2, file.count)]
    let isInsertion = tokens(removed).tokens.isEmpty
    let center = isInsertion ? tokens(near) : tokens(removed)
    let whole = tokens(old)
    let addition = tokens(
      hunk.lines.filter { $0.origin == UInt8(ascii: "+") }.map(\.content))
    // What a fix adds guards something that stands there: without that the surroundings are any.
    let guarded = isInsertion ? addition.names.intersection(whole.names) : []
    if isInsertion {
      guard !guarded.isEmpty, center.names.count >= FlawPattern.fewestNames else { return nil }
    } else if center.names.count < FlawPattern.fewestNames {
      // A short line is looked for together with what stands around it.
      guard !center.names.isEmpty, whole.names.count > FlawPattern.fewestNames else { return nil }
    }
    self.path = path
    line = first + 1
    text = old
    before = Array(whole.tokens.prefix(FlawPattern.longest))
    core = Array(center.tokens.prefix(FlawPattern.longest))
    added = Array(addition.tokens.prefix(FlawPattern.longest))
    self.isInsertion = isInsertion
    self.guarded = guarded
    // What changes comments or white space only has nothing to repair.
    if core == added || (isInsertion && added.isEmpty) { return nil }
  }

  /// What the commits of a fix repair in code, without what is found in several of its files.
  static func patterns(of fix: FixSet, in repository: Repository) throws(GitError) -> [FlawPattern]
  {
    var patterns: [FlawPattern] = []
    for (before, after) in try steps(of: fix, in: repository) {
      for change in try repository.changes(from: before, to: after) {
        guard PathRole(change.path) == .code, let old = change.old, old.mode.isFile,
          let new = change.new, new.mode.isFile,
          let hunks = try repository.hunks(from: old.id, to: new.id, context: 0),
          let file = try repository.text(old.id)?.linesWithEnds
        else { continue }
        for hunk in hunks {
          guard let pattern = FlawPattern(hunk, in: file, path: change.path),
            !patterns.contains(where: { $0.before == pattern.before && $0.added == pattern.added })
          else { continue }
          patterns.append(pattern)
        }
      }
    }
    return patterns
  }

  /// The trees between which to compare: before and after all of the fix where its commits follow each
  /// other, since what one adds another may change again.
  private static func steps(
    of fix: FixSet, in repository: Repository
  ) throws(GitError) -> [(before: ObjectID?, after: ObjectID)] {
    if let whole = fix.whole { return [whole] }
    return try fix.sources.map { (source) throws(GitError) in
      (
        try source.parent.map { (id) throws(GitError) in try repository.commit(id).tree },
        source.commit.tree
      )
    }
  }
}

extension [UInt8] {
  /// The lines, each with its line feed.
  fileprivate var linesWithEnds: [[UInt8]] {
    var lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Array($0) + [UInt8(ascii: "\n")]
    }
    if last == UInt8(ascii: "\n") || isEmpty { lines.removeLast() }
    return lines
  }
}
