package import Backport

/// An operation in Markdown: what was landed and published, and the plan it came from.
package struct OperationMarkdown {
  let document: OperationDocument
  let comparisons: [String: [PickComparison]]
  let level: Int
  let limit: Int

  /// Prepares the page of an operation; see ``PlanMarkdown``.
  package init(
    document: OperationDocument, comparisons: [String: [PickComparison]] = [:], level: Int = 2,
    limit: Int = PlanMarkdown.summaryLimit
  ) {
    self.document = document
    self.comparisons = comparisons
    self.level = level
    self.limit = limit
  }

  /// The page.
  package var text: String {
    var page = MarkdownPage(limit: limit)
    page.heading(level, title)
    if let error = document.error { page.alert(.caution, ErrorMarkdown.items(error)) }
    page.list(
      document.pushed.map { pushed in
        let refs = MarkdownText.joined(
          pushed.refs.map { MarkdownText.code("\($0)".shortRef) }, by: " ")
        return "**Pushed** to \(code: pushed.remote): \(refs)"
      })
    let states = Dictionary(
      document.refUpdates.map { ("\($0.ref)", $0.state) }
    ) { first, _ in first }
    PlanMarkdown(
      plan: document.plan, states: states,
      next: NextSteps.after(document).map { $0.rendered(inColor: false) },
      comparisons: comparisons, level: level, limit: limit
    ).write(to: &page)
    return page.text
  }

  private var title: MarkdownText {
    if let id = document.id, let state = document.state {
      let counts = RefCounts.text(document.refUpdates.map { "\($0.ref)" })
      return "Operation \(code: id): \(state.rawValue), \(counts)"
    }
    return document.plan.targets.contains(where: \.status.needsPerson)
      ? "Nothing was landed" : "Nothing to land: every line has what it is owed"
  }
}

/// An error in Markdown.
package enum ErrorMarkdown {
  /// A box that says what failed and what to do.
  package static func text(_ error: DocumentError) -> String {
    var page = MarkdownPage(limit: PlanMarkdown.summaryLimit)
    page.alert(.caution, items(error))
    return page.text
  }

  static func items(_ error: DocumentError) -> [MarkdownText] {
    ["**Error**: \(error.message)"] + (error.hint.map { ["**Hint**: \($0)"] } ?? [])
  }
}
