import GitStore
import TestSupport
import Testing

@Suite struct IndexPackTests {
  private func pack(of repository: TestRepository) -> [UInt8] {
    let objects = repository.git("rev-list", "--objects", "--no-object-names", "--all")
    return repository.git.bytes(
      ["pack-objects", "--stdout", "-q"], input: [UInt8]((objects + "\n").utf8))
  }

  @Test func `a pack is stored whole, with a keep file`() async throws {
    var history = RepositoryBuilder()
    let commit = history.commit("one", files: ["a": "1\n"])
    let source = try history.write()
    let target = try RepositoryBuilder().write(in: source.environment, name: "target")
    let program = try GitProgram(source.environment)
    let store = IndexPack(operation: "01")
    let stored = try await store.store(pack(of: source), with: program, at: target.location)
    #expect(stored.isKept)
    #expect(target.git("cat-file", "-t", source.id(commit)) == "commit")
    let keep = try ChildProcess.run(
      "/bin/cat", ["objects/pack/pack-\(stored.name).keep"], environment: [:],
      directory: target.gitDirectory)
    #expect(keep.outputText == "backport 01\n")
    let again = try await store.store(pack(of: source), with: program, at: target.location)
    #expect(again == IndexPack.Stored(name: stored.name, isKept: false))
    #expect(IndexPack.leftovers(objects: target.gitDirectory + "/objects").isEmpty)
  }

  @Test func `a tree that names .git is refused with git's words`() async throws {
    var history = RepositoryBuilder()
    history.commit("one", files: ["a": "1\n"])
    let source = try history.write()
    let blob = source.git("rev-parse", "main:a")
    let tree = source.git(
      "mktree", input: "040000 tree \(source.git("rev-parse", "main^{tree}"))\t.git\n")
    let objects = "\(tree)\n\(source.git("rev-parse", "main^{tree}"))\n\(blob)\n"
    let bytes = source.git.bytes(["pack-objects", "--stdout", "-q"], input: [UInt8](objects.utf8))
    let target = try RepositoryBuilder().write(in: source.environment, name: "target")
    let program = try GitProgram(source.environment)
    let error = await #expect(throws: GitProgramError.self) {
      try await IndexPack(operation: "02").store(bytes, with: program, at: target.location)
    }
    #expect(error?.code == .failed)
    let words = String(decoding: error?.errors ?? [], as: UTF8.self)
    #expect(words.contains("hasDotgit"))
    #expect(target.git("count-objects", "-v").contains("in-pack: 0"))
  }

  @Test(arguments: [[], [UInt8]("PACK".utf8), [UInt8](repeating: 7, count: 200_000)])
  func `what is not a pack is refused`(bytes: [UInt8]) async throws {
    let target = try RepositoryBuilder().write()
    let program = try GitProgram(target.environment)
    let error = await #expect(throws: GitProgramError.self) {
      try await IndexPack(operation: "02").store(bytes, with: program, at: target.location)
    }
    #expect(error?.code == .failed)
    #expect(error?.errors.isEmpty == false)
    #expect(IndexPack.leftovers(objects: target.gitDirectory + "/objects").isEmpty)
  }
}
