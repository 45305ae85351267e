import Backport

/// A place with the trees in which it stands.
struct SimilarFinding {
  /// The place, as it is in the first of them.
  var hit: SimilarDocument.Hit
  /// The names of the trees.
  var places: [String]
}

extension SimilarDocument {
  /// The places, those of several trees once.
  var findings: [SimilarFinding] {
    var findings: [SimilarFinding] = []
    var known: [String: Int] = [:]
    for place in places {
      for hit in place.hits {
        let key = "\(hit.pattern) \(hit.path)\n" + hit.text.joined(separator: "\n")
        guard let index = known[key] else {
          known[key] = findings.count
          findings.append(SimilarFinding(hit: hit, places: [name(of: place)]))
          continue
        }
        if findings[index].places.last != name(of: place) {
          findings[index].places.append(name(of: place))
        }
      }
    }
    return findings
  }

  /// The line of a tree, or the name of the trunk.
  func name(of place: Place) -> String {
    place.line ?? repository.trunk?.shortRef ?? "the trunk"
  }
}

/// Similar code for a person: what is like what, where, side by side.
struct SimilarText {
  let document: SimilarDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    let commits = document.fixes.flatMap(\.commits)
    page.labelled(
      "fix", commits.map { StyledText("\(ShortID($0.id))  ") + StyledText($0.subject) })
    page.labelled(
      "searched",
      StyledText(document.places.map(document.name).joined(separator: ", "))
        + StyledText("; \(count(document.filesRead, "file", "files"))", .faint))
    for finding in document.findings { write(finding, to: &page) }
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    page.space()
    page.line(result)
    return page.text
  }

  /// One line for each place.
  var summary: String {
    var page = TextPage(style)
    for finding in document.findings { page.verbatim(heading(finding), indent: 0) }
    return page.text
  }

  private func write(_ finding: SimilarFinding, to page: inout TextPage) {
    page.space()
    page.line(heading(finding), hanging: 2)
    guard document.patterns.indices.contains(finding.hit.pattern) else { return }
    let pattern = document.patterns[finding.hit.pattern]
    page.line(
      StyledText("like \(pattern.path):\(pattern.line) before the fix", .faint), indent: 2)
    write(pattern.text, pattern.line, finding.hit.text, finding.hit.startLine, to: &page)
  }

  /// Both texts side by side where the terminal is wide enough, else one below the other.
  private func write(
    _ left: [String], _ leftLine: Int, _ right: [String], _ rightLine: Int,
    to page: inout TextPage
  ) {
    let lefts = numbered(left, leftLine)
    let rights = numbered(right, rightLine)
    let half = ((style.width ?? 120) - 7) / 2
    if half >= 36 {
      for index in 0..<max(lefts.count, rights.count) {
        let one = index < lefts.count ? lefts[index].truncated(to: half) : StyledText("")
        let other = index < rights.count ? rights[index].truncated(to: half) : StyledText("")
        page.verbatim(one.padded(to: half) + StyledText(" | ", .faint) + other, indent: 2)
      }
    } else {
      for line in lefts { page.verbatim(line, indent: 2) }
      page.verbatim(StyledText("is like", .faint), indent: 2)
      for line in rights { page.verbatim(line, indent: 2) }
    }
  }

  private func numbered(_ lines: [String], _ first: Int) -> [StyledText] {
    let shown = style.isVerbose ? lines : Array(lines.prefix(12))
    return shown.enumerated().map { index, line in
      StyledText("\(first + index)".leftPadded(to: 5) + " ", .faint) + StyledText(verbatim: line)
    }
  }

  private func heading(_ finding: SimilarFinding) -> StyledText {
    let hit = finding.hit
    let lines =
      hit.startLine == hit.endLine ? "\(hit.startLine)" : "\(hit.startLine)-\(hit.endLine)"
    return StyledText("\(hit.path):\(lines)", .heading)
      + StyledText("  \(Int((hit.likeness * 100).rounded())) %", .caution)
      + StyledText("  on \(finding.places.joined(separator: ", "))")
  }

  private var result: StyledText {
    let found = document.findings.count
    return found == 0
      ? StyledText("nothing similar was found", .good)
      : StyledText(count(found, "place looks", "places look"), .bad)
        + StyledText(" like what the fix repairs")
  }

  private func count(_ number: Int, _ one: String, _ several: String) -> String {
    "\(number) \(number == 1 ? one : several)"
  }
}

extension String {
  /// The text with blanks before it up to a width.
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
