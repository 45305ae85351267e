import Backport
import Foundation
import TestSupport
import Testing

@Suite("The example of the library")
struct LibraryExampleTests {
  private static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  @Test("lands the fix on both lines, and a second time finds it there")
  func runs() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let repository = fixture.repository
    let surroundings = Surroundings(
      environment: repository.environment.variables, directory: repository.directory,
      now: PlanFixture.now, offsetMinutes: 0, tool: "example 1.0")
    let report = try await bringEverywhere(repository.id(fix), around: surroundings)
    #expect(report.count { $0.contains(": picked, ") } == 2, "\(report)")
    let refs = repository.refs()
    let moved = report.filter { $0.hasPrefix("refs/") }
    #expect(moved.count >= 4 && moved.allSatisfy { $0.hasSuffix(" is new") }, "\(moved)")
    #expect(refs["refs/tags/v1.1.1"] != nil && refs["refs/tags/v1.0.1"] != nil)
    #expect(fixture.fsck().isEmpty)

    let again = try await bringEverywhere(repository.id(fix), around: surroundings)
    #expect(again.count { $0.contains(": already-applied, ") } == 2, "\(again)")
    #expect(repository.refs() == refs)
  }

  @Test("is the one that the documentation shows")
  func isShown() throws {
    let source = try String(
      contentsOf: Self.here.appendingPathComponent("LibraryExample.swift"), encoding: .utf8)
    let code = try #require(source.firstMatch(of: /\/\/ EXAMPLE\n((?:.|\n)*)\/\/ END\n/)).1
    let article = Self.here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Sources/Backport/Backport.docc/Planning.md")
    let text = try String(contentsOf: article, encoding: .utf8)
    #expect(text.contains("```swift\n\(code)```\n"))
  }
}
