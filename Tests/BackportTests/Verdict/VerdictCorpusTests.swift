import Foundation
import GitStore
import Testing

@testable import Backport

/// How verdicts on real backports compare with what people did.
@Suite(.enabled(if: BackportCorpus.isThere), .serialized) struct VerdictCorpusTests {
  private static func rows(
    of table: String
  ) throws -> (repository: Repository, rows: [BackportRow])? {
    let rows = try BackportCorpus.rows(of: table)
    guard let first = rows.first, let clone = BackportCorpus.clone(of: first.repository) else {
      return nil
    }
    return (try Repository(gitDirectory: clone), rows)
  }

  @Test(arguments: BackportCorpus.tables)
  func `a fix is found after its backport and not before`(table: String) throws {
    guard let (repository, rows) = try Self.rows(of: table) else { return }
    let resolver = FixResolver(repository: repository)
    var picker = try Picker.bare(in: repository)
    var (asked, found) = (0, 0)
    var (missed, early): ([String], [String]) = ([], [])
    let start = ContinuousClock.now
    for row in rows {
      guard let human = row.human,
        let fix = try? resolver.resolve(
          [row.fix.description], mainline: row.mainline == 0 ? nil : row.mainline),
        (try? repository.commit(human)) != nil
      else { continue }
      asked += 1
      let check = try AppliedCheck(of: fix, in: repository)
      func isThere(at tip: ObjectID) throws -> [String]? {
        let presences = try check.presences(in: try check.history(of: tip))
        if presences.count == fix.commits.count { return presences.values.map(\.evidence) }
        let outcome = try picker.pick(fix.sources, onto: tip)
        guard outcome.isClean, outcome.tip == tip else { return nil }
        return try NoChangeProof(repository: repository, fix: fix).evidence(at: tip).map { [$0] }
      }
      if try isThere(at: human) != nil { found += 1 } else { missed.append("\(row.fix) \(human)") }
      if let evidence = try isThere(at: row.onto) {
        early.append("\(row.fix) \(row.onto): \(evidence)")
      }
    }
    print(
      "\(table): rows \(asked), found \(found) (\(found * 1_000 / max(1, asked)) ‰), "
        + "before the backport \(early.count), \(ContinuousClock.now - start)")
    for line in missed.prefix(40) { print("  missed \(line)") }
    for line in early { print("  early \(line)") }
    #expect(found * 100 >= asked * 80)
  }

  @Test(arguments: BackportCorpus.tables)
  func `names that a line does not know point at picks that are wrong`(table: String) throws {
    guard let (repository, rows) = try Self.rows(of: table) else { return }
    var (right, wrong, alarms, caught) = (0, 0, 0, 0)
    for row in rows {
      guard let fix = try? repository.commit(row.fix), let onto = try? repository.commit(row.onto),
        let parent = fix.parents.dropFirst(max(0, row.mainline - 1)).first
      else { continue }
      let base = try repository.commit(parent).tree
      var merge = try TreeMerge(repository: repository, base: base, theirs: fix.tree)
      guard let tree = try merge.merge(onto: onto.tree).cleanTree else { continue }
      let isRight = try BackportCorpus.isRight(tree, row, from: onto.tree, in: repository)
      let names = try UnknownNames(repository: repository, trunk: base).found(
        from: onto.tree, to: tree)
      if isRight { right += 1 } else { wrong += 1 }
      if names.isEmpty { continue }
      if isRight { alarms += 1 } else { caught += 1 }
      print("  \(isRight ? "alarm" : "caught") \(row.fix) \(names.map(\.description))")
    }
    print("\(table): right \(right), alarms \(alarms); wrong \(wrong), caught \(caught)")
    #expect(alarms * 100 <= right * 4)
  }
}
