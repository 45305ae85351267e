public import GitStore
public import ReleaseModel

/// What a page shows besides the documents: the lines over time, and the changes as text.
///
/// Gathered on demand, since it costs the date of every release and a difference for every commit.
public struct ReportFacts: Equatable, Sendable {
  /// One release on the way of a line.
  public struct Release: Equatable, Sendable {
    /// The version.
    public var version: String
    /// The day of its commit.
    public var date: CalendarDate
  }

  /// A release line over time.
  public struct Line: Equatable, Sendable {
    /// The line's name.
    public var name: String
    /// Its releases whose day is known, oldest first; of more than 60 every so many.
    public var releases: [Release]
    /// `yes`, `no` or `unknown`.
    public var supported: SupportAnswer
    /// The last day of support; nil when it has no known end.
    public var until: CalendarDate?
    /// The last day of the present level when a lesser one follows it.
    public var levelUntil: CalendarDate?
    /// The verdict in words.
    public var reason: String
  }

  /// A commit that is shown with its change.
  public struct Patch: Equatable, Sendable {
    /// The change in git's own form, line by line, repaired to UTF-8, without binary data.
    public var lines: [String]
    /// How many more lines there are.
    public var omitted: Int
  }

  /// The day for which the policy was asked.
  public var asOf: CalendarDate
  /// All lines, newest first.
  public var lines: [Line]
  /// The day of the newest commit of the fix; nil without one.
  public var fixDate: CalendarDate?
  /// The changes of the fix, of its picks and of the release commits, by commit.
  public var patches: [ObjectID: Patch]
  /// How the picks differ from the originals, by line.
  public var comparisons: [String: [PickComparison]] = [:]
}

extension ReportFacts {
  /// The most lines of one change, and of all changes together.
  private static let mostLines = (each: 2_000, all: 20_000)

  /// How many lines of changes may still be kept.
  private var room: Int { Self.mostLines.all - patches.values.reduce(0) { $0 + $1.lines.count } }

  /// Adds the change of a commit against its parent, or against another commit.
  mutating func add(
    _ id: ObjectID, since base: ObjectID? = nil, mainline: Int? = nil, in repository: Repository
  ) {
    guard patches[id] == nil, let commit = try? repository.commit(id) else { return }
    let number = (mainline ?? 1) - 1
    let parent = base ?? (commit.parents.indices.contains(number) ? commit.parents[number] : nil)
    let old = parent.flatMap { try? repository.commit($0).tree }
    guard let bytes = try? repository.patch(from: old, to: commit.tree) else { return }
    patches[id] = ReportFacts.patch(bytes, limit: min(room, Self.mostLines.each))
  }

  private static func patch(_ bytes: [UInt8], limit: Int) -> Patch {
    var patch = Patch(lines: [], omitted: 0)
    var isBinary = false
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for line in lines {
      if line.starts(with: "diff --git ".utf8) { isBinary = false }
      if isBinary { continue }
      isBinary = line.elementsEqual("GIT binary patch".utf8)
      if patch.lines.count < limit {
        patch.lines.append(String(decoding: line, as: UTF8.self))
      } else {
        patch.omitted += 1
      }
    }
    return patch
  }
}

extension Workspace {
  /// What a page about the release lines shows.
  public func facts(
    asOf: CalendarDate, package: String? = nil
  ) throws(BackportError) -> ReportFacts {
    let survey = try survey(asOf: asOf, package: package)
    return ReportFacts(
      asOf: asOf, lines: survey.inventory.lines.map { history(of: $0, survey) }, fixDate: nil,
      patches: [:])
  }

  /// What a page about an operation shows, as the repository is now.
  public func facts(of operation: OperationDocument) throws(BackportError) -> ReportFacts {
    try reopened().facts(of: operation.plan)
  }

  /// The same with the repository opened once more: what was landed a moment ago is not seen by the
  /// one that was opened before.
  public func reopened() throws(BackportError) -> Workspace {
    let repository = try store { () throws(GitError) in try self.repository.reopened() }
    return Workspace(
      repository: repository, surroundings: surroundings, trunk: trunk, project: project,
      remote: remote, policySource: policySource, warnings: warnings, git: git,
      settings: settings)
  }

  /// What a page about a plan shows; its objects must be stored, or made by this workspace.
  public func facts(of plan: BackportPlan) throws(BackportError) -> ReportFacts {
    let asOf =
      (try? CalendarDate(parsing: plan.asOf)) ?? CalendarDate(unixSeconds: surroundings.now)
    var facts = try facts(asOf: asOf, package: plan.options.package)
    let commits = plan.fixes.flatMap(\.commits)
    facts.fixDate = plan.fixes.flatMap {
      [$0.merge, $0.commits.last?.id].compactMap(\.self).prefix(1)
    }
    .compactMap { day(of: $0) }.max()
    for commit in commits { facts.add(commit.id, mainline: commit.mainline, in: repository) }
    for target in plan.targets {
      var tip = target.base
      for commit in target.commits {
        guard let id = commit.id ?? commit.unsignedId else { continue }
        // An identical pick is the same change once more.
        if commit.fidelity != "identical" { facts.add(id, in: repository) }
        tip = id
      }
      if let id = target.release?.commit ?? target.release?.unsignedCommit, id != tip {
        facts.add(id, since: tip, in: repository)
      }
    }
    facts.comparisons = try comparisons(in: plan)
    return facts
  }

  private func day(of id: ObjectID) -> CalendarDate? {
    guard let committer = try? repository.commit(id).committer else { return nil }
    return CalendarDate(
      unixSeconds: committer.seconds, offsetMinutes: committer.offsetMinutes)
  }

  private func history(of line: ReleaseLine, _ survey: LineSurvey) -> ReportFacts.Line {
    let step = max(1, line.releases.count / 60)
    let shown = line.releases.enumerated().filter { index, _ in
      index % step == 0 || index == line.releases.count - 1
    }
    let releases = shown.compactMap { _, release -> ReportFacts.Release? in
      guard let commit = try? tagCommit(of: release), let day = day(of: commit) else { return nil }
      return ReportFacts.Release(version: release.version.description, date: day)
    }
    let verdict = survey.verdict(on: line.name)
    return ReportFacts.Line(
      name: line.name.description, releases: releases.sorted { $0.date < $1.date },
      supported: verdict?.supported ?? .unknown, until: verdict?.until,
      levelUntil: verdict?.levelUntil, reason: verdict?.reason ?? "")
  }
}
