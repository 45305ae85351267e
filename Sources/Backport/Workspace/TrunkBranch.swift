public import GitStore
import ReleaseModel

/// The default branch of a project.
public struct TrunkBranch: Equatable, Sendable {
  /// The name without `refs/heads/`.
  public let name: String
  /// The reference that was read: the local branch, or the remote's as last fetched.
  public let ref: RefName
  /// The commit it stands on.
  public let tip: ObjectID

  /// Whether the reference is the local branch.
  public var isLocal: Bool { ref.branchName != nil }
}

/// Finds the default branch (contract.md 2, "The trunk").
struct TrunkFinder {
  let repository: Repository
  let settings: GitConfiguration
  let environment: [String: String]
  let remote: String?
  private(set) var warnings: [Warning] = []

  init(
    repository: Repository, settings: GitConfiguration, environment: [String: String],
    remote: String?
  ) {
    self.repository = repository
    self.settings = settings
    self.environment = environment
    self.remote = remote
  }

  /// The names under which branches of the upstream stand here.
  private var remotePrefix: String? { remote.map { "refs/remotes/\($0)/" } }

  /// Finds the trunk; `requested` is a branch name from the command line.
  mutating func find(requested: String?) throws(BackportError) -> TrunkBranch {
    if let name = requested ?? settings.string("backport.trunk") {
      guard let found = branch(name) else { throw BackportError(.noTrunk, [name]) }
      return found
    }
    for variable in ["CI_DEFAULT_BRANCH", "BUILDKITE_PIPELINE_DEFAULT_BRANCH"] {
      if let name = environment[variable], !name.isEmpty, let found = branch(name) { return found }
    }
    if let prefix = remotePrefix, let head = RefName(prefix + "HEAD"),
      case .symbolic(let target) = repository.reference(head)?.value,
      target.description.hasPrefix(prefix),
      let found = branch(String(target.description.dropFirst(prefix.count)))
    {
      return found
    }
    let usual = ["main", "master", "trunk", "develop"].compactMap { branch($0) }
    if usual.count == 1 { return usual[0] }
    if usual.count > 1 { return newestTagged(usual) }
    return try headBranch()
  }

  /// The local branch when it holds all of the remote's, else the remote's.
  ///
  /// A local name that stands for another branch is that branch.
  private mutating func branch(_ given: String) -> TrunkBranch? {
    var name = given
    if let ref = RefName.branch(given),
      case .symbolic(let target) = repository.reference(ref)?.value, let real = target.branchName
    {
      name = real
    }
    let localRef = RefName.branch(name)
    let remoteRef = remotePrefix.flatMap { RefName($0 + name) }
    let local = localRef.flatMap { tip(of: $0) }
    let upstream = remoteRef.flatMap { tip(of: $0) }
    guard let local, let localRef else {
      guard let upstream, let remoteRef else { return nil }
      return TrunkBranch(name: name, ref: remoteRef, tip: upstream)
    }
    guard let upstream, let remoteRef, upstream != local else {
      return TrunkBranch(name: name, ref: localRef, tip: local)
    }
    if (try? repository.isAncestor(upstream, of: local)) == true {
      return TrunkBranch(name: name, ref: localRef, tip: local)
    }
    if (try? repository.isAncestor(local, of: upstream)) != true {
      let warning = Warning(
        "trunk-diverged",
        "\(name) and \(remoteRef.shorthand) have diverged; \(remoteRef.shorthand) is used")
      if !warnings.contains(warning) { warnings.append(warning) }
    }
    return TrunkBranch(name: name, ref: remoteRef, tip: upstream)
  }

  private func tip(of name: RefName) -> ObjectID? {
    repository.target(of: name).flatMap { try? repository.peelToCommit($0) }
  }

  /// Of several usual names, the first that holds the newest tag any of them holds.
  ///
  /// Tags of release branches, which none of them holds, are passed over.
  private func newestTagged(_ candidates: [TrunkBranch]) -> TrunkBranch {
    let tags = repository.references(under: "refs/tags/").compactMap { reference in
      reference.name.tagName.flatMap(TagPattern.automatic.parse).map { ($0.version, reference) }
    }.sorted { $0.0 > $1.0 }
    for (_, tag) in tags.prefix(50) {
      guard let commit = try? repository.commit(of: tag) else { continue }
      let holder = candidates.first { (try? repository.isAncestor(commit, of: $0.tip)) == true }
      if let holder { return holder }
    }
    return candidates[0]
  }

  private mutating func headBranch() throws(BackportError) -> TrunkBranch {
    guard case .branch(let ref) = repository.head, let name = ref.branchName else {
      throw BackportError(.noTrunk, [])
    }
    guard let found = branch(name) else { throw BackportError(.unbornTrunk, [name]) }
    return found
  }
}
