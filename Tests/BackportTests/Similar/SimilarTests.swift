import GitStore
import ReleaseModel
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

  /// 1.0 has a file that the trunk does not have any more.
  private func plan(
    _ fixed: String, others: [String: FileChange], onlyOld: [String: FileChange] = [:],
    original: String = Self.reader("packet")
  ) async throws -> SimilarDocument {
    var history = RepositoryBuilder()
    var files: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n", "packet.c": .text(original),
    ]
    files.merge(others) { $1 }
    let first = history.commit("one", files: files.merging(onlyOld) { $1 })
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let second = history.commit("two", files: onlyOld.mapValues { _ in .deleted })
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.commit("Check the length", files: ["packet.c": .text(fixed)])
    var options = PlanOptions()
    options.fix = ["main"]
    let fixture = try PlanFixture(history)
    let workspace = try await fixture.open(options)
    let day = try CalendarDate(parsing: "2026-01-01")
    let request = try PlanRequest.picks(options, asOf: day, in: workspace)
    return try workspace.similar(to: try workspace.plan(request))
  }

  private func found(_ document: SimilarDocument) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: document.places.map { place in
        (place.line ?? "main", place.hits.map(\.path))
      })
  }

  @Test func `the same flaw in other files is found, wherever they are`() async throws {
    let document = try await plan(
      Self.reader("packet", check: Self.check),
      others: ["src/frame.c": .text(Self.reader("frame", buffer: "out"))],
      onlyOld: ["old/chunk.c": .text(Self.reader("chunk"))])
    #expect(
      found(document) == [
        "main": ["src/frame.c"], "1.1": ["src/frame.c"], "1.0": ["old/chunk.c", "src/frame.c"],
      ])
    #expect(document.hasFindings)
    let hit = try #require(document.places.first?.hits.first)
    #expect(hit.likeness > 0.75)
    #expect(hit.text.contains { $0.contains("memcpy") })
    #expect(document.patterns.count == 1)
  }

  @Test func `what is repaired already, and other code, is not found`() async throws {
    let document = try await plan(
      Self.reader("packet", check: Self.check),
      others: [
        "frame.c": .text(Self.reader("frame", check: Self.check)),
        "other.c":
          "int other(void)\n{\n    size_t length = read_length(0);\n    return length;\n}\n",
        "frame.py": .text(Self.reader("frame")),
      ])
    #expect(found(document) == ["main": [], "1.1": [], "1.0": []])
    #expect(!document.hasFindings)
  }

  @Test func `a line that is replaced is looked for as it was`() async throws {
    let old = "    token = request.headers.get(\"X-Token\") or request.args.get(\"token\")\n"
    let new = "    token = request.headers.get(\"X-Token\")\n"
    func view(_ name: String, _ line: String) -> String {
      "def \(name)(request):\n    user = load_user(request)\n\(line)    return check(user, token)\n"
    }
    let document = try await plan(
      view("login", new),
      others: [
        "b.c": .text("#include <b.h>\n" + view("logout", old)), "c.c": .text(view("renew", new)),
      ],
      original: view("login", old))
    #expect(found(document)["main"] == ["b.c"])
    #expect(document.places.first?.hits.first?.startLine == 4)
  }

  @Test func `a change of words alone is nothing to look for`() async throws {
    let document = try await plan(
      "/* Read it. */\n" + Self.reader("packet"), others: ["b.c": .text(Self.reader("b"))])
    #expect(document.patterns.isEmpty)
    #expect(document.warnings.map(\.code) == ["nothing-to-look-for"])
  }
}
