/// One run of the detector, which remembers what it asked.
struct BranchSearch {
  /// How a name fits a line, best first.
  enum Fit: Int, Comparable {
    /// The numbers of the line.
    case line
    /// Fewer: a branch of all of 7 serves the newest line of 7.
    case wider
    /// More: the branch of one release of the line.
    case narrower
    /// None: one moving branch for the newest line.
    case moving

    static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
  }

  struct Option {
    var candidate: BranchReferences.Candidate
    var fit: Fit

    var name: String { candidate.pattern.name }
  }

  private struct Question: Hashable {
    var tagName: String
    var branch: BranchReference
  }

  /// How many lines decide on the form of new names.
  private static let votingLines = 8

  let detector: BranchDetector
  private let isAncestor: (String, BranchReference) -> Bool
  private let newestOfPrefix: [[VersionNumber]: LineName]
  private var answers: [Question: Bool] = [:]
  private var votes: [BranchTemplate: Int]?
  private var foreign: ForeignBranches

  init(detector: BranchDetector, isAncestor: @escaping (String, BranchReference) -> Bool) {
    self.detector = detector
    self.isAncestor = isAncestor
    var newest: [[VersionNumber]: LineName] = [:]
    for line in detector.inventory.lines.reversed() {
      for length in 0..<line.name.numbers.count {
        newest[Array(line.name.numbers.prefix(length))] = line.name
      }
    }
    newestOfPrefix = newest
    foreign = ForeignBranches(detector)
  }

  mutating func branch(of line: ReleaseLine) -> LineBranch {
    if let name = detector.explicit[line.name] {
      return LineBranch(
        line: line.name, state: state(of: name) ?? .create(name), reason: "configured", offered: [])
    }
    let tag = line.newest.tagName
    let all = options(for: line)
    let offered = all.map(\.name)
    let own = ordered(all.filter { !$0.candidate.pattern.isVariant })
    for option in own where holds(option.name, tag) {
      return found(option.name, line, reason(for: option, line), offered)
    }
    if let name = foreignBranch(of: line) {
      return found(name, line, "numbered in its own way, and the first that holds \(tag)", offered)
    }
    if let trunk = detector.trunk, line.name == detector.inventory.lines.first?.name,
      asks(tag, trunk)
    {
      let reason = "newest line, without a branch of its own; \(trunk.name) holds \(tag)"
      return LineBranch(line: line.name, state: .trunk, reason: reason, offered: offered)
    }
    return creation(of: line, refused: own.first?.name, offered: offered)
  }

  private func found(
    _ name: String, _ line: ReleaseLine, _ reason: String, _ offered: [String]
  ) -> LineBranch {
    LineBranch(
      line: line.name, state: state(of: name) ?? .create(name), reason: reason,
      offered: offered.filter { $0 != name })
  }

  private func state(of name: String) -> LineBranch.State? {
    switch detector.references.references(named: name).first {
    case .local(let name): .exists(name)
    case .remote(let name): .remote(name)
    case nil: nil
    }
  }

  /// Every branch whose name fits the line.
  private func options(for line: ReleaseLine) -> [Option] {
    let (numbers, version) = (line.name.numbers, line.newest.version)
    var keys: [(numbers: [VersionNumber], fit: Fit)] = []
    if !numbers.isEmpty { keys.append((numbers, .line)) }
    for length in stride(from: numbers.count - 1, to: 0, by: -1) {
      let prefix = Array(numbers.prefix(length))
      if newestOfPrefix[prefix] == line.name { keys.append((prefix, .wider)) }
    }
    if numbers.count < 4 {
      for length in (numbers.count + 1)...4 {
        keys.append(((0..<length).map(version.number(at:)), .narrower))
      }
      let start = numbers + [0]
      if keys.allSatisfy({ $0.numbers != start }) { keys.append((start, .narrower)) }
    }
    if line.name == detector.inventory.lines.first?.name { keys.append(([], .moving)) }
    return keys.flatMap { key in
      (detector.references.candidates[key.numbers] ?? [])
        .filter { key.fit != .moving || $0.pattern.name != detector.trunk?.name }
        .map { Option(candidate: $0, fit: key.fit) }
    }
  }

  /// The best first; only among equals the form that most branches have decides.
  private mutating func ordered(_ options: [Option]) -> [Option] {
    let ranks = options.map(rank)
    let hasEquals = Set(ranks).count < ranks.count
    let votes = hasEquals ? templateVotes() : [:]
    return zip(ranks, options).map { rank, option in
      let votes = option.candidate.pattern.template.flatMap { votes[$0] } ?? 0
      return (order: (rank, -votes, option.name), option: option)
    }.sorted { $0.order < $1.order }.map(\.option)
  }

  /// Lower is better: the fit, then a hint, then the claim.
  private func rank(_ option: Option) -> Int {
    let claim =
      switch option.candidate.claim {
      case .own: 0
      case .nameless: detector.inventory.package == nil ? 0 : 1
      case .stranger: 2
      }
    return option.fit.rawValue * 6 + (detector.hinted.contains(option.name) ? 0 : 3) + claim
  }

  /// Confirmed branches by form, those of newer lines weighing more.
  private mutating func templateVotes() -> [BranchTemplate: Int] {
    if let votes { return votes }
    var result: [BranchTemplate: Int] = [:]
    var voters = 0
    for line in detector.inventory.lines where voters < Self.votingLines {
      let named = options(for: line).filter { $0.fit <= .wider && !$0.candidate.pattern.isVariant }
      if named.isEmpty { continue }
      for option in named where holds(option.name, line.newest.tagName) {
        guard let template = option.candidate.pattern.template else { continue }
        let weight = (Self.votingLines - voters) * (option.fit == .line ? 100 : 1)
        result[template, default: 0] += weight
      }
      voters += 1
    }
    votes = result
    return result
  }

  private mutating func holds(_ name: String, _ tagName: String) -> Bool {
    for reference in detector.references.references(named: name) where asks(tagName, reference) {
      return true
    }
    return false
  }

  private mutating func asks(_ tagName: String, _ branch: BranchReference) -> Bool {
    let question = Question(tagName: tagName, branch: branch)
    if let answer = answers[question] { return answer }
    let answer = isAncestor(tagName, branch)
    answers[question] = answer
    return answer
  }

  private mutating func foreignBranch(of line: ReleaseLine) -> String? {
    var search = foreign
    defer { foreign = search }
    return search.branch(of: line) { holds($0, $1) }
  }

  private func reason(for option: Option, _ line: ReleaseLine) -> String {
    let tag = line.newest.tagName
    return switch option.fit {
    case .line: "named for the line, and holds \(tag)"
    case .wider: "named for all of its major, of which this is the newest line; holds \(tag)"
    case .narrower: "named for a release of the line, and holds \(tag)"
    case .moving: "the moving branch of the newest line; holds \(tag)"
    }
  }

  private mutating func creation(
    of line: ReleaseLine, refused: String?, offered: [String]
  ) -> LineBranch {
    let why =
      refused.map { "\($0) does not hold \(line.newest.tagName)" }
      ?? "no branch is named for the line"
    var names: [(name: String, why: String)] = []
    switch detector.creation {
    case .never:
      return LineBranch(
        line: line.name, state: .create(nil), reason: why + "; only the tag stays", offered: offered
      )
    case .template(let text):
      names.append((Self.name(of: line.name, text), "named as configured"))
    case .detected:
      let best = templateVotes().max {
        ($0.value, $1.key.description) < ($1.value, $0.key.description)
      }
      if let template = best?.key {
        names.append((template.name(of: line.name), "named as the others are"))
      }
    }
    let plain = (line.name.package.map { "\($0)-" } ?? "") + "{line}.x"
    names.append((Self.name(of: line.name, plain), "no other name is free or known"))
    let tagNames = Set(line.releases.flatMap { [$0.tagName] + $0.otherTagNames })
    let free = names.first { detector.references.isFree($0.name) && !tagNames.contains($0.name) }
    guard let name = free else {
      return LineBranch(
        line: line.name, state: .create(nil), reason: why + "; its name is taken", offered: offered)
    }
    return LineBranch(
      line: line.name, state: .create(name.name), reason: "\(why); \(name.why)", offered: offered)
  }

  private static func name(of line: LineName, _ text: String) -> String {
    text.split(separator: "{line}", omittingEmptySubsequences: false).joined(separator: line.text)
  }
}
