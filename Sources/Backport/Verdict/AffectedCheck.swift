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
    fileprivate let applied: AppliedCheck

    var commit: Commit? { fix.commits.first }
  }

  private let repository: Repository
  private let introducers: [Introducer]
  private let text: FlawText

  /// Prepares the check; `revisions` are those of `--introduced`, else the fix's own trailers are read.
  init(
    of fix: FixSet, introduced revisions: [String], in repository: Repository
  ) throws(BackportError) {
    self.repository = repository
    let resolver = FixResolver(repository: repository)
    var found: [Introducer] = []
    for revision in revisions {
      let set = try resolver.resolve([revision], mainline: nil)
      found.append(
        Introducer(
          fix: set, source: "--introduced", applied: try AppliedCheck(of: set, in: repository)))
    }
    if revisions.isEmpty {
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
    return AffectedVerdict(isAffected: false, evidence: absences)
  }
}

/// The lines by whose presence a flaw is recognised.
struct FlawText {
  /// How many of them stand somewhere.
  struct Sighting: Equatable, CustomStringConvertible {
    let present: Int
    let total: Int
    /// Whether the fix removes the lines, or only stands next to them.
    let isRemoved: Bool

    /// Whether all of them are there.
    var isWhole: Bool { present == total }

    var description: String {
      let what = "that the fix \(isRemoved ? "removes" : "stands next to")"
      if total == 1 { return "the line \(what) \(isWhole ? "stands" : "does not stand") there" }
      if isWhole { return "\(total == 2 ? "both" : "all \(total)") lines \(what) stand there" }
      let number = present == 0 ? "none" : "\(present)"
      return "\(number) of the \(total) lines \(what) \(present < 2 ? "stands" : "stand") there"
    }
  }

  let repository: Repository
  let fix: FixSet

  /// How much of the flaw's text a tree holds; nil when the fix leaves nothing to look for.
  func sighting(in tree: ObjectID) throws(GitError) -> Sighting? {
    let removed = try sighting(in: tree, origin: UInt8(ascii: "-"))
    if removed.total > 0 { return removed }
    let guarded = try sighting(in: tree, origin: UInt8(ascii: " "))
    return guarded.total > 0 ? guarded : nil
  }

  /// The trees before and after the fix; of each commit where they do not go onto each other.
  private var stretches: [(before: ObjectID?, after: ObjectID)] {
    get throws(GitError) {
      if let whole = fix.whole { return [whole] }
      var result: [(before: ObjectID?, after: ObjectID)] = []
      for source in fix.sources {
        let before = try source.parent.map { (id) throws(GitError) in
          try repository.commit(id).tree
        }
        result.append((before, source.commit.tree))
      }
      return result
    }
  }

  private func sighting(in tree: ObjectID, origin: UInt8) throws(GitError) -> Sighting {
    var (present, total) = (0, 0)
    for (before, after) in try stretches {
      for change in try repository.changes(from: before, to: after)
      where PathRole(change.path) == .code {
        guard let old = change.old, old.mode.isFile else { continue }
        let new = change.new.flatMap { $0.mode.isFile ? $0.id : nil }
        let hunks = try repository.hunks(from: old.id, to: new, context: 1)
        let lines = hunks?.flatMap(\.lines).filter { $0.origin == origin }.map(\.content) ?? []
        let wanted = lines.map(FlawText.folded).filter { !$0.isEmpty }
        if wanted.isEmpty { continue }
        total += wanted.count
        guard let node = try repository.node(at: change.path, in: tree), node.mode.isFile,
          let text = try repository.text(node.id)
        else { continue }
        let there = Set(text.split(separator: UInt8(ascii: "\n")).map(FlawText.folded))
        present += wanted.count { there.contains($0) }
      }
    }
    return Sighting(present: present, total: total, isRemoved: origin == UInt8(ascii: "-"))
  }

  /// A line without white space; empty for one without a letter or digit, which tells nothing.
  static func folded(_ line: some Sequence<UInt8>) -> [UInt8] {
    let text = line.filter { $0 > UInt8(ascii: " ") }
    let tells = text.contains { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte >= 0x80
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return tells ? text : []
  }
}
