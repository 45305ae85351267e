import GitStore
import ReleaseModel

/// The policy of a project before it is asked about lines.
struct PolicyReading {
  /// The policy; of a SECURITY.md, what it says as far as it was understood.
  let policy: SupportPolicy
  /// The document it was read from, when that is a SECURITY.md.
  var document: SecurityReading?
  /// Published dates that the policy names.
  var dates: LifecycleDates?
  /// What was noticed on the way.
  var warnings: [Warning] = []
}

extension PolicyReading {
  /// The policy that the `[policy]` sections state; nil when they state none.
  ///
  /// `file` gives the contents of the file that `dates` names.
  init?(
    _ settings: [PolicySetting], file: (String) throws(BackportError) -> [UInt8]?
  ) throws(BackportError) {
    guard let first = settings.first else { return nil }
    let source = first.origin?.file ?? ".gitbackport"
    do throws(PolicySettingError) {
      policy = try SupportPolicy(settings: settings, source: source)
    } catch {
      throw BackportError(
        .configuration,
        [error.setting.origin?.file ?? source, "policy.\(error.setting.key)"],
        detail: error.explanation)
    }
    guard let path = policy.datesPath else { return }
    guard let bytes = try file(path) else {
      throw BackportError(
        .configuration, [source, "policy.dates"], detail: "there is no file \(path)")
    }
    let json = try DocumentCoding.decode(JSONTree.self, from: bytes, named: path)
    do throws(LifecycleFormatError) {
      dates = try LifecycleDates(json, source: path)
    } catch {
      throw BackportError(
        .configuration, [path, "policy.dates"], detail: "it is in none of the known forms")
    }
  }

  /// The policy that a SECURITY.md states; without one the newest line is assumed, and what its
  /// sentences seem to say is a warning.
  ///
  /// Most say nothing of versions; that is worth a word only of one that was named.
  init(_ document: SecurityReading, source: String, isNamed: Bool = false) {
    self.document = document
    if let policy = document.policy(source: source) {
      self.policy = policy
      return
    }
    policy = .assumed
    warnings = document.proposals.prefix(1).map { proposal in
      Warning(
        "prose",
        "line \(proposal.source.line) of \(source) seems to say \"\(proposal.words)\"; sentences "
          + "are not applied until somebody confirms them: git backport policy import")
    }
    switch document.form {
    case .elsewhere:
      warnings.append(
        Warning("elsewhere", "\(source) points to another document, which is not read"))
    case .none where isNamed:
      warnings.append(
        Warning("nothing-understood", "\(source) says nothing of versions that is understood"))
    default: break
    }
  }

  /// What the policy says of each line, and what was found on the way.
  func findings(
    of inventory: LineInventory, _ facts: PolicyFacts
  ) -> (coverage: Coverage, findings: [PolicyCheckDocument.Finding]) {
    guard let document else {
      let coverage = Coverage(of: inventory, under: policy, facts: facts)
      return (coverage, coverage.warnings.map { .init($0, in: policy) })
    }
    let source = policy.isAssumed ? "SECURITY.md" : policy.source
    let resolution = document.resolution(of: inventory, facts: facts, source: source)
    let coverage =
      resolution.coverage ?? Coverage(of: inventory, under: .assumed, facts: facts)
    return (
      coverage,
      resolution.warnings.map { .init($0, in: source) }
        + coverage.warnings.map { .init($0, in: coverage.policy) }
    )
  }
}

extension PolicyProposal {
  /// The preset or the sentences, as they would stand in the configuration.
  var words: String {
    let numbers = parameters.map { " \($0)" }.joined()
    return preset.map { "preset \($0)\(numbers)" }
      ?? rules.map(\.description).joined(separator: "; ")
  }
}

extension Workspace {
  /// The policy in force: of the file that was named, else of `.gitbackport`, else of SECURITY.md,
  /// else the usual assumption.
  func policyReading() throws(BackportError) -> PolicyReading {
    if case .securityFile(let path) = policySource {
      let bytes = try PolicySource.contents(of: path, in: surroundings)
      return PolicyReading(SecurityReading(bytes), source: path, isNamed: true)
    }
    if let reading = try declaredPolicy() { return reading }
    guard policySource == .project, let (path, document) = try securityDocument() else {
      return PolicyReading(policy: .assumed)
    }
    return PolicyReading(document, source: path)
  }

  /// The policy that `[policy]` declares; nil when it declares none.
  func declaredPolicy() throws(BackportError) -> PolicyReading? {
    try PolicyReading(project.policy) { (path) throws(BackportError) in
      if case .policyFile(let file) = policySource {
        return PolicySource.neighbour(path, of: file, in: surroundings)
      }
      return try trunkFile(at: path)
    }
  }

  /// The first SECURITY.md on the trunk that states a policy, else the first there is.
  func securityDocument() throws(BackportError) -> (path: String, reading: SecurityReading)? {
    var first: (path: String, reading: SecurityReading)?
    for path in SecurityDocument.paths {
      guard let bytes = try trunkFile(at: path) else { continue }
      let reading = SecurityReading(bytes)
      if reading.policy(source: path) != nil { return (path, reading) }
      if first == nil { first = (path, reading) }
    }
    return first
  }

  /// The contents of a file on the trunk; nil when there is no ordinary file.
  func trunkFile(at path: String) throws(BackportError) -> [UInt8]? {
    try store { () throws(GitError) in
      try repository.file(at: path, in: try repository.commit(trunk.tip).tree)
    }
  }
}

/// Where a security policy stands in a project.
enum SecurityDocument {
  /// The paths, in the order in which they are looked for.
  static let paths = [
    "SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md", "SECURITY.rst", "docs/SECURITY.rst",
    "SECURITY", "SECURITY.txt", "security.md", ".github/security.md", "docs/security.md",
    ".gitlab/SECURITY.md", ".forgejo/SECURITY.md", ".gitea/SECURITY.md",
  ]
}
