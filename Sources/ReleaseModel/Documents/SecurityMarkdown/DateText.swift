/// A date as people write it in a policy.
enum DateText: Equatable {
  case date(CalendarDate)
  /// `03/04/2026`: day and month can be either way round.
  case ambiguous(dayFirst: CalendarDate, monthFirst: CalendarDate)

  /// How `a/b/2026` is to be read, as other cells of its column show.
  enum Order { case dayFirst, monthFirst }

  /// The first date in a plain text.
  ///
  /// A month, quarter, half year or year stands for its last day.
  static func first(in plain: String, order: Order? = nil) -> DateText? {
    let words = DateWord.words(of: plain)
    for index in words.indices {
      if let found = date(words[index...], order) { return found }
    }
    return nil
  }

  /// What the cell shows about the order of day and month.
  static func order(in plain: String) -> Order? {
    for case .slashed(let first, let second, _) in DateWord.words(of: plain) {
      if first > 12, second <= 12 { return .dayFirst }
      if second > 12, first <= 12 { return .monthFirst }
    }
    return nil
  }

  private static func date(_ words: ArraySlice<DateWord>, _ order: Order?) -> DateText? {
    let one = words.first
    let two = words.dropFirst().first
    let three = words.dropFirst(2).first
    switch (one, two, three) {
    case (.full(let date), _, _): return .date(date)
    case (.slashed(let first, let second, let year), _, _):
      return slashed(first, second, year, order)
    case (.month(let month), .day(let day), .year(let year)),
      (.day(let day), .month(let month), .year(let year)),
      (.year(let year), .month(let month), .day(let day)):
      return CalendarDate(year: year, month: month, day: day).map(DateText.date)
    case (.month(let month), .year(let year), _), (.year(let year), .month(let month), _):
      return end(year, month)
    case (.yearMonth(let year, let month), _, _): return end(year, month)
    case (.part(let month), .year(let year), _), (.year(let year), .part(let month), _):
      return end(year, month)
    case (.year(let year), _, _): return end(year, 12)
    default: return nil
    }
  }

  private static func slashed(
    _ first: Int, _ second: Int, _ year: Int, _ order: Order?
  ) -> DateText? {
    let dayFirst = CalendarDate(year: year, month: second, day: first)
    let monthFirst = CalendarDate(year: year, month: first, day: second)
    switch (dayFirst, monthFirst) {
    case (let one?, let other?):
      if one == other || order == .dayFirst { return .date(one) }
      return order == .monthFirst ? .date(other) : .ambiguous(dayFirst: one, monthFirst: other)
    case (let only?, nil), (nil, let only?): return .date(only)
    case (nil, nil): return nil
    }
  }

  /// The last day of a month.
  private static func end(_ year: Int, _ month: Int) -> DateText? {
    let next = month == 12 ? (year + 1, 1) : (year, month + 1)
    return CalendarDate(year: next.0, month: next.1, day: 1).map {
      .date($0.adding(days: -1))
    }
  }
}

/// A word of a text that may be part of a date.
private enum DateWord {
  case full(CalendarDate)
  case slashed(Int, Int, Int)
  case yearMonth(Int, Int)
  case year(Int)
  case month(Int)
  case day(Int)
  /// A quarter or half year, as its last month.
  case part(Int)
  case other

  static func words(of plain: String) -> [DateWord] {
    var words: [DateWord] = []
    for piece in plain.prefix(1_000).lowercased().split(whereSeparator: { " ,()'’;:".contains($0) })
    {
      for part in pieces(of: String(piece)) {
        // `end of 2026`, `31 de diciembre de 2026`
        if !["of", "de", "the", "del", "do"].contains(part) { words.append(word(part)) }
      }
    }
    return words
  }

  /// `2025h2` → `2025`, `h2`; `2026年12月31日` → `2026`, `12`…; others whole.
  private static func pieces(of text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    if scalars.contains("年") {
      let numbers = text.split(whereSeparator: { "年月日".contains($0) }).map(String.init)
      return [numbers.map { $0.count == 1 ? "0\($0)" : $0 }.joined(separator: "-")]
    }
    if scalars.count >= 6, scalars[..<4].allSatisfy(\.isASCIIDigit),
      scalars[4] == "h" || scalars[4] == "q", scalars[5].isASCIIDigit
    {
      return [String(text.prefix(4)), String(text.dropFirst(4).prefix(2))]
    }
    if let dash = text.firstIndex(of: "-"), dash != text.startIndex {
      let parts = text.split(separator: "-").map(String.init)
      if parts.contains(where: { months[$0] != nil || $0.hasPrefix("q") || $0.hasPrefix("h") }) {
        return parts
      }
    }
    return [text]
  }

  private static func word(_ text: String) -> DateWord {
    var text = Substring(text)
    while text.last == "." { text.removeLast() }
    if let month = months[String(text)] { return .month(month) }
    if text.count == 2, let number = Int(text.dropFirst()) {
      if text.first == "q", (1...4).contains(number) { return .part(number * 3) }
      if text.first == "h", (1...2).contains(number) { return .part(number * 6) }
    }
    let separator = text.first { "-/.".contains($0) }
    let numbers =
      separator.map { text.split(separator: $0, omittingEmptySubsequences: false) } ?? []
    if numbers.count > 1 { return separated(numbers, separator ?? "-") }
    for ending in ["st", "nd", "rd", "th"] where text.hasSuffix(ending) {
      text.removeLast(2)
      break
    }
    guard text.utf8.count <= 4, text.utf8.allSatisfy(\.isASCIIDigit), let number = Int(text) else {
      return .other
    }
    if text.utf8.count == 4 { return (1990...2100).contains(number) ? .year(number) : .other }
    return (1...31).contains(number) ? .day(number) : .other
  }

  private static func separated(_ parts: [Substring], _ separator: Character) -> DateWord {
    let numbers = parts.compactMap { part in
      part.utf8.count <= 4 && part.utf8.allSatisfy(\.isASCIIDigit) ? Int(part) : nil
    }
    guard numbers.count == parts.count else { return .other }
    let isYearFirst = parts[0].utf8.count == 4 && (1990...2100).contains(numbers[0])
    if numbers.count == 3, isYearFirst {
      let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
      return date.map(DateWord.full) ?? .other
    }
    if numbers.count == 3, parts[2].utf8.count == 4, (1990...2100).contains(numbers[2]) {
      if separator == "/" { return .slashed(numbers[0], numbers[1], numbers[2]) }
      let date = CalendarDate(year: numbers[2], month: numbers[1], day: numbers[0])
      return date.map(DateWord.full) ?? .other
    }
    if numbers.count == 2, isYearFirst, separator != ".", (1...12).contains(numbers[1]) {
      return .yearMonth(numbers[0], numbers[1])
    }
    if numbers.count == 2, parts[1].utf8.count == 4, (1990...2100).contains(numbers[1]),
      separator != ".", (1...12).contains(numbers[0])
    {
      return .yearMonth(numbers[1], numbers[0])
    }
    return .other
  }

  private static let months: [String: Int] = {
    let names = [
      "january jan januar janvier enero janeiro gennaio januari stycznia января",
      "february feb februar février fevrier febrero fevereiro febbraio februari lutego февраля",
      "march mar märz maerz mars marzo março marco maart marca марта",
      "april apr avril abril aprile kwietnia апреля",
      "may mai mayo maio maggio mei maja мая",
      "june jun juni juin junio junho giugno czerwca июня",
      "july jul juli juillet julio julho luglio lipca июля",
      "august aug août aout agosto augustus sierpnia августа",
      "september sep sept septembre septiembre setembro settembre września сентября",
      "october oct oktober octobre octubre outubro ottobre okt października октября",
      "november nov novembre noviembre novembro listopada ноября",
      "december dec dezember décembre decembre diciembre dezembro dicembre dez grudnia декабря",
    ]
    var result: [String: Int] = [:]
    for (index, list) in names.enumerated() {
      for name in list.split(separator: " ") { result[String(name)] = index + 1 }
    }
    return result
  }()
}
