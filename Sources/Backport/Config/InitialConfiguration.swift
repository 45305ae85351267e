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
      "What git-backport knows of this project; git-backport(1) tells what the keys mean.")
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
    if let reading = survey.reading.document {
      file.comment("SECURITY.md says nothing of versions that can be used as it stands:")
      for proposal in reading.proposals {
        file.comment("line \(proposal.source.line): \(proposal.source.text)")
        file.comment("perhaps: \(proposal.words)")
      }
    } else {
      file.comment("There is no SECURITY.md that says which lines get fixes. This is assumed:")
    }
    file.line("[policy]")
    for setting in policy.settings {
      file.setting(setting.key, setting.value)
      assumed.append(
        InitDocument.Assumption(
          key: "policy.\(setting.key)", value: setting.value,
          reason: "nobody states which lines get fixes; the newest always does"))
    }
    file.comment("or, for two lines: support = latest 2 lines", indented: true)
  }

  private mutating func writeTags() {
    let inventory = survey.inventory
    let count = inventory.lines.reduce(0) { $0 + $1.releases.count }
    file.space()
    file.line("[tags]")
    let newest = inventory.lines.first?.newest.tagName ?? ""
    let words =
      "\(count) tags are releases, of \(inventory.lines.count) lines; the newest is \(newest)"
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
    for line in survey.inventory.lines.prefix(20) {
      guard let branch = survey.branches[line.name], let words = words(for: branch.state) else {
        continue
      }
      file.comment("\(line.name): \(words)", indented: true)
    }
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
      file.comment("how branches that are made are named, else as those above:", indented: true)
      file.comment("create = {line}.x", indented: true)
    }
    for label in hints.unread {
      file.comment("not understood in .backportrc.json: \(label)", indented: true)
      warnings.append(
        Warning("backportrc", "branchLabelMapping '\(label)' of .backportrc.json is not understood")
      )
    }
    pin(hints.branches)
  }

  /// Says which of the branches that another tool lists belongs to which line.
  private mutating func pin(_ names: Set<String>) {
    for line in survey.inventory.lines {
      switch survey.branches[line.name]?.state {
      case .exists(let name) where names.contains(name),
        .remote(let name) where names.contains(name):
        file.space()
        file.comment("named in .backportrc.json")
        file.line("[branch \"\(line.name)\"]")
        file.setting("name", name)
        find("branches", ".backportrc.json", "\(line.name) is released from \(name)")
      default: continue
      }
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
    let changelogs = try store { () throws(GitError) in
      try ChangelogFinder(repository: workspace.repository, configured: []).paths(in: tree)
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

/// What the configuration of another backporting tool tells of branches.
///
/// See `targetBranchChoices` and `branchLabelMapping` of https://github.com/sorenlouv/backport.
struct BackportrcHints {
  /// The branches that it lists.
  let branches: Set<String>
  /// How branches are named, with `{line}`; nil when it does not tell.
  let template: String?
  /// The patterns of labels that were not understood.
  let unread: [String]

  init(_ workspace: Workspace) throws(BackportError) {
    let path = ".backportrc.json"
    guard let bytes = try workspace.trunkFile(at: path), bytes.count < 1 << 20,
      case .object(let members)? = try? DocumentCoding.decode(
        JSONTree.self, from: bytes, named: path)
    else {
      (branches, template, unread) = ([], nil, [])
      return
    }
    var names: Set<String> = []
    for key in ["targetBranchChoices", "targetBranches"] {
      guard case .array(let choices)? = members[key] else { continue }
      for choice in choices {
        if case .string(let name) = choice { names.insert(name) }
        if case .object(let parts) = choice, case .string(let name)? = parts["name"] {
          names.insert(name)
        }
      }
    }
    branches = names
    var templates: [String] = []
    var unread: [String] = []
    if case .object(let mapping)? = members["branchLabelMapping"] {
      for (label, branch) in mapping.sorted(by: { $0.key < $1.key }) {
        guard case .string(let text) = branch, text.contains("$") else { continue }
        if let template = BackportrcHints.template(of: text) {
          templates.append(template)
        } else {
          unread.append(label)
        }
      }
    }
    template = templates.count == 1 ? templates[0] : nil
    self.unread = unread
  }

  /// `release-{line}` of `release-$1.$2` or `release-$1`; nil where groups stand otherwise.
  static func template(of text: String) -> String? {
    let template = text.replacing("$1.$2.$3", with: "{line}").replacing("$1.$2", with: "{line}")
      .replacing("$1", with: "{line}")
    guard !template.contains("$"), BranchDetector.Creation(parsing: template) != nil,
      RefName.branch(template.replacing("{line}", with: "1")) != nil
    else { return nil }
    return template
  }
}
