package import Testing

/// Two versions of a text in one literal.
///
/// The first column of a line says which version has it: `-` only the first, `+` only the second,
/// a blank both. A line without any character is an empty line of both.
///
/// ```swift
/// let text = MarkedText("""
///    # Changelog
///   -## Unreleased
///   +## 1.0.1
///   """)
/// ```
package struct MarkedText: Sendable, Equatable {
  package private(set) var before = ""
  package private(set) var after = ""

  /// Reads the marks; any other first character fails the test at the caller's line.
  ///
  /// `lineEnding` ends each line of the two texts, the last one only with `finalNewline`.
  package init(
    _ literal: String, lineEnding: String = "\n", finalNewline: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for line in literal.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.dropFirst() + lineEnding
      switch line.first {
      case nil, " ":
        before += text
        after += text
      case "-": before += text
      case "+": after += text
      default:
        Issue.record(
          "a line of marked text starts with neither blank, - nor +: \(line)",
          sourceLocation: sourceLocation)
      }
    }
    if !finalNewline {
      before.removeLast(before.isEmpty ? 0 : 1)
      after.removeLast(after.isEmpty ? 0 : 1)
    }
  }
}
