/// The lines of one file in which a release changed nothing but the version.
public struct VersionLines: Sendable, Equatable {
  /// The text around the versions of each line, and how many lines have it.
  private(set) var counts: [[[UInt8]]: Int] = [:]
  /// The kind whose places changed as well, which also covers numbers derived from the version.
  var kind: VersionFileKind?
  /// Whether a pre-release behind the version is part of every release.
  let keepsPreRelease: Bool

  /// Whether no line was found.
  public var isEmpty: Bool { counts.isEmpty && kind == nil }

  /// How many lines were found.
  public var count: Int { counts.values.reduce(0, +) }

  init(kind: VersionFileKind? = nil, keepsPreRelease: Bool = false) {
    self.kind = kind
    self.keepsPreRelease = keepsPreRelease
  }

  /// Compares two versions of a file; only lines that went and came count, wherever they stand.
  public init(
    old: [UInt8], new: [UInt8], from: String, to: String, keepsPreRelease: Bool = false
  ) {
    self.init(keepsPreRelease: keepsPreRelease)
    guard let change = VersionTransition(VersionChange(from: from, to: to)) else { return }
    let gone = Self.surplus(of: old, over: new)
    let came = Self.surplus(of: new, over: old)
    let isOld = { (spelling: VersionSpelling) in isRelease(change.from, as: spelling) }
    let isNew = { (spelling: VersionSpelling) in isRelease(change.to, as: spelling) }
    let isCut = { (spelling: VersionSpelling) in isOld(spelling) || isNew(spelling) }
    var candidates: [[[UInt8]]: [Line]] = [:]
    // Backwards, so that the first is at the end, where it is taken in constant time.
    for line in came.reversed().lazy.map({ Line($0, in: new, isCut: isCut) })
    where line.versions.contains(where: { isNew($0.spelling) }) {
      candidates[line.pieces, default: []].append(line)
    }
    for line in gone.lazy.map({ Line($0, in: old, isCut: isCut) })
    where line.versions.allSatisfy({ isOld($0.spelling) }) {
      guard let other = candidates[line.pieces]?.popLast() else { continue }
      counts[line.pieces(around: other), default: 0] += 1
    }

    func isRelease(_ version: VersionSpelling, as spelling: VersionSpelling) -> Bool {
      spelling.body == version.body || spelling.withoutWord?.spelling.body == version.body
        || keepsPreRelease && spelling.isPreRelease && spelling.numbers == version.numbers
    }
  }

  /// Whether the other lines hold all of these.
  func isCovered(by other: VersionLines) -> Bool {
    counts.allSatisfy { other.counts[$0.key] == $0.value }
  }

  /// Replaces the version in those lines of a newer file.
  func edit(_ bytes: [UInt8], transition: VersionTransition) -> VersionFileOutcome {
    var found: [[[UInt8]]: Int] = [:]
    var spans: [VersionSpan] = []
    var other: String?
    for range in VersionBytes.lines(bytes) {
      let line = Line(range, in: bytes) { transition.replacement(for: $0) != nil }
      guard !line.versions.isEmpty, counts[line.pieces] != nil else {
        if other == nil { other = mismatch(range, in: bytes) }
        continue
      }
      found[line.pieces, default: 0] += 1
      for token in line.versions {
        let old = Array(bytes[token.range])
        if let new = transition.replacement(for: token.spelling), new != old {
          spans.append(VersionSpan(range: token.range, found: old, replacement: new))
        }
      }
    }
    let failures = counts.filter { found[$0.key] != $0.value }
    guard failures.isEmpty else {
      if failures.contains(where: { found[$0.key] == nil }) {
        guard let other else { return .refused(.notFound) }
        return .refused(.mismatch(found: other, expected: transition.change.from))
      }
      let matches = failures.reduce(0) { $0 + (found[$1.key] ?? 0) }
      return .refused(.matches(matches, expected: failures.values.reduce(0, +)))
    }
    return VersionFile.applying(spans, to: bytes)
  }

  /// The version of a line that would count but for its version.
  private func mismatch(_ range: Range<Int>, in bytes: [UInt8]) -> String? {
    let line = Line(range, in: bytes) { _ in true }
    guard let first = line.versions.first, counts[line.pieces] != nil else { return nil }
    return VersionBytes.text(first.range, of: bytes)
  }

  /// The lines that one file has more often than the other.
  private static func surplus(of bytes: [UInt8], over other: [UInt8]) -> [Range<Int>] {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for line in VersionBytes.lines(other) { counts[other[line], default: 0] += 1 }
    return VersionBytes.lines(bytes).filter { line in
      guard let count = counts[bytes[line]], count > 0 else { return true }
      counts[bytes[line]] = count - 1
      return false
    }
  }
}

extension VersionLines {
  /// A line divided at its versions.
  private struct Line {
    var bytes: ArraySlice<UInt8>
    var versions: [VersionOccurrence]
    /// The text before, between and behind the versions.
    var pieces: [[UInt8]]

    init(_ range: Range<Int>, in bytes: [UInt8], isCut: (VersionSpelling) -> Bool) {
      self.bytes = bytes[range]
      versions = VersionOccurrence.tokens(in: range, of: bytes).filter { isCut($0.spelling) }
      pieces = []
      var start = range.lowerBound
      for version in versions {
        pieces.append(Array(bytes[start..<version.range.lowerBound]))
        start = version.range.upperBound
      }
      pieces.append(Array(bytes[start..<range.upperBound]))
    }

    /// The text around those versions that the other line has changed.
    func pieces(around other: Line) -> [[UInt8]] {
      var result: [[UInt8]] = []
      var piece = pieces[0]
      for (index, (old, new)) in zip(versions, other.versions).enumerated() {
        if old.spelling.body == new.spelling.body {
          piece += bytes[old.range] + pieces[index + 1]
        } else {
          result.append(piece)
          piece = pieces[index + 1]
        }
      }
      result.append(piece)
      return result
    }
  }
}
