/// What a column of a support table holds.
enum ColumnRole: Equatable {
  /// Versions; a header such as `Supported versions` says what they are promised.
  case version(rank: Int, implied: SupportLevel?)
  /// Whether they are supported; what is said of security outranks the rest.
  case status(rank: Int)
  /// When support ends; the end of security support outranks the rest.
  case end(rank: Int)
  /// When full support ends.
  case fullEnd
  case branch
  case package
  case longTerm
  /// `stable`, `RC`, `beta`: which kind of release the row is about.
  case channel
  /// Words that may limit what the status says.
  case note
  case ignored

  /// The role that a header's plain text names.
  static func of(_ header: String) -> ColumnRole {
    let tokens = PolicyLexer.tokens(of: header)
    if tokens.isEmpty { return .note }
    let words = Set(tokens.compactMap(\.word))
    func has(_ concept: PolicyConcept) -> Bool { tokens.contains { $0.concept == concept } }
    let hasVersion = has(.release) || has(.series) || !words.isDisjoint(with: versionWords)
    if tokens.count == 1, has(.lts) { return .longTerm }
    if isEnd(tokens, words) {
      if has(.security) { return .end(rank: 3) }
      if has(.bug) || has(.full) || has(.feature) || words.contains("active") { return .fullEnd }
      return .end(rank: has(.lts) || words.contains("life") || words.contains("eol") ? 2 : 1)
    }
    if has(.date) || has(.released) || !words.isDisjoint(with: startWords) { return .ignored }
    if !words.isDisjoint(with: channelWords), tokens.count > 1 { return .channel }
    if hasVersion { return version(tokens, words) }
    if has(.package) { return .package }
    if has(.security), !has(.bug) { return .status(rank: 5) }
    if has(.supported) || has(.unsupported) || words.contains("maintenance") {
      return .status(rank: 4)
    }
    if has(.status) { return .status(rank: 3) }
    if has(.fix) || has(.bug) || has(.yes) || has(.ended) { return .status(rank: 2) }
    return has(.note) || words.contains("coverage") || words.contains("cobertura")
      ? .note : .ignored
  }

  private static func version(_ tokens: [PolicyToken], _ words: Set<String>) -> ColumnRole {
    func first(_ concepts: [PolicyConcept]) -> Int? {
      tokens.firstIndex { $0.concept.map(concepts.contains) ?? false }
    }
    let isBranch = !words.isDisjoint(with: branchWords)
    if tokens.contains(where: { $0.concept == .status }) { return .status(rank: 3) }
    if let support = first([.supported, .security]) {
      let noun = first([.release, .series]) ?? 0
      // "Version support" is a status, "supported versions" are versions.
      if support > noun { return .status(rank: 4) }
      let isNegative = tokens[..<support].contains { $0.concept == .negative }
      return .version(rank: 3, implied: isNegative ? SupportLevel.none : .full)
    }
    if first([.unsupported, .ended]) != nil {
      return .version(rank: 2, implied: SupportLevel.none)
    }
    if isBranch { return .branch }
    let isQualified =
      first([.latest, .previous, .newer]) != nil
      || !words.isDisjoint(with: foreignWords)
    let isPure = tokens.allSatisfy {
      $0.concept == .release || $0.concept == .series || $0.version == nil && $0.word == nil
        || versionWords.contains($0.word ?? "")
    }
    return .version(rank: isQualified ? 1 : isPure ? 4 : 2, implied: nil)
  }

  private static func isEnd(_ tokens: [PolicyToken], _ words: Set<String>) -> Bool {
    let hasEnd = tokens.contains {
      $0.concept == .end || $0.concept == .until || $0.concept == .ended
    }
    return (hasEnd || !words.isDisjoint(with: endWords)) && words.isDisjoint(with: startWords)
  }

  private static let versionWords: Set<String> = [
    "ver", "ver.", "channel", "tag", "position", "posição", "posición", "generation", "edition",
    "n", "sdk",
  ]
  private static let channelWords: Set<String> = ["tag", "channel", "stability", "type"]
  private static let startWords: Set<String> = [
    "start", "starts", "begin", "begins", "began", "introduced", "expected", "actual", "difference",
    "beginn", "inicio", "início",
  ]
  private static let endWords: Set<String> = [
    "bis", "hasta", "até", "ate", "tot", "終了", "終了日", "终止", "截止", "期限", "종료", "fino",
  ]
  private static let branchWords: Set<String> = [
    "branch", "branches", "rama", "分支", "ブランチ", "zweig", "ramo", "branche", "ветка",
  ]
  private static let foreignWords: Set<String> = [
    "php", "node", "nodejs", "node.js", "python", "java", "jdk", "jre", "net", "dotnet", "ruby",
    "go",
    "golang", "rust", "msrv", "kubernetes", "k8s", "postgres", "postgresql", "mysql", "mariadb",
    "spring", "android", "ios", "macos", "windows", "linux", "ubuntu", "debian", "minimum", "min",
    "requires", "required", "requirement", "compatible", "compatibility", "api", "os", "typescript",
    "first", "initial", "launch", "target", "recommended", "database", "browser", "upstream",
    "platform", "c++", "swift", "xcode", "gradle", "maven", "npm", "chart", "helm",
  ]

  /// Headers of tables that list flaws, not support.
  static func isAboutFlaws(_ headers: [String]) -> Bool {
    headers.contains { header in
      let tokens = PolicyLexer.tokens(of: header)
      let words = tokens.compactMap(\.word)
      if words.contains(where: flawWords.contains) { return true }
      let isFixedIn = words.contains("patched") || words.contains("fixed")
      return isFixedIn && (words.contains("in") || tokens.contains { $0.concept == .release })
    }
  }

  private static let flawWords: Set<String> = [
    "affected", "affects", "cve", "cves", "ghsa", "cvss", "advisory", "advisories", "severity",
    "reporter", "reported", "sla", "response", "exploit", "bounty", "cwe", "impact", "mitigation",
  ]
}
