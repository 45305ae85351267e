import Foundation
import TestSupport
import Testing

@testable import Backport

/// Huge fixes, code of others, generated files, and what is kept from run to run.
@Suite struct SimilarBoundsTests {
  /// A file of functions that differ in their names, with the flaw or without.
  private static func functions(_ names: Range<Int>, fixed: Bool = false, head: String = "")
    -> FileChange
  {
    let bodies = names.map { number in
      "int read_\(number)(struct stream\(number) *in)\n{\n"
        + (fixed ? "    check_\(number)(in, in->size\(number));\n" : "")
        + "    copy_\(number)(in->data\(number), in->size\(number));\n    return done_\(number);\n}\n"
    }
    return .text(head + bodies.joined(separator: "\n"))
  }

  @Test func `of a huge fix the places that say most are looked for, and it is said`() async throws
  {
    let fixture = try SimilarFixture(
      ["a.c": Self.functions(0..<70), "b.c": Self.functions(69..<70)],
      fix: ["a.c": Self.functions(0..<70, fixed: true)])
    let document = try await fixture.search()
    #expect(document.patterns.count == FlawPatterns.most)
    #expect(document.warnings.map(\.code) == ["not-looked-for"])
    #expect(document.warnings.first?.message.contains("20 places of the fix") == true)
    let all = try await fixture.search { $0.isComplete = true }
    #expect(all.patterns.count == 70)
    #expect(all.warnings.isEmpty)
    #expect(all.found["main"] == ["b.c"])
  }

  @Test func `code of others and generated files do not hide the project's own`() async throws {
    let generated = "/* Made by maker. DO NOT EDIT. */\n"
    let fixture = try SimilarFixture(
      [
        "a.c": Self.functions(0..<1), "b.c": Self.functions(0..<1),
        "deps/x/x.c": Self.functions(1..<3), "y.c": Self.functions(1..<3),
        "made.c": Self.functions(3..<4, head: generated), "z.c": Self.functions(3..<4),
        "copy.c": Self.functions(0..<1, head: generated),
      ],
      fix: [
        "a.c": Self.functions(0..<1, fixed: true),
        "deps/x/x.c": Self.functions(1..<3, fixed: true),
        "made.c": Self.functions(3..<4, fixed: true, head: generated),
      ])
    let document = try await fixture.search()
    #expect(document.patterns.map(\.path) == ["a.c"])
    #expect(document.found["main"] == ["b.c"])
    #expect(
      document.warnings.map(\.code)
        == ["not-looked-for", "not-looked-for", "in-generated-files"])
    #expect(document.warnings[1].message.contains("deps/x/x.c"))
    #expect(document.places.first?.hidden == 1)
    let all = try await fixture.search { $0.isComplete = true }
    #expect(all.found["main"] == ["b.c", "copy.c", "y.c", "y.c", "z.c"])
  }

  @Test func `a fix of the code of others alone is looked for`() async throws {
    let document = try await SimilarFixture(
      ["vendor/x.c": Self.functions(0..<2), "own.c": Self.functions(1..<2)],
      fix: ["vendor/x.c": Self.functions(0..<2, fixed: true)]
    ).search()
    #expect(document.found["main"] == ["own.c"])
    #expect(document.warnings.isEmpty)
  }

  @Test func `a second run with what is kept says the same, and so does one with damage`()
    async throws
  {
    var files: [String: FileChange] = [
      "a.c": Self.functions(0..<1), "b.c": Self.functions(0..<1), "binary.c": .bytes([1, 0, 2]),
      "large.c": .text(String(repeating: "x = 1;\n", count: 160_000)),
    ]
    for number in 10..<40 { files["\(number).c"] = Self.functions(number..<(number + 3)) }
    let fixture = try SimilarFixture(
      files, fix: ["a.c": Self.functions(0..<1, fixed: true)])
    let first = try await fixture.search()
    #expect(first.found == ["main": ["b.c"], "1.1": ["b.c"], "1.0": ["b.c"]])
    let attributes = try FileManager.default.attributesOfItem(atPath: fixture.cache)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let kept = try #require(FileManager.default.contents(atPath: fixture.cache))
    #expect(try await fixture.search() == first)
    #expect(FileManager.default.contents(atPath: fixture.cache) == kept)
    for damage in [Data(), kept.dropLast(8), kept.prefix(100), Data(kept.map { $0 ^ 1 })] {
      try damage.write(to: URL(fileURLWithPath: fixture.cache))
      #expect(try await fixture.search() == first)
      #expect(FileManager.default.contents(atPath: fixture.cache) == kept)
    }
  }

  @Test func `nothing is kept where it cannot be written`() async throws {
    let fixture = try SimilarFixture(
      ["a.c": Self.functions(0..<1), "b.c": Self.functions(0..<1)],
      fix: ["a.c": Self.functions(0..<1, fixed: true)])
    // Stands in the place of the folder, for root too.
    try TestFiles.write(Data(), to: fixture.repository.gitDirectory + "/backport")
    #expect(try await fixture.search().found["main"] == ["b.c"])
  }
}
