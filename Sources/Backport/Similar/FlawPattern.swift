import GitStore

/// One place that a fix repairs, as it was before: what to look for elsewhere.
struct FlawPattern: Sendable {
  /// What has to stand at a place for it to be one: the lines that a fix changes, or, where they say
  /// too little, and where it only adds, these with lines above, with lines below, or with both.
  struct Core: Equatable, Sendable {
    /// The tokens before the fix.
    let before: [UInt64]
    /// The tokens that the fix makes of them.
    let after: [UInt64]
    /// The different names before the fix.
    let names: Set<UInt64>

    /// How many of the names may be absent from a place.
    var mostMissing: Int { names.count / 5 }
    /// Whether there is enough to be looked for: less is found by chance.
    var isTelling: Bool { names.count >= fewestNames && before.count >= fewestTokens }
  }

  /// The lines of context on either side of what a fix changes.
  static let context = 3
  /// A pattern of more tokens is cut; what makes it rare stands in its first lines as well.
  private static let longest = 400
  private static let fewestNames = 2
  private static let fewestTokens = 6
  /// What so many names tell is not found by chance, whatever a fix adds to it.
  private static let manyNames = 5

  /// The file that the fix changes.
  let path: [UInt8]
  /// The first line there, counted from 1.
  let line: Int
  /// The lines as they were, for people.
  let text: [[UInt8]]
  /// The tokens of those lines.
  let before: [UInt64]
  /// What to look for, any of them; never empty.
  let cores: [Core]
  /// The tokens that the fix adds; empty for one that only removes.
  let added: [UInt64]
  /// Whether the fix removes nothing here.
  let isInsertion: Bool
  /// The names that only the fix brings; without them it is not there.
  let newNames: Set<UInt64>
  /// The literals that have to stand there, where the fix changes nothing else.
  let literals: Set<UInt64>

  /// Takes a hunk without context, and the lines of the file before; nil when it says too little to be
  /// looked for, or changes comments and white space only.
  init?(_ hunk: DiffHunk, in file: [[UInt8]], path: [UInt8]) {
    let reader = PatternReader(comments: CommentStyle(path: path), file: file)
    let removed = hunk.lines.filter { $0.origin == UInt8(ascii: "-") }.map(\.content)

    let added = reader.tokens(
      hunk.lines.filter { $0.origin == UInt8(ascii: "+") }.map(\.content))
    // git counts the line above one that only adds.
    let start = max(0, min(hunk.oldStart - (removed.isEmpty ? 0 : 1), file.count))
    let end = min(start + removed.count, file.count)
    let center = reader.tokens(removed)
    let changesLiterals = center.tokens == added.tokens
    literals = changesLiterals ? center.literals.subtracting(added.literals) : []
    if changesLiterals, literals.isEmpty { return nil }
    let first = max(0, start - FlawPattern.context)
    let old = Array(file[first..<min(end + FlawPattern.context, file.count)])
    let whole = reader.tokens(old)
    isInsertion = center.tokens.isEmpty
    var cores = [FlawPattern.core(center, added)].filter(\.isTelling)
    if cores.isEmpty {
      for (above, below) in reader.surroundings(of: start..<end, isInsertion: isInsertion) {
        let core = FlawPattern.core(above + center + below, above + added + below)
        // What a fix adds guards something that stands there: else the surroundings have to say much.
        let isGuarded =
          !isInsertion || core.names.count >= FlawPattern.manyNames
          || !added.names.isDisjoint(with: core.names)
        if isGuarded, core.isTelling, !cores.contains(core) { cores.append(core) }
      }
    }
    if cores.isEmpty { return nil }
    self.path = path
    line = first + 1
    text = old
    before = Array(whole.tokens.prefix(FlawPattern.longest))
    self.cores = cores
    newNames = added.names.subtracting(whole.names)
    self.added = Array(added.tokens.prefix(FlawPattern.longest))
  }

  private static func core(_ before: SourceTokens, _ after: SourceTokens) -> Core {
    Core(
      before: Array(before.tokens.prefix(longest)), after: Array(after.tokens.prefix(longest)),
      names: before.names)
  }

  /// What two places have in common that say the same.
  var key: [UInt64] { before + [0] + added + [0] + literals.sorted() }

  /// How many different names the one of its cores has that has the most.
  var weight: Int { cores.map(\.names.count).max() ?? 0 }
}

/// Reads the lines around a change as tokens.
private struct PatternReader {
  /// How many lines with code are taken on one side.
  private static let near = 2

  let comments: CommentStyle
  let file: [[UInt8]]

  /// The tokens of some lines but of those that only say what else is used.
  func tokens(_ lines: [[UInt8]]) -> SourceTokens {
    SourceTokens(
      Array(lines.filter { !ImportLine.isImport($0) }.joined()), comments: comments)
  }

  /// What to take along above and below some lines: both, or one of them; of one, where nothing else
  /// is looked for, also the nearest line alone.
  func surroundings(
    of range: Range<Int>, isInsertion: Bool
  ) -> [(above: SourceTokens, below: SourceTokens)] {
    let all = max(0, range.lowerBound - FlawPattern.context)..<range.lowerBound
    let above = file[all].map { tokens([$0]) }.filter { !$0.tokens.isEmpty }
      .suffix(PatternReader.near)
    let following = range.upperBound..<min(range.upperBound + FlawPattern.context, file.count)
    let below = file[following].map { tokens([$0]) }.filter { !$0.tokens.isEmpty }
      .prefix(PatternReader.near)
    func joined(_ lines: some Sequence<SourceTokens>) -> SourceTokens {
      lines.reduce(tokens([]), +)
    }
    let none = tokens([])
    var found = [
      (joined(above), joined(below)), (joined(above), none), (none, joined(below)),
    ]
    if isInsertion {
      found += [(joined(above.suffix(1)), none), (none, joined(below.prefix(1)))]
    }
    return found
  }
}

extension [UInt8] {
  /// The lines, each with its line feed.
  var linesWithEnds: [[UInt8]] {
    var lines = split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      Array($0) + [UInt8(ascii: "\n")]
    }
    if last == UInt8(ascii: "\n") || isEmpty { lines.removeLast() }
    return lines
  }
}
