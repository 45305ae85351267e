extension VersionPattern {
  /// Replaces the version where the pattern matches, which has to be so many times.
  func edit(
    _ bytes: [UInt8], transition: VersionTransition, count: Int
  ) -> VersionFileOutcome {
    let old = matches(in: bytes, version: transition.from)
    let new = old.count == count ? [] : matches(in: bytes, version: transition.to)
    if old.count == count || old.count + new.count == count && count > 0 {
      return replace(old, in: bytes, transition: transition)
    }
    if !old.isEmpty || !new.isEmpty {
      return .refused(.patternMatches(old.isEmpty ? new.count : old.count, expected: count))
    }
    let others = matches(in: bytes, version: nil)
    let fitting = others.filter { fits($0, in: bytes, transition: transition) }
    if fitting.count == count { return replace(fitting, in: bytes, transition: transition) }
    if !fitting.isEmpty { return .refused(.patternMatches(fitting.count, expected: count)) }
    // Without any text around it every number of the file would be a version that disagrees.
    guard let first = others.first, segments.count > 1 else { return .refused(.notFound) }
    let found = first.filter { $0.segment != .date }
      .map { VersionBytes.text($0.range, of: bytes) }.joined(separator: ".")
    return .refused(.mismatch(found: found, expected: transition.change.from))
  }

  /// The text that one placeholder matched.
  private struct Capture {
    var segment: Segment
    var range: Range<Int>
  }

  private func replace(
    _ matches: [[Capture]], in bytes: [UInt8], transition: VersionTransition
  ) -> VersionFileOutcome {
    var spans: [VersionSpan] = []
    for capture in matches.joined() {
      let found = Array(bytes[capture.range])
      let replacement = replacement(for: capture.segment, found: found, transition: transition)
      if replacement != found {
        spans.append(VersionSpan(range: capture.range, found: found, replacement: replacement))
      }
    }
    return VersionFile.applying(spans, to: bytes)
  }

  private func replacement(
    for segment: Segment, found: [UInt8], transition: VersionTransition
  ) -> [UInt8] {
    switch segment {
    case .literal: found
    case .version: transition.to.body
    case .part(let index): Array(String(transition.to.part(index)).utf8)
    case .date:
      transition.change.date.map { date in
        Array(date.utf8.map { $0 == UInt8(ascii: "-") ? found[4] : $0 })
      } ?? found
    }
  }

  private func fits(
    _ match: [Capture], in bytes: [UInt8], transition: VersionTransition
  ) -> Bool {
    match.allSatisfy { capture in
      switch capture.segment {
      case .literal, .date: return true
      case .version:
        guard let spelling = VersionSpelling(bytes[capture.range]) else { return false }
        return transition.replacement(for: spelling) != nil
      case .part: return false
      }
    }
  }

  /// The matches, which do not overlap; without a version any that begins like one will do.
  private func matches(in bytes: [UInt8], version: VersionSpelling?) -> [[Capture]] {
    var matches: [[Capture]] = []
    var index = VersionBytes.start(of: bytes)
    while index < bytes.count {
      if let (captures, end) = match(at: index, in: bytes, version: version) {
        matches.append(captures)
        index = max(end, index + 1)
      } else {
        index += 1
      }
    }
    return matches
  }

  private func match(
    at start: Int, in bytes: [UInt8], version: VersionSpelling?
  ) -> ([Capture], Int)? {
    if startsWithVersion, start > VersionBytes.start(of: bytes) {
      let previous = bytes[start - 1]
      if VersionBytes.isWord(previous) || previous == UInt8(ascii: ".") { return nil }
    }
    var captures: [Capture] = []
    var index = start
    for (position, segment) in segments.enumerated() {
      let next = position + 1 < segments.count ? segments[position + 1] : nil
      let end: Int?
      switch segment {
      case .literal(let text): end = Self.end(of: text, at: index, in: bytes)
      case .version:
        end =
          version.map { Self.end(of: $0.body, at: index, in: bytes) }
          ?? Self.endOfVersion(at: index, before: next, in: bytes)
      case .part(let part):
        let digits = version.map { Array(String($0.part(part)).utf8) }
        end =
          digits.map { Self.end(of: $0, at: index, in: bytes) }
          ?? Self.endOfDigits(at: index, in: bytes)
      case .date: end = Self.endOfDate(at: index, in: bytes)
      }
      guard let end else { return nil }
      if case .literal = segment {
      } else {
        if next == nil, VersionOccurrence.continues(at: end, in: bytes) { return nil }
        captures.append(Capture(segment: segment, range: index..<end))
      }
      index = end
    }
    return (captures, index)
  }

  /// Whether the pattern begins with the version, or with a `v` that is part of it.
  private var startsWithVersion: Bool {
    switch segments.first {
    case .literal(let text): text == Array("v".utf8) || text == Array("V".utf8)
    case .version, .part: true
    case .date, nil: false
    }
  }

  /// The offset behind the text; a line feed in the pattern also matches a CRLF.
  private static func end(of text: [UInt8], at start: Int, in bytes: [UInt8]) -> Int? {
    var index = start
    for byte in text {
      if byte == VersionBytes.newline, index < bytes.count,
        bytes[index] == VersionBytes.carriageReturn
      {
        index += 1
      }
      guard index < bytes.count, bytes[index] == byte else { return nil }
      index += 1
    }
    return index
  }

  private static func endOfDigits(at start: Int, in bytes: [UInt8]) -> Int? {
    var index = start
    while index < bytes.count, index - start < 17, VersionBytes.isDigit(bytes[index]) { index += 1 }
    return index > start ? index : nil
  }

  /// The offset behind any version, which ends where the rest of the pattern begins.
  private static func endOfVersion(
    at start: Int, before next: Segment?, in bytes: [UInt8]
  ) -> Int? {
    let line = start..<min(start + 64, bytes.count)
    guard start < bytes.count, VersionBytes.isDigit(bytes[start]) else { return nil }
    if case .literal(let text) = next {
      return line.first { end(of: text, at: $0, in: bytes) != nil }
        .flatMap { end in VersionSpelling(bytes[start..<end]) == nil ? nil : end }
    }
    return VersionOccurrence.tokens(in: line, of: bytes).first { $0.range.lowerBound == start }?
      .range.upperBound
  }

  private static func endOfDate(at start: Int, in bytes: [UInt8]) -> Int? {
    guard bytes.count - start >= 10, VersionBytes.isDigit(bytes[start]) else { return nil }
    let text = Array(bytes[start..<start + 10])
    let isDate = text.enumerated().allSatisfy { offset, byte in
      offset == 4 || offset == 7
        ? "-/.".utf8.contains(byte) && byte == text[4] : VersionBytes.isDigit(byte)
    }
    return isDate ? start + 10 : nil
  }
}
