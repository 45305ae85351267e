import Foundation
import TestSupport
import Testing

@testable import GitStore

@Suite struct BlobMergeTests {
  /// What `git merge-file` makes of three texts, and how many conflicts it sees.
  private func oracle(
    _ environment: HermeticEnvironment, _ base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8],
    options: [String] = []
  ) throws -> (contents: [UInt8], conflicts: Int) {
    for (name, bytes) in [("base", base), ("ours", ours), ("theirs", theirs)] {
      try TestFiles.write(Data(bytes), to: environment.root + "/" + name)
    }
    let git = GitOracle(in: environment.root, environment: environment)
    let result = try git.attempt(
      ["merge-file", "-p"] + options
        + ["-L", "ours", "-L", "base", "-L", "theirs", "ours", "base", "theirs"])
    return (result.output, Int(result.status))
  }

  static func lines(_ generator: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 0...30, using: &generator)).map { number in
      "\(number % 7) " + String(repeating: "x", count: Int.random(in: 0...2, using: &generator))
    }
  }

  static func edited(_ lines: [String], _ generator: inout SeededGenerator) -> [String] {
    var lines = lines
    for number in 0..<Int.random(in: 0...3, using: &generator) {
      let place = Int.random(in: 0...lines.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: lines.insert("new \(number)", at: place)
      case 1: lines.removeSubrange(place..<min(lines.count, place + 2))
      default: if place < lines.count { lines[place] = "edited \(place % 5)" }
      }
    }
    return lines
  }

  @Test(arguments: ["\n", "\r\n"]) func `merges are git's`(lineEnding: String) throws {
    let environment = try HermeticEnvironment()
    var generator = SeededGenerator(seed: 21)
    var conflicts = 0
    for number in 0..<60 {
      let base = BlobMergeTests.lines(&generator)
      let sides = [
        base, BlobMergeTests.edited(base, &generator), BlobMergeTests.edited(base, &generator),
      ]
      let texts = sides.map { lines in
        let text = lines.joined(separator: lineEnding) + (number % 3 == 0 ? "" : lineEnding)
        return Array(text.utf8)
      }
      let merged = try BlobMerge(base: texts[0], ours: texts[1], theirs: texts[2])
      let expected = try oracle(environment, texts[0], texts[1], texts[2])
      #expect(merged.isClean == (expected.conflicts == 0))
      // git merge-file joins conflicts with few lines between them; as a merge, git does not.
      if expected.conflicts == 0 { #expect(merged.contents == expected.contents) }
      conflicts += expected.conflicts == 0 ? 0 : 1
      let union = try BlobMerge(base: texts[0], ours: texts[1], theirs: texts[2], favor: .union)
      let both = try oracle(environment, texts[0], texts[1], texts[2], options: ["--union"])
      #expect(union.isClean)
      #expect(union.contents == both.contents)
    }
    #expect(conflicts > 5)
    #expect(conflicts < 55)
  }

  @Test func `a conflict is marked as git marks it`() throws {
    let environment = try HermeticEnvironment()
    let texts = ["1\n2\n3\n", "1\nours\n3\n", "1\ntheirs\n3\n"].map { Array($0.utf8) }
    let merged = try BlobMerge(base: texts[0], ours: texts[1], theirs: texts[2])
    #expect(!merged.isClean)
    let expected = try oracle(environment, texts[0], texts[1], texts[2])
    #expect(merged.contents == expected.contents)
    let shown = try BlobMerge(base: texts[0], ours: texts[1], theirs: texts[2], showsBase: true)
    let diff3 = try oracle(environment, texts[0], texts[1], texts[2], options: ["--diff3"])
    #expect(shown.contents == diff3.contents)
    let labelled = try BlobMerge(
      base: texts[0], ours: texts[1], theirs: texts[2], showsBase: true,
      labels: BlobMerge.Labels(ours: "1.1", base: "the parent", theirs: "caf\u{e9}"))
    let text = String(decoding: labelled.contents, as: UTF8.self)
    #expect(text.contains("<<<<<<< 1.1\nours\n||||||| the parent\n2\n=======\n"))
    #expect(text.contains("theirs\n>>>>>>> caf\u{e9}\n"))
  }

  @Test func `a missing base is an empty one`() throws {
    let same = Array("a\nb\n".utf8)
    let merged = try BlobMerge(base: nil, ours: same, theirs: same)
    #expect(merged.isClean)
    #expect(merged.contents == same)
    #expect(try !BlobMerge(base: nil, ours: same, theirs: [0x78, 0x0a]).isClean)
  }

  @Test(arguments: [BlobMerge.Algorithm.myers, .patience]) func `empty sides are merged`(
    algorithm: BlobMerge.Algorithm
  ) throws {
    let text = Array("a\n".utf8)
    let emptied = try BlobMerge(base: text, ours: [], theirs: text, algorithm: algorithm)
    #expect(emptied.isClean)
    #expect(emptied.contents.isEmpty)
    #expect(try BlobMerge(base: [], ours: [], theirs: [], algorithm: algorithm).contents.isEmpty)
    #expect(try BlobMerge(base: [], ours: text, theirs: [], algorithm: algorithm).contents == text)
  }

  @Test func `bytes that are not UTF-8 pass through`() throws {
    let merged = try BlobMerge(
      base: [0xff, 0x0a, 0x80, 0x0a, 0x01, 0x0a, 0x02, 0x0a],
      ours: [0xfe, 0x0a, 0x80, 0x0a, 0x01, 0x0a, 0x02, 0x0a],
      theirs: [0xff, 0x0a, 0x80, 0x0a, 0x01, 0x0a, 0x02, 0x0a, 0x80])
    #expect(merged.isClean)
    #expect(merged.contents == [0xfe, 0x0a, 0x80, 0x0a, 0x01, 0x0a, 0x02, 0x0a, 0x80])
  }

  @Test(arguments: [BlobMerge.Favor.none, .union]) func `binary contents are never merged`(
    favor: BlobMerge.Favor
  ) throws {
    let base: [UInt8] = [0, 0x0a, 1, 0x0a, 2, 0x0a, 3, 0x0a]
    let merged = try BlobMerge(base: base, ours: [9] + base, theirs: base + [9], favor: favor)
    #expect(!merged.isClean)
    #expect(merged.contents.isEmpty)
  }
}
