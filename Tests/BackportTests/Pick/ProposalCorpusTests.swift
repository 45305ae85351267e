import Foundation
import GitStore
import Testing

@testable import Backport

/// How often proposals are what people made of a file, by the rule that was trusted least.
private struct ProposalTally: CustomStringConvertible {
  var files: [String: (proposed: Int, right: Int)] = [:]
  var conflicts = 0

  var description: String {
    "\(conflicts) files in conflict, "
      + files.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.right)/\($0.value.proposed)" }
      .joined(separator: ", ")
  }

  mutating func add(_ kind: HunkProposal.Kind, isRight: Bool) {
    files[kind.rawValue, default: (0, 0)].proposed += 1
    files[kind.rawValue, default: (0, 0)].right += isRight ? 1 : 0
  }
}

@Suite(.enabled(if: BackportCorpus.isThere), .serialized) struct ProposalCorpusTests {
  @Test(arguments: BackportCorpus.tables)
  func `what is proposed is often what people made`(table: String) throws {
    let rows = try BackportCorpus.rows(of: table)
    guard let first = rows.first, let clone = BackportCorpus.clone(of: first.repository) else {
      return
    }
    let repository = try Repository(gitDirectory: clone)
    var picker = try Picker.bare(in: repository)
    var tally = ProposalTally()
    for row in rows where !row.isCleanInGit {
      try add(row, to: &tally, &picker, in: repository)
    }
    print("\(table): \(tally)")
    let proposed = tally.files.values.reduce(0) { $0 + $1.proposed }
    let right = tally.files.values.reduce(0) { $0 + $1.right }
    #expect(right * 3 >= proposed)
  }

  private func add(
    _ row: BackportRow, to tally: inout ProposalTally, _ picker: inout Picker,
    in repository: Repository
  ) throws {
    guard let fix = try? repository.commit(row.fix), (try? repository.commit(row.onto)) != nil,
      let human = row.humanTree
    else { return }
    let parent = fix.parents.dropFirst(max(0, row.mainline - 1)).first
    let outcome = try picker.pick(
      [PickSource(commit: fix, parent: parent)], onto: row.onto,
      resolver: ConflictResolver(entryIsWritten: true))
    let file = ProposedFile(repository: repository)
    for conflict in outcome.conflicts {
      tally.conflicts += 1
      let made = try repository.node(at: conflict.path, in: human)
      if conflict.kind == .modifyDelete, conflict.ours == nil {
        tally.add(.absentFile, isRight: made == nil)
      }
      if let (bytes, kinds) = try file.contents(of: conflict), let kind = kinds.max(by: less) {
        tally.add(kind, isRight: try made.map { try repository.blob($0.id) == bytes } ?? false)
      }
      guard let id = row.cascade, let newer = try? repository.commit(id), newer.parents.count == 1,
        let before = try repository.node(
          at: conflict.path, in: try repository.commit(newer.parents[0]).tree),
        let after = try repository.node(at: conflict.path, in: newer.tree), before != after,
        let ours = conflict.ours, before.mode.isFile, after.mode.isFile, ours.mode.isFile,
        case .clean(let bytes) = try repository.mergeBlobs(
          base: before.id, ours: ours.id, theirs: after.id)
      else { continue }
      tally.add(.newerLine, isRight: try made.map { try repository.blob($0.id) == bytes } ?? false)
    }
  }

  private func less(_ left: HunkProposal.Kind, _ right: HunkProposal.Kind) -> Bool {
    let order = HunkProposal.Kind.allCases
    return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
  }
}
