import Backport
import GitStore
import TestSupport
import Testing

/// Clean picks that use what their line does not have, and fixes of code that is not the project's.
struct UnknownNamesTests {
  private static let code = "int open(void) {\n  return 1;\n}\n\nint shut(void) {\n  return 2;\n}\n"

  /// The trunk gets `try_alloc` after 1.0; the fix uses it.
  private func warnings(on line: [String: FileChange], fix: String) async throws -> [Warning] {
    var history = TwoLines.history(files: [
      "net.c": .text(Self.code), "mem.c": "int alloc(void);\n",
    ])
    history.commit("Own work", on: "1.0", files: line)
    history.commit("Try to allocate", files: ["mem.c": "int alloc(void);\nint try_alloc(void);\n"])
    let fixed = Self.code.replacing("return 2;", with: fix)
    let mark = history.commit("Check", files: ["net.c": .text(fixed)])
    let plan = try await PlanFixture(history).plan(mark)
    #expect(try PlanFixture.target("1.0", of: plan).status == .picked)
    return plan.warnings.filter { $0.code == "unknown-name" && $0.message.hasPrefix("1.0:") }
  }

  @Test func `a name that the trunk had before the fix and the line lacks is warned of`()
    async throws
  {
    let found = try await warnings(on: [:], fix: "return try_alloc();")
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.message.contains("net.c") && $0.message.contains("try_alloc") })
  }

  @Test(arguments: [
    ("return brand_new_name();", [:] as [String: FileChange]),
    ("return alloc();", [:]),
    ("return open();", [:]),
    ("return try_alloc();", ["own.c": "int try_alloc(void) { return 0; }\n"]),
  ])
  func `what the fix brings along, or the line knows, is not`(
    fix: String, line: [String: FileChange]
  ) async throws {
    #expect(try await warnings(on: line, fix: fix).isEmpty)
  }

  @Test func `part of a word is another name`() async throws {
    let found = try await warnings(
      on: ["own.c": "int my_try_alloc_2(void);\n"], fix: "return try_alloc();")
    #expect(found.count == 1)
  }

  @Test(arguments: [
    ("vendor/lib/x.c", "", "vendor/"), ("lib/x.c", "lib/* linguist-vendored\n", "linguist"),
    ("own/x.c", "", ".gitbackport"), ("src/x.c", "", nil),
  ])
  func `a fix of code that others maintain is said to belong upstream`(
    path: String, attributes: String, reason: String?
  ) async throws {
    var history = TwoLines.history(
      config: "[third-party]\n\tpath = own/**\n",
      files: [path: "old\n", ".gitattributes": .text(attributes)])
    let fix = history.commit("Check", files: [path: "new\n"])
    let found = try await PlanFixture(history).plan(fix).warnings.filter {
      $0.code == "third-party"
    }
    #expect(found.count == (reason == nil ? 0 : 1))
    if let reason { #expect(found.allSatisfy { $0.message.contains(reason) }) }
  }
}
