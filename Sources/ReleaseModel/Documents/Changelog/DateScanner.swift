/// A date in a line.
struct WrittenDate: Sendable, Equatable {
  /// Its bytes, as a range of the line's own indices.
  var range: Range<Int>
  var style: DateStyle
  var year: Int
  var month: Int
  /// Nil when only month and year are written.
  var day: Int?
  /// Whether a time of day follows, which nobody can render again.
  var hasTime: Bool

  /// The day, when it is one.
  var calendarDate: CalendarDate? {
    day.flatMap { CalendarDate(year: year, month: month, day: $0) }
  }
}

/// Finds dates in a line, in the forms that changelogs use.
struct DateScanner {
  private let line: ArraySlice<UInt8>

  private init(_ line: ArraySlice<UInt8>) { self.line = line }

  /// All dates of a line, from left to right.
  static func dates(in line: ArraySlice<UInt8>) -> [WrittenDate] {
    let scanner = DateScanner(line)
    var found: [WrittenDate] = []
    var index = line.startIndex
    while index < line.endIndex {
      guard Self.isWordByte(line[index]) else {
        index += 1
        continue
      }
      if scanner.startsWord(index), let date = scanner.date(at: index) {
        found.append(date)
        index = date.range.upperBound
      } else {
        index = scanner.endOfWord(index)
      }
    }
    return found
  }

  private func startsWord(_ index: Int) -> Bool {
    guard index > line.startIndex else { return true }
    let before = line[index - 1]
    return !before.isWordByte && before != UInt8(ascii: ".") && before != UInt8(ascii: "/")
      || before == UInt8(ascii: "_")
  }

  /// Underscores stand around dates in Markdown.
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte.isWordByte && byte != UInt8(ascii: "_")
  }

  private func endOfWord(_ index: Int) -> Int {
    var end = index
    while end < line.endIndex, Self.isWordByte(line[end]) { end += 1 }
    return max(end, index + 1)
  }

  private func date(at index: Int) -> WrittenDate? {
    var cursor = DateCursor(line: line, index: index)
    var date: WrittenDate?
    if cursor.takeWeekday(), let found = plainDate(&cursor) { date = found }
    if date == nil {
      cursor = DateCursor(line: line, index: index)
      date = plainDate(&cursor)
    }
    guard var result = date, cursor.isAtEnd else { return nil }
    result.range = index..<cursor.index
    result.hasTime = cursor.isAtTime
    return result
  }

  private func plainDate(_ cursor: inout DateCursor) -> WrittenDate? {
    let start = cursor
    let forms: [(inout DateCursor) -> WrittenDate?] = [
      { $0.yearFirst() }, { $0.dayFirst() }, { $0.monthNameFirst() }, { $0.numbersOnly() },
      { $0.digitsOnly() },
    ]
    for form in forms {
      cursor = start
      if let date = form(&cursor) { return date }
    }
    return nil
  }
}
