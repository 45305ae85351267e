import TestSupport
import Testing

@testable import GitStore

@Suite struct CommitTests {
  private let tree = String(repeating: "1", count: 40)
  private let parent = String(repeating: "2", count: 40)

  private func parse(_ text: String) throws -> Commit? {
    let id = try #require(ObjectID(hex: String(repeating: "9", count: 40)))
    return Commit(id: id, object: Array(text.utf8))
  }

  @Test func `a signed merge keeps to the headers that count`() throws {
    let text = """
      tree \(tree)
      parent \(parent)
      parent \(tree)
      author A <a@b> 1 -0330
      committer C <c@d> 2 +0100
      encoding ISO-8859-1
      mergetag object \(parent)
       type commit
       tag v1
       tagger T <t@t> 3 +0000
       
       tree \(parent)
       -----BEGIN PGP SIGNATURE-----
      gpgsig -----BEGIN PGP SIGNATURE-----
       
       parent \(parent)
       encoding x
       -----END PGP SIGNATURE-----
      HG:extra branch:default

      subject
      continued

      body

      """
    let commit = try #require(try parse(text))
    #expect(commit.tree.description == tree)
    #expect(commit.parents.map(\.description) == [parent, tree])
    #expect(commit.author.displayName == "A")
    #expect(commit.author.offsetMinutes == -210)
    #expect(commit.committer.seconds == 2)
    #expect(commit.encoding == Array("ISO-8859-1".utf8))
    #expect(commit.message == Array("subject\ncontinued\n\nbody\n".utf8))
    #expect(commit.subject == "subject continued")
  }

  @Test func `a commit with a damaged parent does not become a root commit`() throws {
    let people = "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nm"
    #expect(try parse("tree \(tree)\nparent \(parent.dropLast())\n\(people)") == nil)
    #expect(
      try parse("tree \(tree)\nparent \(String(repeating: "0", count: 40))\n\(people)") == nil)
    #expect(try parse("tree \(tree)\n\(people)")?.parents == [])
  }

  @Test func `a parent below the people is not one`() throws {
    let text = "tree \(tree)\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000\nparent \(parent)\n\nm"
    #expect(try parse(text)?.parents == [])
  }

  @Test(arguments: [
    "", "\n", "tree", "tree ", "tree x\n", "author A <a> 1 +0000\n\nm",
    "tree 1111111111111111111111111111111111111111\ncommitter A <a> 1 +0000\n\nm",
    "tree 1111111111111111111111111111111111111111\nauthor A <a> 1 +0000\n\nm",
    "tree 1111111111111111111111111111111111111111",
  ])
  func `a commit without a tree or people is damaged`(text: String) throws {
    #expect(try parse(text) == nil)
  }

  @Test(arguments: ["", "\n", "\n\n", "\n\nm\0n", "\n\n\n\nx"])
  func `the message is all that follows the empty line`(tail: String) throws {
    let text = "tree \(tree)\nauthor A <a> 1 +0000\ncommitter A <a> 1 +0000"
    let commit = try #require(try parse(text + tail))
    #expect(commit.message == Array(tail.utf8.dropFirst(2)))
  }

  @Test func `of several authors the first counts`() throws {
    let text =
      "tree \(tree)\nauthor A <a> 1 +0000\nauthor B <b> 1 +0000\ncommitter C <c> 1 +0000\n\n"
    #expect(try parse(text)?.author.displayName == "A")
  }

  @Test func `no bytes are a trap`() throws {
    var generator = SeededGenerator(seed: 3)
    let pieces = [
      "tree ", "parent ", "author ", "committer ", tree, "\n", " ", "A <a> 1 +0", "\n\n",
    ]
    for _ in 0..<3000 {
      let count = Int.random(in: 0...12, using: &generator)
      let text = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      #expect((try parse(text)?.message.count ?? 0) <= text.utf8.count)
      _ = AnnotatedTag(object: Array(text.utf8))
    }
  }

  @Test func `a message in Latin-1 is decoded for display`() throws {
    var history = RepositoryBuilder()
    history.commit(
      bytes: [0x63, 0x61, 0x66, 0xe9, 0x0a], encoding: "ISO-8859-1",
      author: Identity("", "a@b", zone: "-0330"))
    history.commit(bytes: [0xff, 0x0a])
    let repository = try history.write()
    let store = try repository.open()
    let latin = try store.commit(repository.objectID("main~1"))
    #expect(latin.subject == "café")
    #expect(latin.message == [0x63, 0x61, 0x66, 0xe9, 0x0a])
    #expect(latin.author.name.isEmpty)
    #expect(try store.commit(repository.objectID("main")).subject == "\u{fffd}")
  }

  @Test func `a copied commit has the id that git gives it`() throws {
    var history = RepositoryBuilder()
    history.commit("root", files: ["a": "1\n"])
    history.commit(
      bytes: [0x63, 0x61, 0x66, 0xe9], encoding: "latin1",
      author: Identity("  J\u{f6}rg \"x\" ", "a@b", seconds: 1_000_000_000, zone: "-0330"))
    let repository = try history.write()
    let store = try repository.open()
    for revision in ["main", "main~1"] {
      let original = try store.commit(repository.objectID(revision))
      let draft = CommitDraft(
        copying: original, tree: original.tree, parents: original.parents,
        committer: original.committer, message: original.message)
      #expect(draft.objectBytes == repository.git.bytes(["cat-file", "commit", revision]))
      let made = try store.make(draft)
      #expect(made == original.id)
    }
  }

  @Test func `a new commit has the id that git gives it`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let main = try repository.objectID("main")
    let person = try Signature(name: "A", email: "a@b", seconds: 5, offsetMinutes: -210)
    let draft = CommitDraft(
      tree: try store.commit(main).tree, parents: [main], author: person, committer: person,
      message: Array("m\n".utf8))
    let written = repository.git.bytes(
      ["hash-object", "-t", "commit", "--stdin"], input: draft.objectBytes)
    #expect(Array("\(try store.make(draft))\n".utf8) == written)
  }

  @Test func `headers of an author that git tolerates stay as they are`() throws {
    let repository = try smallRepository()
    let root = repository.git("rev-parse", "main^{tree}")
    let text =
      "tree \(root)\nauthor A <a <b> x> 99999999999999999999 +9\ncommitter C <c> 1 +0000\n\nm"
    let id = try repository.write("commit", Array(text.utf8))
    let store = try repository.open()
    let original = try store.commit(id)
    let draft = CommitDraft(
      copying: original, tree: original.tree, parents: [], committer: original.committer,
      message: original.message)
    #expect(try store.make(draft) == id)
  }
}
