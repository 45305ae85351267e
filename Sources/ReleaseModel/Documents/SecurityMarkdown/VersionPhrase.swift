/// The grammar of one version expression.
struct VersionPhrase {
  private let parts: CellParts
  private let defaultUnit: SupportUnit
  private let tokens: [PolicyToken]
  private let versions: [VersionShape]

  init(_ parts: CellParts, defaultUnit: SupportUnit) {
    self.parts = parts
    self.defaultUnit = defaultUnit
    // A hyphen that joins nothing is decoration: `1 - LTS`, `-`.
    var tokens = parts.core.filter { $0.concept != .lts }
    while tokens.last == .punctuation(.dash) { tokens.removeLast() }
    while tokens.first == .punctuation(.dash) { tokens.removeFirst() }
    self.tokens = tokens
    versions = tokens.compactMap(\.version)
  }

  /// What the expression selects; nil when it is not understood.
  func item() -> VersionItem? {
    if parts.unknown.contains(where: Self.outsideWords.contains), versions.isEmpty {
      return otherItem
    }
    guard !has(.except), !has(.negative), !parts.isSentence else { return nil }
    if tokens.isEmpty { return longTermItem ?? noteItem }
    if versions.isEmpty { return wordItem ?? noteItem }
    return versionItem
  }

  /// Whether the words or signs say where the range ends.
  var saysUpperEnd: Bool {
    tokens.contains {
      $0 == .comparison(.less) || $0 == .comparison(.lessOrEqual) || $0.concept == .older
        || $0.concept == .before || $0.concept == .upTo
    }
  }

  private func has(_ concept: PolicyConcept) -> Bool { tokens.contains { $0.concept == concept } }

  /// The tokens without words such as `release`, reduced to what the patterns look at.
  private var pattern: [PolicyToken] {
    let tokens = comparatives.filter {
      $0.concept != .release && $0.concept != .series && $0.concept != .and
        && $0.concept != .or && $0.concept != .planned
    }
    return tokens
  }

  /// The tokens with Spanish and Portuguese "menor que", whose first word also means a minor, as
  /// what they compare.
  private var comparatives: [PolicyToken] {
    guard let index = tokens.firstIndex(where: { $0.concept == .than }), index > 0,
      let word = tokens[index - 1].word, let concept = Self.comparativeWords[word]
    else { return tokens }
    var result = tokens
    result[index - 1] = .word(word, concept)
    return result
  }

  private static let comparativeWords: [String: PolicyConcept] = [
    "menor": .before, "menores": .before, "mayor": .after, "mayores": .after, "maior": .after,
    "maiores": .after, "anterior": .before,
  ]

  // MARK: With versions

  private var versionItem: VersionItem? {
    if has(.nightly), let version = versions.first, versions.count == 1 {
      return VersionItem(.prereleases(version.line))
    }
    if let count = countedLatest { return count }
    if has(.latest), !versionsOnly.isPlain { return latestWithin ?? comparisonItem }
    if has(.previous) { return previousWithin }
    return comparisonItem ?? olderWithin
  }

  /// What the version's own text says, once `latest` and units are set aside.
  private var versionsOnly: (isPlain: Bool, version: VersionShape?) {
    guard versions.count == 1, let version = versions.first else { return (true, nil) }
    let isAfter =
      (tokens.firstIndex { $0.version != nil } ?? 0)
      < (tokens.firstIndex { $0.concept == .latest } ?? 0)
    let word = tokens.first { $0.concept == .latest }?.word ?? ""
    let isCurrent = Self.currentWords.contains(word)
    let hasUnit = has(.minor) || has(.major) || has(.patch)
    return ((isAfter || isCurrent || !version.isLine) && !hasUnit, version)
  }

  private static let currentWords: Set<String> = [
    "current", "currently", "actual", "atual", "actuelle", "aktuelle", "aktuellen", "当前", "目前",
    "現行",
    "现行", "現在",
  ]

  /// `latest 2 minors`, `last 3 versions`.
  private var countedLatest: VersionItem? {
    guard let latest = tokens.firstIndex(where: { $0.concept == .latest }),
      latest + 1 < tokens.count, let number = tokens[latest + 1].version, number.numbers.count == 1,
      !number.hasWildcard, !number.hasPrefix, number.suffix.isEmpty, !number.hasPlus,
      let count = number.numbers.first?.uint64, (1...50).contains(count),
      let unit = unit(in: tokens[(latest + 2)...])
    else { return nil }
    return VersionItem(latest: LatestSelection(Int(count), unit, ofEach: group, within: nil))
  }

  private var latestWithin: VersionItem? {
    guard versions.count == 1, let version = versions.first, version.isLine,
      !tokens.contains(where: isComparison)
    else { return nil }
    let unit = unit(in: tokens[...]) ?? .patch
    return VersionItem(latest: LatestSelection(1, unit, within: version.line))
  }

  private var previousWithin: VersionItem? {
    guard versions.count == 1, let version = versions.first, version.isLine,
      let unit = unit(in: tokens[...])
    else { return nil }
    return VersionItem(latest: LatestSelection(1, unit, within: version.line, skipping: 1))
  }

  /// `older minors of 1.x`.
  private var olderWithin: VersionItem? {
    guard versions.count == 1, let version = versions.first, version.isLine,
      has(.older) || has(.other), tokens.last?.version != nil
    else { return nil }
    return VersionItem(.other(within: version.line))
  }

  private func isComparison(_ token: PolicyToken) -> Bool {
    if case .comparison = token { true } else { false }
  }

  private var comparisonItem: VersionItem? {
    let tokens = pattern.filter { $0.concept != .latest && $0.concept != .all }
    switch tokens.count {
    case 1: return tokens[0].version.flatMap(single)
    case 2: return pair(tokens[0], tokens[1])
    case 3: return triple(tokens[0], tokens[1], tokens[2])
    case 4: return quadruple(tokens)
    default: return nil
    }
  }

  private func single(_ version: VersionShape) -> VersionItem? {
    if version.hasPlus { return version.range(.greaterOrEqual).map(VersionItem.init(range:)) }
    if version.isPrerelease { return VersionItem(.prereleases(version.line)) }
    return version.range(nil).map(VersionItem.init(range:))
  }

  private func pair(_ first: PolicyToken, _ second: PolicyToken) -> VersionItem? {
    switch (first, second) {
    case (.comparison(let comparison), .version(let version)):
      var item = version.range(comparison).map(VersionItem.init(range:))
      if comparison == .greater, version.isLine { item?.openLine = version.line }
      return item
    case (.version(let version), .word(_, let concept)):
      switch concept {
      case .newer, .after: return version.range(.greaterOrEqual).map(VersionItem.init(range:))
      case .before where Self.exclusiveWords.contains(second.word ?? ""):
        return version.range(.less).map(VersionItem.init(range:))
      case .older, .before: return version.range(.lessOrEqual).map(VersionItem.init(range:))
      case .minor, .major, .patch: return single(version)
      default: return nil
      }
    case (.word(_, let concept), .version(let version)):
      return prefixed(concept, version)
    default: return nil
    }
  }

  /// What stands behind a number and leaves it out.
  private static let exclusiveWords: Set<String> = ["未満", "未满", "미만"]

  private func prefixed(_ concept: PolicyConcept?, _ version: VersionShape) -> VersionItem? {
    switch concept {
    case .before, .until: version.range(.less).map(VersionItem.init(range:))
    case .after:
      pair(.comparison(.greater), .version(version))
    case .from: version.range(.greaterOrEqual).map(VersionItem.init(range:))
    case .upTo, .to: version.range(.lessOrEqual).map(VersionItem.init(range:))
    case .minor, .major, .patch, .within: single(version)
    default: nil
    }
  }

  private func triple(
    _ first: PolicyToken, _ second: PolicyToken, _ third: PolicyToken
  ) -> VersionItem? {
    switch (first, second, third) {
    case (.version(let low), .punctuation(.dash), .version(let high)),
      (.version(let low), .word(_, .to?), .version(let high)),
      (.version(let low), .word(_, .until?), .version(let high)),
      (.version(let low), .comparison(.tilde), .version(let high)):
      return low.range(through: high).map(VersionItem.init(range:))
    case (.word(_, let concept?), .word(_, let joint?), .version(let version))
    where joint == .than || joint == .to:
      switch concept {
      case .older, .before: return version.range(.less).map(VersionItem.init(range:))
      case .newer where joint == .to:
        return version.range(.lessOrEqual).map(VersionItem.init(range:))
      case .newer, .after: return pair(.comparison(.greater), .version(version))
      default: return nil
      }
    case (.word(_, .from?), .version(let version), .word(_, .newer?)):
      return version.range(.greaterOrEqual).map(VersionItem.init(range:))
    case (.comparison(let comparison), .version(let version), .word(_, let concept)):
      // `>= 2.0 and newer` says it twice.
      let isSame =
        comparison == .greaterOrEqual && concept == .newer
        || comparison == .lessOrEqual && (concept == .older || concept == .before)
      return isSame ? pair(first, .version(version)) : nil
    default: return nil
    }
  }

  private func quadruple(_ tokens: [PolicyToken]) -> VersionItem? {
    if case .comparison = tokens[0], case .comparison = tokens[2],
      let low = pair(tokens[0], tokens[1])?.range, let high = pair(tokens[2], tokens[3])?.range
    {
      let both = low.intersection(high)
      return both.isEmpty ? nil : VersionItem(range: both)
    }
    if tokens[0].concept == .from, let joint = tokens[2].concept, joint == .to || joint == .until {
      return triple(tokens[1], tokens[2], tokens[3])
    }
    return nil
  }
}

extension VersionPhrase {
  // MARK: Without versions

  private var wordItem: VersionItem? {
    if let behind = tokens.firstIndex(where: { if case .behind = $0 { true } else { false } }) {
      return behindItem(at: behind)
    }
    if has(.mainBranch) { return branchItem }
    if has(.nightly), !has(.older), !has(.other) {
      if let name = parts.note.first(where: { $0.concept == .mainBranch })?.word {
        return VersionItem(.lines(.branch(name)))
      }
      return has(.latest) && has(.release) ? nil : VersionItem(.outside(parts.text))
    }
    if has(.older) || has(.other) || has(.before) { return otherItem }
    if has(.previous) { return previousItem }
    if has(.latest) { return latestItem }
    if has(.all) {
      let isPlain = parts.unknown.isEmpty && !tokens.contains(where: isComparison)
      return isPlain ? VersionItem(range: .all) : nil
    }
    // Feature branches, hotfix branches: no releases.
    let isBranches = tokens.contains { $0.word == "branches" } && !parts.unknown.isEmpty
    return isBranches ? VersionItem(.outside(parts.text)) : nil
  }

  private func behindItem(at index: Int) -> VersionItem? {
    guard case .behind(let count) = tokens[index] else { return nil }
    if has(.older) || has(.before) { return VersionItem(.other(within: nil)) }
    return VersionItem(
      latest: LatestSelection(1, unit(in: tokens[...]) ?? defaultUnit, skipping: count))
  }

  /// `main`, `latest main`, `< main`.
  private var branchItem: VersionItem? {
    if tokens.contains(where: isComparison) || has(.older) || has(.other) {
      return VersionItem(.other(within: nil))
    }
    guard let name = tokens.first(where: { $0.concept == .mainBranch })?.word else { return nil }
    return VersionItem(.lines(.branch(name)))
  }

  private var otherItem: VersionItem? {
    if parts.unknown.contains(where: Self.outsideWords.contains), !has(.older) {
      return VersionItem(.outside(parts.text))
    }
    return VersionItem(.other(within: nil))
  }

  private static let outsideWords: Set<String> = [
    "fork", "forks", "derivative", "derivatives", "modified", "modificados", "modifizierte",
    "unofficial", "custom", "archived", "legacy", "experimental",
  ]

  /// `previous minor`; `previous releases` are all the others.
  private var previousItem: VersionItem? {
    if let unit = explicitUnit(in: tokens[...]) {
      return VersionItem(latest: LatestSelection(1, unit, within: noteLine, skipping: 1))
    }
    return parts.isPlural ? VersionItem(.other(within: nil)) : nil
  }

  private var latestItem: VersionItem? {
    if parts.note.contains(where: { $0.concept == .mainBranch }),
      let name = parts.note.first(where: { $0.concept == .mainBranch })?.word
    {
      return VersionItem(.lines(.branch(name)))
    }
    if parts.isLongTerm { return VersionItem(.lines(.lts(newest: 1))) }
    let count = parts.unknown.lazy.compactMap { CellWords.numbers[$0] }.first ?? 1
    let unit = explicitUnit(in: tokens[...])
    // "The last two versions" does not say versions of what.
    guard count == 1 || unit != nil else { return nil }
    return VersionItem(
      latest: LatestSelection(count, unit ?? .patch, ofEach: group, within: noteLine))
  }

  private var longTermItem: VersionItem? {
    parts.isLongTerm && !parts.core.isEmpty ? VersionItem(.lines(.lts(newest: nil))) : nil
  }

  /// A code name, and the version that it has in parentheses.
  private var noteItem: VersionItem? {
    let inner = parts.noteAsCore
    guard !inner.isEmpty, inner.note.isEmpty else { return nil }
    if let name = inner.core.first(where: { $0.concept == .mainBranch })?.word {
      return VersionItem(.lines(.branch(name)))
    }
    guard inner.core.contains(where: { $0.version != nil }), !inner.unknown.contains("e") else {
      return nil
    }
    return VersionPhrase(inner, defaultUnit: defaultUnit).item()
  }

  /// `1.x` for the note `(1.N.x)`.
  private var noteLine: VersionRange? {
    parts.note.compactMap(\.version).first { $0.isSymbolic }?.line
  }

  // MARK: Units

  private func explicitUnit(in tokens: ArraySlice<PolicyToken>) -> SupportUnit? {
    for token in tokens {
      switch token.concept {
      case .major: return .major
      case .minor: return .minor
      case .patch: return .patch
      case .each, .within: return nil
      default: continue
      }
    }
    return nil
  }

  private func unit(in tokens: ArraySlice<PolicyToken>) -> SupportUnit? {
    explicitUnit(in: tokens)
  }

  /// `… of each major`.
  private var group: SupportUnit? {
    guard let each = tokens.firstIndex(where: { $0.concept == .each }) else { return nil }
    return explicitUnit(in: tokens[(each + 1)...])
  }
}
