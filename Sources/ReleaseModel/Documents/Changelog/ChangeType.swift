/// The words by which changelogs sort their entries.
///
/// Names of components ("React DOM", "Core") are none.
enum ChangeType {
  /// The six of Keep a Changelog.
  static let keepAChangelog: Set<String> = [
    "added", "changed", "deprecated", "removed", "fixed", "security",
  ]

  /// Whether a sub-heading is the name of a kind of change.
  static func isChangeType(_ name: ArraySlice<UInt8>) -> Bool {
    let words = words(name)
    guard (1...6).contains(words.count) else { return false }
    return words.contains { word in
      stems.contains { word.hasPrefix($0) } || (words.count <= 2 && exact.contains(word))
    }
  }

  /// Whether a word before a colon is the kind of change of the entry.
  static func isPrefix(_ name: ArraySlice<UInt8>) -> Bool {
    let words = words(name)
    guard (1...3).contains(words.count), name.count <= 30 else { return false }
    return prefixes.contains(words.joined(separator: " "))
  }

  /// Whether the name is a kind of change in at most two words and `and`.
  static func isUsualName(_ name: ArraySlice<UInt8>) -> Bool {
    let words = words(name).filter { $0 != "and" && $0 != "or" }
    return words.count <= 2 && isChangeType(name)
  }

  /// Whether the name is about security.
  static func isSecurity(_ name: ArraySlice<UInt8>) -> Bool {
    words(name).contains { $0.hasPrefix("secur") || $0.hasPrefix("vulnerab") }
  }

  /// Whether the name is about repaired faults.
  static func isBugFix(_ name: ArraySlice<UInt8>) -> Bool {
    words(name).contains {
      $0.hasPrefix("fix") || $0.hasPrefix("bug") || $0 == "corrections" || $0 == "hotfix"
    }
  }

  /// What a name is compared by: its letters in lower case.
  static func key(_ name: ArraySlice<UInt8>) -> String { words(name).joined(separator: " ") }

  private static func words(_ name: ArraySlice<UInt8>) -> [String] {
    guard name.count <= 80 else { return [] }
    var text = name
    if text.first == UInt8(ascii: ":"), let end = text.dropFirst().firstIndex(of: UInt8(ascii: ":"))
    {
      text = text[(end + 1)...]
    }
    return text.split { !$0.isASCIILetter && $0 < 0x80 }
      .map { word in word.filter(\.isASCIILetter).map(\.lowercasedASCII) }
      .filter { !$0.isEmpty }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static let stems = [
    "add", "chang", "deprecat", "remov", "fix", "secur", "vulnerab", "bug", "feature", "enhanc",
    "improv", "perform", "break", "depend", "documentation", "documented", "internal", "misc",
    "chore", "refactor", "revert", "mainten", "incompatib", "compatib", "regress", "hotfix",
    "correction", "optimi", "cleanup", "translation",
  ]
  private static let exact: Set<String> = [
    "new", "docs", "doc", "other", "others", "general", "notes", "note", "patch", "minor", "major",
    "tests", "test", "testing", "updates", "update", "updated", "upgrade", "upgrades", "unstable",
    "behavior", "behaviour", "highlights", "packaging", "build", "ci", "perf", "details",
  ]
  private static let prefixes: Set<String> = [
    "added", "add", "changed", "change", "changes", "deprecated", "deprecation", "removed",
    "remove", "removal", "fixed", "fix", "fixes", "security", "security fix", "security fixes",
    "bugfix", "bugfixes", "bug fix", "bug fixes", "bug", "feature", "features", "feat",
    "new feature", "new", "enhancement", "enhancements", "improvement", "improved", "improve",
    "workaround", "breaking", "breaking change", "performance", "docs", "documentation",
    "internal", "updated", "update", "tweak", "dev", "misc", "vulnerability", "maintenance",
    "refactor", "refactored", "chore", "minor", "regression",
  ]
}
