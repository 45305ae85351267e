import TestSupport
import Testing

@testable import GitStore

@Suite struct ChangesTests {
  /// A change in the words of `git diff-tree --raw`.
  private func raw(_ change: TreeChange) -> String {
    let zero = String(repeating: "0", count: 40)
    func mode(_ node: TreeNode?) -> String {
      let digits = String(node?.mode.canonical.rawValue ?? 0, radix: 8)
      return String(repeating: "0", count: 6 - digits.count) + digits
    }
    return "\(mode(change.old)) \(mode(change.new)) \(change.old?.id.description ?? zero) "
      + "\(change.new?.id.description ?? zero) \(change.displayPath)"
  }

  private func listing(_ repository: TestRepository, _ old: String, _ new: String) -> [String] {
    let bytes = repository.git.bytes(
      ["diff-tree", "-r", "-z", "--no-renames", "--full-index", old, new])
    let fields = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return stride(from: 0, to: fields.count - 1, by: 2).map { index in
      fields[index].dropFirst().split(separator: " ").prefix(4).joined(separator: " ") + " "
        + fields[index + 1]
    }
  }

  @Test(arguments: 1...6) func `the changes are those that git lists`(seed: UInt64) throws {
    let (repository, marks) = try ChangesTests.random(seed: seed)
    let store = try repository.open()
    for (left, right) in zip(marks, marks.dropFirst()) + [(marks[0], marks[marks.count - 1])] {
      let trees = try (repository.objectID(left), repository.objectID(right))
      let changes = try store.changes(
        from: store.commit(trees.0).tree, to: store.commit(trees.1).tree)
      #expect(changes.map(raw) == listing(repository, "\(trees.0)", "\(trees.1)"))
    }
    let first = try store.commit(repository.objectID(marks[0])).tree
    let empty = repository.git("hash-object", "-t", "tree", "-w", "--stdin")
    let added = try store.changes(from: nil, to: first)
    #expect(added.map(raw) == listing(repository, empty, "\(first)"))
    #expect(try store.changes(from: first, to: nil).map(\.path) == added.map(\.path))
    #expect(try store.changes(from: first, to: first).isEmpty)
    #expect(try store.changes(from: nil, to: nil).isEmpty)
  }

  /// Files, folders, links and submodules that take each other's places.
  static func random(seed: UInt64) throws -> (TestRepository, [Mark]) {
    var generator = SeededGenerator(seed: seed)
    var history = RepositoryBuilder()
    let paths = ["a", "a.b", "a/x", "a/y/z", "b", "b-c", "b/c/d", "b/c/e", "c0", "c/1", "c/2", "é"]
    var marks: [Mark] = []
    for number in 0..<12 {
      var files: [String: FileChange] = [:]
      for path in paths where Int.random(in: 0..<3, using: &generator) == 0 {
        let text = "\(Int.random(in: 0..<3, using: &generator))\n"
        switch Int.random(in: 0..<7, using: &generator) {
        case 0, 1, 2: files[path] = .text(text)
        case 3: files[path] = .executable(text)
        case 4: files[path] = .symlink("t" + text)
        case 5: files[path] = .submodule(String(repeating: "\(number % 9 + 1)", count: 40))
        default: files[path] = .deleted
        }
      }
      // A path cannot be a file and a folder in one commit.
      for path in files.keys where files[path] != .deleted {
        for other in files.keys where other.hasPrefix(path + "/") { files[other] = nil }
      }
      if number == 0 { files["keep"] = "k\n" }
      marks.append(history.commit("\(number)", files: files))
    }
    return (try history.write(), marks)
  }

  @Test func `the old modes of files are no change`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let blob = try store.make(.blob, [1])
    func tree(_ mode: UInt32) throws -> ObjectID {
      let node = TreeNode(mode: FileMode(rawValue: mode), id: blob)
      return try #require(try store.makeTree([TreeEntry(name: [0x61], node: node)]))
    }
    let (old, plain, run) = (try tree(0o100664), try tree(0o100644), try tree(0o100755))
    #expect(old != plain)
    #expect(try store.changes(from: old, to: plain).isEmpty)
    #expect(try store.patchID(from: old, to: plain) == nil)
    #expect(try store.changes(from: old, to: run).count == 1)
  }

  @Test func `a tree that is larger than the budget is refused`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let blob = try store.make(.blob, [1])
    var node = TreeNode(mode: .regular, id: blob)
    for _ in 0..<12 {
      let entries = (0..<10).map { TreeEntry(name: Array("\($0)".utf8), node: node) }
      node = TreeNode(mode: .tree, id: try #require(try store.makeTree(entries)))
    }
    #expect(errorCode { try store.changes(from: nil, to: node.id) } == .tooLarge)
    var deep = TreeNode(mode: .regular, id: blob)
    for _ in 0..<502 {
      let entry = TreeEntry(name: [0x61], node: deep)
      deep = TreeNode(mode: .tree, id: try #require(try store.makeTree([entry])))
    }
    #expect(errorCode { try store.changes(from: nil, to: deep.id) } == .tooLarge)
    var budget = TreeBudget()
    budget.depth = 600
    #expect(try store.changes(from: nil, to: deep.id, budget: budget).count == 1)
  }

  @Test func `a damaged tree is an error`() throws {
    let repository = try smallRepository()
    let id = try repository.write("tree", Array("100644 a".utf8))
    let store = try repository.open()
    #expect(errorCode { try store.changes(from: nil, to: id) } == .damaged)
    #expect(errorCode { try store.node(at: "a", in: id) } == .damaged)
  }

  @Test func `a path leads to what stands there`() throws {
    var history = RepositoryBuilder()
    history.commit(
      "root",
      files: [
        "a/b/c": "x\n", "link": .symlink("a"), "m": .submodule(String(repeating: "1", count: 40)),
      ]
    )
    let repository = try history.write()
    let store = try repository.open()
    let tree = try repository.objectID("main^{tree}")
    for path in ["a", "a/b", "a/b/c", "link"] {
      let node = try store.node(at: path, in: tree)
      #expect(node?.id.description == repository.git("rev-parse", "main:\(path)"))
    }
    for path in ["x", "a/x", "a/b/c/d", "link/b", "m/x", "A"] {
      #expect(try store.node(at: path, in: tree) == nil)
    }
    #expect(try store.file(at: "a/b/c", in: tree) == Array("x\n".utf8))
    #expect(try store.file(at: "link", in: tree) == nil)
    #expect(try store.file(at: "a", in: tree) == nil)
    #expect(try store.file(at: "m", in: tree) == nil)
  }
}
