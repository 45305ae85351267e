import Foundation
import TestSupport
import Testing

@testable import GitStore

@Suite struct PatchIDTests {
  /// What git says of a whole commit, or of one path in it; nil for "nothing".
  private func oracle(
    _ repository: TestRepository, _ commit: String, path: String? = nil
  ) -> String? {
    let patch = repository.git.bytes(
      ["diff-tree", "-p", "--root", "--full-index", "--no-commit-id", commit, "--"]
        + (path.map { [$0] } ?? []))
    let output = repository.git.bytes(["patch-id", "--stable"], input: patch)
    return output.isEmpty ? nil : String(decoding: output.prefix(40), as: UTF8.self)
  }

  /// Our patch-id of a commit against its first parent.
  private func found(_ store: Repository, _ id: ObjectID) throws -> String? {
    let commit = try store.commit(id)
    let old = try commit.parents.first.map { try store.commit($0).tree }
    return try store.patchID(from: old, to: commit.tree)?.description
  }

  /// Lines of some program, with repeated lines and indents that invite different diffs.
  private static func text(_ generator: inout SeededGenerator) -> [String] {
    let lines = ["", "{", "}", "  if a {", "  }", "    b = 1;", "\tc = 2;", "end", "  ", "d\r"]
    return (0..<Int.random(in: 5...60, using: &generator)).compactMap { _ in
      lines.randomElement(using: &generator)
    }
  }

  private static func edited(_ text: [String], _ generator: inout SeededGenerator) -> [String] {
    var text = text
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...text.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: text.insert(contentsOf: PatchIDTests.text(&generator).prefix(6), at: place)
      case 1: text.removeSubrange(place..<min(text.count, place + 3))
      default: if place < text.count { text[place] = "changed \(place)" }
      }
    }
    return text
  }

  @Test(arguments: 1...6) func `patches of text have git's patch-id`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var history = RepositoryBuilder()
    var texts = [["a"], ["b"], ["c"]]
    var marks: [Mark] = []
    for number in 0..<10 {
      for index in texts.indices {
        texts[index] =
          number == 0
          ? PatchIDTests.text(&generator) : PatchIDTests.edited(texts[index], &generator)
      }
      let files = texts.enumerated().map { index, lines in
        ("dir \(index)/f\(index)", FileChange.text(lines.joined(separator: "\n") + "x"))
      }
      marks.append(history.commit("\(number)", files: Dictionary(uniqueKeysWithValues: files)))
    }
    let repository = try history.write()
    let store = try repository.open()
    for mark in marks {
      let id = try repository.objectID(mark)
      #expect(try found(store, id) == oracle(repository, id.description))
    }
  }

  @Test func `files of every kind have git's patch-id`() throws {
    var history = RepositoryBuilder()
    let module = { (digit: String) in FileChange.submodule(String(repeating: digit, count: 40)) }
    let steps: [(String, [String: FileChange])] = [
      ("root", ["a": "1\n2\n3\n", "kept": "k\n"]), ("no newline", ["a": "1\n2\n3"]),
      ("newline back", ["a": "1\n2\n3\n"]), ("crlf", ["a": "1\r\n2\r\n3\r\n"]),
      ("mode only", ["kept": .executable("k\n")]), ("mode and text", ["kept": .text("l\n")]),
      ("link", ["link": .symlink("a")]), ("link moved", ["link": .symlink("kept")]),
      ("link to file", ["link": "a\n"]), ("file to link", ["link": .symlink("a")]),
      ("submodule", ["m": module("1")]), ("submodule moved", ["m": module("2")]),
      ("submodule to file", ["m": "x\n"]), ("deleted", ["m": .deleted]),
      ("renamed", ["moved": .renamed(from: "a")]), ("accent", ["caf\u{e9} \"x\"\t\u{1}\\": "x\n"]),
      ("accent changed", ["caf\u{e9} \"x\"\t\u{1}\\": "y\n"]), ("empty file", ["empty": ""]),
      ("filled", ["empty": "x\n"]), ("emptied", ["empty": ""]), ("empty gone", ["empty": .deleted]),
      ("folder", ["kept": .deleted, "kept/x": "x\n"]), ("long", ["l": .text(longLine)]),
      ("blank lines", ["a": "\n\n\n"]), ("form feed", ["a": "\u{c}\u{b} x\n"]),
    ]
    let marks = steps.map { history.commit($0.0, files: $0.1) }
    let repository = try history.write()
    let store = try repository.open()
    for (step, mark) in zip(steps, marks) {
      let id = try repository.objectID(mark)
      #expect(try found(store, id) == oracle(repository, id.description), "\(step.0)")
    }
  }

  private var longLine: String { String(repeating: "x y", count: 40_000) }

  @Test func `a binary file has git's patch-id but for the hash of nothing at the end`() throws {
    var history = RepositoryBuilder()
    history.commit("root", files: ["b": .bytes([0, 1]), "t": "t\n"])
    history.commit("changed", files: ["b": .bytes([0, 2])])
    history.commit("far", files: ["b": .bytes([UInt8](repeating: 65, count: 7999) + [0])])
    history.commit("gone", files: ["b": .deleted])
    let repository = try history.write()
    let store = try repository.open()
    for commit in ["main~2", "main~1", "main"] {
      let ours = try #require(try found(store, repository.objectID(commit)))
      let theirs = try #require(oracle(repository, commit))
      #expect(PatchIDTests.sum([ours, "da39a3ee5e6b4b0d3255bfef95601890afd80709"]) == theirs)
    }
  }

  /// The sum of hashes as git adds those of several files.
  private static func sum(_ hashes: [String]) -> String? {
    var total = [UInt16](repeating: 0, count: 20)
    for hash in hashes.compactMap({ ObjectID(hex: $0)?.bytes }) {
      for index in total.indices { total[index] += UInt16(hash[index]) }
    }
    for index in total.indices {
      if index + 1 < total.count { total[index + 1] += total[index] >> 8 }
      total[index] &= 0xff
    }
    return ObjectID(bytes: total.map { UInt8($0) })?.description
  }

  @Test(arguments: 1...4) func `the patch-id is the sum of those of the files`(seed: UInt64) throws
  {
    let (repository, marks) = try ChangesTests.random(seed: seed)
    let store = try repository.open()
    for mark in marks {
      let id = try repository.objectID(mark)
      let names = repository.git.lines(
        "diff-tree", "-r", "--root", "--no-commit-id", "--name-only", "-z", id.description)
      let paths = names.flatMap { $0.split(separator: "\0").map(String.init) }
      // A path that is both a file and a folder would be counted twice.
      if paths.contains(where: { path in paths.contains { $0.hasPrefix(path + "/") } }) { continue }
      let parts = paths.compactMap { oracle(repository, id.description, path: $0) }
      #expect(try found(store, id) == (parts.isEmpty ? nil : PatchIDTests.sum(parts)))
    }
  }

  @Test func `two changes of one binary file are two patches`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let root = try repository.objectID("main^{tree}")
    let first = try store.replacing("b", with: [0, 1], in: root)
    let second = try store.replacing("b", with: [0, 2], in: root)
    #expect(try store.patchID(from: root, to: first) != store.patchID(from: root, to: second))
  }

  @Test func `neither the place nor the other lines of a file count, but its surroundings do`()
    throws
  {
    let repository = try smallRepository()
    let store = try repository.open()
    let root = try repository.objectID("main^{tree}")
    func patchID(_ before: [String]) throws -> PatchID? {
      let text = (before + ["a", "b", "c", "old", "d", "e", "f"]).joined(separator: "\n")
      let old = try store.replacing("f", with: Array(text.utf8), in: root)
      let changed = text.replacingOccurrences(of: "old", with: "new")
      return try store.patchID(
        from: old, to: store.replacing("f", with: Array(changed.utf8), in: root))
    }
    #expect(try patchID([]) == patchID(["1", "2", "3"]))
    #expect(try patchID([]) != nil)
  }

  @Test func `settings and attributes of the repository have no say`() throws {
    var history = RepositoryBuilder()
    history.commit("root", files: ["a": "1\n", "m": .submodule(String(repeating: "1", count: 40))])
    history.commit("two", files: ["a": "2\n", "m": .submodule(String(repeating: "2", count: 40))])
    let repository = try history.write(bare: false)
    let main = try repository.objectID("main")
    let before = try found(repository.open(), main)
    for (key, value) in [
      ("diff.noprefix", "true"), ("diff.mnemonicPrefix", "true"), ("diff.context", "0"),
      ("diff.ignoreSubmodules", "all"), ("core.fileMode", "false"),
    ] { repository.git("config", key, value) }
    try TestFiles.write(Data("* -diff\n".utf8), to: repository.directory + "/.gitattributes")
    try repository.writeControl("* binary\n", to: "info/attributes")
    #expect(try found(repository.open(), main) == before)
  }

  @Test func `nothing changed is no patch`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let tree = try repository.objectID("main^{tree}")
    #expect(try store.patchID(from: tree, to: tree) == nil)
    #expect(try store.patchID(from: nil, to: nil) == nil)
    #expect(try store.patchID(from: nil, to: tree)?.description == oracle(repository, "main"))
  }

  @Test func `a patch can be applied by git, whatever the settings`() throws {
    var history = RepositoryBuilder()
    history.commit(
      "root", files: ["a": "1\n2\n", "b": .bytes([0, 1]), "run": "x\n", "gone": "g\n"])
    history.commit(
      "two",
      files: [
        "a": "1\n3", "b": .bytes([0, 2]), "run": .executable("x\n"), "gone": .deleted,
        "caf\u{e9}/new": "n\n", "link": .symlink("a"), "empty": "", "-x[*]?": "odd\n",
      ])
    let repository = try history.write(bare: false)
    repository.git("config", "diff.noprefix", "true")
    let store = try repository.open()
    let (old, new) = (
      try repository.objectID("main~1^{tree}"), try repository.objectID("main^{tree}")
    )
    let patch = try store.patch(from: old, to: new)
    repository.git("read-tree", "main~1")
    _ = repository.git.bytes(["apply", "--cached"], input: patch)
    #expect(repository.git("write-tree") == new.description)
    #expect(try store.patch(from: old, to: old).isEmpty)
  }

  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
    (String(repeating: "a", count: 1000), "291e9a6c66994949b57ba5e650361e98fc36b1ba"),
  ])
  func `SHA-1 gives the values of its standard`(text: String, expected: String) {
    for pieces in [1, 7, 64] {
      var hash = SHA1()
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        hash.update(rest.prefix(pieces))
        rest = rest.dropFirst(pieces)
      }
      #expect(ObjectID(bytes: hash.finish())?.description == expected)
    }
  }
}
