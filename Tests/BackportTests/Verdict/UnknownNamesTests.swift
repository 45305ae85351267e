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

  @Test(arguments: [
    (
      "vendor/acme/box/src/x.php", "vendor/acme/box/composer.json",
      #"{"name": "acme/box", "support": {"source": "https://x.org/s", "issues": "https://x.org/i"},"#
        + #" "authors": [{"name": "Ada", "email": "ada@x.org"}]}"#,
      "acme/box (https://x.org/s; problems to https://x.org/i; by Ada <ada@x.org>)"
    ),
    (
      "vendor/github.com/acme/box/x.go", "vendor/modules.txt", "# github.com/acme/box v1\n",
      "https://github.com/acme/box"
    ),
    (
      "third_party/box/deep/x.js", "third_party/box/package.json",
      #"{"name": "box", "repository": "github:acme/box"}"#, "box (github:acme/box)"
    ),
    ("third_party/x.c", "third_party/README", "", "whoever maintains it"),
    // What describes the project itself says nothing of what it carries.
    ("vendor/x.php", "composer.json", #"{"name": "own/project"}"#, "whoever maintains it"),
  ])
  func `the maintainers of code that is carried along are named where its files name them`(
    path: String, manifest: String, text: String, who: String
  ) async throws {
    var history = TwoLines.history(files: [path: "old\n", manifest: .text(text)])
    let fix = history.commit(
      "Check", files: [path: "new\n", path + "2": "more\n"])
    let found = try await PlanFixture(history).plan(fix).warnings.filter {
      $0.code == "third-party"
    }
    #expect(found.count == 1)
    let message = try #require(found.first?.message)
    #expect(message.hasPrefix("\(path) and 1 more path are code of others ("))
    #expect(message.hasSuffix("the fix belongs upstream, to " + who), "\(message)")
  }

  @Test func `a submodule is maintained where .gitmodules fetches it from`() async throws {
    let modules = """
      [submodule "box"]
      \tpath = deps/box
      \turl = https://ada:secret-token@git.example.org/acme/box.git
      """
    var history = TwoLines.history(files: [".gitmodules": .text(modules)])
    let id = String(repeating: "1", count: 40)
    let fix = history.commit("Update box", files: ["deps/box": .submodule(id)])
    let found = try await PlanFixture(history).plan(fix).warnings.filter {
      $0.code == "third-party"
    }
    let message = try #require(found.first?.message)
    #expect(message.contains("deps/box is code of others (a submodule)"))
    #expect(message.hasSuffix("to https://***@git.example.org/acme/box.git"), "\(message)")
  }
}
