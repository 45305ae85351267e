import Backport

/// What came of the commands that tried a line's tree.
struct VerificationText {
  let results: [Verification]

  /// Writes a row for each command, and the end of the output of one that did not pass.
  func write(to page: inout TextPage, indent: Int) {
    for result in results {
      page.labelled("verify", VerificationText.row(result), indent: indent)
      if let log = result.log, result.status != .passed || page.style.isVerbose {
        page.labelled("", StyledText("output in \(log)", .faint), indent: indent)
      }
      for line in result.tail {
        page.verbatim(StyledText(verbatim: line), indent: indent + TextPage.valueColumn + 2)
      }
    }
  }

  private static func row(_ result: Verification) -> StyledText {
    let meaning: StyledText.Meaning =
      switch result.status {
      case .passed: .good
      case .notRun: .caution
      case .failed, .timedOut: .bad
      }
    return StyledText(result.outcome, meaning) + "  \(result.command)"
      + StyledText("  \(result.seconds) s", .faint)
  }

  /// One line for whoever watches.
  static func line(_ event: VerificationEvent) -> StyledText? {
    switch event {
    case .began(let line): StyledText(line, .heading) + "  is being verified"
    case .ended(let line, let result): StyledText(line, .heading) + "  " + row(result)
    }
  }
}
