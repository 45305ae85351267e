import Backport
import GitStore
import TestSupport
import Testing

/// What a pick came to.
enum PickVerdict: Equatable, Sendable {
  case clean(String)
  case conflict
}

/// Tries cases with git and with us, many in one repository.
struct CherryPickOracle {
  let repository: TestRepository
  private let commits: [(fix: String, onto: String)]

  /// Writes the commits of the cases.
  init(_ cases: [PickCase]) throws {
    var history = RepositoryBuilder()
    history.commit("start", files: ["start": "start\n"])
    var marks: [(Mark, Mark)] = []
    for (number, pick) in cases.enumerated() {
      let base = history.commit(
        bytes: [], on: "base\(number)", bytePaths: pick.base, parents: [])
      let theirs = CherryPickOracle.difference(pick.base, pick.theirs)
      let ours = CherryPickOracle.difference(pick.base, pick.ours)
      marks.append(
        (
          history.commit(
            bytes: Array("fix\n".utf8), on: "fix\(number)", bytePaths: theirs, parents: [base]),
          history.commit(
            bytes: Array("drift\n".utf8), on: "onto\(number)", bytePaths: ours, parents: [base])
        ))
    }
    repository = try history.write(bare: false)
    let written = repository
    commits = marks.map { (fix: written.id($0), onto: written.id($1)) }
  }

  private static func difference(_ old: Snapshot, _ new: Snapshot) -> Snapshot {
    var changes: Snapshot = [:]
    for (path, change) in new where old[path] != change { changes[path] = change }
    for path in old.keys where new[path] == nil {
      let folder = path + [UInt8(ascii: "/")]
      // A deletion would take what now lies below the path with it.
      if !new.keys.contains(where: { $0.starts(with: folder) }) { changes[path] = .deleted }
    }
    return changes
  }

  /// What `git cherry-pick` says, in a worktree.
  func gitVerdicts() throws -> [PickVerdict] {
    let script = """
      while read fix onto; do
        git checkout -q -f --detach $onto && git clean -ffdxq
        if git cherry-pick --allow-empty --keep-redundant-commits $fix >/dev/null 2>&1
        then git rev-parse HEAD^{tree}
        else echo conflict; git cherry-pick --abort 2>/dev/null || git reset -q --hard
        fi
      done
      """
    let input = commits.map { "\($0.fix) \($0.onto)\n" }.joined()
    let result = try ChildProcess.run(
      "/bin/sh", ["-c", script], environment: repository.environment.variables,
      directory: repository.directory, input: Array(input.utf8))
    return result.outputText.split(separator: "\n").map { line in
      line == "conflict" ? .conflict : .clean(String(line))
    }
  }

  /// What we say.
  func ourOutcomes(in store: Repository? = nil) throws -> [TreeMergeOutcome] {
    let store = try store ?? Repository(gitDirectory: repository.gitDirectory)
    return try commits.map { fix, onto in
      let commit = try store.commit(try #require(ObjectID(hex: fix)))
      let target = try store.commit(try #require(ObjectID(hex: onto)))
      let base = try commit.parents.first.map { try store.commit($0).tree }
      var merge = try TreeMerge(repository: store, base: base, theirs: commit.tree)
      return try merge.merge(onto: target.tree)
    }
  }
}

extension TreeMergeOutcome {
  var verdict: PickVerdict { cleanTree.map { .clean($0.description) } ?? .conflict }
}
