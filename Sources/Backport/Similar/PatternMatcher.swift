/// Finds the places of a text that look like a pattern before its fix.
///
/// Windows of a few tokens are looked up by their hash (winnowing without the selection of
/// Schleimer, Wilkerson, Aiken 2003, since patterns are short); where enough of them lie together
/// the place is aligned with the pattern token by token. A place has to hold what the fix changes,
/// and not only its surroundings, and to look less like what the fix made of it.
struct PatternMatcher {
  /// A place that was found.
  struct Match: Hashable {
    /// The number of the pattern.
    var pattern: Int
    /// The lines, counted from 1, the last one included.
    var lines: ClosedRange<Int>
    /// The share of the pattern's tokens that stand there in order, 0 to 1; what the fix changes
    /// counts twice.
    var likeness: Double
  }

  /// The tokens of a window.
  private static let width = 4
  /// The share of what the fix changes that has to stand there.
  private static let leastCore = 0.85
  /// The places that one pattern may be tried at in one file.
  private static let mostPlaces = 40

  private let patterns: [FlawPattern]
  private let leastLikeness: Double
  /// The windows of all patterns: which pattern, and where its core window stands before the fix.
  private var windows: [UInt64: [(pattern: Int, offset: Int)]] = [:]
  private let windowCounts: [Int]

  /// Prepares patterns; what is less alike than `leastLikeness` is not reported.
  init(_ patterns: [FlawPattern], leastLikeness: Double) {
    self.patterns = patterns
    self.leastLikeness = leastLikeness
    windowCounts = patterns.map { max(1, $0.core.count - PatternMatcher.width + 1) }
    for (number, pattern) in patterns.enumerated() {
      for (offset, hash) in PatternMatcher.hashes(of: pattern.core).enumerated() {
        windows[hash, default: []].append((number, offset))
      }
    }
  }

  /// The places in a text, the first line first; overlapping ones of one pattern are one.
  func matches(in text: SourceTokens) -> [Match] {
    var places: [Int: [Int: Int]] = [:]
    for (position, hash) in PatternMatcher.hashes(of: text.tokens).enumerated() {
      for window in windows[hash] ?? [] {
        // Insertions in between shift the rest, so that neighbouring beginnings are one place.
        let start = max(0, position - window.offset) / 8
        places[window.pattern, default: [:]][start, default: 0] += 1
      }
    }
    var matches: [Match] = []
    for (number, counts) in places {
      let needed = max(1, windowCounts[number] / 3)
      let starts = counts.keys.filter { start in
        counts[start, default: 0] + counts[start + 1, default: 0] >= needed
      }
      let best = starts.sorted {
        (counts[$0, default: 0], $1) > (counts[$1, default: 0], $0)
      }
      for start in best.prefix(PatternMatcher.mostPlaces) {
        guard let match = align(number, at: start * 8, in: text) else { continue }
        if matches.contains(where: {
          $0.pattern == number && $0.lines.overlaps(match.lines) && $0.likeness >= match.likeness
        }) {
          continue
        }
        matches.removeAll { $0.pattern == number && $0.lines.overlaps(match.lines) }
        matches.append(match)
      }
    }
    return matches.sorted {
      ($0.lines.lowerBound, $0.pattern) < ($1.lines.lowerBound, $1.pattern)
    }
  }

  private func align(_ number: Int, at start: Int, in text: SourceTokens) -> Match? {
    let pattern = patterns[number]
    let slack = 8 + pattern.core.count / 4
    let end = min(text.tokens.count, start + pattern.core.count + slack)
    let core = Alignment(pattern.core, text.tokens[max(0, start - slack)..<end])
    let least = pattern.isInsertion ? 0.95 : PatternMatcher.leastCore
    // Tokens that lie far apart are in order by chance.
    guard let range = core.range, Double(core.length) >= least * Double(pattern.core.count),
      range.count <= pattern.core.count
        + max(4, pattern.core.count / (pattern.isInsertion ? 8 : 3)),
      pattern.guarded.isSubset(of: text.tokens[max(0, start - slack)..<end])
    else { return nil }
    let around = max(0, pattern.before.count - pattern.core.count) + slack
    let wide = max(0, range.lowerBound - around)..<min(text.tokens.count, range.upperBound + around)
    let whole = Alignment(pattern.before, text.tokens[wide])
    let total = pattern.before.count + pattern.core.count
    let likeness = Double(whole.length + core.length) / Double(max(1, total))
    guard likeness >= leastLikeness, !isFixed(pattern, core, in: text.tokens[wide]) else {
      return nil
    }
    let first = Int(text.lines[range.lowerBound])
    let last = Int(text.lines[range.upperBound - 1])
    return Match(pattern: number, lines: first...max(first, last), likeness: min(1, likeness))
  }

  /// Whether a place looks at least as much like what the fix made of it.
  private func isFixed(
    _ pattern: FlawPattern, _ core: Alignment, in tokens: ArraySlice<UInt64>
  ) -> Bool {
    if pattern.added.isEmpty { return false }
    let added = Alignment(pattern.added, tokens)
    let share = Double(added.length) / Double(pattern.added.count)
    if pattern.isInsertion { return share >= 0.8 }
    // What only leaves something out stands in what was there before as well.
    if Alignment(pattern.added, pattern.core[...]).length == pattern.added.count {
      return core.length < pattern.core.count
    }
    return share >= Double(core.length) / Double(max(1, pattern.core.count))
  }

  private static func hashes(of tokens: [UInt64]) -> [UInt64] {
    guard let last = tokens.indices.last else { return [] }
    return tokens.indices.prefix(max(1, tokens.count - width + 1)).map { index in
      var value: UInt64 = 0
      for token in tokens[index...min(last, index + width - 1)] {
        value = (value ^ token) &* 0x9e37_79b9_7f4a_7c15
        value ^= value >> 29
      }
      return value
    }
  }
}

/// The longest common subsequence of a pattern and a stretch of a text.
struct Alignment {
  /// How many tokens of the pattern stand there in order.
  private(set) var length = 0
  /// From the first of them to behind the last, in the text; nil when there is none.
  private(set) var range: Range<Int>?

  init(_ pattern: [UInt64], _ text: ArraySlice<UInt64>) {
    let width = text.count + 1
    var table = [UInt16](repeating: 0, count: (pattern.count + 1) * width)
    for (row, token) in pattern.enumerated() {
      for (column, other) in text.enumerated() {
        let here = (row + 1) * width + column + 1
        table[here] =
          token == other
          ? table[row * width + column] + 1 : max(table[here - 1], table[here - width])
      }
    }
    var (row, column) = (pattern.count, text.count)
    var (first, last) = (0, -1)
    while row > 0, column > 0 {
      if pattern[row - 1] == text[text.startIndex + column - 1] {
        first = text.startIndex + column - 1
        if last < 0 { last = first }
        length += 1
        (row, column) = (row - 1, column - 1)
      } else if table[row * width + column - 1] >= table[(row - 1) * width + column] {
        column -= 1
      } else {
        row -= 1
      }
    }
    range = last < 0 ? nil : first..<(last + 1)
  }
}
