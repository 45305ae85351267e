import TestSupport
import Testing

@testable import GitStore

/// Files so large that comparing or merging them would take more memory than a run may use.
@Suite struct TextLimitTests {
  private func stored(_ texts: [[UInt8]]) throws -> (store: Repository, ids: [ObjectID]) {
    // All of it is in memory, so that the repository may be gone when it is read.
    let store = try smallRepository().open()
    return (store, try texts.map { try store.make(.blob, $0) })
  }

  private static let large = [UInt8](repeating: 0x61, count: Repository.textLimit + 1)
  private static let long = [UInt8](repeating: 0x0a, count: 500_002)

  @Test func `what is larger than the bound is no text`() throws {
    let (store, ids) = try stored([Self.large, Array(Self.large.dropFirst()), Self.long])
    #expect(try store.text(ids[0]) == nil)
    #expect(try store.text(ids[1])?.count == Repository.textLimit)
    #expect(try store.text(ids[2]) == nil)
  }

  @Test func `what is no text has no hunks, and nothing stands for an empty file`() throws {
    let (store, ids) = try stored([Self.long, Array("one\n".utf8)])
    #expect(try store.hunks(from: ids[1], to: ids[0]) == nil)
    #expect(try store.hunks(from: ids[0], to: nil) == nil)
    #expect(try store.hunks(from: nil, to: ids[1])?.flatMap(\.lines).map(\.origin) == [0x2b])
  }

  @Test func `files of too many lines are not merged`() throws {
    let (store, ids) = try stored([Self.long, [0x61] + Self.long, Self.long + [0x62]])
    let merged = try store.mergeBlobs(base: ids[0], ours: ids[1], theirs: ids[2])
    #expect(merged == .tooLarge(500_002))
  }

  @Test func `changes of different large files have different patch-ids`() throws {
    let (store, ids) = try stored([Self.long, [0x61] + Self.long, [0x62] + Self.long])
    let trees = try ids.map { id in
      try #require(
        try store.makeTree([TreeEntry(name: [0x61], node: TreeNode(mode: .regular, id: id))]))
    }
    let first = try store.patchID(from: trees[0], to: trees[1])
    #expect(first != nil)
    #expect(first != (try store.patchID(from: trees[0], to: trees[2])))
  }
}
