public import GitStore
public import ReleaseModel

/// Every release line and what the policy says of it: `lines/1`.
public struct LinesDocument: Codable, Equatable, Sendable {
  /// One release line.
  public struct Line: Codable, Equatable, Sendable {
    /// Where a line is released.
    public struct Branch: Codable, Equatable, Sendable {
      /// The name without `refs/heads/`; nil when only tags stay.
      @ExplicitNull public var name: String?
      /// The full name of the reference that is read; nil when there is none yet.
      @ExplicitNull public var ref: String?
      /// `exists`, `remote`, `create` or `trunk`.
      public var state: String
    }

    /// The newest release of a line.
    public struct Latest: Codable, Equatable, Sendable {
      /// The version.
      public var version: String
      /// Its tag; nil without a repository.
      @ExplicitNull public var tag: String?
      /// The tagged commit; nil without a repository.
      @ExplicitNull public var commit: ObjectID?
      /// The day it was committed; nil when not known.
      @ExplicitNull public var date: String?
    }

    /// The line's name.
    public var line: String
    /// The package in a monorepo.
    @ExplicitNull public var package: String?
    /// `yes`, `no` or `unknown`.
    public var supported: String
    /// `full`, `security`, `critical`, `best-effort` or `none`; nil when not known.
    @ExplicitNull public var level: String?
    /// The last day of support; nil when it has no known end.
    @ExplicitNull public var until: String?
    /// Why, for people.
    public var reason: String
    /// Where it is released; nil without a repository.
    @ExplicitNull public var branch: Branch?
    /// Its newest release.
    public var latest: Latest
    /// The version of its next patch release.
    public var next: String
    /// How many commits its branch holds beyond the newest release; nil when not known.
    @ExplicitNull public var unreleased: Int?
    /// The newer line that covers it; nil when none does.
    @ExplicitNull public var coveredBy: String?
    /// The rule that decided; nil when none did.
    @ExplicitNull public var rule: Rule?
    /// What would change the verdict; nil when nothing foreseeable would.
    @ExplicitNull public var whatWouldChange: String?
    /// The last day of the present level when a lesser one follows it; nil otherwise.
    @ExplicitNull public var levelUntil: String?
    /// The mildest flaw that is still fixed; nil for all.
    @ExplicitNull public var floor: String?
  }

  /// A rule of the policy.
  public struct Rule: Codable, Equatable, Sendable {
    /// Its place in the policy, counted from 1.
    public var number: Int
    /// The sentence.
    public var sentence: String
    /// The row or setting that states it; nil for what a preset or the assumption adds.
    @ExplicitNull public var source: PolicyPlace?
  }

  /// A key of the `[policy]` section that states the policy.
  public struct Setting: Codable, Equatable, Sendable {
    /// The key.
    public var key: String
    /// The value.
    public var value: String
  }

  /// Where a user of one version should go.
  public struct Advice: Codable, Equatable, Sendable {
    /// The version that was asked about.
    public var version: String
    /// The line it belongs to.
    public var line: String
    /// `newest`, `outdated`, `unsupported`, `unknown`, `prerelease`, `yanked` or `unreleased`.
    public var standing: String
    /// The release to move to; nil to stay, or when nothing newer is supported.
    @ExplicitNull public var upgrade: String?
    /// The line of that release.
    @ExplicitNull public var upgradeLine: String?
    /// The advice in one sentence.
    public var message: String
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.lines/1"
  /// Which repository this is about; nil without one.
  @ExplicitNull public var repository: RepositoryDescription?
  /// The day for which the policy was asked.
  public var asOf: String
  /// The policy.
  public var policy: PolicyDescription
  /// The `[policy]` section that states the policy without a preset.
  public var settings: [Setting]
  /// The lines, newest first.
  public var lines: [Line]
  /// Where users of the versions that were asked about should go.
  public var advice: [Advice] = []
  /// What a person should know.
  public var warnings: [Warning]
}

extension Workspace {
  /// The document of `lines`.
  public func lines(
    asOf: CalendarDate, package: String? = nil
  ) throws(BackportError) -> LinesDocument {
    try lines(of: survey(asOf: asOf, package: package))
  }

  /// The same of a survey that was made already.
  func lines(of survey: LineSurvey) throws(BackportError) -> LinesDocument {
    var lines: [LinesDocument.Line] = []
    for line in survey.inventory.lines { lines.append(try describe(line, survey)) }
    var warnings = warnings + survey.warnings
    if !repository.shallowBoundary.isEmpty {
      let names = survey.inventory.lines.map(\.name).filter(survey.undecided.contains)
        .map(\.description).joined(separator: ", ")
      warnings.append(
        Warning(
          "shallow",
          "the clone is shallow"
            + (names.isEmpty ? "" : "; the branches of \(names) are not certain")
        ))
    }
    return LinesDocument(
      repository: description, asOf: survey.coverage.asOf.description,
      policy: PolicyDescription(survey.policy), settings: LinesDocument.settings(of: survey.policy),
      lines: lines, warnings: warnings)
  }

  private func describe(
    _ line: ReleaseLine, _ survey: LineSurvey
  ) throws(BackportError) -> LinesDocument.Line {
    let commit = try tagCommit(of: line.newest)
    let branch = survey.branches[line.name].map { describe($0.state) }
    let tip = branch?.ref.flatMap { RefName($0) }.flatMap { repository.target(of: $0) }
    let unreleased = try unreleasedCount(branch, tip, since: commit)
    var result = LinesDocument.Line(
      line, survey.verdict(on: line.name), under: survey.policy,
      latest: LinesDocument.Line.Latest(
        version: line.newest.version.description, tag: line.newest.tagName, commit: commit,
        date: try day(of: commit)))
    result.branch = branch
    result.unreleased = unreleased
    return result
  }

  /// How many commits a branch holds beyond a release; nil where a shallow clone does not tell.
  private func unreleasedCount(
    _ branch: LinesDocument.Line.Branch?, _ tip: ObjectID?, since commit: ObjectID
  ) throws(BackportError) -> Int? {
    guard let branch else { return nil }
    guard let tip, branch.state != "create" else { return 0 }
    do throws(GitError) {
      return try repository.history(from: [tip], notIn: [commit], limit: 10_000).count
    } catch {
      guard error.code == .notFound, !repository.shallowBoundary.isEmpty else {
        throw BackportError(error)
      }
      return nil
    }
  }

  private func describe(_ state: LineBranch.State) -> LinesDocument.Line.Branch {
    switch state {
    case .exists(let name):
      .init(name: name, ref: "refs/heads/\(name)", state: "exists")
    case .remote(let name):
      .init(name: name, ref: reference(for: .remote(name))?.description, state: "remote")
    case .trunk: .init(name: trunk.name, ref: trunk.ref.description, state: "trunk")
    case .create(let name): .init(name: name, ref: nil, state: "create")
    }
  }

  /// The commit that a release is tagged on.
  func tagCommit(of release: ReleaseModel.Release) throws(BackportError) -> ObjectID {
    guard let name = RefName.tag(release.tagName), let reference = repository.reference(name)
    else { throw BackportError(.damagedRepository, [release.tagName, "read tag"]) }
    return try store { () throws(GitError) in try repository.commit(of: reference) }
  }

  private func day(of id: ObjectID) throws(BackportError) -> String {
    let committer = try store { () throws(GitError) in try repository.commit(id) }.committer
    return CalendarDate(unixSeconds: committer.seconds, offsetMinutes: committer.offsetMinutes)
      .description
  }
}
