import GitStore

/// What the messages of a fix say about it.
struct FixText {
  let repository: Repository

  /// CVE and GHSA ids in the messages, in the order in which they appear, each once.
  static func ids(in messages: [String]) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    for message in messages {
      let words = message.split { character in
        !(character.isASCII && (character.isLetter || character.isNumber || character == "-"))
      }
      for word in words {
        guard let id = advisoryID(word), seen.insert(id).inserted else { continue }
        found.append(id)
      }
    }
    return found
  }

  /// The canonical spelling of a CVE or GHSA id; nil for any other word.
  static func advisoryID(_ word: some StringProtocol) -> String? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    switch parts.first?.uppercased() {
    case "CVE":
      guard parts.count == 3, parts[1].count == 4, parts[2].count >= 4, parts[2].count <= 19,
        parts.dropFirst().allSatisfy({ $0.utf8.allSatisfy(isDigit) })
      else { return nil }
      return word.uppercased()
    case "GHSA":
      let alphabet = Set("23456789cfghjmpqrvwx")
      guard parts.count == 4, parts.dropFirst().allSatisfy({ $0.count == 4 }),
        parts.dropFirst().joined().lowercased().allSatisfy({ alphabet.contains($0) })
      else { return nil }
      return "GHSA-" + parts.dropFirst().joined(separator: "-").lowercased()
    default: return nil
    }
  }

  /// Whether a message says of its own commit that it fixes one of some vulnerabilities: in its
  /// subject, or with hardly a word before the id, as in `[CVE-2024-1234]` and `Fixes CVE-2024-1234`.
  static func isDeclared(_ ids: [String], in message: String) -> Bool {
    if FixText.ids(in: [CommitMessage.subject(of: message)]).contains(where: ids.contains) {
      return true
    }
    return message.split(whereSeparator: \.isNewline).contains { line in
      let upper = line.uppercased()
      return ids.contains { id in
        guard let place = upper.firstRange(of: id.uppercased()) else { return false }
        let words = upper[..<place.lowerBound].split { !($0.isLetter || $0.isNumber) }
        return words.count < 2 || words.allSatisfy { $0.hasPrefix("CVE") || $0.hasPrefix("GHSA") }
      }
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The changelog text that a fix suggests.
  ///
  /// The subject of the merge or of the first commit; where that is boilerplate, the first line of
  /// its body, else the first commit's subject. Prefixes like `[security]` and
  /// `fix(scope):` are dropped.
  func entry(for fix: FixSet) throws(BackportError) -> String {
    if let merge = fix.merge {
      let message = try store { () throws(GitError) in try repository.commit(merge) }
        .displayMessage
      let subject = CommitMessage.subject(of: message)
      if !FixText.isBoilerplate(subject) { return FixText.sentence(subject) }
      if let line = CommitMessage.body(of: message).split(separator: "\n").first,
        !FixText.isTrailer(line)
      {
        return FixText.sentence(String(line))
      }
    }
    guard let first = fix.commits.first else { return "" }
    if FixText.isBoilerplate(first.subject),
      let line = CommitMessage.body(of: first.displayMessage).split(separator: "\n").first,
      !FixText.isTrailer(line)
    {
      return FixText.sentence(String(line))
    }
    return FixText.sentence(first.subject)
  }

  /// Whether a subject is one that a program wrote.
  static func isBoilerplate(_ subject: String) -> Bool {
    let beginnings = [
      "Merge commit ", "Merge pull request ", "Merge branch ", "Merge remote-tracking ",
      "Merge tag ", "Merge branches ", "Merge PR ", "Merged in ", "Merge topic ", "Merge #",
      "Merge: ", "Auto merge of ", "Rollup merge of ",
    ]
    return beginnings.contains { subject.hasPrefix($0) }
  }

  private static func isTrailer(_ line: Substring) -> Bool {
    guard let colon = line.firstIndex(of: ":") else { return false }
    let key = line[..<colon]
    return key.contains("-") && !key.contains(" ")
  }

  private static func sentence(_ subject: String) -> String {
    var text = subject[...]
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      text = text[text.index(after: end)...].drop { $0 == " " }
    }
    if let colon = text.firstIndex(of: ":"), isConventionalPrefix(text[..<colon]) {
      text = text[text.index(after: colon)...].drop { $0 == " " }
    }
    guard let first = text.first else { return plain(subject) }
    return plain(first.uppercased() + text.dropFirst())
  }

  /// The text without characters that control a terminal or turn the direction of writing.
  ///
  /// A message may hold anything; a changelog is shown on pages and terminals.
  private static func plain(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control: scalars.append(" ")
      case .format where scalar.value != 0x200c && scalar.value != 0x200d: continue
      case .lineSeparator, .paragraphSeparator: scalars.append(" ")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// The entry with the ids it does not name yet behind it.
  static func entry(_ text: String, naming ids: [String]) -> String {
    let known = Set(FixText.ids(in: [text]))
    let missing = ids.filter { !known.contains($0) }
    return missing.isEmpty ? text : "\(text) (\(missing.joined(separator: ", ")))"
  }

  /// `fix`, `fix!`, `security(parser)`: the beginnings of conventional commits.
  private static func isConventionalPrefix(_ text: Substring) -> Bool {
    let kind = text.prefix { $0.isLetter }
    let known = ["fix", "feat", "security", "sec", "bugfix", "hotfix", "chore", "perf", "refactor"]
    guard known.contains(kind.lowercased()) else { return false }
    var rest = text.dropFirst(kind.count)
    if rest.hasSuffix("!") { rest = rest.dropLast() }
    return rest.isEmpty || (rest.hasPrefix("(") && rest.hasSuffix(")"))
  }
}
