import Backport

/// The verdict on each line: why, by which rule, and what would change it.
struct ExplanationText {
  private static let indent = 4

  let document: LinesDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    for advice in document.advice { page.line(StyledText(advice.message), hanging: 4) }
    let lines = shown
    if style.isVerbose || document.advice.isEmpty {
      let (rules, source) = PolicyText(document.policy, asOf: document.asOf).lines
      page.space()
      page.labelled("policy", [StyledText(rules.joined(separator: "; ")), source])
    }
    var rest = lines[...]
    while let line = rest.first {
      page.space()
      let alike = style.isVerbose ? [line] : Array(rest.prefix { Self.areAlike($0, line) })
      rest = rest.dropFirst(alike.count)
      write(line, named: Self.names(alike), to: &page)
    }
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    return page.text
  }

  /// The lines that were asked about, with those to move to; else all.
  private var shown: [LinesDocument.Line] {
    guard !document.advice.isEmpty else { return document.lines }
    let names = Set(document.advice.flatMap { [$0.line, $0.upgradeLine].compactMap(\.self) })
    return document.lines.filter { names.contains($0.line) }
  }

  /// Whether two lines can be told of together: neither is supported, for one reason.
  private static func areAlike(_ one: LinesDocument.Line, _ other: LinesDocument.Line) -> Bool {
    one.line == other.line
      || one.supported == "no" && other.supported == "no" && one.reason == other.reason
        && one.whatWouldChange == other.whatWouldChange && one.rule == other.rule
  }

  private static func names(_ lines: [LinesDocument.Line]) -> String {
    let names = lines.map(\.line)
    guard names.count > 6, let last = names.last else { return names.joined(separator: ", ") }
    return names.prefix(3).joined(separator: ", ") + " ... " + last
  }

  private func write(
    _ line: LinesDocument.Line, named names: String, to page: inout TextPage
  ) {
    page.line(StyledText(names, .heading) + "  " + VerdictText.words(line), hanging: 4)
    if line.coveredBy == nil {
      page.labelled("why", StyledText(line.reason), indent: Self.indent)
    }
    if let rule = line.rule {
      page.labelled("rule", "\(rule.number): \(rule.sentence)", indent: Self.indent)
      if let source = rule.source, source.text != rule.sentence {
        page.labelled("source", PlaceText.text(source), indent: Self.indent)
      }
    }
    if let change = line.whatWouldChange {
      page.labelled("outlook", StyledText(change), indent: Self.indent)
    }
    guard line.supported != "no" else { return }
    let date = line.latest.date.map { " (\($0))" } ?? ""
    page.labelled(
      "releases", "\(line.latest.version)\(date), next \(line.next)", indent: Self.indent)
    if line.branch != nil {
      page.labelled("branch", LinesText.branch(line), indent: Self.indent)
    }
  }
}

/// A verdict in words.
enum VerdictText {
  static func words(_ line: LinesDocument.Line) -> StyledText {
    switch line.supported {
    case "yes":
      var words = StyledText("supported", .good)
      switch line.level {
      case "security": words = words + ", security fixes only"
      case "critical": words = words + ", critical fixes only"
      case "best-effort": words = words + ", best effort"
      default: break
      }
      if let floor = line.floor { words = words + ", severity \(floor) and above" }
      if let day = line.levelUntil { words = words + ", in full until \(day)" }
      if let day = line.until { words = words + ", until \(day)" }
      return words
    case "no":
      return StyledText(line.coveredBy.map { "covered by \($0)" } ?? "not supported", .faint)
    default: return StyledText("not known", .caution)
    }
  }
}

/// A place in a document.
enum PlaceText {
  static func text(_ place: PolicyPlace) -> StyledText {
    let line = place.line.map { ":\($0)" } ?? ""
    return StyledText("\(place.path)\(line)", .faint) + "  \(place.text)"
  }
}
