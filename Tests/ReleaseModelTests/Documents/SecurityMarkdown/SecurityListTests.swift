import Testing

@testable import ReleaseModel

@Suite("lists and sentences of SECURITY.md")
struct SecurityListTests {
  private func reading(_ body: String) -> SecurityReading {
    SecurityReading(text: "## Supported Versions\n\n" + body)
  }

  @Test(
    "a list says of each version whether it is supported",
    arguments: [
      "- 3.x: supported\n- 2.x: security fixes only\n- 1.x and older: unsupported\n",
      "* **3.x** — active\n* **2.x** — security only\n* **<= 1.x** — no support\n",
      "1. `3.x` - ✅\n2. `2.x` - security fixes only\n3. 1.x or older - ❌\n",
      "3.x: yes  \n2.x: security only  \n<= 1.x: no\n",
      "3.x: yes\n2.x: security only\n<= 1.x: no\n",
    ])
  func list(_ body: String) {
    let found = reading(body)
    #expect(found.form == .list)
    #expect(found.rules.map(\.level) == [.full, .security, SupportLevel.none])
    #expect(
      found.rules.map(\.range) == [.line([3]), .line([2]), .below(Version(2, 0, 0))])
  }

  @Test("task lists are ticked or not")
  func tasks() {
    #expect(reading("- [x] 2.x\n- [ ] 1.x\n").lines == ["2.x: full", "1.x: none"])
  }

  @Test("what stands above a list says what its items are promised")
  func leadIn() {
    let body = """
      These versions receive fixes:

      * 5.x
      * 4.7 and above

      These are no longer supported:

      * 3.x
      """
    #expect(reading(body).lines == ["5.x: full", ">=4.7.x: full", "3.x: none"])
  }

  @Test("an item about a version that is not understood is reported")
  func reports() {
    let found = reading("- 3.x: supported\n- 2.x: who knows\n")
    #expect(found.lines == ["3.x: full"])
    #expect(found.notUnderstood.map(\.line) == [4])
  }

  @Test(
    "sentences are proposed and never applied",
    arguments: [
      ("Only the newest release gets security fixes.", "latest", ["latest patch"]),
      ("We fix bugs in the two most recent minor releases.", "n-minors", ["latest 2 minors"]),
      ("The latest three major versions receive updates.", "n-majors", ["latest 3 majors"]),
      ("The current and previous major versions are supported.", "n-majors", ["latest 2 majors"]),
      (
        "The current major version and the one before it get fixes.", "n-majors",
        ["latest 2 majors"]
      ),
      (
        "When a new minor is out, the previous one still gets security fixes for six months.",
        "prev-minor-window",
        ["latest minor", "previous minor for 6 months after superseded of minor : security"]
      ),
      (
        "Within the two newest majors we patch the newest minor.", "minor-per-major",
        ["latest 2 majors"]
      ),
    ])
  func proposal(_ sentence: String, _ preset: String, _ rules: [String]) {
    let found = reading(sentence)
    #expect(found.form == .prose)
    #expect(found.rules.isEmpty)
    #expect(found.policy(source: "SECURITY.md") == nil)
    #expect(found.proposals.first?.preset == preset)
    #expect(found.proposals.first?.rules.map(\.description) == rules)
    #expect(found.proposals.first?.source == SecuritySource(sentence, line: 3))
  }

  @Test("a change of phase is proposed with its conditions")
  func phases() {
    let found = reading(
      "While we are at 0.x only the newest release is patched. From 1.0 on we patch the two newest "
        + "major versions.")
    #expect(
      found.proposals.flatMap(\.rules).map(\.description)
        == ["latest patch while 0.x", "latest 2 majors since 1.0.0"])
  }

  @Test("numbers of examples are no rows")
  func examples() {
    let found = reading(
      "We support the last two minor lines. For instance, once 1.9.0 is out, 1.9.x and 1.8.x get "
        + "fixes and 1.7.x does not.")
    #expect(found.form == .prose)
    #expect(found.proposals.map(\.parameters) == [[2]])
  }

  @Test("a sentence about a named version is proposed like a row")
  func namedVersion() {
    let found = reading("Version 2.4 is supported until June 2027.")
    #expect(found.proposals.flatMap(\.rules).map(\.description) == ["2.4.x until 2027-06-30"])
  }
}
