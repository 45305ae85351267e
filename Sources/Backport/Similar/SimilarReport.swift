import GitStore

/// Chooses from what was found what a person is shown, and says what else there was.
struct SimilarReport {
  /// How many patterns a warning names.
  private static let named = 5

  private let found: FlawPatterns
  private let kinds: [Int]
  private let isComplete: Bool
  private let repository: Repository
  private let scopes: AttributeScopes
  /// The most places of each kind that were not shown in any one tree, and of generated files.
  private var common: [Int: Int] = [:]
  private var generated = 0
  private var generatedPath: [UInt8] = []

  /// The trees with what is shown of them.
  private(set) var places: [SimilarDocument.Place] = []

  init(patterns: FlawPatterns, isComplete: Bool, _ repository: Repository) {
    found = patterns
    kinds = patterns.kinds
    self.isComplete = isComplete
    self.repository = repository
    scopes = AttributeScopes(repository: repository)
  }

  /// Takes the places of one tree.
  mutating func add(
    _ hits: [SimilarSearch.Hit], of tree: ObjectID, at commit: ObjectID, line: String?, hasFix: Bool
  ) throws(GitError) {
    let touched = Set(found.patterns.map(\.path))
    // Without the fix, what it repairs stands where it repairs it.
    let all = hits.filter { hasFix || !touched.contains($0.path) }
    var own: [SimilarSearch.Hit] = []
    var made: [SimilarSearch.Hit] = []
    for hit in all {
      let isMade = isComplete ? false : try isGenerated(hit, in: tree)
      if isMade { made.append(hit) } else { own.append(hit) }
    }
    if generated < made.count {
      generated = made.count
      generatedPath = made.first?.path ?? []
    }
    var files: [[UInt8]: Int] = [:]
    let numbers = own.map { hit in
      let number = files[hit.path] ?? files.count
      files[hit.path] = number
      return number
    }
    let selection = HitSelection(
      own.map(\.match), files: numbers, kinds: kinds, isBounded: !isComplete)
    for (kind, count) in selection.common {
      common[kind] = max(common[kind, default: 0], count)
    }
    let shown = try selection.kept.map { (number) throws(GitError) in try describe(own[number]) }
    places.append(
      SimilarDocument.Place(
        line: line, commit: commit, hasFix: hasFix, hits: shown,
        hidden: made.count + selection.common.values.reduce(0, +)))
  }

  private func isGenerated(
    _ hit: SimilarSearch.Hit, in tree: ObjectID
  ) throws(GitError) -> Bool {
    if GeneratedFile.isGenerated(hit.path, in: try scopes.scope(of: hit.path, in: tree)) {
      return true
    }
    return GeneratedFile.saysSo(try repository.blob(hit.blob))
  }

  private func describe(_ hit: SimilarSearch.Hit) throws(GitError) -> SimilarDocument.Hit {
    let lines =
      try repository.text(hit.blob)?
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) ?? []
    let range = hit.match.lines.clamped(to: 1...max(1, lines.count))
    return SimilarDocument.Hit(
      path: String(decoding: hit.path, as: UTF8.self), startLine: range.lowerBound,
      endLine: range.upperBound, likeness: (hit.match.likeness * 1000).rounded() / 1000,
      pattern: hit.match.pattern,
      text: lines.isEmpty
        ? [] : lines[(range.lowerBound - 1)..<range.upperBound].map { Array($0).displayLine })
  }

  /// What was looked for.
  var describedPatterns: [SimilarDocument.Pattern] {
    found.patterns.map { pattern in
      SimilarDocument.Pattern(
        path: String(decoding: pattern.path, as: UTF8.self), line: pattern.line,
        text: pattern.text.map(\.displayLine))
    }
  }

  /// What was left out, and why.
  var warnings: [Warning] {
    var warnings: [Warning] = []
    if found.patterns.isEmpty {
      warnings.append(
        Warning(
          "nothing-to-look-for",
          "the fix changes no code that says enough to be looked for elsewhere"))
    }
    let reasons: [(FlawPatterns.Omission, String)] = [
      (.generated, "in generated files"), (.thirdParty, "in code of others"),
      (.tooMany, "beyond the \(FlawPatterns.most) that say most"),
    ]
    for (reason, words) in reasons {
      guard let (count, path) = found.omitted[reason] else { continue }
      warnings.append(
        Warning(
          "not-looked-for",
          "\(counted(count)) of the fix \(words) \(count == 1 ? "is" : "are") not looked for, the "
            + "first in \(String(decoding: path, as: UTF8.self)); --all looks for everything"))
    }
    if !common.isEmpty { warnings.append(commonCode) }
    if generated > 0 {
      warnings.append(
        Warning(
          "in-generated-files",
          "\(counted(generated)) in generated files \(generated == 1 ? "is" : "are") not shown, the "
            + "first in \(String(decoding: generatedPath, as: UTF8.self)); --all shows everything"))
    }
    return warnings
  }

  private var commonCode: Warning {
    let order = common.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var names = order.prefix(SimilarReport.named).map { kind, count in
      let pattern = found.patterns[kind]
      return "\(String(decoding: pattern.path, as: UTF8.self)):\(pattern.line) (\(count))"
    }
    if order.count > names.count { names.append("\(order.count - names.count) others") }
    return Warning(
      "common-code",
      "\(counted(common.values.reduce(0, +))) more that are like what the fix repairs are not shown, "
        + "since such code is common: \(names.joined(separator: ", ")); --all shows everything")
  }

  private func counted(_ count: Int) -> String { count == 1 ? "1 place" : "\(count) places" }
}

extension [UInt8] {
  /// A line for display, without its end.
  fileprivate var displayLine: String {
    String(
      decoding: self.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
  }
}
