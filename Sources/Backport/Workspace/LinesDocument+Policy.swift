import ReleaseModel

extension PolicyDescription {
  /// Describes a policy.
  init(_ policy: SupportPolicy) {
    self.init(
      source: policy.source, preset: policy.preset, assumed: policy.isAssumed,
      rules: policy.rules.map(\.rule.description))
  }
}

extension LinesDocument {
  /// The keys that state a policy.
  static func settings(of policy: SupportPolicy) -> [Setting] {
    policy.settings.map { Setting(key: $0.key, value: $0.value) }
  }
}

extension LinesDocument.Line {
  /// What tags and the policy tell of a line; nothing of its branch.
  init(
    _ line: ReleaseLine, _ verdict: LineVerdict?, under policy: SupportPolicy, latest: Latest
  ) {
    self.init(
      line: line.name.description, package: line.name.package,
      supported: verdict?.supported.rawValue ?? SupportAnswer.unknown.rawValue,
      level: verdict?.level?.rawValue, until: verdict?.until?.description,
      reason: verdict?.reason ?? "the policy says nothing of it", branch: nil, latest: latest,
      next: line.nextVersion.description, unreleased: nil,
      coveredBy: verdict?.coveredBy?.description,
      rule: verdict?.rule.map { LinesDocument.Rule($0, of: policy) },
      whatWouldChange: verdict?.whatWouldChange,
      levelUntil: verdict?.levelUntil?.description, floor: verdict?.floor?.rawValue)
  }
}

extension LinesDocument.Rule {
  /// The rule at an index of a policy.
  init(_ index: Int, of policy: SupportPolicy) {
    let entry = policy.rules[index]
    self.init(
      number: index + 1, sentence: entry.rule.description,
      source: entry.origin.map { PolicyPlace($0, in: policy.source) })
  }
}

extension LinesDocument.Advice {
  /// The advice as documents state it.
  init(_ advice: VersionAdvice) {
    self.init(
      version: advice.version.description, line: advice.line.description,
      standing: advice.standing.rawValue, upgrade: advice.upgrade?.description,
      upgradeLine: advice.upgradeLine?.description, message: advice.message)
  }
}
