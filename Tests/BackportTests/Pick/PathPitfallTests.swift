import Backport
import GitStore
import TestSupport
import Testing

/// Kinds of files, modes, deletions and folders: rows of the pitfall table.
@Suite struct PathPitfallTests {
  private static let one = String(repeating: "1", count: 40)
  private static let two = String(repeating: "2", count: 40)
  private static let three = String(repeating: "3", count: 40)

  @Test func `a mode and contents changed by different sides are both taken`() throws {
    let fixMode = try PickExample(
      base: ["a": "one\n"], theirs: ["a": .executable("one\n")], ours: ["a": "two\n"])
    fixMode.expectClean()
    let targetMode = try PickExample(
      base: ["a": "one\n"], theirs: ["a": "two\n"], ours: ["a": .executable("one\n")])
    targetMode.expectClean()
  }

  @Test func `the same file added with different modes is a conflict`() throws {
    let example = try PickExample(
      base: ["x": "x\n"], theirs: ["a": .executable("one\n")], ours: ["a": "one\n"])
    example.expectConflict("a", .mode)
  }

  @Test func `the same addition on both sides is clean`() throws {
    let example = try PickExample(
      base: ["x": "x\n"], theirs: ["d/a": "one\n", "x": "y\n"], ours: ["d/a": "one\n"])
    example.expectClean()
  }

  @Test func `different additions are a conflict`() throws {
    let example = try PickExample(
      base: ["x": "x\n"], theirs: ["d/a": "one\n"], ours: ["d/a": "two\n"])
    example.expectConflict("d/a", .addAdd)
    #expect(example.outcome.conflicts.first?.hunks.count == 1)
  }

  @Test func `changing what the other side deleted is a conflict`() throws {
    let targetDeleted = try PickExample(
      base: ["a": "one\n", "x": "x\n"], theirs: ["a": "two\n"], ours: ["a": nil])
    targetDeleted.expectConflict("a", .modifyDelete)
    let fixDeleted = try PickExample(
      base: ["a": "one\n", "x": "x\n"], theirs: ["a": nil], ours: ["a": "two\n"])
    fixDeleted.expectConflict("a", .modifyDelete)
  }

  @Test func `a folder deleted by the fix and changed on the target is a conflict`() throws {
    let example = try PickExample(
      base: ["d/a": "one\n", "d/b": "b\n", "x": "x\n"], theirs: ["d/a": nil, "d/b": nil],
      ours: ["d/a": "two\n"])
    example.expectConflict("d/a", .modifyDelete)
  }

  @Test func `a file that both deleted stays away`() throws {
    let example = try PickExample(
      base: ["a": "one\n", "x": "x\n"], theirs: ["a": nil, "x": "y\n"], ours: ["a": nil])
    example.expectClean()
  }

  @Test func `a link changed by one side is taken and by both a conflict`() throws {
    let one = try PickExample(
      base: ["l": .symlink("a"), "x": "x\n"], theirs: ["l": .symlink("b")], ours: ["x": "y\n"])
    one.expectClean()
    let both = try PickExample(
      base: ["l": .symlink("a")], theirs: ["l": .symlink("b")], ours: ["l": .symlink("c")])
    both.expectConflict("l", .content)
  }

  @Test func `a submodule moved by one side is taken and by both a conflict`() throws {
    let one = try PickExample(
      base: ["m": .submodule(Self.one), "x": "x\n"], theirs: ["m": .submodule(Self.two)],
      ours: ["x": "y\n"])
    one.expectClean()
    let both = try PickExample(
      base: ["m": .submodule(Self.one)], theirs: ["m": .submodule(Self.two)],
      ours: ["m": .submodule(Self.three)])
    both.expectConflict("m", .submodule)
  }

  @Test func `a file made a link by the target and edited by the fix is a conflict`() throws {
    let example = try PickExample(
      base: ["a": "one\n"], theirs: ["a": "two\n"], ours: ["a": .symlink("b")])
    example.expectConflict("a", .mode)
  }

  @Test func `a folder that became a file on the target is a conflict`() throws {
    let example = try PickExample(
      base: ["d/a": numbered(9), "x": "x\n"], theirs: ["d/a": numbered(9, [2: "fixed"])],
      ours: ["d/a": nil, "d": "a file now\n"])
    #expect(example.outcome.verdict == .conflict)
    #expect(example.git == .conflict)
    #expect(example.outcome.conflicts.contains { $0.path.starts(with: Array("d".utf8)) })
  }

  @Test func `a file that became a folder on the target is a conflict`() throws {
    let example = try PickExample(
      base: ["d": numbered(9), "x": "x\n"], theirs: ["d": numbered(9, [2: "fixed"])],
      ours: ["d": nil, "d/inner": "something else\n"])
    example.expectConflict("d", .rename)
  }

  @Test func `a file that became a folder on the target keeps its moved contents`() throws {
    let example = try PickExample(
      base: ["d": numbered(9), "x": "x\n"], theirs: ["d": numbered(9, [2: "fixed"])],
      ours: ["d": nil, "d/inner": numbered(9)])
    example.expectClean()
    #expect(try example.text("d/inner")?.contains("fixed") == true)
  }

  @Test func `a file that the fix makes a folder replaces the untouched one`() throws {
    let example = try PickExample(
      base: ["d": "one\n", "x": "x\n"], theirs: ["d": nil, "d/inner": "two\n"], ours: ["x": "y\n"])
    example.expectClean()
  }

  @Test func `a folder whose last file goes vanishes`() throws {
    let example = try PickExample(
      base: ["d/e/a": "one\n", "x": "x\n"], theirs: ["d/e/a": nil], ours: ["x": "y\n"])
    example.expectClean()
    let tree = try #require(example.outcome.cleanTree)
    #expect(try example.store.node(at: "d", in: tree) == nil)
  }

  @Test func `a fix that deletes the last file leaves the empty tree`() throws {
    let example = try PickExample(base: ["a": "one\n"], theirs: ["a": nil], ours: [:])
    #expect(example.outcome.verdict == .clean("4b825dc642cb6eb9a060e54bf8d69288fbee4904"))
  }

  @Test func `names that sort differently as file and folder stay in order`() throws {
    let example = try PickExample(
      base: ["a/x": "x\n", "a.b": "dot\n", "a0": "zero\n", "z": "z\n"],
      theirs: ["a": "file\n", "a/x": nil, "b-/c": "c\n", "b": "b\n"], ours: ["z": "zz\n"])
    example.expectClean()
  }

  @Test func `paths need not be UTF-8`() throws {
    let path: [UInt8] = [0x64, 0xff, 0x2f, 0xfe, 0x61]
    let old: Snapshot = [path: numbered(20), [0x78]: "x\n"]
    let new: Snapshot = [path: numbered(20, [2: "fixed"]), [0x78]: "x\n"]
    let ours: Snapshot = [path: numbered(20, [18: "drifted"]), [0x78]: "x\n"]
    let oracle = try CherryPickOracle([PickCase(seed: 0, base: old, theirs: new, ours: ours)])
    let outcome = try #require(try oracle.ourOutcomes().first)
    #expect(outcome.cleanTree != nil)
    #expect(try oracle.gitVerdicts() == [outcome.verdict])
  }

  @Test func `paths may be 4,000 bytes long`() throws {
    let folder = String(repeating: "d", count: 199) + "/"
    let path = Array(
      (String(repeating: folder, count: 19) + String(repeating: "f", count: 200)).utf8)
    let text = numbered(20)
    let oracle = try CherryPickOracle([
      PickCase(
        seed: 0, base: [path: text], theirs: [path: numbered(20, [2: "fixed"])],
        ours: [path: numbered(20, [18: "drifted"])])
    ])
    let outcome = try #require(try oracle.ourOutcomes().first)
    #expect(path.count == 4000)
    #expect(outcome.cleanTree != nil)
    #expect(outcome.merged.map(\.path) == [path])
  }
}
