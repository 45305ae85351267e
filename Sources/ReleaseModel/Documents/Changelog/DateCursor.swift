/// Reads one date, field by field.
struct DateCursor {
  let line: ArraySlice<UInt8>
  var index: Int
  private var fields: [DateStyle.Field] = []

  init(line: ArraySlice<UInt8>, index: Int) {
    self.line = line
    self.index = index
  }

  /// Whether no word goes on here.
  var isAtEnd: Bool {
    guard index < line.endIndex else { return true }
    if line[index] == UInt8(ascii: "T") || line[index] == UInt8(ascii: "_") { return true }
    return !line[index].isWordByte
  }

  /// Whether a time of day stands here.
  var isAtTime: Bool {
    var rest = line[index...]
    if rest.first == UInt8(ascii: "T") || rest.first == UInt8(ascii: ",") {
      rest = rest.dropFirst()
    }
    rest = rest.trimmedStart
    let hours = rest.prefix(while: \.isASCIIDigit)
    let minutes = rest.dropFirst(hours.count + 1).prefix(2)
    return (1...2).contains(hours.count) && rest.dropFirst(hours.count).first == UInt8(ascii: ":")
      && minutes.count == 2 && minutes.allSatisfy(\.isASCIIDigit)
  }

  /// Reads a weekday, as in `Sat, 21 Nov 2026`.
  mutating func takeWeekday() -> Bool {
    let word = line[index...].prefix(while: \.isASCIILetter)
    guard let length = DateNames.weekday(word) else { return false }
    fields.append(.weekday(length, DateNames.letterCase(word)))
    index += word.count
    return takeSeparator { $0 == UInt8(ascii: ",") || $0.isBlankByte }
  }

  /// Reads `2026-11-21`, `2026.11.21`, `2026/11/21`, `2026-Nov-21`.
  mutating func yearFirst() -> WrittenDate? {
    guard let year = takeYear(), let separator = takeSingle("-./ ") else { return nil }
    let month: Int
    if separator != UInt8(ascii: " "), let number = takeNumber(upTo: 12, { .month($0) }) {
      month = number
    } else if let named = takeMonthName() {
      month = named
    } else {
      return nil
    }
    guard takeSingle([separator]) != nil, let day = takeNumber(upTo: 31, { .day($0) }) else {
      return nil
    }
    return result(year, month, day)
  }

  /// Reads `21 November 2026`, `21-Nov-2026`, `21st of November, 2026`.
  mutating func dayFirst() -> WrittenDate? {
    guard let day = takeDay(), takeSeparator({ $0.isBlankByte || $0 == UInt8(ascii: "-") }) else {
      return nil
    }
    takeWord("of ")
    guard let month = takeMonthName(), takeSeparator({ Self.separators.contains($0) }),
      let year = takeYear()
    else { return nil }
    return result(year, month, day)
  }

  /// Reads `November 21, 2026`, `Nov 21st 2026`, `November 2026`.
  mutating func monthNameFirst() -> WrittenDate? {
    guard let month = takeMonthName(), takeSeparator({ Self.separators.contains($0) }) else {
      return nil
    }
    if let year = takeYear() { return result(year, month, nil) }
    guard let day = takeDay(), takeSeparator({ Self.separators.contains($0) }),
      let year = takeYear()
    else { return nil }
    return result(year, month, day)
  }

  /// Reads `21.11.2026`, `11/21/2026`.
  ///
  /// The order is a guess unless a number is above 12.
  mutating func numbersOnly() -> WrittenDate? {
    guard let first = takeNumber(upTo: 31, { .day($0) }), let separator = takeSingle("./-"),
      let second = takeNumber(upTo: 31, { .month($0) }), takeSingle([separator]) != nil,
      let year = takeYear(), first <= 12 || second <= 12
    else { return nil }
    let isMonthFirst = second > 12
    if isMonthFirst, case .day(let one) = fields[fields.count - 5],
      case .month(let other) = fields[fields.count - 3]
    {
      fields[fields.count - 5] = .month(one)
      fields[fields.count - 3] = .day(other)
    }
    var date = isMonthFirst ? result(year, first, second) : result(year, second, first)
    date?.style.isAmbiguous = first <= 12 && second <= 12 && separator != UInt8(ascii: ".")
    return date
  }

  /// Reads `20261121`.
  mutating func digitsOnly() -> WrittenDate? {
    let digits = line[index...].prefix(while: \.isASCIIDigit)
    guard digits.count == 8 else { return nil }
    let numbers = [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.suffix(2)]
      .compactMap { Self.value($0) }
    guard numbers.count == 3, Self.years.contains(numbers[0]) else { return nil }
    fields += [.year, .month(.zero), .day(.zero)]
    index += 8
    return result(numbers[0], numbers[1], numbers[2])
  }

  private static let separators = " \t,-.".bytes
  private static let years = 1970...2199

  private func result(_ year: Int, _ month: Int, _ day: Int?) -> WrittenDate? {
    guard CalendarDate(year: year, month: month, day: day ?? 1) != nil else { return nil }
    return WrittenDate(
      range: index..<index, style: DateStyle(fields: fields), year: year, month: month, day: day,
      hasTime: false)
  }

  private mutating func takeYear() -> Int? {
    let digits = line[index...].prefix(while: \.isASCIIDigit)
    guard digits.count == 4, let year = Self.value(digits), Self.years.contains(year) else {
      return nil
    }
    fields.append(.year)
    index += 4
    return year
  }

  /// A number of one or two digits, or of one after a space where two would stand.
  private mutating func takeNumber(
    upTo limit: Int, _ field: (DateStyle.Padding) -> DateStyle.Field
  ) -> Int? {
    let digits = line[index...].prefix(while: \.isASCIIDigit)
    guard (1...2).contains(digits.count), let number = Self.value(digits), (1...limit) ~= number
    else { return nil }
    fields.append(
      field(digits.count == 1 ? .none : digits.first == UInt8(ascii: "0") ? .zero : .unknown))
    index += digits.count
    return number
  }

  private mutating func takeDay() -> Int? {
    guard let day = takeNumber(upTo: 31, { .day($0) }) else { return nil }
    let ending = line[index...].prefix(while: \.isASCIILetter).lowercased
    if ["st", "nd", "rd", "th"].contains(where: { ending.isText($0) }) {
      fields[fields.count - 1] = .ordinalDay
      index += 2
    }
    if case .literal(let blanks)? = fields.dropLast().last, blanks == "  ".bytes,
      fields.last == .day(.none)
    {
      fields[fields.count - 2] = .literal([UInt8(ascii: " ")])
      fields[fields.count - 1] = .day(.space)
    }
    return day
  }

  private mutating func takeMonthName() -> Int? {
    let word = line[index...].prefix(while: \.isASCIILetter)
    guard let (month, length) = DateNames.month(word) else { return nil }
    fields.append(.monthName(length, DateNames.letterCase(word)))
    index += word.count
    return month
  }

  private mutating func takeSingle(_ allowed: some Sequence<UInt8>) -> UInt8? {
    guard index < line.endIndex, allowed.contains(line[index]) else { return nil }
    fields.append(.literal([line[index]]))
    index += 1
    return line[index - 1]
  }

  private mutating func takeSingle(_ allowed: String) -> UInt8? { takeSingle(allowed.utf8) }

  private mutating func takeSeparator(_ isAllowed: (UInt8) -> Bool) -> Bool {
    let separator = line[index...].prefix(3).prefix(while: isAllowed)
    guard !separator.isEmpty else { return false }
    fields.append(.literal(Array(separator)))
    index += separator.count
    return true
  }

  private mutating func takeWord(_ word: String) {
    guard line[index...].begins(word) else { return }
    fields.append(.literal(word.bytes))
    index += word.utf8.count
  }

  private static func value(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.count < 10, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}
