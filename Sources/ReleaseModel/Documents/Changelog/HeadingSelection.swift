/// Tells the headings of sections from other lines that hold a version.
struct HeadingSelection {
  private let candidates: [Heading]
  private let lines: ChangelogLines

  init(_ candidates: [Heading], _ lines: ChangelogLines) {
    self.candidates = candidates
    self.lines = lines
  }

  /// The headings of the family that names one of `versions`, else of the largest family.
  ///
  /// Of several families that do, one with markup wins, then the one with more headings, then the
  /// earlier.
  func headings(near versions: [WrittenVersion]) -> [Heading] {
    let families = Set(candidates.map(\.family))
    let groups = families.compactMap { group($0, near: versions) }
    let best = groups.max { $0.isWorse(than: $1) }
    guard let best else { return candidates.filter { $0.versions.isEmpty } }
    return withoutTitles(best.headings)
  }

  private struct Group {
    var headings: [Heading]
    /// 2 when a heading spells one of the versions as it is known, 1 when it means one.
    var match: Int

    /// Whether there are several and markup makes them headings; list entries and lines of prose
    /// often name the versions of other software.
    private var isMarked: Bool {
      guard headings.count > 1, let family = headings.first?.family else { return false }
      return family != .star && family != .bare
    }

    func isWorse(than other: Group) -> Bool {
      if match != other.match { return match < other.match }
      if isMarked != other.isMarked { return !isMarked }
      let counts = (headings.count, other.headings.count)
      if counts.0 != counts.1 { return counts.0 < counts.1 }
      return (headings.first?.title ?? 0) > (other.headings.first?.title ?? 0)
    }
  }

  private func group(_ family: Heading.Family, near versions: [WrittenVersion]) -> Group? {
    let members = candidates.filter { $0.family == family }
    let versioned = members.filter { !$0.versions.isEmpty }
    guard !versioned.isEmpty else { return nil }
    let named = versioned.filter { heading in versions.contains { heading.names($0) } }
    let level = mostFrequent((named.isEmpty ? versioned : named).map(\.level)) ?? 0
    let main = versioned.filter { $0.level == level }
    let spellings = Set(versions.map(\.text))
    let pattern =
      (main.first { spellings.contains($0.version?.text ?? []) }
      ?? named.first { $0.level == level })?.signature
    let signatures = Signatures(main, pattern: pattern)
    let kept = members.filter { heading in
      if heading.versions.isEmpty { return heading.level == level || family != .underlined }
      switch family {
      case .bare, .star: return signatures.isMain(heading) || signatures.isLike(heading)
      case .hash, .equalsSign, .underlined:
        return heading.level == level ? signatures.isKnown(heading) : signatures.isMain(heading)
      case .debian: return true
      }
    }
    return Group(
      headings: family == .equalsSign ? withinOnePart(kept, versions) : kept,
      match: match(named, versions))
  }

  private func match(_ named: [Heading], _ versions: [WrittenVersion]) -> Int {
    guard !named.isEmpty else { return 0 }
    let spellings = Set(versions.map(\.text))
    let isSpelled = named.contains { heading in
      heading.versions.contains { spellings.contains($0.version.text) }
    }
    return isSpelled ? 2 : 1
  }

  /// In a WordPress readme only the headings of one `== Part ==`: the notices for upgrading repeat
  /// the versions of the changelog.
  private func withinOnePart(_ headings: [Heading], _ versions: [WrittenVersion]) -> [Heading] {
    guard let first = headings.first, first.text.ends("=") else { return headings }
    var parts: [[Heading]] = [[]]
    var line = first.title
    for heading in headings {
      let isNewPart = (line..<heading.title).contains {
        lines[$0].begins(String(repeating: "=", count: heading.level + 1))
      }
      if isNewPart { parts.append([]) }
      parts[parts.count - 1].append(heading)
      line = heading.title
    }
    let longest = parts.max { $0.count < $1.count } ?? headings
    return parts.first { part in
      versions.contains { version in part.contains { $0.names(version) } }
        && part.count * 2 > longest.count
    } ?? longest
  }

  /// Without those that another heading of the same version follows at once: they are titles.
  private func withoutTitles(_ headings: [Heading]) -> [Heading] {
    headings.indices.compactMap { index in
      let heading = headings[index]
      guard index + 1 < headings.count, let version = heading.version,
        headings[index + 1].version == version,
        lines.blankCount(from: heading.block.upperBound, to: headings[index + 1].block.lowerBound)
          == headings[index + 1].block.lowerBound - heading.block.upperBound
      else { return heading }
      return nil
    }
  }
}

/// The most frequent value, the first of several.
func mostFrequent<Value: Hashable>(_ values: [Value]) -> Value? {
  var counts: [Value: Int] = [:]
  for value in values { counts[value, default: 0] += 1 }
  let highest = counts.values.max() ?? 0
  return values.first { counts[$0] == highest }
}

/// The words that stand before the version in the headings of one file.
private struct Signatures {
  private var counts: [[[UInt8]]: Int] = [:]
  private let main: [[UInt8]]

  init(_ headings: [Heading], pattern: [[UInt8]]?) {
    for heading in headings { counts[heading.signature, default: 0] += 1 }
    main = pattern ?? mostFrequent(headings.map(\.signature)) ?? []
  }

  func isMain(_ heading: Heading) -> Bool { heading.signature == main }

  /// Where the main headings start with words, others may start with other words for a release.
  func isLike(_ heading: Heading) -> Bool {
    !main.isEmpty && heading.signature.contains { Self.releaseWords.contains($0) }
  }

  private static let releaseWords = Set(
    ["changes", "version", "release", "released", "news", "noteworthy", "overview"].map(\.bytes))

  /// At the main level a few words, or words that come again, are a heading too.
  func isKnown(_ heading: Heading) -> Bool {
    heading.signature.count <= 3 || (counts[heading.signature] ?? 0) > 2
  }
}
