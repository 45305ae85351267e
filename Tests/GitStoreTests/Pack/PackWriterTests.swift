import Foundation
import TestSupport
import Testing

@testable import GitStore

/// Packs that are written by us, with git as the judge.
@Suite struct PackWriterTests {
  private func pack(_ objects: [(ObjectKind, [UInt8])], in store: Repository) throws -> Pack {
    var writer = try PackWriter(count: objects.count)
    for (kind, bytes) in objects {
      let id = try store.make(kind, bytes)
      try unsafe bytes.withUnsafeBytes { try unsafe writer.add(id, kind, $0) }
    }
    return writer.finish()
  }

  private func tree(of count: Int, _ store: Repository) throws -> [UInt8] {
    let blob = try store.make(.blob, [])
    return TreeObject.bytes(
      of: (0..<count).map {
        TreeEntry(name: Array("name-\($0)".utf8), node: TreeNode(mode: .regular, id: blob))
      })
  }

  /// Blobs around every boundary of the forms that a pack gives sizes and contents in.
  private static let sizes = [
    0, 1, 15, 16, 2047, 2048, 65_534, 65_535, 65_536, 131_070, 131_071, 262_143, 262_144, 3_000_000,
  ]

  @Test func `git makes the very index for the pack that we make`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    var generator = SeededGenerator(seed: 1)
    var objects: [(ObjectKind, [UInt8])] = []
    for size in PackWriterTests.sizes {
      objects.append((.blob, (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }))
      objects.append((.blob, [UInt8](repeating: 65, count: size + 1)))
    }
    for count in [1, 100, 1770, 1771, 5000] {
      objects.append((.tree, try tree(of: count, store)))
    }
    let pack = try pack(objects, in: store)
    let folder = try repository.environment.makeDirectory("packs")
    try Data(pack.bytes).write(to: URL(fileURLWithPath: folder + "/one.pack"))
    #expect(repository.git("index-pack", "--strict", folder + "/one.pack") == pack.name)
    #expect(FileManager.default.contents(atPath: folder + "/one.idx") == Data(pack.index.bytes))
    repository.git("verify-pack", folder + "/one.idx")
  }

  @Test func `trees stand in it as they are and all else is compressed`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let tree = try tree(of: 10_000, store)
    let stored = try pack([(.tree, tree)], in: store)
    #expect(stored.bytes.firstRange(of: tree[0..<1000]) != nil)
    #expect(stored.bytes.count < tree.count + 100)
    let text = Array(String(repeating: "some text\n", count: 1000).utf8)
    #expect(try pack([(.blob, text)], in: store).bytes.count < 200)
  }

  @Test func `an index of offsets beyond two gigabytes is in the form of git`() throws {
    let id = try #require(ObjectID(hex: String(repeating: "ab", count: 20)))
    let other = try #require(ObjectID(hex: String(repeating: "01", count: 20)))
    let index = PackIndex(
      entries: [
        PackIndex.Entry(id: id, offset: 1 << 33, checksum: 1),
        PackIndex.Entry(id: other, offset: 12, checksum: 2),
      ], packChecksum: [UInt8](repeating: 7, count: 20))
    let bytes = index.bytes
    #expect(bytes.count == 8 + 1024 + 2 * 28 + 8 + 40)
    let offsets = bytes[(8 + 1024 + 2 * 24)...].prefix(16)
    #expect(offsets == [0, 0, 0, 12, 0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0])
  }

  @Test(arguments: ["", "umask", "group", "true", "all", "world", "0640", "0664", "0600", "2", "0"])
  func `files get the modes that git gives them`(shared: String) throws {
    for mask in ["022", "077", "002"] {
      let ours = try repository(shared)
      let theirs = try repository(shared)
      let store = try ours.open()
      let blob = try store.make(.blob, Array("new\n".utf8))
      let pack = try pack([(.blob, Array("new\n".utf8))], in: store)
      // In a process of its own: the mask is the whole process's.
      let script = "umask \(mask) && exec git index-pack --stdin"
      _ = try ChildProcess.run(
        "/bin/sh", ["-c", script], environment: theirs.environment.variables,
        directory: theirs.directory, input: pack.bytes)
      let expected = try modes(theirs)
      let umask = try #require(UInt16(mask, radix: 8))
      let permissions = SharedPermissions(setting: shared.isEmpty ? nil : shared)
      #expect(permissions.mode(0o444 & ~umask, isDirectory: false) == expected)
      try store.storeMade(reachableFrom: [blob])
      #expect(ours.git("cat-file", "blob", blob.description) == "new")
    }
  }

  private func repository(_ shared: String) throws -> TestRepository {
    let repository = try smallRepository()
    if !shared.isEmpty { repository.git("config", "core.sharedRepository", shared) }
    return repository
  }

  /// The mode that the newest pack and its index have in common.
  private func modes(_ repository: TestRepository) throws -> UInt16? {
    let folder = repository.gitDirectory + "/objects/pack"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".pack") || $0.hasSuffix(".idx") }
    let newest = try names.max {
      try date(folder + "/" + $0) < date(folder + "/" + $1)
    }
    let path = folder + "/" + (newest ?? "")
    let value = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    return (value as? Int).map { UInt16($0) }
  }

  private func date(_ path: String) throws -> Date {
    let value = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    return value as? Date ?? .distantPast
  }

  @Test func `what is stored is one pack, read-only, and no other file is left behind`() throws {
    let repository = try smallRepository()
    let before = try repository.controlFiles()
    let store = try repository.open()
    let blob = try store.make(.blob, Array("new\n".utf8))
    _ = try store.make(.blob, Array("tried\n".utf8))
    try store.storeMade(reachableFrom: [blob])
    #expect(store.isStored(blob))
    try store.storeMade(reachableFrom: [blob])
    let after = try repository.controlFiles()
    let new = after.keys.filter { before[$0] == nil }.sorted()
    #expect(new.count == 2)
    #expect(new.first?.hasSuffix(".idx") == true && new.last?.hasSuffix(".pack") == true)
    repository.git("fsck", "--strict", "--full")
    #expect(try store.reopened().blob(blob) == Array("new\n".utf8))
  }

  @Test func `a folder that cannot be written says so`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let blob = try store.make(.blob, Array("new\n".utf8))
    let folder = repository.gitDirectory + "/objects/pack"
    try FileManager.default.removeItem(atPath: folder)
    try TestFiles.write(Data(), to: folder)
    do throws(GitError) {
      try store.storeMade(reachableFrom: [blob])
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.operand.hasPrefix(folder))
      #expect(!store.isStored(blob))
    }
  }

  @Test func `a repository without a folder for packs gets one`() throws {
    var history = RepositoryBuilder()
    history.commit("c", files: ["a": "a\n"])
    let repository = try history.write()
    let store = try repository.open()
    let blob = try store.make(.blob, Array("new\n".utf8))
    let bytes = try store.pack(reachableFrom: [blob])
    let directory = PackDirectory(
      path: repository.environment.root + "/packs", permissions: .adding(0o660), isDurable: true)
    try directory.install(try #require(bytes))
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(files.count == 2)
    let mode = try FileManager.default.attributesOfItem(atPath: directory.path)[.posixPermissions]
    #expect(mode as? Int == 0o2775 || mode as? Int == 0o2770)
  }
}
