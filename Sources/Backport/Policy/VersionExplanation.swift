public import ReleaseModel

extension Workspace {
  /// The document of `policy explain`: every line, and where users of some versions should go.
  ///
  /// - Parameters:
  ///   - versions: Versions, tags or lines, as somebody typed them.
  ///   - asOf: The day for which the policy is asked.
  ///   - package: The package of a monorepo; nil for the configured or only one.
  /// - Returns: The lines with the advice, in the order of the versions.
  /// - Throws: `usage` for what is neither a version nor a line, and what keeps lines from being read.
  public func explain(
    _ versions: [String], asOf: CalendarDate, package: String? = nil
  ) throws(BackportError) -> LinesDocument {
    let survey = try survey(asOf: asOf, package: package)
    var document = try lines(of: survey)
    document.advice = try VersionQuestion.advice(
      for: versions, survey.coverage, survey.inventory, project.tagPattern)
    return document
  }
}

/// Asks a policy about versions that are listed, without a repository.
public struct VersionExplanation: Sendable {
  private let surroundings: Surroundings
  private let source: PolicySource
  private let options: PlanOptions

  /// An explanation by the policy of a source; the options say which project, when that is asked.
  public init(
    _ surroundings: Surroundings, policy source: PolicySource, options: PlanOptions = PlanOptions()
  ) {
    self.surroundings = surroundings
    self.source = source
    self.options = options
  }

  /// The document of `policy explain --versions`; branches, tags and commits are null.
  ///
  /// Without a source the policy is that of the project around, and the usual assumption where
  /// there is no project.
  public func document(
    _ list: VersionList, versions: [String] = [], asOf: CalendarDate
  ) async throws(BackportError) -> LinesDocument {
    let (reading, project) = try await policy()
    var options = project.inventoryOptions
    options.pattern = .automatic
    options.package = self.options.package
    let inventory = try LineInventory(of: list.names, unit: reading.policy.lineUnit, options)
    guard !inventory.lines.isEmpty else { throw noReleases(inventory) }
    let day = { (release: ReleaseModel.Release) in
      list.dates[release.tagName]
        ?? release.otherTagNames.lazy.compactMap { list.dates[$0] }.first
    }
    let facts = PolicyFacts(asOf: asOf, dates: reading.dates, releaseDate: day)
    let (coverage, findings) = reading.findings(of: inventory, facts)
    let verdicts = Dictionary(coverage.verdicts.map { ($0.line, $0) }) { first, _ in first }
    var warnings = reading.warnings + findings.map { Warning($0.code, $0.message) }
    if !inventory.unmatchedTagNames.isEmpty {
      let shown = inventory.unmatchedTagNames.prefix(5).joined(separator: ", ")
      let rest = inventory.unmatchedTagNames.count > 5 ? ", …" : ""
      warnings.append(Warning("not-a-version", "not taken for versions: \(shown)\(rest)"))
    }
    return LinesDocument(
      repository: nil, asOf: asOf.description, policy: PolicyDescription(coverage.policy),
      settings: LinesDocument.settings(of: coverage.policy),
      lines: inventory.lines.map { line in
        LinesDocument.Line(
          line, verdicts[line.name], under: coverage.policy,
          latest: .init(
            version: line.newest.version.description, tag: nil, commit: nil,
            date: day(line.newest)?.description))
      },
      advice: try VersionQuestion.advice(for: versions, coverage, inventory, nil),
      warnings: warnings)
  }

  private func policy() async throws(BackportError) -> (PolicyReading, ProjectConfiguration) {
    switch source {
    case .securityFile(let path):
      let bytes = try PolicySource.contents(of: path, in: surroundings)
      return (
        PolicyReading(SecurityReading(bytes), source: path, isNamed: true), ProjectConfiguration()
      )
    case .policyFile(let path):
      let project = try await Workspace.configuration(
        ofFile: path, surroundings, try Workspace.program(surroundings))
      let reading = try PolicyReading(project.policy) { name in
        PolicySource.neighbour(name, of: path, in: surroundings)
      }
      return (reading ?? PolicyReading(policy: .assumed), project)
    case .project:
      let workspace: Workspace
      do {
        workspace = try await Workspace.open(surroundings, options: options)
      } catch {
        guard [.configuration, .usage].contains(error.code) else {
          return (PolicyReading(policy: .assumed), ProjectConfiguration())
        }
        throw error
      }
      return (try workspace.policyReading(), workspace.project)
    }
  }

  private func noReleases(_ inventory: LineInventory) -> BackportError {
    let others = inventory.unmatchedTagNames + inventory.prereleases.map(\.tagName)
    let shown = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? ", …" : "")
    return BackportError(
      .noVersions, [], detail: others.isEmpty ? "the list is empty" : "no releases: \(shown)")
  }
}

/// Reads what somebody asks about.
enum VersionQuestion {
  /// The advice for each word: a version, a tag, or a line, which stands for its newest release.
  static func advice(
    for words: [String], _ coverage: Coverage, _ inventory: LineInventory, _ pattern: TagPattern?
  ) throws(BackportError) -> [LinesDocument.Advice] {
    var result: [LinesDocument.Advice] = []
    for word in words {
      let version = pattern?.parse(word)?.version ?? TagPattern.automatic.parse(word)?.version
      let line = LineName(parsing: word).flatMap { inventory.line(named: $0) }
      let isRelease = version.map { version in
        inventory.line(for: version)?.releases.contains { $0.version == version } ?? false
      }
      if let line, isRelease != true {
        result.append(.init(coverage.advice(for: line.newest.version, in: inventory)))
      } else if let version {
        result.append(.init(coverage.advice(for: version, in: inventory)))
      } else {
        let lines = inventory.lines.prefix(12).map(\.name.description).joined(separator: ", ")
        throw BackportError(
          .usage, [word, lines], detail: "it is neither a version nor a release line")
      }
    }
    return result
  }
}
