/// What the Mermaid pictures have in common.
enum Diagram {
  /// More lines make a picture that nobody reads.
  static let mostLines = 40
  private static let longestLabel = 48

  /// Colours with a contrast of at least 4.5 on either background.
  static let classes = [
    "  classDef fix fill:#0969da,stroke:#0969da,color:#ffffff",
    "  classDef good fill:#1a7f37,stroke:#1a7f37,color:#ffffff",
    "  classDef caution fill:#8a5d00,stroke:#8a5d00,color:#ffffff",
    "  classDef bad fill:#cf222e,stroke:#cf222e,color:#ffffff",
    "  classDef plain fill:#57606a,stroke:#57606a,color:#ffffff",
  ]

  /// A picture as a block of Markdown.
  static func fenced(_ lines: [String]) -> [String] { ["```mermaid"] + lines + ["```"] }

  /// The class of what has a meaning.
  static func name(_ meaning: StyledText.Meaning) -> String {
    switch meaning {
    case .good: "good"
    case .caution: "caution"
    case .bad: "bad"
    case .plain, .heading, .faint: "plain"
    }
  }

  /// A text as a label, or a part of one.
  static func label(_ text: String) -> String {
    let isLong = text.count > longestLabel
    return TextEscape.mermaid(isLong ? text.prefix(longestLabel - 1) + "…" : text[...])
  }
}
