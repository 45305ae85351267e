import Foundation
import TestSupport
import Testing

@testable import GitStore

@Suite struct PackTests {
  private let person = try? Signature(
    name: "A", email: "a@b", seconds: 1_800_000_000, offsetMinutes: -210)

  private func history(bare: Bool = true) throws -> TestRepository {
    var history = RepositoryBuilder()
    history.commit(
      "root",
      files: [
        "README": "r\n", "src/a/deep.c": "int a;\n", "src/b.c": "int b;\n", "run": .executable("x"),
      ])
    return try history.write(bare: bare)
  }

  private func commit(
    _ store: Repository, tree: ObjectID, parents: [ObjectID], _ message: String = "m\n"
  ) throws -> ObjectID {
    let person = try #require(person)
    return try store.make(
      CommitDraft(
        tree: tree, parents: parents, author: person, committer: person,
        message: Array(message.utf8)))
  }

  @Test func `what is made is only in memory until it is packed`() throws {
    let repository = try history()
    let before = try repository.controlFiles()
    let store = try repository.open()
    let main = try repository.objectID("main")
    var tree = try store.commit(main).tree
    tree = try store.replacing("src/a/deep.c", with: Array("long a;\n".utf8), in: tree)
    let tried = try store.replacing("README", with: Array("tried\n".utf8), in: tree)
    let made = try commit(store, tree: tree, parents: [main])
    let abandoned = try commit(store, tree: tried, parents: [main], "abandoned\n")
    let tag = try store.make(
      .tag,
      TagDraft(
        target: made, name: "v1", tagger: try #require(person), message: Array("v1\n".utf8)
      ).objectBytes)
    #expect(try store.commit(made).tree == tree)
    #expect(try store.file(at: "src/a/deep.c", in: tree) == Array("long a;\n".utf8))
    #expect(!store.isStored(made))
    #expect(store.isStored(main))
    #expect(try repository.controlFiles() == before)

    let pack = try #require(try store.pack(reachableFrom: [tag]))
    #expect(try repository.controlFiles() == before)
    let wanted = Set(try store.madeObjects(reachableFrom: [tag]))
    #expect(wanted.count == 6)
    #expect(!wanted.contains(abandoned))
    #expect(!wanted.contains(tried))

    _ = repository.git.bytes(["index-pack", "--strict", "--stdin"], input: pack.bytes)
    repository.git("update-ref", "refs/tags/v1", tag.description)
    let counted = repository.git.lines("rev-list", "--objects", "--no-object-names", "v1", "^main")
    #expect(Set(counted + [tag.description]) == Set(wanted.map(\.description)))
    #expect(repository.git("fsck", "--strict", "--full") == "")
    #expect(repository.git("rev-parse", "v1^{commit}") == made.description)
    let packed = repository.git.lines("verify-pack", "-v", "--", packPath(repository, before))
    #expect(packed.filter { $0.prefix(40).allSatisfy(\.isHexDigit) }.count == wanted.count)
  }

  private func packPath(_ repository: TestRepository, _ before: [String: Data]) -> String {
    let names = (try? repository.controlFiles().keys.filter { before[$0] == nil }) ?? []
    return names.first { $0.hasSuffix(".idx") } ?? ""
  }

  @Test func `nothing new is no pack`() throws {
    let repository = try history()
    let store = try repository.open()
    let main = try repository.objectID("main")
    #expect(try store.pack(reachableFrom: [main]) == nil)
    #expect(try store.pack(reachableFrom: []) == nil)
    let blob = repository.git.bytes(["cat-file", "blob", "main:README"])
    let again = try store.make(.blob, blob)
    #expect(try store.pack(reachableFrom: [again]) == nil)
    #expect(store.isStored(again))
  }

  @Test func `a made object is counted once and hashed as git hashes it`() throws {
    let repository = try history()
    let store = try repository.open()
    for bytes in [[], [0], Array("text\n".utf8), [UInt8](repeating: 7, count: 100_000)] {
      let id = try store.make(.blob, bytes)
      #expect(try store.make(.blob, bytes) == id)
      let expected = repository.git.bytes(["hash-object", "--stdin"], input: bytes)
      #expect(Array("\(id)\n".utf8) == expected)
      #expect(try store.blob(id) == bytes)
    }
    #expect(store.madeSet.count == 4)
    #expect(try store.makeTree([]) == nil)
  }

  @Test func `a stack of many commits is one sound pack`() throws {
    let repository = try history()
    let store = try repository.open()
    var tip = try repository.objectID("main")
    var tree = try store.commit(tip).tree
    for number in 0..<50 {
      let text = (0...number).map { "line \($0)\n" }.joined()
      tree = try store.replacing("src/n\(number % 7)/f", with: Array(text.utf8), in: tree)
      tip = try commit(store, tree: tree, parents: [tip], "\(number)\n")
    }
    let pack = try #require(try store.pack(reachableFrom: [tip]))
    _ = repository.git.bytes(["index-pack", "--strict", "--stdin"], input: pack.bytes)
    repository.git("update-ref", "refs/heads/main", tip.description)
    #expect(repository.git("fsck", "--strict", "--full") == "")
    #expect(repository.git("rev-list", "--count", "main") == "51")
  }

  @Test func `a stored object that is damaged does not stand in for a made one`() throws {
    let repository = try history()
    let blob = try repository.write("blob", Array("fresh\n".utf8)).description
    let path = repository.gitDirectory + "/objects/\(blob.prefix(2))/\(blob.dropFirst(2))"
    try FileManager.default.removeItem(atPath: path)
    try TestFiles.write(Data(), to: path)
    let store = try repository.open()
    let made = try store.make(.blob, Array("fresh\n".utf8))
    #expect(made.description == blob)
    #expect(try store.madeObjects(reachableFrom: [made]) == [made])
  }

  @Test func `replacing a file gives the tree that git writes`() throws {
    let repository = try history(bare: false)
    let store = try repository.open()
    let root = try repository.objectID("main^{tree}")
    let edits: [(String, String?)] = [
      ("README", "new\n"), ("src/a/deep.c", "x\n"), ("src/a/new", "x\n"), ("x/y/z", "x\n"),
      ("run", "y"), ("a.b", "x"), ("src.c", "x"), ("src0", "x"), ("README", nil),
      ("src/a/deep.c", nil), ("src/b.c", nil), ("caf\u{e9}", "x"), ("src/a/deep.c", ""),
    ]
    for (path, text) in edits {
      repository.git("read-tree", "main")
      if let text {
        let blob = repository.git("hash-object", "-w", "--stdin", input: text)
        let mode = path == "run" ? "100755" : "100644"
        repository.git("update-index", "--add", "--cacheinfo", "\(mode),\(blob),\(path)")
      } else {
        repository.git("update-index", "--force-remove", "--", path)
      }
      let found = try store.replacing(path, with: text.map { Array($0.utf8) }, in: root)
      #expect(found.description == repository.git("write-tree"), "\(path)")
    }
  }

  @Test func `removing the last file leaves the empty tree`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let root = try repository.objectID("main^{tree}")
    let empty = try store.replacing("a.txt", with: nil, in: root)
    #expect(empty.description == "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    #expect(try store.tree(empty).isEmpty)
  }

  @Test(arguments: ["none", "src/none", "none/none", "README/x", "src/b.c/x/y", "src", "src/a"])
  func `removing what is no file changes nothing`(path: String) throws {
    let repository = try history()
    let store = try repository.open()
    let root = try repository.objectID("main^{tree}")
    #expect(try store.replacing(path, with: nil, in: root) == root)
  }

  @Test(arguments: ["README/x", "src/b.c/x/y", "src", "src/a", "", "/", "a\0b", longPath])
  func `a file is not put where it would destroy another`(path: String) throws {
    let repository = try history()
    let store = try repository.open()
    let root = try repository.objectID("main^{tree}")
    #expect(errorCode { try store.replacing(path, with: [1], in: root) } == .invalidSpecification)
  }

  static let longPath = [String](repeating: "a", count: 100_000).joined(separator: "/")
}
