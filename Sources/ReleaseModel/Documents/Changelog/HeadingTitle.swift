/// What the title line of a heading says.
struct HeadingTitle {
  /// Longer lines are never headings.
  static let longest = 2000
  private static let mask: UInt8 = 0x01

  let text: ArraySlice<UInt8>
  let dates: [WrittenDate]
  private(set) var versions: [VersionToken] = []
  /// Other versions that it starts from, as `A` in `between A and B`.
  private(set) var bases: [VersionToken] = []
  private(set) var signature: [[UInt8]] = []
  /// The number of words behind the version, a date counted as one.
  private(set) var wordsBehind = 0

  /// Reads a line; `marks` is the number of bytes of markup at its start.
  init(_ line: ArraySlice<UInt8>, marks: Int, isLenient: Bool) {
    text = ArraySlice(Array(line))
    let linked = Self.withoutLinks(text)
    dates = DateScanner.dates(in: linked)
    var masked = Self.masking(linked, dates.map(\.range))
    var tokens = VersionToken.tokens(in: masked, isLenient: isLenient)
    if tokens.isEmpty {
      let dashed = dates.filter { !linked[$0.range].contains(UInt8(ascii: ".")) }
      masked = Self.masking(linked, dashed.map(\.range))
      tokens = VersionToken.tokens(in: masked, isLenient: isLenient)
    }
    guard let token = tokens.first else { return }
    let words = Self.signature(masked[marks..<token.range.lowerBound])
    // `Changes since version 1.2.3:` stands over what came after it.
    if tokens.count == 1, words.contains(where: { $0[...].isText("since") }) { return }
    guard words.count <= 6 else { return }
    wordsBehind = masked[token.range.upperBound...].words.count
    signature = words
    versions = Self.main(tokens, in: masked)
    bases = Self.bases(tokens, of: versions, in: masked)
  }

  /// The version the title is about, then others that it lists with it.
  ///
  /// Of `between A and B` and `from A to B` it is the last.
  private static func main(
    _ tokens: [VersionToken], in line: ArraySlice<UInt8>
  ) -> [VersionToken] {
    guard let first = tokens.first, let last = tokens.last, tokens.count > 1 else { return tokens }
    let words = line[..<first.range.lowerBound].words
    let between = line[first.range.upperBound..<tokens[1].range.lowerBound].words.first ?? []
    if ["to", "->", "→", "=>", "-->"].contains(where: { between.lowercased.isText($0) })
      || words.contains(where: { $0.lowercased.isText("between") || $0.lowercased.isText("from") })
    {
      return [last]
    }
    var listed = [first]
    for token in tokens.dropFirst() {
      guard let before = listed.last else { break }
      let between = line[before.range.upperBound..<token.range.lowerBound].trimmed.lowercased
      guard [",", "&", "and", ", and", "/", ", v", "and v"].contains(where: { between.isText($0) })
      else { break }
      listed.append(token)
    }
    return listed
  }

  /// The lower versions beside the one the title is about, behind a word that relates them.
  private static func bases(
    _ tokens: [VersionToken], of main: [VersionToken], in line: ArraySlice<UInt8>
  ) -> [VersionToken] {
    guard let version = main.first?.version, main.count == 1 else { return [] }
    let relations = ["between", "from", "since", "to", "->", "→", "=>", "-->", "after"]
    let isRelated = line.words.contains { word in
      relations.contains { word.lowercased.isText($0) }
    }
    return isRelated ? tokens.filter { $0.version < version } : []
  }

  /// Link targets, tags and addresses replaced by bytes that belong to no word.
  static func withoutLinks(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var masked = line
    var index = line.startIndex
    while index < line.endIndex {
      let rest = line[index...]
      var end: Int?
      if rest.begins("](") {
        end = endOfTarget(line, index + 1)
      } else if rest.first == UInt8(ascii: "<"),
        let next = rest.dropFirst().first, next.isASCIILetter || next == UInt8(ascii: "/")
      {
        end = rest.firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
      } else if rest.begins("http://") || rest.begins("https://") {
        end = rest.firstIndex { $0.isBlankByte || $0 == UInt8(ascii: ")") } ?? line.endIndex
      }
      guard let end else {
        index += 1
        continue
      }
      let start = rest.begins("](") ? index + 1 : index
      for place in start..<end { masked[place] = mask }
      index = end
    }
    return masked
  }

  /// The end of a link target whose parentheses balance.
  private static func endOfTarget(_ line: ArraySlice<UInt8>, _ open: Int) -> Int? {
    var depth = 0
    for index in open..<line.endIndex {
      if line[index] == UInt8(ascii: "(") { depth += 1 }
      if line[index] == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return nil
  }

  private static func masking(
    _ line: ArraySlice<UInt8>, _ ranges: [Range<Int>]
  ) -> ArraySlice<UInt8> {
    var masked = line
    for range in ranges { for index in range { masked[index] = mask } }
    return masked
  }

  private static func signature(_ prefix: ArraySlice<UInt8>) -> [[UInt8]] {
    prefix.split { !$0.isWordByte }
      .map { $0.map(\.lowercasedASCII) }
      .filter { $0 != [UInt8(ascii: "v")] }
  }
}
