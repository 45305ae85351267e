import GitStore
import ReleaseModel

/// Puts a first `.gitbackport` together from what a project shows of itself.
///
/// The policy is stated in full, so that the file means what was true before it; what the program
/// finds by itself in every run is only told in comments.
struct InitialConfiguration {
  /// The workspace as if it had no configuration.
  private let workspace: Workspace
  private let survey: LineSurvey
  private var file = GitBackportFile()
  private(set) var found: [InitDocument.Finding] = []
  private(set) var assumed: [InitDocument.Assumption] = []
  private(set) var warnings: [Warning] = []

  init(_ workspace: Workspace, _ survey: LineSurvey) throws(BackportError) {
    self.workspace = workspace
    self.survey = survey
    file.comment(
      "What git-backport knows of this project; gitbackport(5) tells what the keys mean.")
    file.comment("Comments say where things come from, and what is found without being said.")
    writePolicy()
    writeTags()
    try writeBranches()
    try writeReleases()
  }

  /// The file.
  var text: String { file.text }

  private mutating func find(_ topic: String, _ source: String, _ text: String) {
    found.append(InitDocument.Finding(topic: topic, source: source, text: text))
  }

  private mutating func writePolicy() {
    file.space()
    let policy = survey.policy
    let package = survey.inventory.package
    if let reading = survey.reading.document, !policy.isAssumed {
      find("policy", policy.source, policy.rules.map(\.rule.description).joined(separator: "; "))
      file.append(reading.gitBackportFile(source: policy.source, package: package))
      return
    }
    if let path = securityPath {
      file.comment("\(path) says nothing of versions that can be used as it stands.")
    } else {
      file.comment("There is no SECURITY.md that says which lines get fixes.")
    }
    for proposal in survey.reading.document?.proposals ?? [] {
      file.comment("line \(proposal.source.line): \(proposal.source.text)")
      file.comment("perhaps: \(proposal.words)")
    }
    let lately = linesReleasedLately
    if !lately.isEmpty {
      let words = "released in the last twelve months: \(lately.joined(separator: ", "))"
      file.comment(words)
      find("policy", "tags", words)
    }
    file.comment("This is assumed:")
    file.line("[policy]")
    for setting in policy.settings {
      file.setting(setting.key, setting.value)
      assumed.append(
        InitDocument.Assumption(
          key: "policy.\(setting.key)", value: setting.value, reason: reason(for: setting.key)))
    }
    file.comment("or, for two lines: support = latest 2 lines", indented: true)
  }

  /// The document that speaks of security, whatever it says.
  private var securityPath: String? {
    SecurityDocument.paths.first { path in
      ((try? workspace.trunkFile(at: path)) ?? nil) != nil
    }
  }

  /// What the project seems to maintain, newest first, where nothing states it.
  private var linesReleasedLately: [String] {
    let since = survey.facts.asOf.adding(months: -12)
    return survey.inventory.lines.filter { line in
      survey.facts.releaseDate(line.newest).map { since <= $0 } ?? false
    }.map(\.name.description)
  }

  private func reason(for key: String) -> String {
    switch key {
    case "lines": "most projects keep a line for each X.Y"
    case "release-on": "a line that is supported gets a release of its own"
    default: "nobody states which lines get fixes; the newest always does"
    }
  }

  private mutating func writeTags() {
    let inventory = survey.inventory
    let count = inventory.lines.reduce(0) { $0 + $1.releases.count }
    file.space()
    file.line("[tags]")
    let newest = inventory.lines.first?.newest.tagName ?? ""
    let words =
      "\(InitialConfiguration.count(count, "tag is a release", "tags are releases")), of "
      + "\(InitialConfiguration.count(inventory.lines.count, "line", "lines")); the newest is "
      + newest
    file.comment(words, indented: true)
    find("tags", "tags", words)
    let others = inventory.unmatchedTagNames
    if !others.isEmpty {
      let shown = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? ", …" : "")
      file.comment("no releases: \(shown)", indented: true)
      find("tags", "tags", "no releases: \(shown)")
    }
    if let package = inventory.package { file.setting("package", package) }
    file.comment("releases that were taken back: yanked = <version>", indented: true)
  }

  private mutating func writeBranches() throws(BackportError) {
    let hints = try BackportrcHints(workspace)
    file.space()
    file.line("[branches]")
    describeBranches()
    let named = survey.branches.values.compactMap { branch -> String? in
      switch branch.state {
      case .exists(let name), .remote(let name): name
      case .trunk, .create: nil
      }
    }
    find(
      "branches", "branches",
      named.isEmpty
        ? "no release branch" : "release branches: " + named.sorted().joined(separator: ", "))
    if named.isEmpty, let template = hints.template {
      file.comment("as branchLabelMapping of .backportrc.json has it", indented: true)
      file.setting("create", template)
      find("branches", ".backportrc.json", "new branches are named \(template)")
    } else {
      file.comment(
        named.isEmpty
          ? "a branch that has to be made is named {line}.x, unless create = says otherwise"
          : "a branch that has to be made is named like those, unless create = says otherwise",
        indented: true)
    }
    // Where there are branches, new ones are named like them.
    for label in named.isEmpty ? hints.unread : [] {
      file.comment("not understood in .backportrc.json: \(label)", indented: true)
      warnings.append(
        Warning("backportrc", "branchLabelMapping '\(label)' of .backportrc.json is not understood")
      )
    }
    guard !hints.branches.isEmpty else { return }
    try pin(hints.branches)
    compare(hints.branches)
  }

  /// Says where another tool's list of branches is out of date.
  private mutating func compare(_ names: Set<String>) {
    for name in names.sorted() {
      let references = [BranchReference.local(name), .remote(name)]
      let isThere = references.contains { branch in
        workspace.reference(for: branch).flatMap { workspace.repository.target(of: $0) } != nil
      }
      if !isThere {
        warnings.append(
          Warning("backportrc", ".backportrc.json lists \(name), which is no branch here"))
      }
    }
    for line in survey.inventory.lines
    where survey.verdict(on: line.name)?.supported == .yes {
      switch survey.branches[line.name]?.state {
      case .exists(let name) where !names.contains(name),
        .remote(let name) where !names.contains(name):
        warnings.append(
          Warning(
            "backportrc",
            ".backportrc.json does not list \(name), although the line \(line.name) gets fixes"))
      default: continue
      }
    }
  }

  /// Names the branches of the lines that get fixes, and of a few more.
  private mutating func describeBranches() {
    var left = 0
    var shown = 0
    for line in survey.inventory.lines {
      guard let branch = survey.branches[line.name], let words = words(for: branch.state) else {
        continue
      }
      if survey.verdict(on: line.name)?.supported != .yes, shown >= 5 {
        left += 1
        continue
      }
      shown += 1
      file.comment("\(line.name): \(words)", indented: true)
    }
    if left > 0 {
      file.comment("and \(left) more, which git backport lines shows", indented: true)
    }
  }

  private static func count(_ number: Int, _ one: String, _ several: String) -> String {
    "\(number) \(number == 1 ? one : several)"
  }

  /// Says which of the branches that another tool lists belongs to which line, where it would not be
  /// found without its file.
  private mutating func pin(_ names: Set<String>) throws(BackportError) {
    let alone = try workspace.branchesWithoutHints(of: survey.inventory)
    var confirmed: [String] = []
    for line in survey.inventory.lines {
      guard let state = survey.branches[line.name]?.state else { continue }
      switch state {
      case .exists(let name) where names.contains(name),
        .remote(let name) where names.contains(name):
        if state == alone[line.name]?.state {
          confirmed.append(name)
          continue
        }
        file.space()
        file.comment("of several branches for \(line.name), the one that .backportrc.json lists")
        file.line("[branch \"\(line.name)\"]")
        file.setting("name", name)
        find("branches", ".backportrc.json", "\(line.name) is released from \(name)")
      default: continue
      }
    }
    if !confirmed.isEmpty {
      find(
        "branches", ".backportrc.json",
        "lists branches that are found without it: " + confirmed.joined(separator: ", "))
    }
  }

  private func words(for state: LineBranch.State) -> String? {
    switch state {
    case .exists(let name): "branch \(name)"
    case .remote(let name): "branch \(name) of the remote"
    case .trunk: "released on \(workspace.trunk.name)"
    case .create: nil
    }
  }

  /// How the last releases were made; the next look like them without being told.
  private mutating func writeReleases() throws(BackportError) {
    let tree = try store { () throws(GitError) in
      try workspace.repository.commit(workspace.trunk.tip).tree
    }
    let finder = ChangelogFinder(repository: workspace.repository, configured: [])
    let changelogs = try store { () throws(GitError) in
      guard let line = survey.inventory.lines.first else { return try finder.paths(in: tree) }
      return try finder.paths(in: tree, of: line)
    }
    file.space()
    file.line("[changelog]")
    for path in changelogs {
      find("changelog", path, "gets the entries")
      file.comment("found: \(path)", indented: true)
    }
    if changelogs.isEmpty {
      file.comment("none was found; name one with file = <path>", indented: true)
      find("changelog", workspace.trunk.name, "none was found")
    }
    guard let line = survey.inventory.lines.first else { return }
    let precedent = try ReleasePrecedent(survey.precedents(of: line), in: workspace.repository)
    file.space()
    file.line("[release]")
    let kind =
      precedent.isSigned ? "signed" : precedent.isAnnotated ? "annotated" : "lightweight"
    file.comment(
      "the last tag of \(line.name) is \(kind); tag = auto makes the next like it", indented: true)
    find("releases", line.newest.tagName, "the tag is \(kind)")
    if let subject = precedent.subject {
      file.comment("the last release commits say: message = \(subject)", indented: true)
      find("releases", line.newest.tagName, "release commits say: \(subject)")
    }
  }
}
