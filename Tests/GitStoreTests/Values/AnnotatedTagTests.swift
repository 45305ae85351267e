import TestSupport
import Testing

@testable import GitStore

@Suite struct AnnotatedTagTests {
  private let target = String(repeating: "1", count: 40)

  @Test func `a new tag has the id that git gives it`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let main = try repository.objectID("main")
    let tagger = try Signature(name: "T", email: "t@t", seconds: 1_700_000_000, offsetMinutes: 90)
    let draft = TagDraft(
      target: main, name: "v1.0.0", tagger: tagger, message: Array("Release\n".utf8))
    let made = try store.make(.tag, draft.objectBytes)
    let written = repository.git.bytes(["mktag", "--strict"], input: draft.objectBytes)
    #expect(Array("\(made)\n".utf8) == written)
    let read = try #require(AnnotatedTag(object: draft.objectBytes))
    #expect(read.target == main)
    #expect(read.targetKind == .commit)
    #expect(read.name == Array("v1.0.0".utf8))
    #expect(read.tagger == tagger)
    #expect(read.message == draft.message)
    #expect(!read.isSigned)
  }

  @Test func `a second object header further down does not move the tag`() throws {
    let other = String(repeating: "2", count: 40)
    let text = "object \(target)\ntype commit\ntag v1\ntagger T <t> 1 +0000\nobject \(other)\n\nm"
    #expect(AnnotatedTag(object: Array(text.utf8))?.target.description == target)
  }

  @Test func `a tag without a tagger is read, one without a name is damaged`() throws {
    let start = "object \(target)\ntype tree\n"
    let old = try #require(AnnotatedTag(object: Array("\(start)tag v1\n\nm".utf8)))
    #expect(old.tagger == nil)
    #expect(old.targetKind == .tree)
    #expect(AnnotatedTag(object: Array("\(start)\nm".utf8)) == nil)
    #expect(AnnotatedTag(object: Array("object \(target)\ntype x\ntag v\n\n".utf8)) == nil)
  }

  @Test(arguments: [
    "-----BEGIN PGP SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----",
    "-----BEGIN SIGNED MESSAGE-----",
  ])
  func `signatures of every kind are seen`(line: String) {
    let text = "object \(target)\ntype commit\ntag v1\n\nm\n\(line)\nx\n"
    #expect(AnnotatedTag(object: Array(text.utf8))?.isSigned == true)
  }
}
