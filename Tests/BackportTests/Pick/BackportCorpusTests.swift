import Backport
import Foundation
import GitStore
import Testing

/// How our merges of a table's rows compare with git's.
private struct Score: CustomStringConvertible {
  var rows = 0
  var missing = 0
  var gitClean = 0
  var gitRight = 0
  var clean = 0
  var right = 0
  var different: [String] = []
  var lost: [String] = []
  var gained: [String] = []

  var description: String {
    "rows \(rows) (\(missing) without objects), git: clean \(gitClean) right \(gitRight), "
      + "ours: clean \(clean) right \(right), different \(different.count), "
      + "lost \(lost.count), gained \(gained.count)"
  }
}

@Suite(.enabled(if: BackportCorpus.isThere), .serialized) struct BackportCorpusTests {
  @Test(arguments: BackportCorpus.tables)
  func `real backports give git's tree wherever git is clean`(table: String) throws {
    let rows = try BackportCorpus.rows(of: table)
    guard let first = rows.first, let clone = BackportCorpus.clone(of: first.repository) else {
      return
    }
    let repository = try Repository(gitDirectory: clone)
    var score = Score()
    let start = ContinuousClock.now
    for row in rows { try add(row, to: &score, in: repository) }
    print("\(table): \(score), \(ContinuousClock.now - start)")
    for line in score.different { print("  different \(line)") }
    for line in score.lost { print("  lost \(line)") }
    for line in score.gained { print("  gained \(line)") }
    #expect(score.different.isEmpty)
    #expect(score.lost.count * 500 <= score.rows)
    #expect(score.right >= score.gitRight)
  }

  private func add(_ row: BackportRow, to score: inout Score, in repository: Repository) throws {
    guard let fix = try? repository.commit(row.fix), let onto = try? repository.commit(row.onto)
    else {
      score.missing += 1
      return
    }
    score.rows += 1
    score.gitClean += row.isCleanInGit ? 1 : 0
    score.gitRight += row.isCleanInGit && row.isRightInGit ? 1 : 0
    let parent = fix.parents.dropFirst(max(0, row.mainline - 1)).first
    let base = try parent.map { try repository.commit($0).tree }
    var merge = try TreeMerge(repository: repository, base: base, theirs: fix.tree)
    let outcome = try merge.merge(onto: onto.tree)
    let name = "\(row.fix) onto \(row.onto)"
    let paths = outcome.conflicts.map { "\($0.kind.rawValue) \($0.displayPath)" }
    if let tree = outcome.cleanTree {
      score.clean += 1
      if try BackportCorpus.isRight(tree, row, from: onto.tree, in: repository) { score.right += 1 }
      if !row.isCleanInGit {
        score.gained.append("\(name): \(outcome.notes)")
      } else if tree != row.gitTree {
        score.different.append("\(name): \(tree) not \(row.gitTree?.description ?? "-")")
      }
    } else if row.isCleanInGit {
      score.lost.append("\(name): \(paths)")
    }
  }
}
