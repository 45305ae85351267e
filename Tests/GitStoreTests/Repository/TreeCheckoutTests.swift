import Foundation
import GitStore
import TestSupport
import Testing

struct TreeCheckoutTests {
  /// Writes the tree of a commit below the environment of its repository.
  private func checkout(
    _ files: [String: FileChange], bytes: [[UInt8]: FileChange] = [:]
  ) throws -> (folder: String, repository: TestRepository) {
    var history = RepositoryBuilder()
    history.commit(bytes: Array("one\n".utf8), files: files, bytePaths: bytes)
    let test = try history.write()
    let repository = try Repository(gitDirectory: test.gitDirectory)
    let tree = try #require(ObjectID(hex: test.git("rev-parse", "main^{tree}")))
    let folder = test.environment.root + "/out"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    var writer = TreeCheckout(repository: repository)
    try writer.write(tree, to: folder)
    return (folder, test)
  }

  @Test func `it is what git writes`() throws {
    let (folder, repository) = try checkout(
      [
        "a.txt": "one\r\ntwo", "b/run.sh": .executable("#!/bin/sh\n"), "b/c/d.bin": "\0\u{1}",
        "link": .symlink("b/run.sh"), "b/up": .symlink("../a.txt"), "b/c/here": .symlink("."),
        ".gitattributes": "*.txt text eol=lf filter=evil\n",
      ], bytes: [[0x66, 0xff]: "not UTF-8\n"])
    let tree = repository.environment.root + "/git"
    try FileManager.default.createDirectory(atPath: tree, withIntermediateDirectories: false)
    let archive = repository.git.bytes(["archive", "--format=tar", "main"])
    let tar = try ChildProcess.run(
      "/bin/tar", ["-x", "-C", tree], environment: [:], directory: "/", input: archive)
    #expect(tar.status == 0)
    let diff = try ChildProcess.run(
      "/usr/bin/diff", ["-r", "--no-dereference", "--exclude=a.txt", tree, folder],
      environment: [:], directory: "/")
    #expect(diff.status == 0, "\(diff.outputText)")
    // Attributes and filters have no say.
    #expect(try String(contentsOfFile: folder + "/a.txt", encoding: .utf8) == "one\r\ntwo")
    #expect(FileManager.default.isExecutableFile(atPath: folder + "/b/run.sh"))
    #expect(!FileManager.default.isExecutableFile(atPath: folder + "/b/c/d.bin"))
  }

  @Test(arguments: [
    "/etc/passwd", "../out", "../../x", "b/../../x", "b/..", "./../x", "b/./../../x",
  ])
  func `a link that could lead out is a file`(target: String) throws {
    let (folder, repository) = try checkout(["link": .symlink(target), "b/file": "x\n"])
    defer { withExtendedLifetime(repository) {} }
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/link")
    #expect(attributes[.type] as? FileAttributeType == .typeRegular)
    #expect(try String(contentsOfFile: folder + "/link", encoding: .utf8) == target)
  }

  @Test func `a submodule is an empty folder`() throws {
    let id = String(repeating: "1", count: 40)
    let (folder, repository) = try checkout(["lib/sub": .submodule(id)])
    defer { withExtendedLifetime(repository) {} }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/lib/sub").isEmpty)
  }

  @Test(arguments: [".git", ".GIT", "git~1", "..", "."])
  func `a name that git keeps for itself is refused`(name: String) throws {
    let test = try RepositoryBuilder().write()
    let repository = try Repository(gitDirectory: test.gitDirectory)
    let blob = try repository.make(.blob, Array("x\n".utf8))
    let tree = try repository.make(
      .tree,
      TreeObject.bytes(of: [
        TreeEntry(name: Array(name.utf8), node: TreeNode(mode: .regular, id: blob))
      ]))
    let folder = test.environment.root + "/out"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    var writer = TreeCheckout(repository: repository)
    #expect(throws: GitError.self) { try writer.write(tree, to: folder) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }
}
