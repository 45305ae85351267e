import Foundation
import TestSupport
import Testing

@testable import GitStore

@Suite struct ResolveTests {
  private func history() throws -> TestRepository {
    var history = RepositoryBuilder()
    let root = history.commit("root", files: ["a": "1\n"])
    history.branch("topic", at: root)
    let topic = history.commit("topic side", on: "topic", files: ["b": "2\n"])
    history.commit("main side", files: ["a": "2\n"])
    let merge = history.merge(topic, files: ["b": "2\n"])
    history.tag("light", at: merge)
    history.tag("v1", at: root, message: "One")
    history.tag("shadow", at: root)
    history.branch("shadow", at: merge)
    history.branch("refs/remotes/origin/main", at: topic)
    return try history.write()
  }

  @Test func `revisions mean what they mean to git`() throws {
    let repository = try history()
    repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    let store = try repository.open()
    let main = repository.git("rev-parse", "main")
    let revisions = [
      "HEAD", "@", "main", "heads/main", "refs/heads/main", "main~1", "main~2", "HEAD^", "HEAD^2",
      "HEAD^2^", "main^0", "main^{}", "main^{commit}", "v1", "v1^{}", "v1^0", "v1^{commit}",
      "light",
      "tags/v1", "shadow", "heads/shadow", "tags/shadow", "origin", "origin/main", "main~0",
      String(main.prefix(4)), String(main.prefix(7)), String(main.prefix(39)), main,
      main.uppercased(), "\(main.prefix(8))~1", "HEAD^{/root}", "main^2~1",
      repository.git("rev-parse", "v1"), String(repository.git("rev-parse", "v1").prefix(9)),
      "v1-0-g\(main.prefix(7))",
    ]
    for revision in revisions {
      let expected = repository.git("rev-parse", "--verify", "-q", revision + "^{commit}")
      #expect(try store.resolve(revision).description == expected, "\(revision)")
    }
  }

  @Test(
    arguments: [
      ("", .invalidSpecification), ("none", .notFound), ("main~99", .notFound),
      ("HEAD^3", .notFound),
      ("main:a", .damaged), ("main^{tree}", .damaged), ("deadbeefdead", .notFound),
      ("main\0x", .invalidSpecification), ("main~99999999999999999999", nil), ("HEAD^{", nil),
      ("--help", nil), ("main..topic", nil), ("^main", nil), ("@{-1}", nil),
      ("main@{upstream}", nil),
      ("1111111111111111111111111111111111111111", .notFound),
      ("0000000000000000000000000000000000000000", nil), ("\u{1b}[2J", nil), ("@{", nil),
      ("@{1}", nil),
    ] as [(String, GitError.Code?)])
  func `what names no commit is an error`(revision: String, expected: GitError.Code?) throws {
    let repository = try history()
    let store = try repository.open()
    let code = try #require(errorCode { try store.resolve(revision) })
    if let expected { #expect(code == expected) }
    #expect(try store.resolve("main") == repository.objectID("main"))
  }

  @Test func `HEAD of a branch not yet born is not found`() throws {
    let repository = try history()
    repository.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    let store = try repository.open()
    #expect(errorCode { try store.resolve("HEAD") } == .notFound)
    #expect(errorCode { try store.resolve("@~1") } == .notFound)
  }

  @Test func `a branch that is the beginning of another commit's id is ambiguous`() throws {
    let repository = try history()
    let (main, root) = (repository.git("rev-parse", "main"), repository.git("rev-parse", "main~2"))
    repository.git("update-ref", "refs/heads/\(main.prefix(7))", root)
    let store = try repository.open()
    #expect(errorCode { try store.resolve(String(main.prefix(7))) } == .ambiguous)
    #expect(try store.resolve("heads/\(main.prefix(7))").description == root)
    #expect(try store.resolve(String(main.prefix(8))).description == main)
  }

  @Test func `a tag named like the commit it tags is no ambiguity`() throws {
    let repository = try history()
    let main = repository.git("rev-parse", "main")
    repository.git("tag", "-a", "-m", "m", String(main.prefix(7)), main)
    repository.git("tag", String(main.prefix(8)), main)
    let store = try repository.open()
    #expect(try store.resolve(String(main.prefix(7))).description == main)
    #expect(try store.resolve(String(main.prefix(8))).description == main)
  }

  @Test func `a branch named like a file's id is its commit only when that is no commit`() throws {
    let repository = try history()
    let blob = repository.git("rev-parse", "main:a")
    repository.git("update-ref", "refs/heads/\(blob.prefix(7))", "main")
    let store = try repository.open()
    #expect(errorCode { try store.resolve(String(blob.prefix(7))) } == .ambiguous)
    #expect(errorCode { try store.resolve(String(blob.prefix(8))) } == .damaged)
  }

  @Test func `an abbreviation that fits a commit and a file means the commit`() throws {
    let repository = try history()
    let main = try repository.objectID("main")
    // A file under a made-up name: only the beginning of the id counts here.
    let prefix = String(main.description.prefix(7))
    let other = prefix + String(repeating: "0", count: 33)
    let blob = try repository.write("blob", Array("other\n".utf8)).description
    try repository.shell(
      """
      cd repository/objects && mkdir -p \(other.prefix(2))
      cp \(blob.prefix(2))/\(blob.dropFirst(2)) \(other.prefix(2))/\(other.dropFirst(2))
      """)
    let store = try repository.open()
    #expect(try store.resolve(prefix) == main)
    #expect(repository.git("rev-parse", prefix + "^{commit}") == main.description)
  }

  @Test func `chains of tags are followed, up to a point`() throws {
    let repository = try history()
    let main = repository.git("rev-parse", "main")
    var target = main
    for number in 1...60 {
      let kind = number == 1 ? "commit" : "tag"
      let text = "object \(target)\ntype \(kind)\ntag t\(number)\ntagger T <t@t> 1 +0000\n\nm\n"
      target = try repository.write("tag", Array(text.utf8)).description
      repository.git("update-ref", "refs/tags/t\(number)", target)
    }
    let store = try repository.open()
    #expect(try store.resolve("t1").description == main)
    #expect(try store.resolve("t49").description == main)
    #expect(errorCode { try store.resolve("t60") } == .damaged)
  }

  @Test func `tags of files and folders have no commit`() throws {
    let repository = try history()
    repository.git("tag", "-a", "-m", "m", "blob", "main:a")
    repository.git("tag", "-a", "-m", "m", "tree", "main^{tree}")
    let store = try repository.open()
    #expect(errorCode { try store.resolve("blob") } == .damaged)
    #expect(errorCode { try store.resolve("tree") } == .damaged)
    #expect(try store.annotatedTag(repository.objectID("blob"))?.targetKind == .blob)
    #expect(try store.annotatedTag(repository.objectID("main")) == nil)
  }

  @Test func `a tag that leads to itself by a forged kind comes to an end`() throws {
    let repository = try history()
    let text = "object \(repository.git("rev-parse", "main"))\ntype tag\ntag x\n\nm\n"
    let id = try repository.write("tag", Array(text.utf8))
    let store = try repository.open()
    #expect(try store.peelToCommit(id) == repository.objectID("main"))
  }
}
