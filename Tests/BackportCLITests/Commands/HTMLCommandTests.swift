import Foundation
import TestSupport
import Testing

/// A page, read as HTML by Python's parser.
private struct ParsedPage {
  /// The elements in order, each with its attributes.
  let elements: [(name: String, attributes: [String: String])]
  /// All of the text.
  let text: String
  /// What is nested wrongly.
  let problems: [String]

  private static let script = """
    import html.parser, json, sys
    void = {"meta", "br"}
    class Reader(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.elements, self.text, self.problems, self.open = [], [], [], []
        def handle_starttag(self, tag, attributes):
            self.elements.append([tag, {k: v or "" for k, v in attributes}])
            if tag not in void: self.open.append(tag)
        def handle_startendtag(self, tag, attributes):
            self.elements.append([tag, {k: v or "" for k, v in attributes}])
        def handle_endtag(self, tag):
            if not self.open or self.open.pop() != tag: self.problems.append(tag)
        def handle_data(self, data): self.text.append(data)
    reader = Reader()
    reader.feed(sys.stdin.buffer.read().decode())
    reader.close()
    print(json.dumps([reader.elements, "".join(reader.text), reader.problems + reader.open]))
    """

  init(_ html: String) throws {
    let environment = ProcessInfo.processInfo.environment
    let result = try ChildProcess.run(
      ChildProcess.find("python3", in: environment), ["-c", Self.script],
      environment: environment, directory: "/", input: [UInt8](html.utf8))
    let value = try JSONSerialization.jsonObject(with: Data(result.output)) as? [Any] ?? []
    let pairs = value.first as? [[Any]] ?? []
    elements = pairs.map { ($0[0] as? String ?? "", $0[1] as? [String: String] ?? [:]) }
    text = value.count > 1 ? value[1] as? String ?? "" : ""
    problems = value.count > 2 ? value[2] as? [String] ?? [] : ["not parsed"]
  }

  /// The attributes of every element of a name.
  func all(_ name: String) -> [[String: String]] {
    elements.filter { $0.name == name }.map(\.attributes)
  }
}

@Suite("Pages in HTML")
struct HTMLCommandTests {
  private static let day = ["--as-of", "2026-03-18"]

  private func page(
    _ arguments: [String], in repository: TestRepository, status: Int32 = 0
  ) throws -> (html: String, parsed: ParsedPage) {
    let file = repository.environment.root + "/page.html"
    let run = try ProgramRun(
      arguments + ["--html", file], in: repository.directory,
      environment: repository.environment)
    #expect(run.status == status, "\(run.errors)")
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let html = try String(contentsOfFile: file, encoding: .utf8)
    return (html, try ParsedPage(html))
  }

  /// What every page owes its readers.
  private func expectWellMade(
    _ page: ParsedPage, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(page.problems.isEmpty, "\(page.problems)", sourceLocation: sourceLocation)
    let names = Set(page.elements.map(\.name))
    #expect(
      names.isDisjoint(with: ["script", "link", "img", "iframe", "object", "embed", "form", "base"]
      ),
      sourceLocation: sourceLocation)
    for landmark in ["header", "nav", "main", "footer", "h1"] {
      #expect(page.all(landmark).count == 1, "\(landmark)", sourceLocation: sourceLocation)
    }
    let levels = page.elements.compactMap { $0.name.wholeMatch(of: /h([1-6])/)?.output.1 }
      .compactMap { Int($0) }
    for (one, next) in zip(levels, levels.dropFirst()) {
      #expect(next <= one + 1, "h\(next) after h\(one)", sourceLocation: sourceLocation)
    }
    #expect(page.all("html").first?["lang"] == "en", sourceLocation: sourceLocation)
    let policy = page.all("meta").first { $0["http-equiv"] == "Content-Security-Policy" }
    let words = policy?["content"] ?? ""
    #expect(
      words.hasPrefix("default-src 'none'; style-src 'sha256-"), sourceLocation: sourceLocation)
    #expect(!words.contains("unsafe"), sourceLocation: sourceLocation)
    var ids: Set<String> = []
    for (name, attributes) in page.elements {
      for attribute in attributes.keys {
        #expect(
          !attribute.hasPrefix("on") && attribute != "style" && attribute != "src",
          "\(name) \(attribute)", sourceLocation: sourceLocation)
      }
      if let id = attributes["id"] {
        #expect(ids.insert(id).inserted, "\(id) twice", sourceLocation: sourceLocation)
      }
    }
    for link in page.all("a") {
      let target = link["href"] ?? ""
      #expect(
        target.hasPrefix("#") && ids.contains(String(target.dropFirst())), "\(target)",
        sourceLocation: sourceLocation)
    }
    let labels = page.elements.compactMap { $0.attributes["aria-labelledby"] }
      .flatMap { $0.split(separator: " ").map(String.init) }
    #expect(ids.isSuperset(of: labels), sourceLocation: sourceLocation)
    #expect(page.all("svg").allSatisfy { $0["role"] == "img" }, sourceLocation: sourceLocation)
    #expect(page.all("pre").allSatisfy { $0["tabindex"] == "0" }, sourceLocation: sourceLocation)
  }

  @Test("show a plan, what was landed and the lines, and stand for themselves")
  func wholeWay() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let fix = repository.id(history.merge)
    let plan = try page(["plan", fix] + Self.day, in: repository)
    expectWellMade(plan.parsed)
    #expect(plan.parsed.all("svg").count == 2)
    #expect(plan.parsed.all("article").count == 2)
    #expect(plan.parsed.text.contains("+    if rounds > 100000:"))
    #expect(plan.parsed.text.contains("+ - Security: Bound the rounds of a key derivation"))
    #expect(plan.parsed.text.contains("Plan; nothing is written yet"))
    let landed = try page(["apply", fix, "--yes"] + Self.day, in: repository)
    expectWellMade(landed.parsed)
    #expect(landed.parsed.text.contains("Operation, landed"))
    #expect(landed.parsed.text.contains("in place"))
    let shown = try page(["show"], in: repository)
    #expect(shown.parsed.text.contains("The release commit"))
    let lines = try page(["lines"] + Self.day, in: repository)
    expectWellMade(lines.parsed)
    #expect(lines.parsed.text.contains("newest line of major 1"))
  }

  @Test("show conflicts and what a pick changed otherwise than the fix")
  func conflict() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit(
        "Derive in one step", on: "0.7",
        files: ["keyring/derive.py": "def derive(password, rounds):\n    return mix(password)\n"])
    }
    let page = try page(
      ["plan", repository.id(history.merge), "--to", "0.7,1.1"] + Self.day, in: repository,
      status: 1)
    expectWellMade(page.parsed)
    #expect(page.parsed.text.contains("<<<<<<< ours"))
    #expect(page.parsed.text.contains("Derive in one step"))
    #expect(page.html.contains("<g class=\"landing bad\">"))
    #expect(page.html.contains("<g class=\"landing good\">"))
  }

  @Test("show what verification came to, and how a pick differs from the original")
  func verified() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit(
        "Count the rounds", on: "0.9",
        files: [
          "keyring/derive.py": .text(
            KeyringHistory.derivation.replacing("for _ in", with: "for count in") + "# of 0.9\n")
        ])
    }
    let command = "test -f keyring/1.1.py || { printf '<b>no\\033[31m luck</b>\\n'; exit 4; }"
    let fix = repository.id(history.merge)
    let plan = try page(["plan", fix] + Self.day, in: repository)
    #expect(plan.parsed.text.contains(" differs from "))
    #expect(plan.parsed.text.contains("+     for count in range(rounds):"))
    let page = try page(
      ["apply", fix, "--yes", "--verify", command] + Self.day, in: repository, status: 1)
    expectWellMade(page.parsed)
    #expect(page.parsed.text.contains("failed with status 4"))
    #expect(page.parsed.text.contains("<b>no\\x1b[31m luck</b>"))
    #expect(
      page.html.contains(
        "<span class=\"chip good\"><span aria-hidden=\"true\">✓</span>passed"))
  }

  @Test("go with the verbs that go on with an operation")
  func operations() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit(
        "Derive in one step", on: "0.9",
        files: ["keyring/derive.py": "def derive(password, rounds):\n    return mix(password)\n"])
    }
    _ = try page(
      ["apply", repository.id(history.merge), "--yes"] + Self.day, in: repository, status: 1)
    let waiting = try page(["continue"], in: repository, status: 1)
    expectWellMade(waiting.parsed)
    #expect(waiting.parsed.text.contains("<<<<<<< ours"))
    let skipped = try page(["skip", "0.9=not this time"], in: repository)
    expectWellMade(skipped.parsed)
    #expect(skipped.parsed.text.contains("not this time"))
    let undone = try page(["undo"], in: repository)
    expectWellMade(undone.parsed)
    #expect(undone.parsed.text.contains("Operation, undone"))
  }

  @Test("obey nothing that a commit says")
  func hostile() throws {
    let attack =
      "<script>alert(1)</script>\" onload=\"x\" '&lt; \u{202e}\u{1b}[31m</details><img src=x>"
    var history = RepositoryBuilder()
    let path = "a\"><script>x</script>\u{202e}.txt"
    let base = history.commit(
      "Begin", files: [path: "one\n", "CHANGELOG.md": "# Changelog\n\n## [1.0.0]\n\n- x\n"])
    history.tag("v1.0.0", at: base)
    history.branch("1.0", at: base)
    history.commit("Ride \(attack)", on: "1.0", files: [path: .text("three \(attack)\n")])
    let fix = history.commit(
      "Fix \(attack)", files: [path: .text("two \(attack)\n")],
      author: Identity("M \"& 'x", "m@example.com"))
    let repository = try history.write()
    let page = try page(["plan", repository.id(fix)], in: repository, status: 1)
    expectWellMade(page.parsed)
    #expect(!page.html.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    #expect(page.parsed.text.contains("Fix <script>alert(1)</script>\" onload=\"x\" '&lt; \\u202e"))
  }

  @Test("are not written where the output of an embargoed run is read by others")
  func embargo() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let run = try ProgramRun(
      "plan", repository.id(history.merge), "--embargo", "--html", "page.html", in: repository,
      overrides: ["CI": "true"])
    #expect(run.status == 2)
    #expect(!FileManager.default.fileExists(atPath: repository.directory + "/page.html"))
  }
}
