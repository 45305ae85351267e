import GitStore
import ReleaseModel

/// Works out which lines a run is about, from the policy and what was asked for.
struct TargetChoice {
  /// One line that the fix has to reach.
  struct Chosen: Equatable {
    let line: ReleaseLine
    /// Whether it was asked for although the policy does not cover it.
    let isOnRequest: Bool
    /// Why it is left out; nil when it is not.
    let skipReason: String?
  }

  let survey: LineSurvey
  let options: PlanOptions
  /// Lines left out by decisions in the configuration.
  let decidedSkips: [LineName: String]
  /// The name of the default branch.
  let trunk: String
  /// The name of the upstream remote.
  let remote: String?

  /// The targets and the other lines, newest first.
  func choose() throws(BackportError) -> (targets: [Chosen], others: [NotTargeted]) {
    var restricted: Set<LineName> = []
    var added: Set<LineName> = []
    let wishes = options.to.map { ($0, false) } + options.branches.map { ($0, true) }
    for (list, isBranch) in wishes {
      // An empty name, as of a variable that is not set, must not come to mean every line.
      for item in list.split(separator: ",", omittingEmptySubsequences: false) {
        let item = item.trimmingWhitespace()
        let name = item.hasPrefix("+") ? String(item.dropFirst()) : String(item)
        let line = isBranch ? try line(ofBranch: name) : try line(named: name, option: "--to")
        if item.hasPrefix("+") { added.insert(line) } else { restricted.insert(line) }
      }
    }
    let skips = try skips()
    var targets: [Chosen] = []
    var others: [NotTargeted] = []
    for line in survey.inventory.lines {
      let verdict = survey.verdict(on: line.name)
      let isCovered = verdict.map { $0.supported != .no } ?? false
      let isWanted = restricted.isEmpty ? isCovered : restricted.contains(line.name)
      guard isWanted || added.contains(line.name) else {
        let unasked = options.lines.isEmpty ? "not asked for (--to)" : "not asked for"
        let reason =
          isCovered ? unasked : verdict?.reason ?? "the policy says nothing of it"
        others.append(NotTargeted(line: line.name.description, reason: reason))
        continue
      }
      targets.append(
        Chosen(line: line, isOnRequest: !isCovered, skipReason: skips[line.name]))
    }
    return (targets, others)
  }

  private func skips() throws(BackportError) -> [LineName: String] {
    var skips = decidedSkips
    for (name, reason) in try TargetChoice.pairs(options.skip, option: "--skip") {
      skips[try line(named: name, option: "--skip")] = reason
    }
    return skips
  }

  /// Splits `LINE=VALUE` options.
  static func pairs(
    _ options: [String], option: String
  ) throws(BackportError) -> [(String, String)] {
    var pairs: [(String, String)] = []
    for text in options {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex,
        text.index(after: equals) < text.endIndex
      else {
        throw BackportError(.usage, ["\(option) \(text)"], detail: "it takes LINE=VALUE")
      }
      pairs.append((String(text[..<equals]), String(text[text.index(after: equals)...])))
    }
    return pairs
  }

  /// The line of a name as people write it.
  func line(named name: String, option: String) throws(BackportError) -> LineName {
    if let parsed = LineName(parsing: name),
      let line = survey.inventory.line(named: parsed)
    {
      return line.name
    }
    if let version = try? Version(parsing: name), name.contains("."),
      let line = survey.inventory.line(for: version),
      line.releases.contains(where: { $0.version == version })
    {
      return line.name
    }
    throw BackportError(.unknownLine, [name, option], detail: lineList)
  }

  private func line(ofBranch name: String) throws(BackportError) -> LineName {
    var short = name
    for prefix in ["refs/heads/"] + (remote.map { ["refs/remotes/\($0)/", "\($0)/"] } ?? [])
    where name.utf8.starts(with: prefix.utf8) {
      short = String(decoding: name.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
      break
    }
    for candidate in [name, short] {
      for line in survey.inventory.lines {
        switch survey.branches[line.name]?.state {
        case .exists(candidate), .remote(candidate), .create(candidate): return line.name
        case .trunk where candidate == trunk || candidate == survey.branchBesideTrunk:
          return line.name
        default: continue
        }
      }
    }
    throw BackportError(.unknownLine, [name, "-b"], detail: lineList)
  }

  private var lineList: String {
    survey.inventory.lines.prefix(12).map(\.name.description).joined(separator: ", ")
  }
}
