import GitStore
import ReleaseModel

/// A security fix, prepared for being looked for on many lines.
final class AuditedFix {
  /// A commit that is said to have introduced the flaw.
  struct Introducer {
    let part: FixPart
    /// Who says so, for people.
    let source: String
  }

  let fix: SecurityFix
  let parts: [FixPart]
  let introducers: [Introducer]
  let decisions: FixDecisions
  private let repository: Repository
  private var resolved: FixSet?
  private var kept: Texts?

  /// What is looked for in the files of a line, worked out when the first line asks.
  struct Texts {
    let flaw: FlawText
    let added: AddedText
    let proof: NoChangeProof
  }

  init(
    _ fix: SecurityFix, in graph: HistoryGraph, _ workspace: Workspace, _ inventory: LineInventory
  ) throws(BackportError) {
    let repository = workspace.repository
    var fix = fix
    var decisions = FixDecisions(
      project: workspace.project, names: fix.ids + fix.commits.map(\.description),
      inventory: inventory)
    for revision in decisions.with {
      if let id = try? repository.resolve(revision), !fix.commits.contains(id) {
        fix.commits.append(id)
      }
    }
    var parts: [FixPart] = []
    for id in fix.commits { parts.append(try FixPart(id, in: graph, repository)) }
    var introducers: [Introducer] = []
    for id in fix.introducers {
      if let part = try? FixPart(id, in: graph, repository) {
        introducers.append(Introducer(part: part, source: "named by an advisory"))
      }
    }
    var names = fix.ids
    for part in parts {
      let message = part.commit.displayMessage
      for text in OriginLines.introducers(in: message) {
        // A trailer may name what is not here, or anything else.
        guard let id = try? repository.resolve(text),
          let cause = try? FixPart(id, in: graph, repository)
        else { continue }
        introducers.append(
          Introducer(
            part: cause, source: "a trailer of \(part.commit.id.abbreviated())"))
      }
      // Decisions may be filed under a commit that a merge of the fix brought in.
      if part.commit.parents.count > 1, !workspace.project.decisions.isEmpty,
        let set = try? part.set()
      {
        names += set.commits.map(\.id.description)
      }
    }
    if names.count > fix.ids.count {
      decisions = FixDecisions(
        project: workspace.project, names: names + fix.commits.map(\.description),
        inventory: inventory)
    }
    self.fix = fix
    self.parts = parts
    self.introducers = introducers
    self.decisions = decisions
    self.repository = repository
  }

  /// What its text is recognised by; nil when it changes nothing.
  func texts() throws(BackportError) -> Texts? {
    if let kept { return kept }
    guard let set = try set() else { return nil }
    let texts = Texts(
      flaw: FlawText(repository: repository, fix: set),
      added: AddedText(repository: repository, fix: set),
      proof: NoChangeProof(repository: repository, fix: set))
    kept = texts
    return texts
  }

  /// All commits that are picked for it; nil when it changes nothing.
  func set() throws(BackportError) -> FixSet? {
    if let resolved { return resolved }
    do {
      let set = try FixResolver(repository: repository).resolve(fix.revisions, mainline: nil)
      resolved = set
      return set
    } catch {
      if error.code == .emptyFix { return nil }
      throw error
    }
  }
}
