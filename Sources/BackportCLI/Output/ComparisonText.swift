import Backport

/// How picks differ from the commits they were made from.
struct ComparisonText {
  let comparisons: [PickComparison]

  /// Writes each below its line.
  func write(to page: inout TextPage, indent: Int) {
    for comparison in comparisons {
      page.labelled(
        "differs", "\(ShortID(comparison.source)) -> \(ShortID(comparison.pick))", indent: indent)
      for bytes in comparison.lines {
        let line = String(decoding: bytes, as: UTF8.self)
        page.verbatim(
          StyledText(verbatim: line, ComparisonText.meaning(of: line)),
          indent: indent + TextPage.valueColumn + 2)
      }
    }
  }

  private static func meaning(of line: String) -> StyledText.Meaning {
    switch line.first {
    case "+": .good
    case "-": .bad
    case "@": .faint
    default: .plain
    }
  }
}

extension Run {
  /// The comparisons that `-v` and Markdown show, by line; none where the text is hidden or not asked
  /// for.
  func comparisons(
    in plan: BackportPlan, _ workspace: Workspace
  ) throws(BackportError) -> [String: [PickComparison]] {
    guard output.verbose || printsMarkdown, !output.json, !isHidden else { return [:] }
    return try workspace.comparisons(in: plan)
  }
}
