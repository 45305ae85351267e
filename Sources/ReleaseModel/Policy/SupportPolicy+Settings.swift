extension SupportPolicy {
  /// The policy that the `[policy]` section states, its settings in the order of the file.
  ///
  /// `preset` replaces everything before it; what follows overrides the preset: a single value
  /// replaces its value, the first `support` or `lts` replaces its list and later ones add to it.
  /// An empty value clears a list. Without any rule the newest line is assumed. The source is the
  /// path in the trunk's tree that holds the section.
  public init(
    settings: [PolicySetting], source: String
  ) throws(PolicySettingError) {
    var builder = SettingsBuilder(source: source)
    for setting in settings { try builder.apply(setting) }
    self = builder.policy
    if rules.isEmpty {
      rules = [Entry(.newestLine)]
      isAssumed = true
      if settings.isEmpty { self.source = "default" }
    }
  }

  /// The `[policy]` section that states this policy without a preset.
  public var settings: [PolicySetting] {
    var result = [
      PolicySetting("lines", lineUnit.description),
      PolicySetting("release-on", releaseOn.rawValue),
    ]
    result += rules.map { PolicySetting("support", $0.rule.description, origin: $0.origin) }
    result += longTermSupport.map { PolicySetting("lts", $0.description) }
    if let datesPath { result.append(PolicySetting("dates", datesPath)) }
    return result
  }
}

/// Applies settings one by one.
private struct SettingsBuilder {
  var policy: SupportPolicy
  /// Whether the list at hand is the preset's, to be replaced by the next value.
  private var replacesRules = true
  private var replacesLTS = true

  init(source: String) {
    policy = SupportPolicy(source: source)
  }

  mutating func apply(_ setting: PolicySetting) throws(PolicySettingError) {
    switch setting.key.lowercased() {
    case "preset": try applyPreset(setting)
    case "lines":
      guard let unit = LineUnit(parsing: setting.value) else {
        throw badValue(setting, LineUnit.allCases.map(\.rawValue))
      }
      policy.lineUnit = unit
    case "release-on":
      guard let choice = SupportPolicy.ReleaseOn(rawValue: setting.value.lowercased()) else {
        throw badValue(setting, SupportPolicy.ReleaseOn.allCases.map(\.rawValue))
      }
      policy.releaseOn = choice
    case "support": try applyRule(setting)
    case "lts": try applyLTS(setting)
    case "dates": policy.datesPath = setting.value.isEmpty ? nil : setting.value
    default:
      throw PolicySettingError(
        setting: setting, problem: .unknownKey,
        nearest: Spelling.nearest(to: setting.key, among: PolicySetting.keys))
    }
  }

  private mutating func applyPreset(_ setting: PolicySetting) throws(PolicySettingError) {
    guard let preset = PolicyPreset(parsing: setting.value) else {
      let name = setting.value.split { $0.isWhitespace }.first.map(String.init) ?? ""
      let names = PolicyPreset.spellings.map { $0.prefix { $0 != " " } }.map(String.init)
      let nearest = Spelling.nearest(to: name, among: names)
      throw PolicySettingError(
        setting: setting, problem: .badValue(expected: PolicyPreset.spellings),
        nearest: PolicyPreset.spellings.first { $0.prefix { $0 != " " } == nearest ?? "" })
    }
    policy = preset.policy(source: policy.source)
    (replacesRules, replacesLTS) = (true, true)
  }

  private mutating func applyRule(_ setting: PolicySetting) throws(PolicySettingError) {
    if replacesRules || setting.value.isEmpty { policy.rules = [] }
    replacesRules = false
    guard !setting.value.isEmpty else { return }
    do throws(PolicySentenceError) {
      let rule = try SupportRule(parsing: setting.value)
      policy.rules.append(SupportPolicy.Entry(rule, origin: setting.origin))
    } catch {
      throw PolicySettingError(
        setting: setting, problem: .sentence(error),
        nearest: error.nearestSentence ?? error.nearestWord)
    }
  }

  private mutating func applyLTS(_ setting: PolicySetting) throws(PolicySettingError) {
    if replacesLTS || setting.value.isEmpty { policy.longTermSupport = [] }
    replacesLTS = false
    guard !setting.value.isEmpty else { return }
    guard let values = LongTermSupport.list(parsing: setting.value) else {
      throw badValue(
        setting,
        ["a list such as 4.2, 5.2", "minor 4 since 3.0", "last minor of major", "even majors"])
    }
    policy.longTermSupport += values
  }

  private func badValue(_ setting: PolicySetting, _ expected: [String]) -> PolicySettingError {
    PolicySettingError(
      setting: setting, problem: .badValue(expected: expected),
      nearest: Spelling.nearest(to: setting.value, among: expected))
  }
}
