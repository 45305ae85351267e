/// Reads tags of the form `[pkg@|pkg/|pkg-|pkg_][v|release-|rel_|go|R…]VERSION`.
enum TagScanner {
  /// Words before a version that name no package.
  private static let markers: Set<String> = [
    "v", "r", "go", "rel", "release", "releases", "ver", "version", "tag", "tags",
  ]

  /// What stands before a version.
  struct Prefix {
    var package: String?
    /// Whether a slash follows the package.
    var isFolder = false
  }

  /// How many places of one name are tried.
  static let mostAttempts = 8

  static func scan(_ name: String, bytes: [UInt8]) -> VersionTag? {
    var single: VersionTag?
    for start in starts(in: bytes).prefix(mostAttempts) {
      guard let known = prefix(bytes[..<start], markers: markers),
        let tag = tag(
          name, package: known.package, prefix: bytes[..<start], version: bytes[start...], end: []),
        !isDate(tag, bytes[start...])
      else { continue }
      // In `lib-2-extra-1.0.0`, the 2 alone would be a version too.
      if tag.version.numbers.count > 1 { return tag }
      single = single ?? tag
    }
    return single
  }

  /// The tag made of these parts; nil when the middle is no version.
  static func tag(
    _ name: String, package: String?, prefix: ArraySlice<UInt8>, version: ArraySlice<UInt8>,
    end: [UInt8]
  ) -> VersionTag? {
    var scanner = VersionScanner(name, bytes: version, joinsWithUnderscore: true)
    guard let parsed = try? scanner.scan() else { return nil }
    var ending = end
    if parsed.isPlain, version.contains(where: \.isASCIILetter) {
      let width = parsed.spelledSuffix.utf8.count
      let body = version.prefix { $0 != UInt8(ascii: "+") }
      ending = Array(body.suffix(width)) + end
    }
    return VersionTag(
      name: name, package: package, version: parsed,
      manner: VersionTag.Manner(
        prefix: String(decoding: prefix, as: UTF8.self),
        ending: String(decoding: ending, as: UTF8.self),
        joinsWithUnderscore: version.first { !$0.isASCIIDigit } == underscore))
  }

  private static let dot = UInt8(ascii: ".")
  private static let underscore = UInt8(ascii: "_")

  static func isSeparator(_ byte: UInt8) -> Bool {
    "-_/@.".utf8.contains(byte)
  }

  /// Where a version may begin: at digits that do not go on a number, as `2` does in `1.2`.
  static func starts(in bytes: [UInt8]) -> [Int] {
    var result: [Int] = []
    var segment = bytes.startIndex
    var previousIsNumber = false
    for (index, byte) in bytes.enumerated() {
      if isSeparator(byte) {
        previousIsNumber = segment < index && bytes[segment..<index].allSatisfy(\.isASCIIDigit)
        segment = index + 1
      } else if byte.isASCIIDigit, index == segment ? !previousIsNumber : !isDigit(bytes, index - 1)
      {
        result.append(index)
      }
    }
    return result
  }

  private static func isDigit(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes.indices.contains(index) && bytes[index].isASCIIDigit
  }

  /// The package before a version; nil when such a text does not stand before one.
  static func prefix(_ prefix: ArraySlice<UInt8>, markers: Set<String>) -> Prefix? {
    if prefix.isEmpty || (prefix.count == 1 && prefix.first == UInt8(ascii: "v")) {
      return Prefix(package: nil)
    }
    var rest = prefix
    var hasSeparator = false
    while let last = rest.last {
      if isSeparator(last) {
        guard !hasSeparator else { return nil }
        hasSeparator = true
        rest = rest.dropLast()
        continue
      }
      let word = Array(rest.reversed().prefix(while: \.isASCIILetter).reversed())
      let before = rest.dropLast(word.count)
      guard markers.contains(String(decoding: word.map(\.lowercasedASCII), as: UTF8.self)),
        before.last.map(isSeparator) ?? true
      else { break }
      rest = before
      hasSeparator = false
    }
    if rest.isEmpty { return Prefix(package: nil) }
    // A dot ends no package, and `v239-` in `v239-45.3` is none.
    let separator = prefix[rest.endIndex...].first
    guard let separator, isSeparator(separator), separator != dot, !endsInVersion(rest, markers)
    else {
      return nil
    }
    return Prefix(
      package: String(decoding: rest, as: UTF8.self), isFolder: separator == UInt8(ascii: "/"))
  }

  /// Whether the last segment is a number, with or without a marker before it.
  private static func endsInVersion(_ bytes: ArraySlice<UInt8>, _ markers: Set<String>) -> Bool {
    let segment = Array(bytes.reversed().prefix { !isSeparator($0) }.reversed())
    let letters = segment.prefix(while: \.isASCIILetter)
    guard letters.count < segment.count else { return false }
    return segment.dropFirst(letters.count).allSatisfy(\.isASCIIDigit)
      && (letters.isEmpty
        || markers.contains(String(decoding: letters.map(\.lowercasedASCII), as: UTF8.self)))
  }

  /// `2026-05-16` is a day, not a version with a pre-release.
  private static func isDate(_ tag: VersionTag, _ version: ArraySlice<UInt8>) -> Bool {
    let behind = version.drop(while: \.isASCIIDigit)
    return tag.version.numbers.count == 1 && tag.version.major >= 1000
      && behind.first == UInt8(ascii: "-") && behind.dropFirst().first?.isASCIIDigit == true
  }
}
