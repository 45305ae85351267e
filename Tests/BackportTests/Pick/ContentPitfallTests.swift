import Backport
import GitStore
import TestSupport
import Testing

/// Contents and attributes: rows of the pitfall table.
@Suite struct ContentPitfallTests {
  private static let base = numbered(9)
  private static let fixed = numbered(9, [5: "fixed"])
  private static let drifted = numbered(9, [5: "drifted"])

  private func conflicting(_ attributes: String, at path: String = ".gitattributes") throws
    -> PickExample
  {
    try PickExample(
      base: ["src/a.c": Self.base, path: .text(attributes)], theirs: ["src/a.c": Self.fixed],
      ours: ["src/a.c": Self.drifted])
  }

  @Test func `the same lines changed differently are a conflict with a place`() throws {
    let example = try conflicting("")
    example.expectConflict("src/a.c", .content)
    let hunk = try #require(example.outcome.conflicts.first?.hunks.first)
    #expect(hunk.line == 5)
    let lines = hunk.lines.map { String(decoding: $0, as: UTF8.self) }
    #expect(lines == ["<<<<<<< ours\n", "drifted\n", "=======\n", "fixed\n", ">>>>>>> theirs\n"])
  }

  @Test func `places of conflicts are counted in the target's file`() throws {
    let example = try PickExample(
      base: ["a": numbered(40)],
      theirs: ["a": numbered(40, [2: "two\nmore\nlines", 20: "fixed", 35: "fixed"])],
      ours: ["a": numbered(40, [20: "drifted\ntwice", 35: "drifted"])])
    example.expectConflict("a", .content)
    #expect(example.outcome.conflicts.first?.hunks.map(\.line) == [20, 36])
  }

  @Test func `lines that look like markers do not confuse`() throws {
    let marker = "<<<<<<< not one\n=======\n>>>>>>> neither"
    let example = try PickExample(
      base: ["a": numbered(9, [1: marker])], theirs: ["a": numbered(9, [1: marker, 5: "fixed"])],
      ours: ["a": numbered(9, [1: marker, 5: "drifted"])])
    example.expectConflict("a", .content)
    let hunks = example.outcome.conflicts.first?.hunks ?? []
    #expect(hunks.map(\.line) == [7])
    #expect(hunks.first?.lines.count == 5)
  }

  @Test func `union takes both sides`() throws {
    let example = try conflicting("*.c merge=union\n")
    example.expectClean()
    #expect(try example.text("src/a.c")?.contains("drifted\nfixed\n") == true)
  }

  @Test func `attributes of inner folders win over outer ones`() throws {
    let example = try PickExample(
      base: [
        "src/a.c": Self.base, ".gitattributes": "*.c -merge\n",
        "src/.gitattributes": "/a.c merge=union\n",
      ], theirs: ["src/a.c": Self.fixed], ours: ["src/a.c": Self.drifted])
    example.expectClean()
  }

  @Test func `attributes come from the target and not from the fix`() throws {
    let onFix = try PickExample(
      base: ["a.c": Self.base], theirs: ["a.c": Self.fixed, ".gitattributes": "*.c merge=union\n"],
      ours: ["a.c": Self.drifted])
    onFix.expectConflict("a.c", .content)
    let onTarget = try PickExample(
      base: ["a.c": Self.base], theirs: ["a.c": Self.fixed],
      ours: ["a.c": Self.drifted, ".gitattributes": "*.c merge=union\n"])
    onTarget.expectClean()
  }

  @Test(arguments: ["*.c -merge\n", "*.c binary\n", "*.c merge=binary\n", "src/** -merge\n"])
  func `files that attributes keep from being merged are a conflict`(attributes: String) throws {
    try conflicting(attributes).expectConflict("src/a.c", .binary)
  }

  @Test(arguments: [
    "*.c merge\n", "*.c merge=text\n", "*.c merge=union !merge\n", "# *.c -merge\n",
    "!*.c -merge\n", "src/ -merge\n", "b.c -merge\n", "*.c -merge --bad=1\n",
  ])
  func `other attributes leave the usual merge`(attributes: String) throws {
    try conflicting(attributes).expectConflict("src/a.c", .content)
  }

  @Test func `a driver that only git can run is a conflict of its own`() throws {
    let example = try conflicting("*.c merge=custom\n")
    #expect(example.conflicts == ["src/a.c": .driver])
    #expect(example.outcome.conflicts.first?.detail?.contains("custom") == true)
  }

  @Test func `a driver is not needed where one side changed nothing`() throws {
    let example = try PickExample(
      base: ["a.c": Self.base, ".gitattributes": "*.c merge=custom\n", "x": "x\n"],
      theirs: ["a.c": Self.fixed], ours: ["x": "y\n"])
    example.expectClean()
  }

  @Test(arguments: [
    ("Cargo.lock", ""), ("web/package-lock.json", ""), ("go.sum", "go.sum !linguist-generated\n"),
    ("src/parser.c", "src/parser.c linguist-generated\n"),
    ("src/parser.c", "*.c linguist-generated=true\n"), ("yarn.lock", "*.lock -merge\n"),
  ])
  func `files that programs make are a conflict of their own`(
    path: String, attributes: String
  ) throws {
    let example = try PickExample(
      base: [path: Self.base, ".gitattributes": .text(attributes), "x": "x\n"],
      theirs: [path: Self.fixed], ours: [path: Self.drifted])
    example.expectConflict(path, .generated)
    let added = try PickExample(
      base: ["x": "x\n", ".gitattributes": .text(attributes)], theirs: [path: Self.fixed],
      ours: [path: Self.drifted])
    added.expectConflict(path, .generated)
  }

  @Test(arguments: [
    ("Cargo.lock", "*.lock -linguist-generated\n"), ("a.lock", ""), ("Cargo.lock/a", ""),
    ("Cargo.lock", "Cargo.lock linguist-generated=false\n"), ("cargo.lock", ""),
  ])
  func `files that people write are not taken for generated ones`(
    path: String, attributes: String
  ) throws {
    let example = try PickExample(
      base: [path: Self.base, ".gitattributes": .text(attributes)], theirs: [path: Self.fixed],
      ours: [path: Self.drifted])
    example.expectConflict(path, .content)
  }

  @Test func `a generated file that merges is merged, and one that is gone is missed`() throws {
    let clean = try PickExample(
      base: ["go.sum": numbered(20)], theirs: ["go.sum": numbered(20, [2: "fixed"])],
      ours: ["go.sum": numbered(20, [18: "drifted"])])
    clean.expectClean()
    let gone = try PickExample(
      base: ["go.sum": Self.base, "x": "x\n"], theirs: ["go.sum": Self.fixed], ours: ["go.sum": nil]
    )
    gone.expectConflict("go.sum", .modifyDelete)
  }

  @Test func `a generated file that moved on the target is a conflict of its own`() throws {
    let example = try PickExample(
      base: ["a/go.sum": numbered(40)], theirs: ["a/go.sum": numbered(40, [5: "fixed"])],
      ours: ["a/go.sum": nil, "b/go.sum": numbered(40, [5: "drifted"])])
    example.expectConflict("b/go.sum", .generated)
  }

  @Test func `files with a NUL are binary`() throws {
    let example = try PickExample(
      base: ["a": .bytes([0x61, 0, 0x0a])], theirs: ["a": .bytes([0x62, 0, 0x0a])],
      ours: ["a": .bytes([0x63, 0, 0x0a])])
    example.expectConflict("a", .binary)
    let late = [UInt8](repeating: 0x0a, count: 8000) + [0]
    let text = try PickExample(
      base: ["a": .bytes(late + [0x0a])], theirs: ["a": .bytes([0x62, 0x0a] + late + [0x0a])],
      ours: ["a": .bytes(late + [0x0a, 0x63, 0x0a])])
    text.expectClean()
  }

  @Test func `other line ends on the target are a conflict`() throws {
    let example = try PickExample(
      base: ["a": numbered(9)], theirs: ["a": numbered(9, [5: "fixed"])],
      ours: ["a": numbered(9, end: "\r\n")])
    example.expectConflict("a", .content)
  }

  @Test func `line ends with a carriage return on both sides merge as bytes`() throws {
    let example = try PickExample(
      base: ["a": numbered(9, end: "\r\n")], theirs: ["a": numbered(9, [2: "fixed"], end: "\r\n")],
      ours: ["a": numbered(9, [8: "drifted"], end: "\r\n")])
    example.expectClean()
  }

  @Test(arguments: ["* text eol=crlf\n", "* text eol=lf\n", "* text=auto\n", "* -text\n"])
  func `attributes of line ends on disk do not change a merge of objects`(
    attributes: String
  ) throws {
    let example = try PickExample(
      base: ["a": numbered(20), ".gitattributes": .text(attributes)],
      theirs: ["a": numbered(20, [2: "fixed"])], ours: ["a": numbered(20, [18: "drifted"])])
    example.expectClean()
    #expect(try example.text("a")?.contains("\r") == false)
  }

  @Test func `attributes of the target count in a bare repository and whatever HEAD names`() throws
  {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a.c": Self.base])
    history.branch("1.0", at: base)
    let drift = history.commit(
      "drift", on: "1.0", files: ["a.c": Self.drifted, ".gitattributes": "*.c merge=union\n"])
    let fix = history.commit("fix", files: ["a.c": Self.fixed])
    let bare = try history.write(bare: true)
    let store = try Repository(gitDirectory: bare.gitDirectory)
    func tree(_ mark: Mark) throws -> ObjectID {
      try store.commit(try #require(ObjectID(hex: bare.id(mark)))).tree
    }
    var merge = try TreeMerge(
      repository: store, base: try tree(base), theirs: try tree(fix))
    let outcome = try merge.merge(onto: try tree(drift))
    let result = try #require(outcome.cleanTree)
    let merged = try #require(try store.file(at: "a.c", in: result))
    #expect(String(decoding: merged, as: UTF8.self).contains("drifted\nfixed\n"))
  }

  @Test func `changes of adjacent lines are a conflict`() throws {
    let example = try PickExample(
      base: ["a": numbered(9)], theirs: ["a": numbered(9, [5: "fixed"])],
      ours: ["a": numbered(9, [6: "drifted"])])
    example.expectConflict("a", .content)
  }

  @Test func `a missing end of the last line is a conflict with a line after it`() throws {
    let example = try PickExample(
      base: ["a": "one\ntwo\n"], theirs: ["a": "one\ntwo\nthree\n"], ours: ["a": "one\ntwo"])
    example.expectConflict("a", .content)
  }

  @Test func `the same change on both sides is clean`() throws {
    let example = try PickExample(
      base: ["a": Self.base, "b": Self.base], theirs: ["a": Self.fixed, "b": Self.fixed],
      ours: ["a": Self.fixed])
    example.expectClean()
  }
}
