import Backport

/// The policy's sentences with the lines that each of them decides on.
struct PolicyShowText {
  private static let shownNames = 8

  let document: LinesDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    page.labelled("policy", PolicyText(document.policy, asOf: document.asOf).lines.source)
    let settings = document.settings.filter { $0.key != "support" }
      .map { "\($0.key) = \($0.value)" }
    page.labelled("settings", StyledText(settings.joined(separator: ", ")))
    for (index, sentence) in document.policy.rules.enumerated() {
      page.space()
      page.labelled("rule \(index + 1)", StyledText(sentence, .heading))
      let lines = document.lines.filter { $0.rule?.number == index + 1 }
      if let source = lines.first?.rule?.source, source.text != sentence {
        page.labelled("", PlaceText.text(source))
      }
      write(lines, to: &page)
      if lines.isEmpty { page.labelled("", StyledText("decides on no line", .faint)) }
    }
    let others = document.lines.filter { $0.rule == nil }
    if !others.isEmpty {
      page.space()
      page.labelled("no rule", StyledText(""))
      write(others, to: &page)
    }
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    return page.text
  }

  /// Lines by verdict, in their order.
  private func write(_ lines: [LinesDocument.Line], to page: inout TextPage) {
    var order: [StyledText] = []
    var names: [[String]] = []
    for line in lines {
      let words = VerdictText.words(line)
      if let index = order.firstIndex(of: words) {
        names[index].append(line.line)
      } else {
        order.append(words)
        names.append([line.line])
      }
    }
    page.labelled("", zip(names, order).map { StyledText(shortened($0)) + "  " + $1 })
  }

  private func shortened(_ names: [String]) -> String {
    guard !style.isVerbose, names.count > Self.shownNames, let last = names.last else {
      return names.joined(separator: ", ")
    }
    return names.prefix(Self.shownNames - 2).joined(separator: ", ") + " ... " + last
  }
}
