import Backport
import GitStore
import TestSupport
import Testing

/// Trees made to eat the machine (safety.md 4.2).
@Suite struct BoundsTests {
  private func emptyRepository() throws -> (TestRepository, Repository) {
    var history = RepositoryBuilder()
    history.commit("start", files: ["a": "a\n"])
    let repository = try history.write()
    return (repository, try Repository(gitDirectory: repository.gitDirectory))
  }

  /// Folders in each other, so many deep, around a file.
  private func nested(_ depth: Int, _ text: String, in store: Repository) throws -> ObjectID {
    var node = TreeNode(mode: .regular, id: try store.make(.blob, Array(text.utf8)))
    for _ in 0..<depth {
      let tree = try #require(try store.makeTree([TreeEntry(name: [0x64], node: node)]))
      node = TreeNode(mode: .tree, id: tree)
    }
    return node.id
  }

  @Test func `a tree 20,000 folders deep ends in an error`() throws {
    let (_, store) = try emptyRepository()
    let trees = try ["one\n", "two\n", "three\n"].map { try nested(20_000, $0, in: store) }
    var merge = try TreeMerge(repository: store, base: trees[0], theirs: trees[1])
    let error = #expect(throws: GitError.self) { try merge.merge(onto: trees[2]) }
    #expect(error?.detail.contains("500") == true)
  }

  @Test func `a tree 400 folders deep is merged`() throws {
    let (_, store) = try emptyRepository()
    let lines = (1...9).map { "line \($0)\n" }
    let base = try nested(400, lines.joined(), in: store)
    let theirs = try nested(400, "fixed\n" + lines.dropFirst().joined(), in: store)
    let ours = try nested(400, lines.dropLast().joined() + "drifted\n", in: store)
    var merge = try TreeMerge(repository: store, base: base, theirs: theirs)
    #expect(try merge.merge(onto: ours).cleanTree != nil)
  }

  @Test func `a tree of ten million paths ends in an error`() throws {
    let (_, store) = try emptyRepository()
    let bombs = try ["one\n", "two\n", "three\n"].map { text in
      var node = TreeNode(mode: .regular, id: try store.make(.blob, Array(text.utf8)))
      for _ in 0..<7 {
        let entries = (0..<10).map { TreeEntry(name: [UInt8(0x61 + $0)], node: node) }
        node = TreeNode(mode: .tree, id: try #require(try store.makeTree(entries)))
      }
      return node.id
    }
    var budget = TreeBudget()
    budget.entries = 100_000
    var merge = try TreeMerge(
      repository: store, base: bombs[0], theirs: bombs[1], budget: budget)
    #expect(throws: GitError.self) { try merge.merge(onto: bombs[2]) }
  }

  @Test func `files that are too large are not merged`() throws {
    let (_, store) = try emptyRepository()
    let trees = try ["one\n", "two\n", "three\n"].map { text in
      let blob = try store.make(.blob, Array(String(repeating: text, count: 300).utf8))
      return try #require(
        try store.makeTree([
          TreeEntry(name: [0x61], node: TreeNode(mode: .regular, id: blob))
        ]))
    }
    var merge = try TreeMerge(
      repository: store, base: trees[0], theirs: trees[1], blobLimit: 1000)
    let outcome = try merge.merge(onto: trees[2])
    #expect(outcome.conflicts.map(\.kind) == [.binary])
  }

  @Test func `attributes made to be slow end in a conflict of their own`() throws {
    let stars = String(repeating: "*a", count: 900)
    let lines = String(repeating: "/\(stars)b merge=union\n", count: 400)
    let path = String(repeating: "a", count: 240) + "/" + String(repeating: "a", count: 240)
    let attributes = FileChange.text(lines)
    // git itself does not come to an end on these.
    let files: [String: FileChange] = [path: numbered(9), ".gitattributes": attributes]
    let base = Dictionary(uniqueKeysWithValues: files.map { (Array($0.utf8), $1) })
    var pick = PickCase(seed: 0, base: base, theirs: base, ours: base)
    pick.theirs[Array(path.utf8)] = numbered(9, [5: "fixed"])
    pick.ours[Array(path.utf8)] = numbered(9, [5: "drifted"])
    let outcome = try #require(try CherryPickOracle([pick]).ourOutcomes().first)
    #expect(outcome.conflicts.map(\.kind) == [.driver])
  }
}
