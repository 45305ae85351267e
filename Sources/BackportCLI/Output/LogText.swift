import Backport

/// Operations as a table.
struct LogText {
  let operations: [LogDocument.Entry]
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    var table = TextTable(["operation", "when", "state", "fix", "tags"])
    for operation in operations {
      table.add([
        StyledText(operation.id), StyledText(operation.createdAt), state(operation.state),
        StyledText(operation.requested.joined(separator: " ")),
        StyledText(operation.tags.joined(separator: " ")),
      ])
    }
    if operations.isEmpty {
      page.line("there is no operation yet")
    } else {
      table.write(to: &page)
    }
    return page.text
  }

  private func state(_ state: Operation.State) -> StyledText {
    switch state {
    case .landed, .pushed: StyledText(state.rawValue, .good)
    case .pending, .embargoed: StyledText(state.rawValue, .caution)
    case .undone: StyledText(state.rawValue, .faint)
    }
  }
}

/// What waits for somebody.
struct StatusText {
  let document: StatusDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    let waiting = Set(document.waiting.map(\.operation))
    let unfinished = document.pending.filter { !waiting.contains($0.id) }
    let open = document.pending.filter { waiting.contains($0.id) }
    if document.pending.isEmpty, document.unpushed.isEmpty, document.embargoed.isEmpty {
      page.line("nothing waits")
      return page.text
    }
    var text = ""
    if !unfinished.isEmpty {
      page.line(StyledText("not finished; the next run finishes or reports it", .caution))
      text += page.text + LogText(operations: unfinished, style: style).text
    }
    if !open.isEmpty {
      var part = TextPage(style)
      if !text.isEmpty { text += "\n" }
      part.line(StyledText("waiting for a hand", .caution))
      text += part.text + LogText(operations: open, style: style).text
    }
    if !document.waiting.isEmpty {
      var part = TextPage(style)
      WaitingText(lines: document.waiting).write(to: &part)
      part.space()
      part.labelledCommands("next", WaitingText.steps(document.waiting))
      text += part.text
    }
    if !document.unpushed.isEmpty {
      var heading = TextPage(style)
      if !text.isEmpty { text += "\n" }
      heading.line("landed, not pushed")
      text += heading.text + LogText(operations: document.unpushed, style: style).text
    }
    if !document.embargoed.isEmpty {
      var heading = TextPage(style)
      if !text.isEmpty { text += "\n" }
      heading.line(StyledText("EMBARGOED, seen by nobody before git backport disclose", .caution))
      text += heading.text + LogText(operations: document.embargoed, style: style).text
    }
    return text
  }
}
