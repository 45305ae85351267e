extension SecurityReading {
  /// The packages that rows name, in the document's order.
  public var packages: [String] {
    var seen: Set<String> = []
    return rules.compactMap(\.package).filter { seen.insert($0).inserted }
  }

  /// The policy that tables and lists state, or the preset whose text the section is.
  ///
  /// Nil for prose, pointers and nothing: a person decides. The rules are ordered so that the
  /// first that matches is the narrowest; rows about the future and pre-releases are left out.
  ///
  /// - Parameters:
  ///   - package: Whose rows to take; nil for all of them.
  ///   - source: The path of the document.
  /// - Returns: The policy, each rule with the row that it comes from.
  public func policy(package: String? = nil, source: String) -> SupportPolicy? {
    switch form {
    case .preset(let name): return PolicyPreset(parsing: name)?.policy(source: source)
    case .table, .list, .template: break
    case .prose, .elsewhere, .none: return nil
    }
    let rules = rules(of: package)
    guard !rules.isEmpty else { return nil }
    var policy = SupportPolicy(source: source)
    policy.rules = RuleOrder.sorted(rules).flatMap { rule in
      Self.entries(of: rule, listedEnd: RuleOrder.listedEnd(rules))
    }
    policy.newerThanListed = RuleOrder.newerThanListed(rules)
    if rules.contains(where: \.isAboutLongTermSupport) {
      policy.longTermSupport = rules.filter(\.isLongTerm).compactMap(\.lineNumbers).map {
        .line($0)
      }
    }
    return policy
  }

  /// The rows for a package, by its name or the last part of its path.
  func rules(of package: String?) -> [SecurityRule] {
    guard let package else { return rules }
    let wanted = PackageName.comparable(package)
    return rules.filter { rule in
      guard let name = rule.package.map(PackageName.comparable) else { return true }
      return name == wanted || PackageName.last(name) == PackageName.last(wanted)
    }
  }

  /// The policy's rules for one row; two when full support ends before security support.
  private static func entries(
    of rule: SecurityRule, listedEnd: VersionRange?
  ) -> [SupportPolicy.Entry] {
    guard let level = rule.level, let subject = subject(of: rule, listedEnd) else { return [] }
    let origin = RuleOrigin(text: rule.source.text, line: rule.source.line)
    var entries: [SupportPolicy.Entry] = []
    var last = SupportRule(subject, while: rule.condition, for: rule.period, level: level)
    if level == .full, let day = rule.fullUntil, rule.period != .untilDate(day) {
      let first = SupportRule(subject, while: rule.condition, for: .untilDate(day))
      entries.append(SupportPolicy.Entry(first, origin: origin))
      last.level = .security
    }
    entries.append(SupportPolicy.Entry(last, origin: origin))
    return entries
  }

  private static func subject(
    of rule: SecurityRule, _ listedEnd: VersionRange?
  ) -> SupportSubject? {
    switch rule.subject {
    case .lines(let subject): subject
    case .other(within: let range?): .range(range)
    // Lines above all listed ones are no "others": the table has not met them yet.
    case .other(within: nil): .range(listedEnd ?? .all)
    case .prereleases, .outside: nil
    }
  }
}

/// How packages are compared: `` `frootai` (npm) `` and `@scope/frootai` end alike.
enum PackageName {
  static func comparable(_ name: String) -> String {
    String(name.lowercased().prefix { $0 != "(" }.trimmedSpaces)
  }

  static func last(_ name: String) -> Substring {
    name.split(separator: "/").last ?? Substring(name)
  }
}

extension SecurityRule {
  /// Whether the rule is about whatever has long-term support.
  fileprivate var isAboutLongTermSupport: Bool {
    if case .lines(.lts) = subject { true } else { false }
  }

  /// The numbers of the line that the rule is about, when it is one line.
  var lineNumbers: [VersionNumber]? {
    guard let version = range?.intervals.first?.lower.version else { return nil }
    for count in 1...3 {
      let numbers = (0..<count).map(version.number(at:))
      if range == .line(numbers) { return numbers }
    }
    return nil
  }
}

/// The order of imported rules, in which the first that matches is the narrowest.
enum RuleOrder {
  /// The newest so many first, then ranges that begin higher or end lower, then branches and the
  /// rest; whatever a range is contained in comes after it.
  static func sorted(_ rules: [SecurityRule]) -> [SecurityRule] {
    let ordered = rules.enumerated().sorted { one, other in
      let (left, right) = (rank(one.element), rank(other.element))
      if left != right { return left < right }
      guard let a = one.element.sortingRange?.intervals.first,
        let b = other.element.sortingRange?.intervals.first, a != b
      else { return one.offset < other.offset }
      if a.lower != b.lower { return b.lower < a.lower }
      guard let end = a.upper else { return false }
      return b.upper.map { end < $0 } ?? true
    }
    return ordered.map(\.element)
  }

  private static func rank(_ rule: SecurityRule) -> Int {
    switch rule.subject {
    // A condition that holds is more to the point than a row without one.
    case .lines where rule.condition != nil: 0
    case .lines(.latest): 1
    case .lines(.range(.all)): 4
    case .lines(.range): 2
    case .lines(.lts): 1
    case .other(within: .some): 3
    case .lines(.branch): 5
    case .other(within: nil): 6
    case .prereleases, .outside: 7
    }
  }

  /// Everything below the end of the highest listed range; nil without one, or without an end.
  static func listedEnd(_ rules: [SecurityRule]) -> VersionRange? {
    let ends = rules.compactMap(\.listedRange).compactMap { $0.intervals.last }
    guard !ends.isEmpty, !selectsNewest(rules) else { return nil }
    var highest: VersionRange.Cut?
    for end in ends {
      guard let upper = end.upper else { return nil }
      highest = highest.map { max($0, upper) } ?? upper
    }
    return highest.map { VersionRange([.init(lower: .start, upper: $0)]) }
  }

  /// Lines above all listed ones are supported, unless the highest row says where it ends.
  static func newerThanListed(_ rules: [SecurityRule]) -> SupportPolicy.NewerThanListed {
    guard let end = listedEnd(rules)?.intervals.last?.upper else { return .notSupported }
    let isBounded = rules.contains { rule in
      rule.isBoundedAbove && rule.level?.isSupported == true
        && rule.listedRange?.intervals.last?.upper == end
    }
    return isBounded ? .notSupported : .supported
  }

  /// Whether a rule is about the newest release, whichever that is.
  private static func selectsNewest(_ rules: [SecurityRule]) -> Bool {
    rules.contains { rule in
      guard case .lines(.latest(let selection)) = rule.subject else { return false }
      return selection.range == nil && selection.skipping == 0
    }
  }
}

extension SecurityRule {
  /// The range that the rule's row lists, also by `Latest 2.x`.
  fileprivate var listedRange: VersionRange? {
    switch subject {
    case .lines(.range(let range)): range == .all ? nil : range
    case .lines(.latest(let selection)): selection.range
    case .other(within: let range): range
    case .prereleases, .outside, .lines(.lts), .lines(.branch): nil
    }
  }

  fileprivate var sortingRange: VersionRange? {
    switch subject {
    case .lines(.range(let range)): range
    case .other(within: let range): range
    default: nil
    }
  }
}
