import GitStore
import ReleaseModel

/// Whether a line has the flaw that a fix repairs.
struct AffectedVerdict: Equatable, Sendable {
  /// The answer; nil when nothing proves it either way, which counts as affected.
  var isAffected: Bool?
  /// What was looked at, one finding each.
  var evidence: [String]
  /// The commit that brought the flaw, as the line has it.
  var introduced: ObjectID?
}

/// Finds out whether lines have what a fix repairs.
///
/// The commit that introduced the flaw decides: a line whose history holds it, or a pick of it, is
/// affected. One that does not is not affected, unless the very lines that the fix removes or
/// guards stand there all the same. Without such a commit the text is evidence and no proof: it
/// told 90 % of real lines right (picking.md).
struct AffectedCheck {
  /// A commit that is said to have introduced the flaw.
  struct Introducer {
    let fix: FixSet
    /// Who says so, for people.
    let source: String
    /// Whether nobody says so, and it follows from where the lines came from.
    var isProposal = false
    let applied: AppliedCheck

    var commit: Commit? { fix.commits.first }
  }

  private let repository: Repository
  /// Those that are stated, or that the fix's own trailers name.
  let introducers: [Introducer]
  private let text: FlawText

  /// The value of `--introduced` that has the commits proposed by where the lines came from.
  static let proposing = "auto"
  /// How many commits are proposed at most.
  private static let mostProposals = 3

  /// Prepares the check; `revisions` are those of `--introduced`, else the fix's own trailers are read.
  init(
    of fix: FixSet, introduced revisions: [String], in repository: Repository
  ) throws(BackportError) {
    self.repository = repository
    let resolver = FixResolver(repository: repository)
    var found: [Introducer] = []
    for revision in revisions where revision != AffectedCheck.proposing {
      let set = try resolver.resolve([revision], mainline: nil)
      found.append(
        Introducer(
          fix: set, source: "--introduced", applied: try AppliedCheck(of: set, in: repository)))
    }
    if revisions.allSatisfy({ $0 == AffectedCheck.proposing }) {
      for commit in fix.commits {
        for id in OriginLines.introducers(in: commit.displayMessage) {
          // A trailer may name what is not here, or anything else.
          guard let set = try? resolver.resolve([id], mainline: nil),
            let applied = try? AppliedCheck(of: set, in: repository)
          else { continue }
          found.append(
            Introducer(
              fix: set, source: "a trailer of \(commit.id.abbreviated())", applied: applied))
        }
      }
    }
    if found.isEmpty, !revisions.isEmpty {
      let proposals = try store { () throws(GitError) in
        try FlawBlame(repository: repository, fix: fix).proposals()
      }
      for proposal in proposals.prefix(AffectedCheck.mostProposals) {
        let set = try resolver.resolve([proposal.commit.id.description], mainline: nil)
        found.append(
          Introducer(
            fix: set,
            source: "proposed: \(proposal.lines) of the lines that the fix changes came with it",
            isProposal: true, applied: try AppliedCheck(of: set, in: repository)))
      }
    }
    introducers = found
    text = FlawText(repository: repository, fix: fix)
  }

  /// Judges the line with that tip.
  func verdict(at tip: ObjectID) throws(BackportError) -> AffectedVerdict {
    let sighting = try store { () throws(GitError) in
      try text.sighting(in: try repository.commit(tip).tree)
    }
    if introducers.isEmpty {
      return AffectedVerdict(isAffected: nil, evidence: sighting.map { [$0.description] } ?? [])
    }
    var absences: [String] = []
    for introducer in introducers {
      guard let commit = introducer.commit else { continue }
      let name = "\(commit.id.abbreviated()) (\(introducer.source)), which introduced the flaw,"
      let isThere = try store { () throws(GitError) in
        try repository.isAncestor(commit.id, of: tip)
      }
      if isThere {
        return AffectedVerdict(
          isAffected: true, evidence: ["affected: \(name) is in its history"],
          introduced: commit.id)
      }
      let history = try introducer.applied.history(of: tip)
      if let presence = try introducer.applied.presences(in: history)[commit.id] {
        return AffectedVerdict(
          isAffected: true, evidence: ["affected: \(presence.evidence)"],
          introduced: presence.commit)
      }
      absences.append(
        "\(name) is not in its history, and none of \(history.commits.count) commits "
          + "there is its pick")
    }
    if let sighting, sighting.isWhole {
      absences.append("yet \(sighting.description); so it counts as affected")
      return AffectedVerdict(isAffected: nil, evidence: absences)
    }
    if introducers.contains(where: \.isProposal) {
      absences.append("a proposal proves nothing; so it counts as affected")
      return AffectedVerdict(isAffected: nil, evidence: absences)
    }
    return AffectedVerdict(isAffected: false, evidence: absences)
  }
}
