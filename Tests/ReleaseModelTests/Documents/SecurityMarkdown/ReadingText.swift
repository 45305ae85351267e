@testable import ReleaseModel

extension SecurityReading {
  /// The reading of a text.
  init(text: String) {
    self.init(Array(text.utf8))
  }

  /// Each rule in one line: what it is about, then what it is promised, `?` for unknown.
  var lines: [String] {
    rules.map { rule in
      let level = rule.level?.rawValue ?? "?"
      let period = rule.period.map { " \($0)" } ?? ""
      return "\(rule.subject.text): \(level)\(period)"
    }
  }
}

extension SecurityRule.Subject {
  var text: String {
    switch self {
    case .lines(let subject): "\(subject)"
    case .prereleases(let range): "pre-releases \(range)"
    case .other(within: let range): range.map { "other \($0)" } ?? "other"
    case .outside: "outside"
    }
  }
}

/// A table with a version and a status column.
func table(_ rows: (String, String)...) -> String {
  table("Version", "Supported", rows)
}

/// A table with two columns under these headers.
func table(_ first: String, _ second: String, _ rows: [(String, String)]) -> String {
  let lines = rows.map { "| \($0.0) | \($0.1) |\n" }.joined()
  return "## Supported Versions\n\n| \(first) | \(second) |\n| --- | --- |\n" + lines
}
