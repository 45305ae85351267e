import GitStore
import TestSupport
import Testing

/// Raw editing of tree objects.
@Suite struct FolderViewTests {
  private static let id = ObjectID(bytes: [UInt8](repeating: 7, count: 20))

  private func entry(_ name: String, _ mode: FileMode = .regular) throws -> TreeEntry {
    TreeEntry(name: Array(name.utf8), node: TreeNode(mode: mode, id: try #require(Self.id)))
  }

  @Test func `edits give the tree that sorting all entries gives`() throws {
    var random = SeededGenerator(seed: 3)
    let names = ["a", "a.b", "a0", "a-", "b", "b-", "c", "ab", "A", "z"]
    for _ in 0..<500 {
      var entries: [[UInt8]: TreeEntry] = [:]
      for name in names where random.next() % 2 == 0 {
        let entry = try entry(name, random.next() % 2 == 0 ? .tree : .regular)
        entries[entry.name] = entry
      }
      let view = FolderView(bytes: TreeObject.bytes(of: Array(entries.values)))
      var edits: [FolderView.Edit] = []
      for name in names where random.next() % 3 == 0 {
        let entry = try entry(name, random.next() % 2 == 0 ? .tree : .executable)
        let node = random.next() % 3 == 0 ? nil : entry.node
        edits.append(FolderView.Edit(name: entry.name, node: node))
        entries[entry.name] = node.map { TreeEntry(name: entry.name, node: $0) }
      }
      #expect(try view.applying(edits) == TreeObject.bytes(of: Array(entries.values)))
    }
  }

  @Test func `many names are found as few are`() throws {
    let entries = try (0..<100).map { try entry("file\($0)", $0 % 3 == 0 ? .tree : .regular) }
    let view = FolderView(bytes: TreeObject.bytes(of: entries))
    let names = entries.map(\.name) + [Array("file".utf8), Array("file1000".utf8)]
    let all = try view.nodes(named: names)
    #expect(all == entries.map(\.node) + [nil, nil])
    for (position, name) in names.enumerated() {
      #expect(try view.nodes(named: [name])[0] == all[position])
    }
  }

  @Test func `modes of old trees are read as git reads them and stay as they are`() throws {
    let old = try [entry("a", FileMode(rawValue: 0o100664)), entry("b")]
    let view = FolderView(bytes: TreeObject.bytes(of: old))
    #expect(try view.nodes(named: [Array("a".utf8)])[0]?.mode == .regular)
    let edited = try view.applying([FolderView.Edit(name: Array("b".utf8), node: nil)])
    #expect(edited == TreeObject.bytes(of: [old[0]]))
  }

  @Test func `damaged trees are an error`() throws {
    let good = TreeObject.bytes(of: [try entry("a"), try entry("b", .tree)])
    let damaged: [[UInt8]] = [
      good.dropLast(), [0x61] + good, good + [0x31], [0x31, 0x20, 0],
    ]
    for bytes in damaged {
      let view = FolderView(bytes: bytes)
      #expect(throws: GitError.self) { try view.nodes(named: [Array("a".utf8)]) }
      #expect(throws: GitError.self) { try view.entries() }
      #expect(throws: GitError.self) {
        try view.applying([FolderView.Edit(name: Array("z".utf8), node: nil)])
      }
    }
  }
}
