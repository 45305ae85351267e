/// What a SECURITY.md promises to those who report a flaw, as far as its sentences are understood.
public struct ReportingPromises: Sendable, Hashable {
  /// A time that is promised, and the sentence that says so.
  public struct Promise: Sendable, Hashable {
    /// How long it may take.
    public var allowance: TimeAllowance
    /// The sentence.
    public var source: SecuritySource
  }

  /// The time to acknowledge a report.
  public private(set) var acknowledge: Promise?
  /// The time to a detailed answer.
  public private(set) var respond: Promise?
  /// The time to publication.
  public private(set) var disclose: Promise?
  /// Mail addresses and private forms that reports go to, in order.
  public private(set) var contacts: [String] = []
  /// The sentence by which a report stays confidential; nil when there is none.
  public private(set) var confidential: SecuritySource?
  /// The sentence that promises a primary handler; nil when there is none.
  public private(set) var handler: SecuritySource?

  /// Reads a document's bytes; what is not understood promises nothing.
  public init(_ bytes: some Collection<UInt8>) {
    let document = MarkupDocument(bytes)
    let prose = ProseBlocks(document, range: document.lines.indices, tables: [])
    for block in prose.blocks {
      for contact in ReportingContact.contacts(in: block.source.text)
      where !contacts.contains(contact) { contacts.append(contact) }
      for sentence in ProseSentences.split(block.text) {
        read(sentence, SecuritySource(sentence, line: block.source.line))
      }
    }
    if confidential == nil, let first = contacts.first,
      let block = prose.blocks.first(where: { $0.source.text.contains(first) })
    {
      confidential = block.source
    }
  }

  private mutating func read(_ sentence: String, _ source: SecuritySource) {
    let words = PromiseWords(sentence)
    if handler == nil, words.contains(["primary", "handler"]) { handler = source }
    if confidential == nil, words.isConfidential { confidential = source }
    for (allowance, topic) in words.promises() {
      let promise = Promise(allowance: allowance, source: source)
      switch topic {
      case .acknowledge: acknowledge = acknowledge ?? promise
      case .respond: respond = respond ?? promise
      case .disclose: disclose = disclose ?? promise
      }
    }
  }
}

/// Where reports go, as a document names it.
private enum ReportingContact {
  private static let forms = [
    "/security/advisories/new", "hackerone.com/", "bugcrowd.com/", "huntr.com/", "intigriti.com/",
    "yeswehack.com/", "g.co/vulnz", "/-/issues/new",
  ]

  /// Mail addresses, and the addresses of private forms, in a text with its markup.
  static func contacts(in text: String) -> [String] {
    text.split { " <>()[]\"'`,;|*".contains($0) }.compactMap { word in
      var word = word
      while let last = word.last, ".:!?".contains(last) { word.removeLast() }
      if word.lowercased().hasPrefix("mailto:") { word = word.dropFirst(7) }
      if let question = word.firstIndex(of: "?") { word = word[..<question] }
      if isMail(word) { return String(word) }
      let isForm = forms.contains { word.lowercased().contains($0) }
      return isForm && word.hasPrefix("https://") ? String(word) : nil
    }
  }

  private static func isMail(_ word: Substring) -> Bool {
    let parts = word.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !word.contains("/") else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
  }
}

/// The words of a sentence in which times are promised.
private struct PromiseWords {
  enum Topic {
    case acknowledge
    case respond
    case disclose
  }

  private enum Unit {
    case hours
    case days
    case businessDays
    case weeks
  }

  private static let numbers = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "fourteen": 14, "fifteen": 15, "thirty": 30, "sixty": 60, "ninety": 90,
  ]
  private static let disclosing = ["disclos", "publish", "publication", "embargo", "public"]
  private static let responding = [
    "detailed", "next", "assess", "judg", "triag", "evaluat", "investigat", "follow", "plan",
    "validat", "initial",
  ]
  private static let acknowledging = [
    "acknowledg", "receipt", "confirm", "answer", "respon", "repl", "hear", "back", "react",
    "contact",
  ]

  private let words: [String]

  init(_ sentence: String) {
    words = sentence.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  /// Whether words stand there one after the other.
  func contains(_ wanted: [String]) -> Bool {
    words.indices.contains { words[$0...].starts(with: wanted) }
  }

  /// Whether the sentence says that a report is not to be seen by everybody.
  var isConfidential: Bool {
    if contains(["private", "vulnerability", "report"])
      || contains(["private", "vulnerability", "reporting"])
      || contains(["report", "a", "vulnerability", "button"])
    {
      return true
    }
    return words.contains {
      ["confidentially", "privately", "pgp", "gpg", "encrypted"].contains($0)
    }
  }

  /// Times with what they are promised for, in order.
  func promises() -> [(TimeAllowance, Topic)] {
    var found: [(TimeAllowance, Topic)] = []
    var start = 0
    var lastUnit: Unit?
    for index in words.indices {
      guard let (count, inWord) = PromiseWords.number(words[index]) else { continue }
      var end = index + 1
      var unit = inWord
      if unit == nil, let (next, length) = self.unit(at: end) {
        unit = next
        end += length
      } else if unit == nil, index > 0, words[index - 1] == "within" {
        unit = lastUnit
      }
      guard let unit, let allowance = PromiseWords.allowance(count, unit) else { continue }
      lastUnit = unit
      let before = Array(words[start..<index])
      let after = Array(words[end...].prefix(8))
      if let topic = topic(before, allowance) ?? topic(after, allowance) {
        found.append((allowance, topic))
      }
      start = end
    }
    return found
  }

  private func topic(_ context: [String], _ allowance: TimeAllowance) -> Topic? {
    func mentions(_ stems: [String]) -> Bool {
      context.contains { word in
        !word.hasPrefix("responsib") && stems.contains { word.hasPrefix($0) }
      }
    }
    if case .days(let count) = allowance, count >= 14, mentions(PromiseWords.disclosing) {
      return .disclose
    }
    if mentions(PromiseWords.responding) { return .respond }
    return mentions(PromiseWords.acknowledging) ? .acknowledge : nil
  }

  /// `48`, `two`, and `48h` with its unit.
  private static func number(_ word: String) -> (Int, Unit?)? {
    if let number = numbers[word] ?? Int(word) { return 1...999 ~= number ? (number, nil) : nil }
    guard word.hasSuffix("h") || word.hasSuffix("d"), let number = Int(word.dropLast()),
      1...999 ~= number
    else { return nil }
    return (number, word.hasSuffix("h") ? .hours : .days)
  }

  /// The unit that stands at an index, and of how many words it is.
  private func unit(at index: Int) -> (Unit, Int)? {
    guard index < words.count else { return nil }
    switch words[index] {
    case "hour", "hours", "hrs": return (.hours, 1)
    case "day", "days": return (.days, 1)
    case "week", "weeks": return (.weeks, 1)
    case "business", "working", "work":
      guard index + 1 < words.count, ["day", "days"].contains(words[index + 1]) else { return nil }
      return (.businessDays, 2)
    case "calendar":
      guard index + 1 < words.count, ["day", "days"].contains(words[index + 1]) else { return nil }
      return (.days, 2)
    default: return nil
    }
  }

  private static func allowance(_ count: Int, _ unit: Unit) -> TimeAllowance? {
    switch unit {
    case .hours: .hours(count)
    case .days: .days(count)
    case .businessDays: .businessDays(count)
    case .weeks: .days(count * 7)
    }
  }
}
