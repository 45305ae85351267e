/// Where what an advisory says of a version is not what git says.
public struct AdvisoryFinding: Hashable, Sendable {
  /// Which statement is wrong.
  public enum Part: String, Codable, Sendable {
    /// Its list or its ranges of versions.
    case versions
    /// Its ranges of commits.
    case commits
    /// A version that it names as the fixed one.
    case fixed
  }

  /// The version.
  public var version: String
  /// Its tag.
  public var tag: String
  /// Its release line.
  public var line: String
  /// Which statement is wrong.
  public var part: Part
  /// What the advisory says: whether the version has the flaw; nil for nothing.
  public var stated: Bool?
  /// What git says.
  public var actual: TaggedVersion.State

  /// Makes a finding.
  public init(_ version: TaggedVersion, in part: Part, stated: Bool?) {
    self.version = version.text
    tag = version.tag
    line = version.line
    self.part = part
    self.stated = stated
    actual = version.state
  }
}

extension AdvisoryClaims.Product {
  /// The tagged versions of which the statements are wrong, in the order that they are given.
  ///
  /// A statement that cannot be compared with a version says nothing of it, which is wrong for one
  /// that has the flaw.
  public func findings(
    against versions: [TaggedVersion], in order: VersionOrder
  ) -> [AdvisoryFinding] {
    var findings: [AdvisoryFinding] = []
    if !rules.isEmpty || isAffectedOtherwise == true {
      for version in versions {
        let stated = isAffected(version, in: order)
        if stated != version.isAffected, stated != nil || version.isAffected {
          findings.append(AdvisoryFinding(version, in: .versions, stated: stated))
        }
      }
    }
    let named = versions.filter { version in
      version.isAffected && fixed.contains { Self.isSame($0, version, order) }
    }
    let known = Set(findings.map(\.version))
    findings += named.filter { !known.contains($0.text) }
      .map { AdvisoryFinding($0, in: .fixed, stated: false) }
    return findings
  }

  /// The named versions that no tag has, in order, each once.
  public func unknownVersions(
    among versions: [TaggedVersion], in order: VersionOrder
  ) -> [String] {
    let exact = rules.compactMap { rule -> String? in
      if case .version(let text) = rule.scope { text } else { nil }
    }
    var seen: Set<String> = ["0", "*"]
    return (exact + fixed).filter { text in
      seen.insert(text).inserted && !versions.contains { Self.isSame(text, $0, order) }
    }
  }
}
