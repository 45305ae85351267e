import Backport
import GitStore
import TestSupport
import Testing

/// Moved files and folders: the rows of the pitfall table that are about renames.
@Suite struct RenamePitfallTests {
  @Test func `a touched file that the target moved is followed`() throws {
    let example = try PickExample(
      base: ["src/a.c": numbered(20), "b": "b\n"], theirs: ["src/a.c": numbered(20, [3: "fixed"])],
      ours: ["src/a.c": nil, "lib/a.c": numbered(20, [17: "drifted"])])
    example.expectClean()
    #expect(example.renames == ["src/a.c": "lib/a.c"])
    #expect(try example.text("lib/a.c")?.contains("fixed") == true)
    #expect(try example.text("src/a.c") == nil)
  }

  @Test func `a touched file that the target renamed and rewrote is a conflict`() throws {
    let example = try PickExample(
      base: ["a.c": numbered(20)], theirs: ["a.c": numbered(20, [3: "fixed"])],
      ours: ["a.c": nil, "z.c": "nothing\nof\nit\n"])
    example.expectConflict("a.c", .modifyDelete)
  }

  @Test func `an exact match wins over a similar one`() throws {
    let example = try PickExample(
      base: ["a.c": numbered(20)], theirs: ["a.c": numbered(20, [3: "fixed"])],
      ours: ["a.c": nil, "c.c": numbered(20, [20: "near"]), "b.c": numbered(20)])
    example.expectClean()
    #expect(example.renames == ["a.c": "b.c"])
  }

  @Test func `a file added to a folder that the target renamed is a conflict`() throws {
    let example = try PickExample(
      base: ["old/a": numbered(9), "old/b": numbered(8), "c": "c\n"], theirs: ["old/new": "new\n"],
      ours: ["old/a": nil, "old/b": nil, "moved/a": numbered(9), "moved/b": numbered(8)])
    example.expectConflict("old/new", .rename)
    #expect(example.outcome.conflicts.first?.detail?.contains("moved/new") == true)
  }

  @Test func `a file added to a folder that the target deleted is added`() throws {
    let example = try PickExample(
      base: ["old/a": numbered(9), "c": "c\n"], theirs: ["old/new": "new\n"], ours: ["old/a": nil])
    example.expectClean()
    #expect(try example.text("old/new") == "new\n")
  }

  @Test func `a file of the target in a folder that the fix renamed is a conflict`() throws {
    let example = try PickExample(
      base: ["old/a": numbered(9), "old/b": numbered(8)],
      theirs: ["old/a": nil, "old/b": nil, "moved/a": numbered(9), "moved/b": numbered(8)],
      ours: ["old/new": "new\n"])
    example.expectConflict("old/new", .rename)
  }

  @Test func `a folder whose files went to two others is a conflict for what is added`() throws {
    let example = try PickExample(
      base: ["old/a": numbered(9), "old/b": numbered(8)], theirs: ["old/new": "new\n"],
      ours: ["old/a": nil, "old/b": nil, "one/a": numbered(9), "two/b": numbered(8)])
    example.expectConflict("old", .rename)
  }

  @Test func `both sides renaming differently is a conflict`() throws {
    let example = try PickExample(
      base: ["a": numbered(9)], theirs: ["a": nil, "b": numbered(9)],
      ours: ["a": nil, "c": numbered(9)])
    example.expectConflict("a", .rename)
  }

  @Test func `both sides renaming the same way merges the contents`() throws {
    let example = try PickExample(
      base: ["a": numbered(20)], theirs: ["a": nil, "b": numbered(20, [2: "fixed"])],
      ours: ["a": nil, "b": numbered(20, [18: "drifted"])])
    example.expectClean()
    #expect(try example.text("b")?.contains("fixed") == true)
    #expect(try example.text("b")?.contains("drifted") == true)
  }

  @Test func `a fix that renames and edits merges with the target's edit`() throws {
    let example = try PickExample(
      base: ["a": numbered(20)], theirs: ["a": nil, "b": numbered(20, [2: "fixed"])],
      ours: ["a": numbered(20, [18: "drifted"])])
    example.expectClean()
    #expect(try example.text("b")?.contains("drifted") == true)
    #expect(try example.text("a") == nil)
  }

  @Test func `a file that the fix renamed and the target deleted is a conflict`() throws {
    let example = try PickExample(
      base: ["a": numbered(9), "x": "x\n"], theirs: ["a": nil, "b": numbered(9)],
      ours: ["a": nil])
    example.expectConflict("b", .rename)
  }

  @Test func `a file that the target renamed and the fix deleted is a conflict`() throws {
    let example = try PickExample(
      base: ["a": numbered(9), "x": "x\n"], theirs: ["a": nil], ours: ["a": nil, "b": numbered(9)])
    example.expectConflict("b", .rename)
  }

  @Test func `a rename onto a file that the target added is a conflict`() throws {
    let example = try PickExample(
      base: ["a": numbered(20)], theirs: ["a": nil, "b": numbered(20)],
      ours: ["a": numbered(20, [18: "drifted"]), "b": "something else\n"])
    example.expectConflict("b", .addAdd)
  }

  @Test func `two files renamed to one path are a conflict`() throws {
    let example = try PickExample(
      base: ["a": numbered(20), "b": numbered(30, [5: "other"])],
      theirs: ["a": nil, "c": numbered(20), "b": numbered(30, [5: "other", 7: "fixed"])],
      ours: ["b": nil, "c": numbered(30, [5: "other"]), "a": numbered(20, [9: "drifted"])])
    example.expectConflict("c", .addAdd)
  }

  @Test func `the same file at the new path does not swallow the target's edit`() throws {
    let example = try PickExample(
      base: ["a": numbered(20)], theirs: ["a": nil, "b": numbered(20, [2: "fixed"])],
      ours: ["a": numbered(20, [2: "drifted"]), "b": numbered(20, [2: "fixed"])])
    #expect(example.conflicts == ["b": .rename])
    #expect(example.git != .conflict, "git says so now too: no exception is needed any more")
  }
}
