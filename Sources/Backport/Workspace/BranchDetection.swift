import GitStore
import ReleaseModel

/// Where each line is released, as far as names and histories tell.
struct DetectedBranches {
  var branches: [LineName: LineBranch] = [:]
  /// The branch that the newest line would get if it were not released on the trunk.
  var besideTrunk: String?
  /// Lines about which a shallow clone does not tell.
  var undecided: Set<LineName> = []
  var warnings: [Warning] = []
}

/// Asks the detector with the branches of the repository and of its upstream.
struct BranchDetection {
  /// The lines for which the end of a shallow clone hid the answer.
  private final class Doubts {
    var tagNames: Set<String> = []
    /// Branches whose commit is not there.
    var missing: [RefName: ObjectID] = [:]
  }

  let workspace: Workspace
  let inventory: LineInventory
  /// Every tag by its name.
  let tags: [String: Reference]
  /// Whether what another tool's configuration lists counts for nothing.
  var ignoresHints = false

  private var repository: Repository { workspace.repository }

  /// The branch of every line.
  ///
  /// A branch that cannot be read, or whose commit is missing, ends the run: it may be the one that
  /// a line is released on, and anything made beside it would be made on a guess.
  func detect() throws(BackportError) -> DetectedBranches {
    var result = DetectedBranches()
    let explicit = explicitNames(&result)
    let doubts = Doubts()
    let isAncestor = { (tagName: String, branch: BranchReference) in
      let answer = holds(tagName, branch, doubts)
      if answer == nil { doubts.tagNames.insert(tagName) }
      return answer ?? false
    }
    let local = try localNames()
    let remote = remoteNames
    let hinted = hintedNames
    func detector(trunk: BranchReference?) -> BranchDetector {
      BranchDetector(
        inventory: inventory, local: local, remote: remote, trunk: trunk, explicit: explicit,
        hinted: hinted, creation: workspace.project.branchCreation)
    }
    let trunk = workspace.trunk
    let found = detector(trunk: trunk.isLocal ? .local(trunk.name) : .remote(trunk.name))
      .branches(of: inventory.lines, isAncestor: isAncestor)
    for branch in found { result.branches[branch.line] = branch }
    let onTrunk = inventory.lines.filter { result.branches[$0.name]?.state == .trunk }
    if case .create(let name) = detector(trunk: nil)
      .branches(of: onTrunk, isAncestor: isAncestor).first?.state
    {
      result.besideTrunk = name
    }
    if let (name, id) = doubts.missing.min(by: { $0.key < $1.key }) {
      throw BackportError(
        .damagedRepository, [name.description, "read reference"],
        detail: "it names \(id.abbreviated()), which is not there")
    }
    for line in inventory.lines where doubts.tagNames.contains(line.newest.tagName) {
      if case .create = result.branches[line.name]?.state { result.undecided.insert(line.name) }
    }
    return result
  }

  private func explicitNames(_ result: inout DetectedBranches) -> [LineName: String] {
    var explicit: [LineName: String] = [:]
    for (line, name) in workspace.project.branchNames.sorted(by: { $0.key < $1.key }) {
      guard inventory.line(named: line) != nil else {
        result.warnings.append(
          Warning(
            "unknown-line", "[branch \"\(line)\"] in .gitbackport names no line; it has no effect"))
        continue
      }
      explicit[LineName(package: inventory.package, numbers: line.numbers)] = name
    }
    return explicit
  }

  private func localNames() throws(BackportError) -> [String] {
    var names: [String] = []
    for reference in repository.references(under: "refs/heads/") {
      guard let name = reference.name.branchName else { continue }
      switch reference.value {
      case .direct: names.append(name)
      case .symbolic: continue
      case .broken:
        throw BackportError(
          .damagedRepository, [reference.name.description, "read reference"],
          detail: "it holds no object id")
      }
    }
    return names
  }

  /// The branches that the configuration of another backporting tool lists.
  ///
  /// They only decide between branches that fit a line equally well; see `targetBranchChoices` of
  /// https://github.com/sorenlouv/backport.
  private var hintedNames: Set<String> {
    ignoresHints ? [] : (try? BackportrcHints(workspace))?.branches ?? []
  }

  private var remoteNames: [String] {
    guard let remote = workspace.remote else { return [] }
    let prefix = "refs/remotes/\(remote)/"
    return repository.references(under: prefix).filter(isDirect).map { reference in
      String(decoding: reference.name.description.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }
  }

  private func isDirect(_ reference: Reference) -> Bool { reference.target != nil }

  private func holds(
    _ tagName: String, _ branch: BranchReference, _ doubts: Doubts
  ) -> Bool? {
    guard let tag = tags[tagName], let name = workspace.reference(for: branch),
      let tip = repository.target(of: name), let commit = try? repository.commit(of: tag)
    else { return false }
    if !repository.isStored(tip) { doubts.missing[name] = tip }
    return workspace.holds(commit, tip)
  }
}
