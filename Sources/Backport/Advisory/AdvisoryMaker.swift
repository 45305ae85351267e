import GitStore
import ReleaseModel

/// Makes the advisory of what was really picked and tagged.
struct AdvisoryMaker {
  let workspace: Workspace
  let request: AdvisoryRequest
  let survey: LineSurvey
  let subject: AdvisorySubject

  private var repository: Repository { workspace.repository }

  init(_ workspace: Workspace, _ request: AdvisoryRequest) throws(BackportError) {
    self.workspace = workspace
    self.request = request
    survey = try workspace.survey(asOf: request.asOf, package: request.package)
    subject = try AdvisorySubject(request, in: workspace, survey)
  }

  /// The advisory, with what a person should know of it.
  func make(in folder: AdvisoryArchive) throws(BackportError) -> (Advisory, [Warning]) {
    var warnings = workspace.warnings
    let catalog = try VersionCatalog(workspace, survey, operation: subject.operation)
    var history = try FlawHistory(
      of: subject.fix,
      FlawHistory.Statements(
        introducers: subject.introducers, fixed: subject.stated,
        fixedAnywhere: subject.equivalents),
      in: repository)
    let states = try history.states(of: catalog)
    let address = request.repository ?? publicRepository
    let package = try package(catalog, address, &warnings)
    let order = package?.ecosystem.order ?? .project
    let versions = TaggedVersion.sorted(
      zip(catalog.entries, states).map { entry, state in
        TaggedVersion(
          text: package?.ecosystem.spelling(of: entry.version, tag: entry.tag)
            ?? entry.version.description,
          version: entry.version, tag: entry.tag, commit: entry.commit.description,
          line: entry.line.description, state: state, isRelease: entry.isRelease)
      }, in: order)
    guard versions.contains(where: \.isAffected) else {
      throw BackportError(.nothingAffected, subject.fix.requested)
    }
    if package == nil, address == nil { throw BackportError(.noPackage) }
    let reverts = try history.reverts(in: versions)
    let fixes = try fixes(&history, catalog, after: reverts)
    let lines = lines(versions, history)
    let project = package?.shortName ?? address?.name ?? workspace.projectName
    let published = try published(versions)
    let marks = Set(fixes.map(\.commit) + history.introduced.map(\.description))
    let identity = folder.identity(
      asked: request.ids, found: subject.ids, project: project,
      year: String(published.prefix(4)), isOnGitHub: address?.isOnGitHub == true, marks: marks,
      case: request.record?.id)
    var advisory = Advisory(
      id: identity.id, aliases: identity.aliases, title: request.title ?? title,
      impact: request.impact ?? title + ".", project: project, versions: versions,
      isOriginKnown: history.isOriginKnown, introduced: history.introduced.map(\.description),
      fixes: fixes, lines: lines, published: published,
      publisher: AdvisoryPublisher(
        name: request.publisher ?? "The \(project) maintainers", namespace: request.namespace,
        contact: request.contact))
    advisory.package = package
    advisory.repository = address
    advisory.relapses = try history.relapses(by: reverts, fixes: fixes)
    fill(&advisory)
    warnings += cautions(advisory)
    return (advisory, warnings)
  }

  private func fill(_ advisory: inout Advisory) {
    advisory.workaround = request.workaround
    advisory.weaknesses = request.weaknesses
    advisory.vectors = request.vectors
    advisory.statedRating = request.severity
    advisory.references = request.references
    advisory.credits = request.credits + contributors
    let released = advisory.lines.compactMap(\.fixed)
    advisory.timeline = request.timeline
    if !released.isEmpty {
      let day = String(advisory.published.prefix(10))
      let names = released.joined(separator: ", ")
      advisory.timeline.append(AdvisoryEvent(moment: day, text: "\(names) released"))
    }
  }

  /// The entry of the changelog without the ids behind it, which stand elsewhere.
  private var title: String {
    var text = subject.entry[...]
    if text.hasSuffix(")"), let open = text.lastIndex(of: "("),
      !FixText.ids(in: [String(text[open...])]).isEmpty
    {
      text = text[..<open]
    }
    while let last = text.last, last == " " || last == "." { text.removeLast() }
    return String(text)
  }

  // MARK: - Where it comes from

  /// The upstream remote's address as everybody may use it.
  private var publicRepository: WebRepository? {
    workspace.remote
      .flatMap { workspace.settings.string(ConfigurationKey("remote", $0, "url")) }
      .flatMap(WebRepository.init(remote:))
  }

  private func package(
    _ catalog: VersionCatalog, _ address: WebRepository?, _ warnings: inout [Warning]
  ) throws(BackportError) -> AdvisoryPackage? {
    if let purl = request.purl { return purl }
    let finder = PackageFinder(repository: repository)
    // The newest release tells how the project is published today.
    let newest = catalog.entries.last { $0.isRelease } ?? catalog.entries.last
    guard let commit = newest?.commit else { return nil }
    let tree = try store { () throws(GitError) in try repository.commit(commit).tree }
    let found = try finder.find(in: tree, package: request.package, repository: address)
    guard let package = found.package else {
      warnings.append(
        Warning(
          "no-package",
          "no file of \(newest?.tag ?? "") names a package; --purl does, else only commits and "
            + "tags are stated"))
      return nil
    }
    if !found.others.isEmpty {
      let others = found.others.map(\.purl).joined(separator: ", ")
      warnings.append(
        Warning("several-packages", "taken for \(package.purl); the files also name \(others)"))
    }
    return package
  }

  /// The authors of the fix, and those who say that they reviewed it.
  private var contributors: [AdvisoryCredit] {
    var credits: [AdvisoryCredit] = []
    // Who reported or coordinated it may have repaired it as well.
    var seen = Set(request.credits.map { [$0.name ?? "", $0.kind.rawValue] })
    func add(_ name: String, _ kind: AdvisoryCredit.Kind) {
      guard !name.isEmpty, !name.hasSuffix("[bot]"), seen.insert([name, kind.rawValue]).inserted
      else { return }
      credits.append(AdvisoryCredit(name: name, kind: kind))
    }
    for commit in subject.fix.commits { add(commit.author.displayName, .remediationDeveloper) }
    for commit in subject.fix.commits {
      for line in commit.displayMessage.split(separator: "\n")
      where line.hasPrefix("Reviewed-by: ") {
        let words = line.dropFirst("Reviewed-by: ".count).prefix { $0 != "<" }.split(separator: " ")
        add(words.joined(separator: " "), .remediationReviewer)
      }
    }
    return credits
  }

  // MARK: - Lines and commits

  /// Where the fix is whole: in tags, on the lines' branches and on the trunk.
  private func fixes(
    _ history: inout FlawHistory, _ catalog: VersionCatalog, after reverts: [ObjectID]
  ) throws(BackportError) -> [AdvisoryFix] {
    var found: [(commit: ObjectID, branch: String, tag: String?)] = []
    for completion in history.completions {
      found.append((completion.commit, branch(of: completion.line), completion.tag))
    }
    for (branch, line, tip) in tips {
      if let commit = try history.completion(at: tip, on: line) {
        found.append((commit, branch, nil))
      }
    }
    let lowest = Set(try history.lowest(Set(found.map(\.commit)), after: reverts))
    var seen: Set<ObjectID> = []
    let kept = found.filter { lowest.contains($0.commit) && seen.insert($0.commit).inserted }
    let trunk = workspace.trunk.tip
    var own: [AdvisoryFix] = []
    var ofTrunk: [AdvisoryFix] = []
    for (commit, branch, tag) in kept {
      let fix = AdvisoryFix(branch: branch, commit: commit.description, tag: tag)
      let isOnTrunk = try store { () throws(GitError) in
        try repository.isAncestor(commit, of: trunk)
      }
      if isOnTrunk,
        subject.fix.commits.contains(where: { $0.id == commit })
          || subject.fix.named.contains(commit) || branch == workspace.trunk.name
      {
        ofTrunk.append(AdvisoryFix(branch: workspace.trunk.name, commit: fix.commit, tag: tag))
      } else {
        own.append(fix)
      }
    }
    return own + ofTrunk
  }

  /// The branches of the lines, lowest line first, and the trunk, as they stand or are about to.
  private var tips: [(branch: String, line: LineName?, tip: ObjectID)] {
    var moved: [String: ObjectID] = [:]
    for update in subject.operation?.plan.refUpdates ?? [] {
      if let name = update.ref.branchName, let new = update.new { moved[name] = new }
    }
    var found: [(String, LineName?, ObjectID)] = []
    for line in survey.inventory.lines.reversed() {
      guard let branch = reference(of: line.name) else { continue }
      let tip =
        moved[branch.name]
        ?? workspace.reference(for: branch).flatMap { repository.target(of: $0) }
      if let tip { found.append((branch.name, line.name, tip)) }
    }
    let trunk = workspace.trunk
    found.append((trunk.name, nil, moved[trunk.name] ?? trunk.tip))
    return found
  }

  private func reference(of line: LineName) -> BranchReference? {
    switch survey.branches[line]?.state {
    case .exists(let name): .local(name)
    case .remote(let name): .remote(name)
    case .trunk, .create, nil: nil
    }
  }

  private func branch(of line: LineName) -> String {
    reference(of: line)?.name ?? line.description
  }

  private func lines(_ versions: [TaggedVersion], _ history: FlawHistory) -> [AdvisoryLine] {
    let completed = Dictionary(
      history.completions.map { ($0.tag, $0.commit.description) }
    ) { first, _ in first }
    var names: [String] = []
    for version in versions where version.isAffected && !names.contains(version.line) {
      names.append(version.line)
    }
    return names.compactMap { name in
      let own = versions.filter { $0.line == name }
      let affected = own.filter(\.isAffected)
      let releases = affected.filter(\.isRelease)
      let shown = releases.isEmpty ? affected : releases
      guard let first = shown.first, let last = shown.last else { return nil }
      let after = own.drop { $0.text != last.text }.dropFirst()
      let fixed = after.first { $0.state == .fixed && $0.isRelease }
      let supported = LineName(parsing: name).flatMap { survey.verdict(on: $0)?.supported }
      return AdvisoryLine(
        name: name, introduced: first.text, lastAffected: last.text, fixed: fixed?.text,
        commit: fixed.flatMap { completed[$0.tag] }, tag: fixed?.tag,
        isMaintained: fixed != nil || supported.map { $0 != .no } ?? isAhead(name),
        advice: request.record?.line(name)?.advice)
    }
  }

  /// Whether a line is above all that have a release: its pre-releases lead to one with the fix.
  private func isAhead(_ line: String) -> Bool {
    guard let name = LineName(parsing: line) else { return false }
    return survey.inventory.lines.allSatisfy { $0.name < name }
  }

  // MARK: - Dates and cautions

  /// The given date, that of the operation's release, or that of the newest tag that ends a line.
  private func published(_ versions: [TaggedVersion]) throws(BackportError) -> String {
    if let date = request.date {
      return Moment(seconds: date.seconds, offsetMinutes: 0).description
    }
    if let date = subject.operation?.plan.releaseDate { return date }
    var newest: Int64 = 0
    var isOpen: Set<String> = []
    for version in versions {
      if version.isAffected {
        isOpen.insert(version.line)
      } else if version.state == .fixed, isOpen.remove(version.line) != nil,
        let id = ObjectID(hex: version.commit)
      {
        let commit = try store { () throws(GitError) in try repository.commit(id) }
        newest = max(newest, commit.committer.seconds)
      }
    }
    if newest == 0 {
      newest = subject.fix.commits.map(\.committer.seconds).max() ?? workspace.surroundings.now
    }
    return Moment(seconds: newest, offsetMinutes: 0).description
  }

  private func cautions(_ advisory: Advisory) -> [Warning] {
    var warnings: [Warning] = []
    if !advisory.isOriginKnown {
      warnings.append(
        Warning(
          "origin-unknown",
          "nobody says what introduced the flaw, so every version without the fix counts as "
            + "affected; --introduced REV tells"))
    }
    if advisory.repository == nil {
      warnings.append(
        Warning(
          "no-repository",
          "the repository has no public address, so commits are not stated; --repository does"))
    }
    if request.impact == nil {
      warnings.append(
        Warning("no-impact", "nothing says what the flaw lets somebody do; --impact TEXT does"))
    }
    for line in advisory.lines where line.isMaintained && line.fixed == nil {
      warnings.append(
        Warning("no-release", "no release of \(line.name), which is maintained, has the fix"))
    }
    if !advisory.fixes.contains(where: { $0.branch == workspace.trunk.name }) {
      warnings.append(
        Warning("trunk-unfixed", "\(workspace.trunk.name) does not hold all of the fix"))
    }
    return warnings
  }
}
