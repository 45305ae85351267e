/// Finds the places of a text that look like a pattern before its fix.
///
/// Windows of a few tokens are looked up by their hash (winnowing without the selection of
/// Schleimer, Wilkerson, Aiken 2003, since patterns are short); where enough of them lie together
/// the place is aligned with the pattern token by token. A place has to hold what the fix changes,
/// and to look less like what the fix made of it; the lines around it only add to the likeness.
struct PatternMatcher: Sendable {
  /// A place that was found.
  struct Match: Hashable, Sendable {
    /// The number of the pattern.
    var pattern: Int
    /// The lines, counted from 1, the last one included.
    var lines: ClosedRange<Int>
    /// The share of what the fix changes that stands there in order, 0 to 1.
    var core: Double
    /// The share of the lines around that does.
    var surroundings: Double

    /// Both together: what the fix changes is worth three quarters.
    var likeness: Double { 0.75 * core + 0.25 * surroundings }

    /// Whether two places of one pattern overlap, or leave no more than a line between them.
    func isBeside(_ other: Match) -> Bool {
      pattern == other.pattern && lines.lowerBound <= other.lines.upperBound + 2
        && other.lines.lowerBound <= lines.upperBound + 2
    }
  }

  /// One core of one pattern.
  private struct Probe {
    var pattern: Int
    var core: FlawPattern.Core
    /// The names of the core.
    var names: [UInt64]
    /// How many windows have to lie together for a place to be looked at.
    var needed: Int
  }

  /// Where a window stands in a probe.
  private struct Window {
    var probe: Int
    var offset: Int
  }

  /// The tokens of a window.
  private static let width = 4
  /// The share of what the fix changes that has to stand there.
  static let leastCore = 0.85
  /// The places that one pattern may be tried at in one file.
  private static let mostPlaces = 40
  /// Insertions in between shift the rest, so that beginnings so near are one place.
  private static let stride = 8

  private let patterns: [FlawPattern]
  private let leastLikeness: Double
  private let probes: [Probe]
  private let windows: [UInt64: [Window]]

  /// Prepares patterns; what is less alike than `leastLikeness` is not reported.
  init(_ patterns: [FlawPattern], leastLikeness: Double) {
    self.patterns = patterns
    self.leastLikeness = leastLikeness
    var probes: [Probe] = []
    var windows: [UInt64: [Window]] = [:]
    for (number, pattern) in patterns.enumerated() {
      for core in pattern.cores {
        let hashes = PatternMatcher.hashes(of: core.before)
        for (offset, hash) in hashes.enumerated() {
          windows[hash, default: []].append(Window(probe: probes.count, offset: offset))
        }
        probes.append(
          Probe(
            pattern: number, core: core, names: core.names.sorted(),
            needed: max(1, hashes.count / 3)))
      }
    }
    self.probes = probes
    self.windows = windows
  }

  /// Whether a text may hold a place, by its ``WordFilter``: never false where there is one.
  func mayMatch(_ filter: ArraySlice<UInt64>) -> Bool {
    probes.contains { probe in
      var missing = 0
      for name in probe.names where !WordFilter.mayContain(name, filter) {
        missing += 1
        if missing > probe.core.mostMissing { return false }
      }
      return true
    }
  }

  /// The places in a text, the first line first; overlapping ones of one pattern are one.
  func matches(in text: SourceTokens) -> [Match] {
    var places: [Int: [Int: Int]] = [:]
    for (position, hash) in PatternMatcher.hashes(of: text.tokens).enumerated() {
      for window in windows[hash] ?? [] {
        let start = max(0, position - window.offset) / PatternMatcher.stride
        places[window.probe, default: [:]][start, default: 0] += 1
      }
    }
    var matches: [Match] = []
    for (number, counts) in places.sorted(by: { $0.key < $1.key }) {
      let probe = probes[number]
      let starts = counts.keys.filter { start in
        counts[start, default: 0] + counts[start + 1, default: 0] >= probe.needed
      }
      let best = starts.sorted { (counts[$0, default: 0], $1) > (counts[$1, default: 0], $0) }
      for start in best.prefix(PatternMatcher.mostPlaces) {
        guard let match = align(probe, at: start * PatternMatcher.stride, in: text) else {
          continue
        }
        add(match, to: &matches)
      }
    }
    return matches.sorted { ($0.lines.lowerBound, $0.pattern) < ($1.lines.lowerBound, $1.pattern) }
  }

  /// Adds a place unless a better one of its pattern overlaps it.
  ///
  /// Cores that are cut differently out of the same lines find the same place in parts.
  private func add(_ match: Match, to matches: inout [Match]) {
    var match = match
    if patterns[match.pattern].cores.count > 1 {
      while let other = matches.firstIndex(where: { $0.isBeside(match) }) {
        let part = matches.remove(at: other)
        let lines =
          min(
            part.lines.lowerBound, match.lines.lowerBound)...max(
            part.lines.upperBound, match.lines.upperBound)
        if part.likeness > match.likeness { match = part }
        match.lines = lines
      }
    } else if matches.contains(where: {
      $0.pattern == match.pattern && $0.lines.overlaps(match.lines) && $0.likeness >= match.likeness
    }) {
      return
    } else {
      matches.removeAll { $0.pattern == match.pattern && $0.lines.overlaps(match.lines) }
    }
    matches.append(match)
  }

  private func align(_ probe: Probe, at start: Int, in text: SourceTokens) -> Match? {
    let pattern = patterns[probe.pattern]
    let count = probe.core.before.count
    let slack = PatternMatcher.stride + count / 4
    let end = min(text.tokens.count, start + count + slack)
    let core = Alignment(probe.core.before, text.tokens[max(0, start - slack)..<end])
    // Tokens that lie far apart are in order by chance.
    guard let range = core.range, range.count <= count + max(4, count / 3),
      Double(core.length) >= PatternMatcher.leastCore * Double(count),
      probe.core.names.subtracting(text.tokens[range]).count <= probe.core.mostMissing,
      pattern.literals.isSubset(of: text.literalValues[range])
    else { return nil }
    let around = max(0, pattern.before.count - count) + slack
    let wide = max(0, range.lowerBound - around)..<min(text.tokens.count, range.upperBound + around)
    let whole = Alignment(pattern.before, text.tokens[wide])
    let rest = pattern.before.count - count
    let match = Match(
      pattern: probe.pattern,
      lines: Int(text.lines[range.lowerBound])...Int(text.lines[range.upperBound - 1]),
      core: Double(core.length) / Double(count),
      surroundings: rest <= 0
        ? 1 : min(1, max(0, Double(whole.length - core.length) / Double(rest))))
    guard match.likeness >= leastLikeness,
      !isFixed(pattern, probe.core, core, range, in: text.tokens)
    else { return nil }
    return match
  }

  /// Whether a place looks like what the fix made of it.
  private func isFixed(
    _ pattern: FlawPattern, _ core: FlawPattern.Core, _ found: Alignment, _ range: Range<Int>,
    in tokens: [UInt64]
  ) -> Bool {
    let extra = pattern.added.count + PatternMatcher.stride
    let near = max(0, range.lowerBound - extra)..<min(tokens.count, range.upperBound + extra)
    if pattern.isInsertion {
      let missing = pattern.newNames.subtracting(tokens[near]).count
      if missing > pattern.newNames.count / 5 { return false }
      let added = Alignment(pattern.added, tokens[near])
      return Double(added.length) >= 0.8 * Double(pattern.added.count)
    }
    if !pattern.literals.isEmpty { return false }
    let kept = Alignment(core.before, core.after[...]).length
    // What only leaves something out stands in what was there before as well.
    if kept == core.after.count { return found.length < core.before.count }
    // What stands there word for word is not repaired, unless the repair goes around it.
    if kept < core.before.count, found.length == core.before.count, range.count == found.length {
      return false
    }
    let after = Alignment(core.after, tokens[near])
    return Double(after.length) / Double(core.after.count)
      >= Double(found.length) / Double(core.before.count)
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
