import GitStore
public import ReleaseModel

/// The release lines of a repository, what the policy says of them, and where they are released.
public struct LineSurvey {
  /// The lines.
  public let inventory: LineInventory
  /// The policy in force.
  public let policy: SupportPolicy
  /// What the policy says of each line.
  public let coverage: Coverage
  /// Where each line is released, newest line first.
  public let branches: [LineName: LineBranch]
  /// The branch that the newest line would get if it were not released on the trunk.
  let branchBesideTrunk: String?
  /// Lines whose branch is not certain, since the history of a shallow clone ends before their tag.
  let undecided: Set<LineName>
  /// The policy as it was read, and what it was asked with.
  let reading: PolicyReading
  let facts: PolicyFacts
  /// What was found of the policy, with its places.
  let findings: [PolicyCheckDocument.Finding]
  /// What was noticed on the way.
  public let warnings: [Warning]
  private let verdicts: [LineName: LineVerdict]

  init(
    inventory: LineInventory, reading: PolicyReading, facts: PolicyFacts,
    detected: DetectedBranches
  ) {
    let (coverage, findings) = reading.findings(of: inventory, facts)
    self.inventory = inventory
    self.coverage = coverage
    policy = coverage.policy
    branches = detected.branches
    branchBesideTrunk = detected.besideTrunk
    undecided = detected.undecided
    self.reading = reading
    self.facts = facts
    self.findings = findings
    warnings =
      reading.warnings + findings.map { Warning($0.code, $0.message) } + detected.warnings
    verdicts = Dictionary(coverage.verdicts.map { ($0.line, $0) }) { first, _ in first }
  }

  /// What the policy says of a line; nil when it says nothing.
  public func verdict(on line: LineName) -> LineVerdict? { verdicts[line] }

  /// The newest release of the package.
  public var newest: ReleaseModel.Release? {
    inventory.lines.map(\.newest).max { $0.version < $1.version }
  }

  /// The two releases that are the precedent of a line's next one, the nearer first.
  ///
  /// The newest of the line itself; for a line of one release also the newest of the line below it,
  /// else the first of the line above.
  func precedents(of line: ReleaseLine) -> [ReleaseModel.Release] {
    var found = Array(line.releases.suffix(2).reversed())
    guard found.count < 2, let index = inventory.lines.firstIndex(where: { $0.name == line.name })
    else { return found }
    if index + 1 < inventory.lines.count {
      found.append(inventory.lines[index + 1].newest)
    } else if index > 0 {
      found.append(inventory.lines[index - 1].first)
    }
    return found
  }
}

extension Workspace {
  /// Reads tags and branches once and asks the policy.
  ///
  /// Tags are peeled only where a question needs it.
  public func survey(
    asOf: CalendarDate, package: String? = nil, extraTagNames: [String] = []
  ) throws(BackportError) -> LineSurvey {
    let tags = tagReferences
    let reading = try policyReading()
    let inventory = try inventory(
      tagNames: Array(tags.keys), unit: reading.policy.lineUnit, package: package,
      extraTagNames: extraTagNames)
    if inventory.lines.isEmpty { throw noReleases(inventory) }
    let detected = try BranchDetection(workspace: self, inventory: inventory, tags: tags).detect()
    var owners: [String: LineName] = [:]
    for line in inventory.lines {
      switch detected.branches[line.name]?.state {
      case .exists(let name), .remote(let name):
        if owners[name] == nil { owners[name] = line.name }
      case .trunk, .create, nil: continue
      }
    }
    let facts = PolicyFacts(
      asOf: asOf,
      dates: reading.dates,
      releaseDate: { [repository] release in
        guard let reference = tags[release.tagName],
          let id = try? repository.commit(of: reference), let commit = try? repository.commit(id)
        else { return nil }
        return CalendarDate(
          unixSeconds: commit.committer.seconds, offsetMinutes: commit.committer.offsetMinutes)
      },
      lineOfBranch: { name in owners[name].map { .line($0) } ?? .nothing })
    return LineSurvey(
      inventory: inventory, reading: reading, facts: facts, detected: detected)
  }

  /// Every tag by its name.
  private var tagReferences: [String: Reference] {
    var tags: [String: Reference] = [:]
    for reference in repository.references(under: "refs/tags/") {
      if let name = reference.name.tagName { tags[name] = reference }
    }
    return tags
  }

  /// Where each line would be released if no other tool's configuration listed branches.
  func branchesWithoutHints(
    of inventory: LineInventory
  ) throws(BackportError) -> [LineName: LineBranch] {
    try BranchDetection(
      workspace: self, inventory: inventory, tags: tagReferences, ignoresHints: true
    ).detect().branches
  }

  private func inventory(
    tagNames: [String], unit: LineUnit, package: String?, extraTagNames: [String]
  ) throws(BackportError) -> LineInventory {
    var options = project.inventoryOptions
    options.package = package ?? project.tagPackage
    options.repositoryName = repositoryName
    options.extraTagNames = extraTagNames
    return try LineInventory(of: tagNames, unit: unit, options)
  }

  /// The last part of the upstream's address, else the name of the directory.
  private var repositoryName: String? {
    let url = remote.flatMap { settings.string(ConfigurationKey("remote", $0, "url")) }
    let path = url ?? repository.workTree ?? repository.gitDirectory
    return path.split { $0 == "/" || $0 == ":" }.last.map(String.init)
  }

  private func noReleases(_ inventory: LineInventory) -> BackportError {
    let unmatched =
      inventory.unmatchedTagNames + inventory.prereleases.map(\.tagName)
      + inventory.otherPackageTagNames
    var reasons: [String] = []
    if !unmatched.isEmpty {
      let shown = unmatched.prefix(5).joined(separator: ", ")
      reasons.append(
        "\(unmatched.count) tags are not releases: \(shown)" + (unmatched.count > 5 ? ", …" : ""))
    }
    if !inventory.yanked.isEmpty {
      let shown = inventory.yanked.prefix(5).map(\.tagName).joined(separator: ", ")
      reasons.append("taken back: \(shown)")
    }
    if !repository.shallowBoundary.isEmpty { reasons.append("the clone is shallow") }
    if unmatched.isEmpty, inventory.yanked.isEmpty {
      let option = remote.flatMap { settings.string(ConfigurationKey("remote", $0, "tagOpt")) }
      reasons.append(
        option == "--no-tags"
          ? "there are no tags; the clone fetches none (\(remote ?? "").tagOpt = --no-tags)"
          : "there are no tags; were they fetched?")
    }
    return BackportError(.noReleases, [remote ?? "origin"], detail: reasons.joined(separator: "; "))
  }

  /// The full name of a branch here or on the upstream remote.
  func reference(for branch: BranchReference) -> RefName? {
    switch branch {
    case .local(let name): RefName.branch(name)
    case .remote(let name): remote.flatMap { RefName("refs/remotes/\($0)/\(name)") }
    }
  }

  /// Whether a branch's history holds a release's commit, or that commit's first parent.
  ///
  /// Some projects tag a commit beside the branch, one step away from it. nil when the history of a
  /// shallow clone ends before that is certain.
  func holds(_ commit: ObjectID, _ tip: ObjectID) -> Bool? {
    if (try? repository.isAncestor(commit, of: tip)) == true { return true }
    if let parent = try? repository.commit(commit).parents.first,
      (try? repository.isAncestor(parent, of: tip)) == true
    {
      return true
    }
    return repository.shallowBoundary.isEmpty ? false : nil
  }
}

extension ProjectConfiguration {
  /// What `[tags]` says of versions, without the choice of a package.
  var inventoryOptions: LineInventory.Options {
    var options = LineInventory.Options()
    if let tagPattern { options.pattern = tagPattern }
    options.yanked = yanked
    options.countsPrereleases = countsPrereleases
    options.since = tagsSince
    return options
  }
}

extension LineInventory {
  /// The lines of these tags, with errors in the words of a run.
  init(
    of tagNames: [String], unit: LineUnit, _ options: Options
  ) throws(BackportError) {
    do throws(LineInventoryError) {
      try self.init(tagNames: tagNames, unit: unit, options: options)
    } catch {
      switch error {
      case .severalPackages(let names): throw BackportError(.severalPackages, names)
      case .unknownPackage(let name, let known):
        throw BackportError(.usage, ["--package \(name)"], detail: known.joined(separator: ", "))
      }
    }
  }
}
