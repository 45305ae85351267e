import TestSupport
import Testing

@Suite struct TestSupportTests {
  @Test func `a history has the same ids in every run`() throws {
    var history = RepositoryBuilder()
    let first = history.commit("first", files: ["a.txt": "one\n"])
    let tag = history.tag("v1.0.0", at: first, message: "Release 1.0.0")
    let repository = try history.write()
    #expect(repository.id(first) == "b48c2eb81415780a71cbdb6f166cb1c93e9112da")
    #expect(repository.refs()["refs/tags/v1.0.0"] == repository.id(tag))
    #expect(repository.git("cat-file", "-t", "v1.0.0") == "tag")
  }

  @Test func `every kind of change arrives in the tree`() throws {
    var history = RepositoryBuilder()
    let first = history.commit(
      "first",
      files: [
        "kept": "k\n", "gone": "g\n", "dir/moved": "m\n", "odd \"name\"\n\u{e9}": "o\n",
        "link": .symlink("kept"), "run": .executable("#!/bin/sh\n"),
        "module": .submodule(String(repeating: "1", count: 40)),
      ])
    history.commit(
      "second",
      files: ["gone": .deleted, "new": .renamed(from: "dir"), "twin": .copied(from: "kept")])
    history.commit(bytes: [0xff], bytePaths: [[0x66, 0xfc]: "b\n"], encoding: "ISO-8859-1")
    let repository = try history.write()
    let listing = repository.git("ls-tree", "-r", "--format=%(objectmode) %(path)", "main")
    #expect(
      listing == """
        100644 "f\\374"
        100644 kept
        120000 link
        160000 module
        100644 new/moved
        100644 "odd \\"name\\"\\n\\303\\251"
        100755 run
        100644 twin
        """)
    #expect(repository.git("rev-parse", "main~2") == repository.id(first))
    let raw = repository.git.bytes(["cat-file", "commit", "main"])
    #expect(raw.last == 0xff)
    #expect(String(decoding: raw, as: UTF8.self).contains("\nencoding ISO-8859-1\n"))
    repository.git("fsck", "--strict", "--full")
  }

  @Test func `branches, merges and later commits join up`() throws {
    var history = RepositoryBuilder()
    let root = history.commit("root", files: ["a": "1\n"])
    history.branch("topic", at: root)
    let topic = history.commit("topic", on: "topic", files: ["b": "2\n"])
    let main = history.commit("main", files: ["a": "3\n"])
    let merge = history.merge(topic, files: ["b": "2\n"])
    var repository = try history.write(bare: false)
    let parents = [repository.id(main), repository.id(topic)].joined(separator: " ")
    #expect(repository.git("log", "-1", "--format=%P", "main") == parents)
    #expect(repository.git("status", "--porcelain") == "")
    let later = try repository.extend { $0.commit("later", files: ["c": "4\n"]) }
    #expect(repository.git("rev-parse", "main~1") == repository.id(merge))
    #expect(repository.git("rev-parse", "main") == repository.id(later))
    #expect(repository.git("show", "main:b") == "2")
  }

  @Test func `a root commit can follow on an existing branch name`() throws {
    var history = RepositoryBuilder()
    history.commit("one", files: ["a": "1\n"])
    history.commit("two", files: ["b": "1\n"], parents: [])
    let repository = try history.write()
    #expect(repository.git("rev-list", "--count", "main") == "1")
    #expect(repository.git("ls-tree", "--name-only", "main") == "b")
  }

  @Test func `the temporary directory goes with the environment`() throws {
    let root = try HermeticEnvironment().root
    let result = try ChildProcess.run(
      "/bin/ls", [root], environment: [:], directory: "/")
    #expect(result.status != 0)
  }

  @Test func `git outside the repository finds no other one`() throws {
    let environment = try HermeticEnvironment()
    let git = GitOracle(in: environment.root, environment: environment)
    let result = try git.attempt(["rev-parse", "--git-dir"])
    #expect(result.status == 128)
    #expect(result.errorText.contains("not a git repository"))
  }

  @Test func `a failing git fails the test with its own words`() throws {
    let environment = try HermeticEnvironment()
    withKnownIssue {
      GitOracle(in: environment.root, environment: environment)("rev-parse", "HEAD")
    } matching: {
      $0.comments.contains { $0.rawValue.contains("not a git repository") }
    }
  }

  @Test func `the built program runs from its own place in an environment of its own`() throws {
    let run = try ProgramRun(["--help"], environment: HermeticEnvironment())
    #expect(run.status == 0)
    #expect(run.errors == "")
  }

  @Test func `marked text is two texts in one`() {
    let text = MarkedText(
      """
       same
      -old
      +new

      """, lineEnding: "\r\n")
    #expect(text.before == "same\r\nold\r\n\r\n")
    #expect(text.after == "same\r\nnew\r\n\r\n")
    let open = MarkedText("-old\n+new", finalNewline: false)
    #expect(open.before == "old")
    #expect(open.after == "new")
    withKnownIssue { _ = MarkedText("unmarked") }
  }

  @Test func `a golden comparison names the first line that differs`() {
    #expect(Golden.firstDifference("a\nb\n", "a\nb\n") == nil)
    #expect(Golden.firstDifference("a\nb\n", "a\nc\n")?.hasPrefix("line 2 differs") == true)
    #expect(Golden.firstDifference("a", "a\nb")?.hasPrefix("line 2 differs") == true)
    #expect(Golden.firstDifference("\u{e9}", "e\u{301}") != nil)
    withKnownIssue { Golden.expect("text", matches: "no such golden") }
  }
}
