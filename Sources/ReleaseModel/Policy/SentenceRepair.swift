/// Finds the valid sentence that is nearest to a wrong one.
enum SentenceRepair {
  /// How many words are mended before giving up.
  private static let repairs = 6

  /// What people write for a keyword.
  private static let synonyms: [String: String] = [
    "last": "latest", "newest": "latest", "current": "latest", "recent": "latest",
    "prior": "previous", "preceding": "previous", "patches": "patch",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "yes": "full", "no": "none", "security-only": "security", "critical-only": "critical",
    "besteffort": "best-effort", "from": "since", "till": "until", "released": "release",
    "per": "of", "every": "each", "in": "within",
  ]

  /// Sentences of every shape, for texts that no small repair makes valid.
  private static let examples = [
    "latest patch", "latest minor", "latest major", "latest 2 majors", "latest 2 minors",
    "latest 3 minors", "latest minor of each major", "previous minor : security",
    "previous major : security", "previous minor for 6 months after superseded : security",
    "lts", "lts latest 2", "latest patch while 0.x", "latest 2 majors since 1.0.0",
    "branch main", "1.2.x until 2026-04-30", "<1.0.0", ">=2 <3",
  ]

  private static let exampleWords = examples.map { example in
    (example: example, words: example.split(separator: " ").map(canonical))
  }

  /// The word that was probably meant: a synonym, else the nearest keyword.
  static func nearestWord(
    to word: String, among expected: [PolicySentenceError.Expectation]
  ) -> String? {
    let key = word.lowercased()
    let keywords = expected.compactMap { expectation in
      if case .keyword(let keyword) = expectation { keyword } else { String?.none }
    }
    if let synonym = synonyms[key] {
      if keywords.contains(synonym) { return synonym }
      if synonym.utf8.first?.isASCIIDigit == true, expected.contains(where: isNumber) {
        return synonym
      }
    }
    if keywords.contains(where: { key == $0 + "s" }) { return nil }
    return Spelling.nearest(to: key, among: keywords)
  }

  /// The nearest valid sentence: wrong words replaced one by one, else the most alike example.
  static func nearest(to error: PolicySentenceError) -> String? {
    guard error.text.utf8.count <= SentenceWords.longest else { return nil }
    var current = error
    for _ in 0..<repairs {
      guard let mended = mend(current) else { break }
      do throws(PolicySentenceError) {
        return try SentenceParser.parse(mended).description
      } catch {
        current = error
      }
    }
    return mostAlikeExample(error.text)
  }

  private static func mend(_ error: PolicySentenceError) -> String? {
    let bytes = Array(error.text.utf8)
    guard let word = error.nearestWord ?? missingKeyword(error) else { return nil }
    let isInsertion = error.nearestWord == nil
    let head = String(decoding: bytes[..<error.bytes.lowerBound], as: UTF8.self)
    let rest = isInsertion ? error.bytes.lowerBound : error.bytes.upperBound
    let tail = String(decoding: bytes[rest...], as: UTF8.self)
    return "\(head) \(word) \(tail)"
  }

  /// The keyword to put in: the colon before a level, or the only one that could have stood there.
  private static func missingKeyword(_ error: PolicySentenceError) -> String? {
    let level = synonyms[error.found.lowercased()] ?? error.found
    if error.expected.contains(.keyword(":")), SupportLevel(word: level) != nil { return ":" }
    guard error.expected.count == 1, case .keyword(let word)? = error.expected.first else {
      return nil
    }
    return word
  }

  private static func isNumber(_ expectation: PolicySentenceError.Expectation) -> Bool {
    if case .value(let words) = expectation { words.hasPrefix("a number") } else { false }
  }

  /// The example that shares enough words with the text, in order.
  private static func mostAlikeExample(_ text: String) -> String? {
    let typed = text.lowercased().split { $0.isWhitespace }.prefix(24).map(canonical)
    var best: (example: String, distance: Int)?
    for (example, known) in exampleWords {
      let distance = Spelling.distance(typed, known)
      let shared = Set(typed).intersection(known).count
      guard shared > 0, distance < max(typed.count, known.count) else { continue }
      if distance < best?.distance ?? .max { best = (example, distance) }
    }
    return best?.example
  }

  /// A word with synonyms and plurals levelled.
  private static func canonical(_ word: some StringProtocol) -> String {
    let key = String(word)
    if let unit = SupportUnit(word: key) { return unit.rawValue }
    return synonyms[key] ?? key
  }
}
