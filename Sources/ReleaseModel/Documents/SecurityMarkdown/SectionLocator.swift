/// Finds the part of a document that tells which versions are supported.
enum SectionLocator {
  /// Sections beyond this number are not tried.
  private static let sectionLimit = 12

  /// What the best of the document's sections says.
  ///
  /// First headings about support, versions or lifecycle; else the first support table anywhere;
  /// else sentences anywhere.
  static func reading(of document: MarkupDocument) -> SecurityReading {
    var best: (rank: Int, reading: SecurityReading)?
    for (score, index) in candidates(document.headings) {
      let heading = document.headings[index]
      let range = heading.bodyStart..<max(heading.bodyStart, document.end(ofHeading: index))
      var reading = SectionReading(document, range, title: heading.title).reading
      let quality = quality(reading.form)
      // A heading such as "Releases" stands over much that is no policy.
      guard score > 1 || quality >= 30 else { continue }
      let rank = quality + score
      guard rank > best?.rank ?? 0 else { continue }
      reading.heading = SecuritySource(heading.title, line: document.lines[heading.start].number)
      best = (rank, reading)
    }
    if let best, best.rank >= 20 { return best.reading }
    let whole = SectionReading(document, 0..<document.lines.count, isWhole: true).reading
    if quality(whole.form) >= 20 { return whole }
    return best?.reading ?? .empty
  }

  /// The headings worth reading below, best first.
  private static func candidates(
    _ headings: [MarkupDocument.Heading]
  ) -> [(score: Int, index: Int)] {
    let scored = headings.indices.lazy.map { (score: score(headings[$0].title), index: $0) }
    let found = scored.filter { $0.score > 0 }
    return Array(found.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.prefix(sectionLimit))
  }

  private static func quality(_ form: SecurityReading.Form) -> Int {
    switch form {
    case .preset: 50
    case .table, .template: 40
    case .list: 30
    case .prose: 20
    case .elsewhere: 10
    case .none: 0
    }
  }

  /// How much a title promises: 3 for "Supported versions", 0 for other matters.
  static func score(_ title: String) -> Int {
    let tokens = PolicyLexer.tokens(of: title)
    let words = Set(tokens.compactMap(\.word))
    func has(_ concept: PolicyConcept) -> Bool { tokens.contains { $0.concept == concept } }
    if !words.isDisjoint(with: otherMatters) { return 0 }
    let hasVersion = has(.release) || has(.series) || has(.version)
    let hasSupport = has(.supported) || has(.unsupported) || has(.lts)
    if hasVersion, hasSupport || has(.security) || has(.fix) { return 3 }
    if words.contains("lifecycle") || words.contains("eol") || words.contains("backports") {
      return 3
    }
    if has(.end), words.contains("life") { return 3 }
    if hasSupport || words.contains("maintenance") { return tokens.count <= 4 ? 2 : 1 }
    if has(.security), has(.fix) { return 2 }
    return hasVersion && tokens.count <= 4 || words.contains("versioning") ? 1 : 0
  }

  private static let otherMatters: Set<String> = [
    "reporting", "report", "disclosure", "contact", "bounty", "acknowledgements", "credits",
    "hall", "advisories", "advisory", "contributing", "license", "installation", "install",
    "affected", "known", "faq", "history", "changelog", "melden", "denunciar",
  ]
}
