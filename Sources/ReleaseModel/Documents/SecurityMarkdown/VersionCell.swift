/// Reads the version column of a table, or what stands before the colon of a list item.
struct VersionCell {
  /// What the cell names, in order.
  var items: [VersionItem] = []
  /// Whether the cell marks what it names as having long-term support.
  var isLongTerm = false

  /// What a plain text names; nil when any part of it is not understood.
  ///
  /// `isBranchColumn` reads words that are no versions as branch names.
  init?(_ plain: String, isBranchColumn: Bool = false, defaultUnit: SupportUnit = .minor) {
    if let range = Self.interval(plain) {
      items = [VersionItem(range: range)]
      items[0].isBoundedAbove = range.intervals.last?.upper != nil
      return
    }
    guard !Self.hasTightComma(plain) else { return nil }
    for segment in CellSegments.split(plain) {
      let parts = CellParts(segment)
      guard !parts.isEmpty else { continue }
      isLongTerm = isLongTerm || parts.isLongTerm
      let phrase = VersionPhrase(parts, defaultUnit: defaultUnit)
      guard var item = (isBranchColumn ? Self.branch(segment) : nil) ?? phrase.item() else {
        return nil
      }
      if case .comparison? = parts.note.first {
        guard let narrowed = Self.narrowed(item, by: parts, defaultUnit) else { return nil }
        item = narrowed
      }
      item.isLongTerm = parts.isLongTerm
      item.isBoundedAbove = phrase.saysUpperEnd
      if let merged = Self.intersection(items.last, item, parts) {
        items[items.count - 1] = merged
      } else {
        items.append(item)
      }
    }
    if items.isEmpty { return nil }
  }

  /// `[2.0, 3.0)` as in mathematics, Maven and NuGet; nil for anything else.
  private static func interval(_ plain: String) -> VersionRange? {
    let bytes = Array(plain.trimmedSpaces.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count < 60,
      "[(".utf8.contains(first), "])".utf8.contains(last)
    else { return nil }
    let ends = bytes.dropFirst().dropLast().split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard ends.count == 2 else { return nil }
    func limit(_ end: ArraySlice<UInt8>, _ sign: String) -> VersionRange? {
      let text = String(decoding: end, as: UTF8.self).trimmedSpaces
      if text.isEmpty { return .all }
      return text.utf8.first?.isASCIIDigit == true ? try? VersionRange(parsing: sign + text) : nil
    }
    guard let low = limit(ends[0], first == UInt8(ascii: "[") ? ">=" : ">"),
      let high = limit(ends[1], last == UInt8(ascii: "]") ? "<=" : "<")
    else { return nil }
    let range = low.intersection(high)
    return range.isEmpty || range == .all ? nil : range
  }

  /// `4.1,3.x` may be a list or a slip of the finger: not for us to say.
  private static func hasTightComma(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.dropFirst().dropLast().contains {
      bytes[$0] == UInt8(ascii: ",") && bytes[$0 - 1].isASCIIDigit && bytes[$0 + 1].isASCIIDigit
    }
  }

  /// `v2 (>= 2.4)` is only a part of 2.x.
  private static func narrowed(
    _ item: VersionItem, by parts: CellParts, _ unit: SupportUnit
  ) -> VersionItem? {
    guard let range = item.range,
      let limit = VersionPhrase(parts.noteAsCore, defaultUnit: unit).item()?.range
    else { return nil }
    let both = range.intersection(limit)
    return both.isEmpty ? nil : VersionItem(range: both)
  }

  /// `>= 5.2, < 6.0` is one range, not two.
  private static func intersection(
    _ last: VersionItem?, _ next: VersionItem, _ parts: CellParts
  ) -> VersionItem? {
    guard let one = last?.range, let two = next.range, one.isUnbounded, !two.isUnbounded,
      case .comparison(let comparison) = parts.core.first,
      comparison == .less || comparison == .lessOrEqual
    else { return nil }
    let both = one.intersection(two)
    var item = VersionItem(range: both)
    item.isBoundedAbove = true
    return both.isEmpty ? nil : item
  }

  private static func branch(_ segment: String) -> VersionItem? {
    let name = segment.trimmedSpaces
    if let first = PolicyLexer.tokens(of: name).first {
      if first.version != nil { return nil }
      if let concept = first.concept, [.other, .older, .latest, .all].contains(concept) {
        return nil
      }
    }
    let isName = name.utf8.allSatisfy {
      $0.isASCIILetter || $0.isASCIIDigit || "-_./+".utf8.contains($0)
    }
    return isName && name.utf8.contains(where: \.isASCIILetter)
      ? VersionItem(.lines(.branch(String(name)))) : nil
  }
}

/// Splits a cell at the separators between version expressions.
enum CellSegments {
  /// The parts of the text, parenthesised notes kept with what they follow.
  static func split(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var segments: [String] = []
    var start = 0
    var depth = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "(") || bytes[index] == UInt8(ascii: "[") { depth += 1 }
      if bytes[index] == UInt8(ascii: ")") || bytes[index] == UInt8(ascii: "]") { depth -= 1 }
      if depth <= 0, let length = separatorLength(bytes, index) {
        segments.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += length
        start = index
      } else {
        index += 1
      }
    }
    segments.append(String(decoding: bytes[start...], as: UTF8.self))
    return segments
  }

  private static let joints = [" and ", " und ", " y ", " et ", " e ", " or ", " & ", " + "].map {
    Array($0.utf8)
  }

  private static func separatorLength(_ bytes: [UInt8], _ index: Int) -> Int? {
    switch bytes[index] {
    case UInt8(ascii: ";"), UInt8(ascii: ","): return 1
    case UInt8(ascii: "/"), UInt8(ascii: "|"):
      let before = index == 0 || bytes[index - 1] == UInt8(ascii: " ")
      let after = index + 1 >= bytes.count || bytes[index + 1] == UInt8(ascii: " ")
      return before && after ? 1 : nil
    case UInt8(ascii: " "):
      for joint in joints where bytes[index...].starts(with: joint) {
        let next = index + joint.count
        return next < bytes.count && startsVersion(bytes, next) ? joint.count : nil
      }
      return nil
    default: return nil
    }
  }

  private static func startsVersion(_ bytes: [UInt8], _ index: Int) -> Bool {
    if bytes[index].isASCIIDigit { return true }
    return bytes[index] | 0x20 == UInt8(ascii: "v") && index + 1 < bytes.count
      && bytes[index + 1].isASCIIDigit
  }
}

/// One segment of a cell: the words that matter, and the notes in parentheses.
struct CellParts {
  /// The tokens outside of parentheses that carry meaning.
  private(set) var core: [PolicyToken] = []
  /// The tokens inside of parentheses.
  private(set) var note: [PolicyToken] = []
  /// Words outside of parentheses that mean nothing here.
  private(set) var unknown: [String] = []
  /// The text as it was written.
  let text: String
  private(set) var isPlural = false

  init(_ segment: String) {
    text = String(segment.trimmedSpaces)
    var depth = 0
    for token in PolicyLexer.tokens(of: segment) {
      switch token {
      case .punctuation(.open): depth += 1
      case .punctuation(.close): depth = max(0, depth - 1)
      default:
        if depth > 0 { note.append(token) } else { add(token) }
      }
    }
  }

  var isEmpty: Bool { core.isEmpty && note.isEmpty && unknown.isEmpty }

  var isLongTerm: Bool {
    core.contains { $0.concept == .lts } || note.contains { $0.concept == .lts }
  }

  /// Whether the words promise something, or are too many: no name of versions.
  var isSentence: Bool {
    unknown.count > 5
      || unknown.contains { word in
        guard let concept = PolicyConcept.of(word) else { return false }
        return [.supported, .security, .year, .month, .day].contains(concept)
      }
  }

  /// The parts with the note in place of the words: `Frost (v2.x)`.
  var noteAsCore: CellParts {
    var parts = CellParts("")
    for token in note { parts.add(token) }
    return parts
  }

  private mutating func add(_ token: PolicyToken) {
    switch token {
    case .version, .comparison, .behind: core.append(token)
    case .punctuation(.dash): core.append(token)
    case .punctuation(.longDash): core.append(.punctuation(.dash))
    case .punctuation, .mark: break
    case .word(let word, let concept):
      if let concept, CellWords.meaningful.contains(concept) {
        core.append(token)
      } else if concept == .release || concept == .series {
        if CellWords.plurals.contains(word) { isPlural = true }
        core.append(token)
      } else {
        unknown.append(word)
      }
    }
  }
}

/// The words that the grammar of a version cell looks at.
enum CellWords {
  static let meaningful: Set<PolicyConcept> = [
    .latest, .previous, .older, .newer, .before, .after, .other, .all, .and, .or, .than, .from,
    .to, .upTo, .until, .within, .each, .major, .minor, .patch, .lts, .nightly, .mainBranch,
    .except, .negative, .planned,
  ]

  static let plurals: Set<String> = [
    "releases", "versions", "revisions", "tags", "lines", "branches", "versiones", "versões",
    "versionen", "versioni", "versies", "wersje", "версии",
  ]

  static let numbers: [String: Int] = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "single": 1, "zwei": 2, "drei": 3, "vier": 4, "dos": 2,
    "tres": 3, "cuatro": 4, "dois": 2, "duas": 2, "três": 3, "quatro": 4, "deux": 2, "trois": 3,
    "quatre": 4, "due": 2, "tre": 3, "两": 2, "两个": 2, "兩": 2, "二": 2, "三": 3, "三个": 3,
    "四": 4, "couple": 2, "both": 2, "eighteen": 18, "twenty": 20, "thirty": 30, "sixty": 60,
    "ninety": 90,
  ]
}
