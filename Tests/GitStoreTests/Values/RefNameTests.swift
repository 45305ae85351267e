import Foundation
import GitStore
import TestSupport
import Testing

@Suite struct RefNameTests {
  static let tails = [
    "heads/main", "heads/a/b/c", "heads/a.b", "heads/a..b", "heads/.a", "heads/a/.b", "heads/a.",
    "heads/a./b", "heads/a.lock", "heads/a.lock/b", "heads/.lock", "heads/lock", "heads/a.LOCK",
    "heads/a b", "heads/a~", "heads/a^", "heads/a:b", "heads/a?", "heads/a*", "heads/a[",
    "heads/a]",
    "heads/a\\b", "heads/a@", "heads/@", "heads/a@{b", "heads/a@b{", "heads/{", "heads/-a",
    "heads/a/", "heads//a", "/heads/a", "heads/a//b", "heads/a\u{7f}", "heads/a\tb", "heads/a\nb",
    "heads/é", "heads/\u{202e}x", "heads/a\u{1f600}", "heads/\"", "heads/'", "heads/$(x)",
    "heads/HEAD", "stash", "heads", "heads/", "", "tags/v1.0.0-rc.1+build", "heads/a..",
    "heads/...",
    "heads/a.b.c", "heads/0123456789", "tags/v1.0.lock ", "heads/a,b", "heads/a;b", "heads/a&b",
    "heads/a%b", "heads/a!b", "heads/a=b", "heads/a|b", "heads/<a>", "heads/`a`", "heads/a#b",
  ]

  @Test func `git accepts the same names`() throws {
    let git = GitOracle(in: "/", environment: try HermeticEnvironment())
    for tail in RefNameTests.tails {
      let name = "refs/" + tail
      let accepted = try git.attempt(["check-ref-format", name]).status == 0
      #expect((RefName(name) != nil) == accepted, "\(name.debugDescription)")
    }
  }

  @Test(arguments: ["HEAD", "main", "heads/main", "FETCH_HEAD", "refs", "REFS/heads/a", ""])
  func `a name that is not full is none`(name: String) {
    #expect(RefName(name) == nil)
  }

  @Test func `parts are what stands behind the folder`() {
    #expect(RefName.branch("1.1")?.description == "refs/heads/1.1")
    #expect(RefName.branch("1.1")?.branchName == "1.1")
    #expect(RefName.branch("1.1")?.tagName == nil)
    #expect(RefName.tag("v1/é")?.tagName == "v1/é")
    #expect(RefName("refs/remotes/origin/main")?.shorthand == "origin/main")
    #expect(RefName("refs/notes/commits")?.shorthand == "refs/notes/commits")
    #expect(RefName.branch("") == nil)
    #expect(RefName.tag("a b") == nil)
  }

  @Test func `a combining mark after the slash keeps its name`() throws {
    let name = "refs/heads/\u{301}x"
    #expect(RefName(name)?.branchName.map { Array($0.utf8) } == Array("\u{301}x".utf8))
  }

  @Test func `names that look alike are different`() throws {
    let composed = try #require(RefName.branch("\u{e9}"))
    let decomposed = try #require(RefName.branch("e\u{301}"))
    #expect(composed != decomposed)
  }

  @Test(
    arguments: [
      ("refs/heads/1.1", nil), ("refs/heads/release/1.x", nil), ("refs/tags/v1.0.0", nil),
      ("refs/heads/1234567", nil), ("refs/heads/20240101", nil),
      ("refs/heads/-x", .startsWithDash), ("refs/heads/a/-x", .startsWithDash),
      ("refs/heads/HEAD", .isReserved("HEAD")), ("refs/heads/@", .isReserved("@")),
      ("refs/heads/deadbeef", .looksLikeObjectID), ("refs/tags/6a19d3a", .looksLikeObjectID),
      ("refs/heads/\u{202e}x", .unsafeCharacter("\u{202e}")),
      ("refs/heads/a\u{200b}", .unsafeCharacter("\u{200b}")),
      ("refs/heads/a\u{85}", .unsafeCharacter("\u{85}")),
    ] as [(String, RefName.Objection?)])
  func `names that mislead are not created`(name: String, objection: RefName.Objection?) throws {
    let name = try #require(RefName(name))
    var found: RefName.Objection?
    do throws(RefName.Objection) { try name.validateForCreation() } catch { found = error }
    #expect(found == objection)
  }

  @Test func `a name longer than 200 bytes is not created`() throws {
    let name = try #require(RefName("refs/heads/" + String(repeating: "é", count: 95)))
    #expect(throws: RefName.Objection.tooLong(bytes: 201)) { try name.validateForCreation() }
  }

  @Test func `names are sorted as git sorts them`() throws {
    var history = RepositoryBuilder()
    let commit = history.commit("root")
    let names = ["a", "a.b", "a-b", "B", "é", "e\u{301}x", "10", "9", "a0", "z/a", "z.a", "z-"]
    for name in names { history.branch(name, at: commit) }
    let repository = try history.write()
    let sorted = repository.git.lines("for-each-ref", "--format=%(refname)", "refs/heads/")
    #expect(sorted.compactMap { RefName($0) }.sorted().map(\.description) == sorted)
  }

  @Test func `JSON holds the full name`() throws {
    let name = try #require(RefName.tag("v1"))
    let data = try JSONEncoder().encode([name])
    #expect(try JSONDecoder().decode([RefName].self, from: data) == [name])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([RefName].self, from: Data("[\"v1\"]".utf8))
    }
  }
}
