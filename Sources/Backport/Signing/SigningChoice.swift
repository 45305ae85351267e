import GitStore

/// What is signed in a run, by the options and the user's own git configuration.
///
/// Never by the project's: `.gitbackport` may ask for a signed tag, and has no say in how.
struct SigningChoice: Equatable, Sendable {
  /// Which tags are signed.
  enum Tags: Sendable {
    case none
    case annotated
    case all
  }

  /// Whether commits are signed.
  var commits = false
  /// Which tags are signed.
  var tags = Tags.none
  /// Whether somebody set signing up, so that a signed precedent can be followed.
  var isSetUp = false
  /// Whether signing was forbidden for this run.
  var isForbidden = false
  /// `openpgp`, `ssh` or `x509`.
  var format = Signer.Format.openpgp
  /// The key that is named; nil where none is.
  var key: String?

  /// Nothing is signed.
  init() {}

  /// Reads what the options and the settings say.
  init(_ options: PlanOptions, _ settings: GitConfiguration) throws(BackportError) {
    if options.signing == false {
      isForbidden = true
      return
    }
    let isAsked = options.signing == true
    let all = try SigningChoice.flag("tag.gpgsign", settings)
    let annotated = try SigningChoice.flag("tag.forcesignannotated", settings)
    let everyCommit = try SigningChoice.flag("commit.gpgsign", settings)
    commits = isAsked || everyCommit
    tags = isAsked || all ? .all : annotated ? .annotated : .none
    do {
      let signing = try SigningSettings(settings, requestedKey: options.signingKey)
      format = signing.format
      key = signing.key
    } catch {
      // What is not used need not be right.
      if commits || tags != .none { throw BackportError(.signing, [], detail: error.message) }
    }
    isSetUp = commits || tags != .none || key != nil
  }

  private static func flag(
    _ key: ConfigurationKey, _ settings: GitConfiguration
  ) throws(BackportError) -> Bool {
    do {
      return try settings.bool(key) ?? false
    } catch {
      throw BackportError(
        .configuration, ["git config", key.description],
        detail: "'\(error.entry.text)' is neither true nor false")
    }
  }

  /// How the tag of a release is made, by the project's wish and the tag before it.
  func tag(
    _ kind: ProjectConfiguration.TagKind, after precedent: ReleasePrecedent
  ) -> (isAnnotated: Bool, isSigned: Bool) {
    switch kind {
    case .lightweight: return (false, false)
    case .annotated: return (true, tags != .none)
    case .signed: return (true, !isForbidden)
    case .auto:
      if tags == .all { return (true, true) }
      let follows = precedent.isSigned && isSetUp
      return (precedent.isAnnotated, precedent.isAnnotated && (follows || tags == .annotated))
    }
  }
}

/// What an apply signs, and how: `signing` of a plan.
public struct PlannedSigning: Codable, Equatable, Sendable {
  /// Whether the commits are signed.
  public var commits: Bool
  /// Whether a tag is signed.
  public var tags: Bool
  /// `openpgp`, `ssh` or `x509`.
  public var format: String
  /// The key that is named; nil takes the signer's own.
  @ExplicitNull public var key: String?

  /// Makes a description.
  public init(commits: Bool, tags: Bool, format: String, key: String?) {
    self.commits = commits
    self.tags = tags
    self.format = format
    self.key = key
  }
}

extension BackportPlan {
  /// The plan with the ids that signing will change put aside: `id` becomes null, and `unsignedId` is
  /// what an apply checks.
  func hidingIDs(ofSigned choice: SigningChoice, in repository: Repository) -> BackportPlan {
    let signedTags = Set(targets.compactMap(\.release).filter(\.isTagSigned).map(\.tag))
    guard choice.commits || !signedTags.isEmpty else { return self }
    var plan = self
    plan.signing = PlannedSigning(
      commits: choice.commits, tags: !signedTags.isEmpty, format: choice.format.rawValue,
      key: choice.key)
    func isSigned(_ id: ObjectID?) -> Bool {
      choice.commits && id.map { repository.isDraft($0) } ?? false
    }
    for index in plan.targets.indices {
      for place in plan.targets[index].commits.indices {
        let id = plan.targets[index].commits[place].id
        guard isSigned(id) else { continue }
        plan.targets[index].commits[place].unsignedId = id
        plan.targets[index].commits[place].id = nil
      }
      guard var release = plan.targets[index].release else { continue }
      if release.isTagSigned || isSigned(release.commit) {
        release.unsignedTagObject = release.tagObject
        release.tagObject = nil
      }
      if isSigned(release.commit) {
        release.unsignedCommit = release.commit
        release.commit = nil
      }
      if let development = release.development, isSigned(development.commit) {
        release.development?.unsignedCommit = development.commit
        release.development?.commit = nil
      }
      plan.targets[index].release = release
    }
    for index in plan.refUpdates.indices {
      let update = plan.refUpdates[index]
      let isSignedTag = update.ref.tagName.map { signedTags.contains($0) } ?? false
      guard let new = update.new, isSignedTag || holdsSigned(new, choice, in: repository) else {
        continue
      }
      plan.refUpdates[index].unsignedNew = new
      plan.refUpdates[index].new = nil
    }
    if isSigned(plan.trunk.new) { plan.trunk.new = nil }
    return plan
  }

  private func holdsSigned(
    _ id: ObjectID, _ choice: SigningChoice, in repository: Repository
  ) -> Bool {
    guard choice.commits else { return false }
    guard let tag = try? repository.annotatedTag(id) else { return repository.isDraft(id) }
    return repository.isDraft(tag.target)
  }
}
