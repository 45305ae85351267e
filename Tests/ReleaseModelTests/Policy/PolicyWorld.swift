import ReleaseModel
import Testing

/// A project made of versions and days, and what a policy says about it.
struct PolicyWorld {
  var tags: [String]
  var days: [String: String] = [:]
  var asOf = "2026-11-21"
  var yanked: [String] = []
  var dates: LifecycleDates?

  /// A world of tags without days.
  init(_ tags: [String], yanked: [String] = [], asOf: String = "2026-11-21") {
    self.tags = tags
    self.yanked = yanked
    self.asOf = asOf
  }

  /// A world of tags with the days they were made.
  init(_ days: KeyValuePairs<String, String>, asOf: String = "2026-11-21") {
    self.tags = days.map(\.key)
    self.days = Dictionary(uniqueKeysWithValues: days.map { ($0.key, $0.value) })
    self.asOf = asOf
  }

  func inventory(_ unit: LineUnit = .minor) throws -> LineInventory {
    try LineInventory(tagNames: tags, unit: unit, options: .init(yanked: yanked))
  }

  func facts() throws -> PolicyFacts {
    let days = days
    return PolicyFacts(asOf: try CalendarDate(parsing: asOf), dates: dates) { release in
      days[release.tagName].flatMap { try? CalendarDate(parsing: $0) }
    }
  }

  func coverage(_ policy: SupportPolicy) throws -> Coverage {
    Coverage(of: try inventory(policy.lineUnit), under: policy, facts: try facts())
  }
}

extension SupportPolicy {
  /// The policy of a preset.
  static func preset(_ name: String) throws -> SupportPolicy {
    try SupportPolicy(settings: [PolicySetting("preset", name)], source: ".gitbackport")
  }

  /// The policy of these sentences.
  static func sentences(
    _ sentences: [String], lines: LineUnit = .minor, releaseOn: ReleaseOn = .every,
    lts: [String] = []
  ) throws -> SupportPolicy {
    try SupportPolicy(
      settings: [
        PolicySetting("lines", lines.rawValue), PolicySetting("release-on", releaseOn.rawValue),
      ] + lts.map { PolicySetting("lts", $0) } + sentences.map { PolicySetting("support", $0) },
      source: ".gitbackport")
  }
}

extension Coverage {
  /// The supported lines, newest first, with level and end: `1.1 security until 2027-01-01`.
  var words: [String] {
    verdicts.filter { $0.supported != .no }.map { verdict in
      if verdict.supported == .unknown { return "\(verdict.line)?" }
      let level = verdict.level == .full ? "" : " \(verdict.level?.rawValue ?? "?")"
      return "\(verdict.line)" + level + (verdict.until.map { " until \($0)" } ?? "")
    }
  }

  var codes: [PolicyFinding.Code] { warnings.map(\.code) }

  func verdict(_ line: String) throws -> LineVerdict {
    try #require(LineName(parsing: line).flatMap { self[$0] })
  }
}
