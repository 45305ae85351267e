import Backport
import Foundation
import GitStore
import Testing

/// What became of real backports with the rules that settle conflicts.
private struct Tally: CustomStringConvertible {
  var rows = 0
  var right = 0
  var exact = 0
  var byMethod: [String: (settled: Int, right: Int)] = [:]
  var wrong: [String] = []

  var settled: Int { byMethod.values.reduce(0) { $0 + $1.settled } }
  var settledRight: Int { byMethod.values.reduce(0) { $0 + $1.right } }

  var description: String {
    let methods = byMethod.sorted { $0.key < $1.key }.map {
      "\($0.key) \($0.value.right)/\($0.value.settled)"
    }
    return
      "rows \(rows), right \(right) (\(right * 1_000 / max(1, rows)) ‰), exact \(exact), "
      + "settled: " + methods.joined(separator: ", ")
  }
}

@Suite(.enabled(if: BackportCorpus.isThere), .serialized) struct ResolutionCorpusTests {
  @Test(arguments: BackportCorpus.tables)
  func `what is settled silently is what people made`(table: String) throws {
    let rows = try BackportCorpus.rows(of: table)
    guard let first = rows.first, let clone = BackportCorpus.clone(of: first.repository) else {
      return
    }
    let repository = try Repository(gitDirectory: clone)
    var picker = try Picker.bare(in: repository)
    var tally = Tally()
    for row in rows { try add(row, to: &tally, &picker, in: repository) }
    print("\(table): \(tally)")
    for line in tally.wrong { print("  wrong \(line)") }
    // A handful says nothing of a rule.
    #expect(tally.settled < 10 || tally.settledRight * 100 >= tally.settled * 85)
  }

  private func add(
    _ row: BackportRow, to tally: inout Tally, _ picker: inout Picker, in repository: Repository
  ) throws {
    guard let fix = try? repository.commit(row.fix), let onto = try? repository.commit(row.onto)
    else { return }
    tally.rows += 1
    let parent = fix.parents.dropFirst(max(0, row.mainline - 1)).first
    let source = PickSource(commit: fix, parent: parent)
    var outcome = try picker.pick(
      [source], onto: row.onto, resolver: ConflictResolver(entryIsWritten: true))
    var methods = Set(outcome.commits.flatMap(\.resolutions).map(\.method.rawValue))
    if !outcome.isClean, let id = row.cascade, let newer = try? repository.commit(id) {
      let again = try picker.pick(
        [PickSource(newer)], onto: row.onto, resolver: ConflictResolver(entryIsWritten: true))
      if again.isClean, again.tree != onto.tree,
        again.commits.allSatisfy({ $0.renames.isEmpty })
      {
        outcome = again
        methods = ["cascade"]
      }
    }
    guard outcome.isClean else { return }
    let isExact = try BackportCorpus.isRight(outcome.tree, row, from: onto.tree, in: repository)
    tally.exact += isExact ? 1 : 0
    // The wording of an entry is the maintainers' own: its file is left out of the comparison.
    let settled = Set(
      outcome.commits.flatMap(\.resolutions).filter { $0.method == .changelogPlacement }
        .map(\.path))
    let isRight =
      try isExact
      || BackportCorpus.isRight(
        outcome.tree, row, from: onto.tree, in: repository, except: settled)
    tally.right += isRight ? 1 : 0
    guard !methods.isEmpty else { return }
    let method = methods.sorted().joined(separator: "+")
    tally.byMethod[method, default: (0, 0)].settled += 1
    tally.byMethod[method, default: (0, 0)].right += isRight ? 1 : 0
    if !isRight { tally.wrong.append("\(method) \(row.fix) onto \(row.onto)") }
  }
}
