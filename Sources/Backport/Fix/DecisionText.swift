import GitStore

extension BackportPlan {
  /// What was decided for this run alone, as lines of `.gitbackport`; empty when nothing was.
  ///
  /// Lines left out, lines that hold the fix in another form, and patches taken as they stand: a
  /// clone that does not know of them would pick the fix there.
  public var decisionLines: [String] {
    guard let fix = fixes.first, let id = fix.ids.first ?? fix.named?.description else { return [] }
    var lines: [String] = []
    let reasons = Set(options.skip.compactMap { DecisionText.pair($0)?.value })
    for target in targets where target.status == .skipped {
      guard let reason = target.evidence.first, reasons.contains(reason) else { continue }
      lines.append("skip = " + DecisionText.value("\(target.line): \(reason)"))
    }
    for (line, revision) in options.fixed.compactMap(DecisionText.pair) {
      lines.append("fixed = " + DecisionText.value("\(line) \(revision)"))
    }
    for target in targets {
      // What is its own source was taken as it stands.
      guard let last = target.commits.last, last.status == .picked, last.id == last.source else {
        continue
      }
      lines.append("fixed = " + DecisionText.value("\(target.line) \(last.source)"))
    }
    return lines.isEmpty ? [] : ["[fix \"\(id)\"]"] + lines.map { "\t" + $0 }
  }
}

extension Fix {
  /// The commit under which decisions on the fix are filed.
  fileprivate var named: ObjectID? { merge ?? commits.last?.id }
}

/// Values of git's configuration syntax.
private enum DecisionText {
  /// The parts of a `LINE=VALUE` option.
  static func pair(_ text: String) -> (line: String, value: String)? {
    let parts = text.split(separator: "=", maxSplits: 1)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
  }

  /// The value, in quotes where git would read it otherwise.
  static func value(_ text: String) -> String {
    guard text.contains(where: { "#;\"\\".contains($0) }) || text.hasPrefix(" ") else {
      return text
    }
    var quoted = ""
    for character in text {
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return "\"\(quoted)\""
  }
}
