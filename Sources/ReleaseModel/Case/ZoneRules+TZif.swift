extension ZoneRules {
  /// Reads a zone as the time zone database compiles it (TZif, RFC 8536); nil when it is damaged.
  ///
  /// Leap seconds are left out: clocks of computers do not show them.
  public init?(tzif bytes: [UInt8]) {
    guard let old = TZifBlock(bytes, at: 0, timeSize: 4) else { return nil }
    guard old.version >= UInt8(ascii: "2") else {
      guard let changes = old.changes(in: bytes) else { return nil }
      self.init(first: changes.first, changes: changes.list, yearly: nil)
      return
    }
    guard let block = TZifBlock(bytes, at: old.end, timeSize: 8),
      let changes = block.changes(in: bytes)
    else { return nil }
    let footer = bytes[block.end...]
    var yearly: YearlyClockRule?
    if footer.first == UInt8(ascii: "\n"),
      let end = footer.dropFirst().firstIndex(of: UInt8(ascii: "\n")), end > footer.startIndex + 1
    {
      guard let rule = YearlyClockRule(posix: footer[(footer.startIndex + 1)..<end]) else {
        return nil
      }
      yearly = rule
    }
    self.init(first: changes.first, changes: changes.list, yearly: yearly)
  }
}

/// One of the two data blocks of a TZif file.
private struct TZifBlock {
  let version: UInt8
  /// Where the block ends in the file.
  let end: Int
  private let start: Int
  private let timeSize: Int
  private let timeCount: Int
  private let typeCount: Int

  /// Reads the header at an index; nil when the file is too short for what the header promises.
  init?(_ bytes: [UInt8], at index: Int, timeSize: Int) {
    guard index >= 0, bytes.count - index >= 44,
      bytes[index..<(index + 4)].elementsEqual("TZif".utf8)
    else { return nil }
    version = bytes[index + 4]
    let counts = (0..<6).map { Int(bytes.number(at: index + 20 + $0 * 4, size: 4)) }
    // Counts are of 32 bits without a sign: their sum cannot overflow.
    guard counts.allSatisfy({ 0...100_000 ~= $0 }), counts[4] > 0 else { return nil }
    let (utc, standard, leaps) = (counts[0], counts[1], counts[2])
    (timeCount, typeCount) = (counts[3], counts[4])
    start = index + 44
    self.timeSize = timeSize
    end =
      start + timeCount * (timeSize + 1) + typeCount * 6 + counts[5]
      + leaps * (timeSize + 4) + standard + utc
    guard end <= bytes.count else { return nil }
  }

  /// The offset before the first change, and the changes; nil when a change has no known type.
  func changes(in bytes: [UInt8]) -> (first: Int, list: [ZoneRules.Change])? {
    let kinds = start + timeCount * timeSize
    let types = kinds + timeCount
    func offset(_ type: Int) -> Int { Int(bytes.number(at: types + type * 6, size: 4)) }
    var list: [ZoneRules.Change] = []
    for index in 0..<timeCount {
      let type = Int(bytes[kinds + index])
      guard type < typeCount else { return nil }
      let time = bytes.number(at: start + index * timeSize, size: timeSize)
      guard list.last.map({ $0.at < time }) ?? true else { return nil }
      list.append(ZoneRules.Change(at: time, offset: offset(type)))
    }
    guard (0..<typeCount).allSatisfy({ -93_600...93_600 ~= offset($0) }) else { return nil }
    return (offset(0), list)
  }
}

extension [UInt8] {
  /// The number with its sign that stands at an index, its highest byte first.
  fileprivate func number(at index: Int, size: Int) -> Int64 {
    let value = self[index..<(index + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return size == 4
      ? Int64(Int32(truncatingIfNeeded: value)) : Int64(truncatingIfNeeded: value)
  }
}

extension YearlyClockRule {
  /// Reads a TZ string of POSIX such as `CET-1CEST,M3.5.0,M10.5.0/3`, with hours up to 167 as
  /// RFC 8536 allows.
  init?(posix text: some Sequence<UInt8>) {
    var scanner = PosixClockScanner(text)
    guard scanner.skipName(), let standard = scanner.time() else { return nil }
    self.standard = -standard
    if scanner.isAtEnd { return }
    guard scanner.skipName() else { return nil }
    var offset = self.standard + 3600
    if let next = scanner.next, next != UInt8(ascii: ",") {
      guard let other = scanner.time() else { return nil }
      offset = -other
    }
    guard let start = scanner.turn(), let end = scanner.turn(), scanner.isAtEnd else { return nil }
    summer = Summer(offset: offset, start: start, end: end)
  }
}

/// Reads the parts of a TZ string.
private struct PosixClockScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: some Sequence<UInt8>) { rest = Array(text)[...] }

  var next: UInt8? { rest.first }
  var isAtEnd: Bool { rest.isEmpty }

  private mutating func take(_ character: Character) -> Bool {
    guard rest.first == character.asciiValue else { return false }
    rest.removeFirst()
    return true
  }

  /// Passes a name: three letters or more, or anything between angle brackets.
  mutating func skipName() -> Bool {
    if take("<") {
      rest = rest.drop { $0 != UInt8(ascii: ">") }
      return take(">")
    }
    let name = rest.prefix { $0.isASCIILetter }
    rest = rest.dropFirst(name.count)
    return name.count >= 3
  }

  private mutating func number() -> Int? {
    let digits = rest.prefix { $0.isASCIIDigit }
    guard 1...4 ~= digits.count else { return nil }
    rest = rest.dropFirst(digits.count)
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  /// `[+-]H[:MM[:SS]]` in seconds.
  mutating func time() -> Int? {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    guard let hours = number(), hours <= 167 else { return nil }
    var seconds = hours * 3600
    for unit in [60, 1] where take(":") {
      guard let part = number(), part < 60 else { return nil }
      seconds += part * unit
    }
    return isNegative ? -seconds : seconds
  }

  /// `,DAY[/TIME]`; two in the morning without a time.
  mutating func turn() -> YearlyClockRule.Turn? {
    guard take(","), let day = day() else { return nil }
    guard take("/") else { return YearlyClockRule.Turn(day: day, second: 7200) }
    return time().map { YearlyClockRule.Turn(day: day, second: $0) }
  }

  private mutating func day() -> YearlyClockRule.Day? {
    if take("J") { return number().flatMap { 1...365 ~= $0 ? .ordinal($0) : nil } }
    guard take("M") else { return number().flatMap { $0 <= 365 ? .index($0) : nil } }
    guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
      1...12 ~= month, 1...5 ~= week, weekday <= 6
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
