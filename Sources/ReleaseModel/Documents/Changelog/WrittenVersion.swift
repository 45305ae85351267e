/// A version as a changelog writes it.
///
/// Unlike `Version`, what stands behind a `+` counts: Debian's `12.4+deb12u11` is a version of its own.
struct WrittenVersion: Sendable, Equatable, Comparable, Hashable {
  /// The spelling, without a leading `v`.
  let text: [UInt8]
  let version: Version
  private let build: [UInt8]

  init(_ version: Version) {
    self.init(text: version.description.bytes, version: version)
  }

  /// The version that these bytes spell; nil when they do not.
  init?(_ text: ArraySlice<UInt8>) {
    let spelled = Array(text)
    guard let version = Self.parse(spelled) else { return nil }
    self.init(text: spelled, version: version)
  }

  private init(text: [UInt8], version: Version) {
    self.text = text
    self.version = version
    build = text.firstIndex(of: UInt8(ascii: "+")).map { Array(text[$0...]) } ?? []
  }

  /// CPAN marks a developer release by an underscore, `3.99_01`; it is read as a revision.
  private static func parse(_ text: [UInt8]) -> Version? {
    do throws(VersionParseError) {
      return try Version(parsing: String(decoding: text, as: UTF8.self))
    } catch {
      guard let mark = text.lastIndex(of: UInt8(ascii: "_")),
        text[(mark + 1)...].allSatisfy(\.isASCIIDigit), mark + 1 < text.count
      else { return nil }
      return parse(Array(text[..<mark]))
    }
  }

  /// Whether the third number is there and not zero, or a fourth is.
  var isPatch: Bool { version.patch != 0 || version.numbers.count > 3 }

  static func == (left: WrittenVersion, right: WrittenVersion) -> Bool {
    left.version == right.version && left.build == right.build
  }

  static func < (left: WrittenVersion, right: WrittenVersion) -> Bool {
    if left.version != right.version { return left.version < right.version }
    return naturallyPrecedes(left.build[...], right.build[...])
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(version)
    hasher.combine(build)
  }

  /// Compares runs of digits by value and all else by byte.
  private static func naturallyPrecedes(
    _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>
  ) -> Bool {
    var (left, right) = (left, right)
    while let one = left.first, let other = right.first {
      let digits = (left.prefix(while: \.isASCIIDigit), right.prefix(while: \.isASCIIDigit))
      if let first = VersionNumber(digits: digits.0), let second = VersionNumber(digits: digits.1) {
        if first != second { return first < second }
        (left, right) = (left.dropFirst(digits.0.count), right.dropFirst(digits.1.count))
      } else {
        if one != other { return one < other }
        (left, right) = (left.dropFirst(), right.dropFirst())
      }
    }
    return left.count < right.count
  }
}

/// A version at its place in a line.
struct VersionToken: Sendable, Equatable {
  /// Its bytes without a leading `v`, as a range of the line's own indices.
  var range: Range<Int>
  var version: WrittenVersion

  /// The tokens of a line whose dates and links are masked.
  ///
  /// A token has two to four numbers and touches no word, dot, slash or dash.
  static func tokens(in line: ArraySlice<UInt8>, isLenient: Bool) -> [VersionToken] {
    var found: [VersionToken] = []
    var index = line.startIndex
    while let start = line[index...].firstIndex(where: \.isASCIIDigit) {
      var end = start
      while end < line.endIndex, belongs(line[end]) { end += 1 }
      if startsFreely(line, start, isLenient: isLenient), let token = token(line[start..<end]),
        end == line.endIndex || line[end] != UInt8(ascii: "/")
      {
        found.append(token)
      }
      index = end
    }
    return found
  }

  private static func belongs(_ byte: UInt8) -> Bool {
    byte.isWordByte || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "~")
  }

  private static func token(_ run: ArraySlice<UInt8>) -> VersionToken? {
    let major = run.prefix(while: \.isASCIIDigit)
    guard run.dropFirst(major.count).first == UInt8(ascii: "."), run.count <= 64,
      run.dropFirst(major.count + 1).first?.isASCIIDigit == true
    else { return nil }
    var text = run
    while let last = text.last, last == UInt8(ascii: "-") || last == UInt8(ascii: "_") {
      text = text.dropLast()
    }
    guard let version = WrittenVersion(text) else { return nil }
    return VersionToken(range: text.startIndex..<text.endIndex, version: version)
  }

  private static func startsFreely(
    _ line: ArraySlice<UInt8>, _ start: Int, isLenient: Bool
  ) -> Bool {
    var before = start
    if before > line.startIndex, line[before - 1] | 0x20 == UInt8(ascii: "v") { before -= 1 }
    guard before > line.startIndex else { return true }
    let byte = line[before - 1]
    if isLenient, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { return true }
    return !byte.isWordByte && !".-/".utf8.contains(byte)
  }
}
