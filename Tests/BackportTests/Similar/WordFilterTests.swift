import GitStore
import TestSupport
import Testing

@testable import Backport

@Suite struct WordFilterTests {
  private static let sources: [String] = (0..<60).map { size in
    (0..<(size * size)).map { "name_\($0 * size) = other\($0)(x\($0 % 7), 0x\($0));" }
      .joined(separator: size.isMultiple(of: 2) ? "\n" : " // ")
  }

  @Test func `a name that is there is never denied, in any language`() {
    for (number, source) in Self.sources.enumerated() {
      let filter = WordFilter.words(of: Array(source.utf8))
      for path in ["a.c", "a.py", "a.unknown"] {
        let tokens = SourceTokens(
          Array(source.utf8), comments: CommentStyle(path: Array(path.utf8)))
        for name in tokens.names {
          #expect(WordFilter.mayContain(name, filter[...]), "\(number) \(path)")
        }
      }
    }
  }

  @Test func `names that are not there are mostly denied, and a small text has a small filter`() {
    let text = Array(Self.sources[12].utf8)
    let filter = WordFilter.words(of: text)
    #expect(filter.count <= 32)
    let wrong = (0..<1000).count {
      WordFilter.mayContain(WordHash.of("absent\($0)".utf8), filter[...])
    }
    #expect(wrong < 150)
    #expect(WordFilter.words(of: Array("one two three four five".utf8)).count == 1)
    #expect(WordFilter.words(of: []) == WordFilter.none)
    #expect(!WordFilter.mayContain(WordHash.of("a".utf8), WordFilter.none[...]))
  }

  @Test func `a place that is found is never excluded by its names`() throws {
    let before = Array("    total = first_part(one, two) + second_part(three, four, five);\n".utf8)
    let after = Array("    total = safe_sum(one, two, three, four, five);\n".utf8)
    var history = RepositoryBuilder()
    history.commit("one", files: ["a.c": .bytes(before)])
    let repository = try history.write(bare: true)
    let hunks = try Repository(gitDirectory: repository.gitDirectory)
      .hunks(from: before, to: after, context: 0)
    let hunk = try #require(hunks?.first)
    let pattern = try #require(FlawPattern(hunk, in: [before], path: Array("a.c".utf8)))
    let matcher = PatternMatcher([pattern], leastLikeness: 0.5)
    let names = ["total", "first_part", "one", "two", "second_part", "three", "four", "five"]
    var found = 0
    for changed in 0..<(1 << names.count) {
      var text = String(decoding: before, as: UTF8.self)
      for (bit, name) in names.enumerated() where changed >> bit & 1 == 1 {
        text = text.replacing(name, with: "z\(bit)")
      }
      let bytes = Array(text.utf8)
      let tokens = SourceTokens(bytes, comments: CommentStyle(path: pattern.path))
      if matcher.matches(in: tokens).isEmpty { continue }
      found += 1
      #expect(matcher.mayMatch(WordFilter.words(of: bytes)[...]), "\(text)")
    }
    #expect(found > 1)
  }
}
