import TestSupport
import Testing

@testable import Backport

/// One flaw in several files, of which the fix repairs one.
@Suite struct SimilarTests {
  private static func reader(_ name: String, check: String = "", buffer: String = "buffer")
    -> String
  {
    """
    int read_\(name)(struct stream *in, char *\(buffer))
    {
        size_t length = read_length(in); /* \(name) */
    \(check)    memcpy(\(buffer), in->data + in->offset, length);
        in->offset += length;
        return parse_header(\(buffer), length, "\(name)");
    }

    """
  }

  private static let check = """
        if (length > in->size - in->offset)
            return fail_with(in, "too long");

    """

  private func search(
    _ fixed: String, others: [String: FileChange], onlyOld: [String: FileChange] = [:],
    original: String = Self.reader("packet")
  ) async throws -> SimilarDocument {
    try await SimilarFixture(
      others.merging(["packet.c": .text(original)]) { $1 }, fix: ["packet.c": .text(fixed)],
      onlyOld: onlyOld
    ).search()
  }

  @Test func `the same flaw in other files is found, wherever they are`() async throws {
    let document = try await search(
      Self.reader("packet", check: Self.check),
      others: ["src/frame.c": .text(Self.reader("frame", buffer: "out"))],
      onlyOld: ["old/chunk.c": .text(Self.reader("chunk"))])
    #expect(
      document.found == [
        "main": ["src/frame.c"], "1.1": ["src/frame.c"], "1.0": ["old/chunk.c", "src/frame.c"],
      ])
    #expect(document.hasFindings)
    let hit = try #require(document.places.first?.hits.first)
    #expect(hit.likeness > 0.75)
    #expect(hit.text.contains { $0.contains("memcpy") })
    #expect(document.patterns.count == 1)
  }

  @Test func `what is repaired already, and other code, is not found`() async throws {
    let document = try await search(
      Self.reader("packet", check: Self.check),
      others: [
        "frame.c": .text(Self.reader("frame", check: Self.check)),
        "other.c":
          "int other(void)\n{\n    size_t length = read_length(0);\n    return length;\n}\n",
        "frame.py": .text(Self.reader("frame")),
        "tests/frame.c": .text(Self.reader("frame")), "frame_test.c": .text(Self.reader("frame")),
      ])
    #expect(document.found == ["main": [], "1.1": [], "1.0": []])
    #expect(!document.hasFindings)
  }

  @Test func `a line that is replaced is looked for as it was`() async throws {
    let old = "    token = request.headers.get(\"X-Token\") or request.args.get(\"token\")\n"
    let new = "    token = request.headers.get(\"X-Token\")\n"
    func view(_ name: String, _ line: String) -> String {
      "def \(name)(request):\n    user = load_user(request)\n\(line)    return check(user, token)\n"
    }
    let document = try await search(
      view("login", new),
      others: [
        "b.c": .text("#include <b.h>\n" + view("logout", old)), "c.c": .text(view("renew", new)),
      ],
      original: view("login", old))
    #expect(document.found["main"] == ["b.c"])
    #expect(document.places.first?.hits.first?.startLine == 4)
  }

  @Test func `a change of words alone is nothing to look for`() async throws {
    let document = try await search(
      "/* Read it. */\n" + Self.reader("packet"), others: ["b.c": .text(Self.reader("b"))])
    #expect(document.patterns.isEmpty)
    #expect(document.warnings.map(\.code) == ["nothing-to-look-for"])
  }

  @Test func `what the fix changes is found in other surroundings while it is rare`() async throws {
    func file(_ name: String, _ call: String = "    release(list, cursor->next);\n") -> FileChange {
      let other = (0..<3).map { "\(name)\($0) \(name)_\($0) \(name)\($0)x\n" }.joined()
      return .text(other + call + other)
    }
    let rare = try await SimilarFixture(
      ["one.c": file("one"), "two.c": file("two"), "three.c": file("three")],
      fix: ["one.c": file("one", "    release(list, following);\n")]
    ).search()
    #expect(rare.found["main"] == ["three.c", "two.c"])
    #expect(rare.places.map(\.hidden) == [0, 0, 0])
    let names = ["one", "two", "three", "four", "five", "six"]
    let common = try SimilarFixture(
      Dictionary(uniqueKeysWithValues: names.map { ("\($0).c", file($0)) }),
      fix: ["one.c": file("one", "    release(list, following);\n")])
    let some = try await common.search()
    #expect(some.found["main"] == [])
    #expect(some.places.map(\.hidden) == [5, 5, 5])
    #expect(some.warnings.map(\.code) == ["common-code"])
    #expect(some.warnings.first?.message.contains("one.c:1 (5)") == true)
    let all = try await common.search { $0.isComplete = true }
    #expect(all.found["main"]?.count == 5)
    #expect(all.warnings.isEmpty)
  }

  @Test func `a fix of a literal is looked for by the literal`() async throws {
    func file(_ name: String, _ digest: String) -> FileChange {
      .text("def \(name)(data, key):\n    return sign(data, key, \"\(digest)\")\n")
    }
    let document = try await SimilarFixture(
      ["a.py": file("a", "md5"), "b.py": file("b", "md5"), "c.py": file("c", "sha512")],
      fix: ["a.py": file("a", "sha256")]
    ).search()
    #expect(document.found["main"] == ["b.py"])
  }

  @Test func `imports are nothing to look for`() async throws {
    let files: [String: FileChange] = [
      "a.py": "from one.two import three, four\n\nprint(three)\n",
      "b.py": "from one.two import three, four\n\nprint(four)\n",
    ]
    let document = try await SimilarFixture(
      files, fix: ["a.py": "from one.five import three, four\n\nprint(three)\n"]
    ).search()
    #expect(document.patterns.isEmpty)
  }
}
