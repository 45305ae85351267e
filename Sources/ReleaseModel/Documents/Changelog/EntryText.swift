/// The text of an entry, made fit for the file.
struct EntryText: Sendable, Equatable {
  /// The text on one line; control characters and line breaks count as spaces.
  let flat: [UInt8]

  /// Takes a text apart from how it was typed.
  init(_ text: String) {
    flat = Array(
      text.utf8.map { $0 < 0x20 || $0 == 0x7F ? UInt8(ascii: " ") : $0 }
        .split(separator: UInt8(ascii: " ")).joined(separator: [UInt8(ascii: " ")]))
  }

  /// The text with literals as reStructuredText quotes them: by two backticks.
  ///
  /// Roles, links and what has two already stay.
  var restructured: [UInt8] {
    let tick = UInt8(ascii: "`")
    var result: [UInt8] = []
    var index = 0
    while index < flat.count {
      let run = flat[index...].prefix { $0 == tick }.count
      guard run == 1, let close = flat[(index + 1)...].firstIndex(of: tick) else {
        let count = max(run, 1)
        result += flat[index..<(index + count)]
        index += count
        if run > 1, let end = endOfRun(of: run, from: index) {
          result += flat[index..<end]
          index = end
        }
        continue
      }
      let isRole = index > 0 && flat[index - 1] == UInt8(ascii: ":")
      let isLink = close + 1 < flat.count && flat[close + 1] == UInt8(ascii: "_")
      let quote = isRole || isLink ? [tick] : [tick, tick]
      result += quote + flat[(index + 1)..<close] + quote
      index = close + 1
    }
    return result
  }

  private func endOfRun(of count: Int, from start: Int) -> Int? {
    flat[start...].firstRange(of: Array(repeating: UInt8(ascii: "`"), count: count))?.upperBound
  }

  /// The identifiers of vulnerabilities, `CVE-…` and `GHSA-…`, in lower case.
  var identifiers: [[UInt8]] { Self.identifiers(in: flat[...]) }

  /// The first CVE identifier, as it is written.
  var cve: [UInt8] {
    guard
      let range = Self.ranges(in: flat[...]).first(where: { flat[$0.lowerBound] | 0x20 == 0x63 })
    else { return [] }
    return Array(flat[range])
  }

  /// The text without its first CVE identifier and the parentheses around it.
  var withoutCVE: [UInt8] {
    let identifier = cve
    guard var range = flat[...].firstRange(of: identifier) else { return flat }
    let (before, after) = (flat[..<range.lowerBound].last, flat[range.upperBound...].first)
    if before == UInt8(ascii: "("), after == UInt8(ascii: ")") {
      range = (range.lowerBound - 1)..<(range.upperBound + 1)
    } else if after == UInt8(ascii: ":") {
      range = range.lowerBound..<(range.upperBound + 1)
    }
    let rest = flat[..<range.lowerBound] + [UInt8(ascii: " ")] + flat[range.upperBound...]
    return Array(
      rest.split(separator: UInt8(ascii: " ")).joined(separator: [UInt8(ascii: " ")]))
  }

  /// The identifiers in a text, in lower case.
  static func identifiers(in text: ArraySlice<UInt8>) -> [[UInt8]] {
    ranges(in: text).map { text[$0].map(\.lowercasedASCII) }
  }

  private static func ranges(in text: ArraySlice<UInt8>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = text.startIndex
    while index < text.endIndex {
      let run = text[index...].prefix { $0.isWordByte || $0 == UInt8(ascii: "-") }
      if isIdentifier(run.lowercased) { found.append(run.startIndex..<run.endIndex) }
      index = max(run.endIndex, index + 1)
    }
    return found
  }

  private static func isIdentifier(_ run: ArraySlice<UInt8>) -> Bool {
    let parts = run.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count > 2 else { return false }
    if first.isText("cve") {
      return parts.count == 3 && parts[1].count == 4 && parts[2].count >= 4
        && parts.dropFirst().allSatisfy { $0.allSatisfy(\.isASCIIDigit) }
    }
    return first.isText("ghsa") && parts.count == 4
      && parts.dropFirst().allSatisfy { $0.count == 4 }
  }
}
