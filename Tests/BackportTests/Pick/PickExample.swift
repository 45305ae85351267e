import Backport
import GitStore
import TestSupport
import Testing

/// One pick, tried by git and by us.
struct PickExample {
  let repository: TestRepository
  let store: Repository
  let outcome: TreeMergeOutcome
  let git: PickVerdict

  /// Writes the three trees; `theirs` and `ours` are changes against `base`, nil takes a file away.
  init(
    base: [String: FileChange], theirs: [String: FileChange?], ours: [String: FileChange?]
  ) throws {
    let base = PickExample.snapshot(base)
    let pick = PickCase(
      seed: 0, base: base, theirs: PickExample.applying(theirs, to: base),
      ours: PickExample.applying(ours, to: base))
    let oracle = try CherryPickOracle([pick])
    repository = oracle.repository
    store = try Repository(gitDirectory: repository.gitDirectory)
    git = try #require(try oracle.gitVerdicts().first)
    outcome = try #require(try oracle.ourOutcomes(in: store).first)
  }

  private static func snapshot(_ files: [String: FileChange]) -> Snapshot {
    Dictionary(uniqueKeysWithValues: files.map { (Array($0.utf8), $1) })
  }

  private static func applying(_ changes: [String: FileChange?], to base: Snapshot) -> Snapshot {
    var result = base
    for (path, change) in changes { result[Array(path.utf8)] = change }
    return result
  }

  /// The kinds of the conflicts by path.
  var conflicts: [String: ConflictKind] {
    Dictionary(outcome.conflicts.map { ($0.displayPath, $0.kind) }) { first, _ in first }
  }

  /// The followed renames.
  var renames: [String: String] {
    Dictionary(
      outcome.renames.map {
        (String(decoding: $0.from, as: UTF8.self), String(decoding: $0.to, as: UTF8.self))
      }
    ) { first, _ in first }
  }

  /// The text at a path of the result; nil when nothing is there.
  func text(_ path: String) throws -> String? {
    let tree = try #require(outcome.cleanTree)
    guard let node = try store.node(at: path, in: tree) else { return nil }
    return String(decoding: try store.blob(node.id), as: UTF8.self)
  }

  /// Expects a clean merge that is git's.
  func expectClean(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(conflicts.isEmpty, sourceLocation: sourceLocation)
    #expect(outcome.verdict == git, sourceLocation: sourceLocation)
  }

  /// Expects a conflict of that kind, in git too.
  func expectConflict(
    _ path: String, _ kind: ConflictKind, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(conflicts[path] == kind, "\(conflicts)", sourceLocation: sourceLocation)
    #expect(outcome.verdict == .conflict, sourceLocation: sourceLocation)
    #expect(git == .conflict, sourceLocation: sourceLocation)
  }
}

/// Text of numbered lines, some of them replaced.
func numbered(_ count: Int, _ changes: [Int: String] = [:], end: String = "\n") -> FileChange {
  .text((1...count).map { (changes[$0] ?? "this is line \($0)") + end }.joined())
}
