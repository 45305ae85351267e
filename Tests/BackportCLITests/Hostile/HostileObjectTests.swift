import TestSupport
import Testing

/// Commits and trees that git itself would not make, or that somebody made to mislead.
@Suite("Hostile objects")
struct HostileObjectTests {
  private static let headers = """
    tree TREE
    parent PARENT
    author A <a@example.com> 1700000000 +0000
    committer C <c@example.com> 1700000000 +0000

    """

  /// What is wrong, what stands in the headers instead, the message, and how an apply may end.
  struct Message: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var headers: String
    var message: [UInt8]
    var statuses: Set<Int32>

    init(
      _ name: String, _ message: String, replacing old: String = "", with new: String = "",
      _ statuses: Set<Int32>
    ) {
      self.init(name, Array(message.utf8), replacing: old, with: new, statuses)
    }

    init(
      _ name: String, _ message: [UInt8], replacing old: String = "", with new: String = "",
      _ statuses: Set<Int32>
    ) {
      testDescription = name
      headers =
        old.isEmpty
        ? HostileObjectTests.headers : HostileObjectTests.headers.replacing(old, with: new)
      self.message = message
      self.statuses = statuses
    }
  }

  static let messages: [Message] = [
    Message("an author without name", "x\n", replacing: "A <a@example.com>", with: " <>", [0, 3]),
    Message(
      "a date of twenty digits", "x\n", replacing: "00000000 +", with: "0000000099999999999 +", [3]),
    Message("a date before 1970", "x\n", replacing: "1700000000", with: "-5", [0, 3]),
    Message("a date after 2038", "x\n", replacing: "1700000000", with: "4102444800", [0]),
    Message("a zone of garbage", "x\n", replacing: "+0000", with: "garbage", [3]),
    Message("no committer", "x\n", replacing: "committer", with: "comitter", [3]),
    Message(
      "two authors", "x\n", replacing: "author", with: "author Z <z@z> 1 +0000\nauthor", [0, 3]),
    Message(
      "an author of 100 kB", "x\n", replacing: "author A",
      with: "author " + String(repeating: "A", count: 100_000), [0, 3]),
    Message(
      "a name that turns the direction", "x\n", replacing: "author A", with: "author \u{202e}A", [0]
    ),
    Message("a NUL", "fix\0evil\n", [3]),
    Message("no message", "", [3]),
    Message("blank lines only", "\n \t\n\n", [3]),
    Message("one line of 900 kB", String(repeating: "x", count: 900_000) + "\n", [0]),
    Message("two megabytes", String(repeating: "many\n", count: 400_000), [3]),
    Message(
      "an encoding nobody knows", [0x66, 0xfc, 0x0a], replacing: "+0000\n\n",
      with: "+0000\nencoding FOO-77\n\n", [0]),
    Message(
      "UTF-7", "+ADw-script+AD4-\n", replacing: "+0000\n\n", with: "+0000\nencoding UTF-7\n\n", [0]),
    Message("bytes that are no text", [0x66, 0xff, 0xfe, 0x0a], [0]),
    Message(
      "a forged sign-off",
      "Fix\n\nSigned-off-by: E <e@e>\n(cherry picked from commit \(String(repeating: "b", count: 40)))\n",
      [0]),
    Message("a command to GitHub", "::set-output name=v::1\n", [0]),
    Message("a command to GitHub after blanks", "\u{a0}  ::add-mask::x\n", [0]),
    Message(
      "commands to other machines",
      "x ##vso[task.setvariable variable=x]y ##teamcity[x] ##[add-mask]z\n", [0]),
    Message("a carriage return", "fix ok\r::error::x\n", [0]),
    Message(
      "titles, links and clipboards",
      "\u{1b}]0;t\u{7}\u{1b}[2J\u{1b}]8;;http://e\u{7}\u{1b}]52;c;x\u{7}\n", [0]),
    Message("a formula", "=cmd|' /C calc'!A0\n", [0]),
    Message("options", "-x --upload-pack=y\n", [0]),
    Message("markup", "[x](javascript:alert(1)) <script> <!-- | ` @everyone #123\n", [0]),
    Message(
      "an armoured signature",
      "fix\n\n-----BEGIN PGP SIGNATURE-----\nx\n-----END PGP SIGNATURE-----\n", [0, 3]),
    Message("a heading of a changelog", "## [9.9.9] - 2020-01-01\n", [0, 1, 3]),
    Message("other ends of lines", "fix\u{2028}x\u{85}y\n", [0]),
    Message("only comments", "# fix\n# more\n", [0, 3]),
    Message(
      "ten thousand trailers",
      "fix\n\n" + String(repeating: "Reviewed-by: x <x@x>\n", count: 10_000), [0]),
  ]

  @Test("are refused or picked whole, whatever their message says", arguments: messages)
  func message(case: Message) throws {
    let project = try HostileProject()
    let fix = project.commit(headers: `case`.headers, message: `case`.message)
    try project.apply(fix, expecting: `case`.statuses)
  }

  static let entries: [(mode: String, name: String, statuses: Set<Int32>)] = [
    ("100644", ".git", [3]), ("100644", ".GIT", [3]), ("100644", "git~1", [3]),
    ("100644", ".g\u{200c}it", [3]), ("100644", ".git ", [3]), ("100644", ".git.", [3]),
    ("100644", ".git::$INDEX_ALLOCATION", [3]), ("100644", "..", [3]), ("100644", ".", [3]),
    ("100644", "a/b", [3]), ("100644", "../../x", [3]), ("100644", "", [3]),
    ("120000", ".gitmodules", [3]), ("120000", ".GITMODULES", [3]), ("40000", "zz", [3]),
    ("99", "zz", [3]), ("", "zz", [3]), ("37777777777777777", "zz", [3]),
    ("100777", "zz", [0, 3]), ("100664", "zz", [0, 3]), ("0100644", "zz", [0, 3]),
    ("777", "zz", [0, 3]), ("160000", "zz", [0, 1, 3]), ("120000", "zz", [0]),
    ("100644", "line\nend", [0]), ("100644", "a\tb\u{1b}[2J", [0]), ("100644", "a\\b", [0]),
    ("100644", "-x", [0]), ("100644", "CON", [0]), ("100644", "code.txt ", [0]),
    ("100644", "$(touch canary)", [0]), ("100644", "a\u{202e}b", [0]),
    ("100644", "##vso[x]", [0]), ("100644", String(repeating: "x", count: 5_000), [0]),
  ]

  @Test("are refused before a reference moves when a tree is malformed", arguments: entries)
  func entry(mode: String, name: String, statuses: Set<Int32>) throws {
    let project = try HostileProject()
    let tree = project.tree(adding: [(mode, Array(name.utf8))])
    let fix = project.commit(headers: Self.headers, message: Array("fix\n".utf8), tree: tree)
    try project.apply(fix, expecting: statuses)
    #expect(!project.git.lines("ls-tree", "-r", "--name-only", "1.0").contains(".git/config"))
  }

  @Test("are refused when a tree names an entry twice, or is not sorted")
  func order() throws {
    for (entries, isSorted) in [(["zz", "zz"], true), (["aa"], false)] {
      let project = try HostileProject()
      let tree = project.tree(
        adding: entries.map { ("100644", Array($0.utf8)) }, isSorted: isSorted)
      let fix = project.commit(headers: Self.headers, message: Array("fix\n".utf8), tree: tree)
      try project.apply(fix, expecting: [0, 3])
      #expect(!project.git.lines("ls-tree", "1.0").contains { $0.hasSuffix("zz") }, "\(entries)")
    }
  }

  @Test(
    "are refused when a new .gitmodules leads out of the repository",
    arguments: [("../../x", "https://example.com/x"), ("x", "-u./x")])
  func submodule(name: String, url: String) throws {
    let modules = "[submodule \"\(name)\"]\n\tpath = x\n\turl = \(url)\n"
    let project = try HostileProject(fixFiles: [".gitmodules": .text(modules)])
    try project.apply(expecting: [3])
  }

  @Test("do not make a pick endless: sixty tags one upon the other, a tag of a file")
  func tags() throws {
    let project = try HostileProject()
    var current = project.git("rev-parse", "v1.0.0")
    for number in 0..<60 {
      let kind = number == 0 ? "commit" : "tag"
      current = project.git(
        "mktag",
        input: "object \(current)\ntype \(kind)\ntag t\ntagger A <a@a> 1 +0000\n\nx\n")
    }
    project.git("update-ref", "refs/tags/v1.0.7", current)
    try project.apply(expecting: [3])
    project.git("update-ref", "refs/tags/v1.0.7", project.git("rev-parse", "main:code.txt"))
    try project.apply(expecting: [3])
  }

  @Test("are bounded in depth and number: a tree bomb, a deep tree")
  func bombs() throws {
    let project = try HostileProject()
    var tree = project.git("rev-parse", "main:")
    for _ in 0..<9 {
      let rows = (0..<10).map { "040000 tree \(tree)\td\($0)\n" }.joined()
      tree = project.git("mktree", input: rows)
    }
    let bomb = project.commit(headers: Self.headers, message: Array("bomb\n".utf8), tree: tree)
    try project.run(["plan", bomb], expecting: [0, 1, 3, 4])
    for depth in [600, 1_900] {
      let path = String(repeating: "d/", count: depth) + "f"
      try HostileProject(fixFiles: [path: "x\n"]).run(["plan", "main"], expecting: [0, 1, 3, 4])
    }
  }
}
