import TestSupport
import Testing

@testable import GitStore

@Suite struct TreeObjectTests {
  private let id = ObjectID(hex: String(repeating: "1", count: 40))

  @Test func `a tree is read and written as git does`() throws {
    var history = RepositoryBuilder()
    let names = ["a", "a.b", "a-b", "a0", "b/x", "b.c", "b-c", "b0", "ab", "a b", "é", "z"]
    var files: [String: FileChange] = [:]
    for name in names { files[name] = "x\n" }
    files["link"] = .symlink("a")
    files["run"] = .executable("x")
    files["module"] = .submodule(String(repeating: "1", count: 40))
    history.commit(bytes: Array("m".utf8), files: files, bytePaths: [[0xff, 0x01]: "x"])
    let repository = try history.write()
    let bytes = repository.git.bytes(["cat-file", "tree", "main^{tree}"])
    let entries = try #require(TreeObject.parse(bytes))
    #expect(entries.count == 16)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<5 {
      #expect(TreeObject.bytes(of: entries.shuffled(using: &generator)) == bytes)
    }
    let listed = repository.git.bytes(["ls-tree", "-z", "main"]).split(separator: 0)
    #expect(listed.map { Array($0.drop { $0 != 9 }.dropFirst()) } == entries.map(\.name))
    let modes = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.node.mode) })
    #expect(modes[Array("link".utf8)] == .symlink)
    #expect(modes[Array("run".utf8)] == .executable)
    #expect(modes[Array("module".utf8)] == .submodule)
    #expect(modes[Array("b".utf8)] == .tree)
    #expect(modes[[0xff, 0x01]] == .regular)
  }

  @Test func `a folder sorts as if its name ended in a slash`() throws {
    let id = try #require(id)
    func entry(_ name: String, _ mode: FileMode) -> TreeEntry {
      TreeEntry(name: Array(name.utf8), node: TreeNode(mode: mode, id: id))
    }
    #expect(TreeObject.precedes(entry("a.b", .regular), entry("a", .tree)))
    #expect(TreeObject.precedes(entry("a", .regular), entry("a.b", .regular)))
    #expect(TreeObject.precedes(entry("a", .tree), entry("a0", .regular)))
    #expect(!TreeObject.precedes(entry("a", .tree), entry("a", .tree)))
  }

  @Test func `damaged trees are refused`() throws {
    let bytes = try #require(id).bytes
    #expect(TreeObject.parse([]) == [])
    let whole = Array("100644 a\0".utf8) + bytes
    #expect(TreeObject.parse(whole)?.count == 1)
    for count in 1..<whole.count { #expect(TreeObject.parse(Array(whole.prefix(count))) == nil) }
    for start in ["100644 \0", " a\0", "a\0", "100648 a\0", "-1 a\0", "7777777777777 a\0"] {
      #expect(TreeObject.parse(Array(start.utf8) + bytes) == nil, "\(start)")
    }
    #expect(TreeObject.parse(Array("100644 a\0".utf8) + [UInt8](repeating: 0, count: 20)) == nil)
  }

  @Test func `no bytes are a trap`() throws {
    var generator = SeededGenerator(seed: 11)
    let alphabet: [UInt8] = Array("01234567 a/\0\0".utf8) + [0xff]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...120, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      for entry in TreeObject.parse(bytes) ?? [] { #expect(!entry.name.isEmpty) }
    }
  }

  @Test(
    arguments: [
      (0o100644, 0o100644), (0o100664, 0o100644), (0o100755, 0o100755), (0o100700, 0o100755),
      (0o120000, 0o120000), (0o120777, 0o120000), (0o040000, 0o040000), (0o160000, 0o160000),
    ] as [(UInt32, UInt32)])
  func `modes are read as git reads them`(mode: UInt32, expected: UInt32) {
    #expect(FileMode(rawValue: mode).canonical == FileMode(rawValue: expected))
  }
}
