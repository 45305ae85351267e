import TestSupport
import Testing

@testable import GitStore

@Suite struct CommitMessageTests {
  @Test func `the subject is the one that git shows`() throws {
    let messages = [
      "one", "one\n", "\n\none\n", "one\ntwo\n\nthree\n", "one  \ntwo\n", "one\n \ntwo\n",
      "one\r\n\r\ntwo\r\n", "one\r\ntwo\r\n\r\nthree", "", "\n", "one\n\n\n\ntwo",
    ]
    let repository = try smallRepository()
    let tree = repository.git("rev-parse", "main^{tree}")
    for message in messages {
      let people = "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000"
      let id = try repository.write("commit", Array("tree \(tree)\n\(people)\n\n\(message)".utf8))
      let subject = repository.git("log", "-1", "--format=%s", id.description)
      #expect(CommitMessage.subject(of: message) == subject, "\(message.debugDescription)")
    }
  }

  @Test func `the body is what follows the first paragraph`() {
    #expect(CommitMessage.body(of: "one\ntwo\n\n\nthree\n\nfour\n\n") == "three\n\nfour")
    #expect(CommitMessage.body(of: "one\r\n\r\ntwo\r\nthree\r\n") == "two\nthree")
    #expect(CommitMessage.body(of: "one") == "")
    #expect(CommitMessage.body(of: "") == "")
  }

  static let messages = [
    "s\n\nSigned-off-by: A <a>\n", "s\n\nbody\n", "s\n", "s\nFixes: 1\n", "s\n\nFixes: 1\nbody\n",
    "s\n\nFixes: 1\n\n\n", "s\n\nbody\n\nFixes: 1\nRefs #2\nSigned-off-by: A <a>\n",
    "s\n\nSigned-off-by: A <a>\none\ntwo\nthree\n", "s\n\nSigned-off-by: A <a>\n1\n2\n3\n4\n",
    "s\n\nKey : v\n", "s\n\nnot a key: v\n", "s\n\nK: v\n  continued\nL: w\n",
    "s\n\n  lead\nK: v\n",
    "s\n\nK: v\nplain\n  indented\nSigned-off-by: A <a>\n", "s\n\n: v\n", "s\n\nhttp://x\n",
    "s\n\n(cherry picked from commit 1234)\n", "s\n\nbody\n(cherry picked from commit 1234)\n",
    "s\n\nplain\n 1\n 2\n 3\nSigned-off-by: A <a>\n", "s\n\nK-1: v\r\nL: w\r\n",
    "s\n\nK: v\n\t\n", "s\n\nSigned-off-by: A <a>\na\nb\nc", "s\n\nk\u{e9}y: v\n",
  ]

  @Test func `git finds a trailer block in the same messages`() throws {
    let git = GitOracle(in: "/", environment: try HermeticEnvironment())
    for message in CommitMessageTests.messages {
      let added = git.bytes(
        ["interpret-trailers", "--trailer", "X: y"], input: Array(message.utf8))
      let startsParagraph = added.suffix(7).elementsEqual("\n\nX: y\n".utf8)
      let start = CommitMessage.trailerStart(of: Array(message.utf8))
      #expect((start == nil) == startsParagraph, "\(message.debugDescription)")
    }
  }

  @Test func `a provenance line stands above the trailers`() {
    let line = "(cherry picked from commit 1)"
    func adding(_ text: String) -> String {
      String(decoding: CommitMessage.addingProvenance(line, to: Array(text.utf8)), as: UTF8.self)
    }
    #expect(adding("s\n") == "s\n\n\(line)\n")
    #expect(adding("s\n\nbody\n\n") == "s\n\nbody\n\n\(line)\n")
    #expect(adding("s\n\nK: v") == "s\n\n\(line)\n\nK: v\n")
    #expect(adding("s\n\nbody\n\nK: v\n") == "s\n\nbody\n\n\(line)\n\nK: v\n")
    #expect(adding("") == "\(line)\n")
  }

  @Test func `a sign-off joins the block and is not repeated`() throws {
    let person = try Signature(name: "A", email: "a@b", seconds: 0, offsetMinutes: 0)
    func adding(_ text: String) -> String {
      String(decoding: CommitMessage.addingSignOff(person, to: Array(text.utf8)), as: UTF8.self)
    }
    #expect(adding("s\n") == "s\n\nSigned-off-by: A <a@b>\n")
    #expect(adding("s\n\nK: v\n") == "s\n\nK: v\nSigned-off-by: A <a@b>\n")
    let signed = "s\n\nK: v\nSigned-off-by: A <a@b>\n"
    #expect(adding(signed) == signed)
    #expect(adding(signed + "X: y\n") == signed + "X: y\nSigned-off-by: A <a@b>\n")
  }

  @Test(arguments: [
    "s\n\n(cherry picked from commit X)", "s\n\n(cherry picked from commit X)\n",
    "s\r\n\r\n(cherry picked from commit X)\r\n", "s\n\n(backported from commit X)\n\nK: v\n",
    "s\n\nbody\n(cherry picked from commit X)\nSigned-off-by: A <a>\n",
    "s\n\nbody\n \n(cherry picked from commit X) \n\t\n", "(cherry picked from commit X)",
  ])
  func `the original that a message names is found`(message: String) {
    let id = String(repeating: "a", count: 40)
    let bytes = Array(message.replacing("X", with: id).utf8)
    #expect(CommitMessage.provenance(in: bytes)?.description == id)
  }

  @Test(arguments: [
    "", "\n", "s\n", "s\n\n(cherry picked from commit X)\n\nbody\n",
    "s\n\n(cherry picked from X)\n",
    "s\n\n> (cherry picked from commit X)\n", "s\n\n(cherry picked from commit XX)\n",
  ])
  func `what names no original at its end has none`(message: String) {
    let bytes = Array(message.replacing("X", with: String(repeating: "a", count: 40)).utf8)
    #expect(CommitMessage.provenance(in: bytes) == nil)
  }

  @Test func `bytes that are not UTF-8 stay in the message`() {
    let message: [UInt8] = [0xe9, 0x0a, 0x0a] + Array("K: ".utf8) + [0xff, 0x0a]
    let result = CommitMessage.addingProvenance("x", to: message)
    #expect(result.starts(with: [0xe9, 0x0a, 0x0a] + Array("x\n\nK: ".utf8) + [0xff]))
  }
}
