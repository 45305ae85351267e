import Testing

@testable import ReleaseModel

@Suite("tables of SECURITY.md")
struct SecurityTableTests {
  @Test(
    "a table is read in every markup",
    arguments: [
      "## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 2.x | yes |\n| < 2 | no |\n",
      "## Supported Versions\n\nVersion | Supported\n--- | ---\n2.x | ✅\n< 2 | ❌\n",
      "## Supported Versions\r\n\r\n| Version | Supported |\r\n|—|—|\r\n| 2.x | yes |\r\n| < 2 | no |\r\n",
      "## Supported Versions\n\n| Version | Supported |\n| 2.x | yes |\n| < 2 | no |\n",
      "> ## Supported Versions\n>\n> | Version | Supported |\n> |---|---|\n> | 2.x | yes |\n> | < 2 | no |\n",
      "Supported Versions\n------------------\n\n+---------+-----------+\n| Version | Supported |\n"
        + "+=========+===========+\n| 2.x     | Yes       |\n+---------+-----------+\n| < 2     | No        |\n+---------+-----------+\n",
      "Supported Versions\n==================\n\n=======  =========\nVersion  Supported\n"
        + "=======  =========\n2.x      yes\n< 2      no\n=======  =========\n",
      "Supported Versions\n------------------\n\n.. list-table::\n   :header-rows: 1\n\n   * - Version\n     - Supported\n"
        + "   * - ``2.x``\n     - yes\n   * - < 2\n     - no\n",
      "Supported Versions\n------------------\n\n.. code-block:: text\n\n    ┌─────────┬───────────┐\n    │ Version │ Supported │\n"
        + "    ├─────────┼───────────┤\n    │ 2.x     │ Yes       │\n    │ < 2     │ No        │\n    └─────────┴───────────┘\n",
      "## Supported Versions\n\n<table>\n<tr><th>Version</th><th>Supported</th></tr>\n"
        + "<tr><td>2.x</td><td>&#9989;</td></tr>\n<tr><td>&lt; 2</td><td><img alt=\"❌\" src=\"no.png\"></td></tr>\n</table>\n",
      "<h2>Supported Versions</h2>\n\n| Version | Supported |\n|---|---|\n| 2.x | ✓ |\n| &lt; 2 | ✗ |\n",
      "## Supported Versions\n\n| | 2.x | < 2 |\n|---|---|---|\n| Supported | ✅ | ❌ |\n",
    ])
  func markup(_ text: String) {
    let reading = SecurityReading(text: text)
    #expect(reading.form == .table)
    #expect(
      reading.lines == ["2.x: full", "<2: none"] || reading.lines == ["2.x: full", "<2.x: none"])
    #expect(reading.notUnderstood.isEmpty)
  }

  @Test("a row keeps its source and its line")
  func source() {
    let reading = SecurityReading(text: table(("3.x", "yes"), ("2.x", "no")))
    #expect(reading.rules.map(\.source.line) == [5, 6])
    #expect(reading.rules.first?.source.text == "| 3.x | yes |")
    #expect(reading.heading == SecuritySource("Supported Versions", line: 1))
  }

  @Test("the column about security decides, and dates count")
  func columns() {
    let text = """
      ## Lifecycle

      | Version | PHP | Released | Bug fixes until | Security fixes until |
      | --- | --- | --- | --- | --- |
      | 10 | 8.3 | 2025-02-01 | 2026-08-01 | 2027-02-01 |
      | 9 (LTS) | 8.1 - 8.2 | 2024-02-01 | 2025-08-01 | 2026-02-01 |
      | 8 | 8.0 | 2023-02-01 | Ended | Ended |
      """
    let reading = SecurityReading(text: text)
    #expect(
      reading.lines == ["10.x: full until 2027-02-01", "9.x: full until 2026-02-01", "8.x: none"])
    #expect(reading.rules.map { $0.fullUntil?.description } == ["2026-08-01", "2025-08-01", nil])
    #expect(reading.rules.map(\.isLongTerm) == [false, true, false])
  }

  @Test("support in general denied and security granted is security only")
  func securityColumn() {
    let text = """
      ## Supported Versions

      | Version | Supported | Security fixes |
      | --- | --- | --- |
      | 3.x | Yes | Yes |
      | 2.x | No | Yes |
      | 1.x | No | No |
      """
    #expect(SecurityReading(text: text).lines == ["3.x: full", "2.x: security", "1.x: none"])
  }

  @Test("notes limit what the status says, and their numbers are no versions")
  func notes() {
    let text = """
      ## Supported Versions

      | Version | Supported | Notes |
      | --- | --- | --- |
      | 3.x | ✅ | needs Java 17, Node >= 18 |
      | 2.x | ✅ | critical fixes only |
      | 1.x | ❌ | replaced by 2.0 |
      """
    #expect(SecurityReading(text: text).lines == ["3.x: full", "2.x: critical", "1.x: none"])
  }

  @Test("a note may give the end")
  func noteWithEnd() {
    let text = """
      ## Supported Versions

      | Version | Supported | Comment |
      | --- | --- | --- |
      | 2025.1 LTS | ✅ | until 2027-01 |
      | 2024.4 | ❌ | use 2025.1 |
      """
    #expect(
      SecurityReading(text: text).lines == ["2025.1.x: full until 2027-01-31", "2024.4.x: none"])
  }

  @Test("packages and branches of rows are kept")
  func packages() {
    let text = """
      ## Supported Versions

      | Package | Version | Branch | Supported |
      | --- | --- | --- | --- |
      | `@acme/core` | 2.x | `main` | ✅ |
      | `@acme/cli` | 0.9.x | - | ❌ |
      """
    let reading = SecurityReading(text: text)
    #expect(reading.packages == ["@acme/core", "@acme/cli"])
    #expect(reading.rules.map(\.branch) == ["main", nil])
  }

  @Test("a header can say what its versions are promised")
  func impliedStatus() {
    let text = """
      ## Supported Versions

      | Supported versions | Unsupported versions |
      | --- | --- |
      | 3.x, 2.7.x | 2.6.x and lower |
      """
    #expect(SecurityReading(text: text).lines == ["3.x: full", "2.7.x: full", "<=2.6.x: none"])
  }

  @Test("a table of flaws is never read", arguments: ["Affected versions", "CVE", "Severity"])
  func flaws(_ header: String) {
    let text = table(header, "Patched versions", [("< 1.2.0", "1.2.0")])
    #expect(SecurityReading(text: text).rules.isEmpty)
  }

  @Test("comments, definitions and code blocks are not read")
  func comments() {
    let text = """
      ## Supported Versions

      <!-- | 9.x | yes |
      | 8.x | yes | -->
      [comment]: # (7.x is only an example)

      ```
      | Version | Supported |
      | --- | --- |
      | 6.x | yes |
      ```

      | Version | Supported |
      | --- | --- |
      | 1.x | yes |
      """
    #expect(SecurityReading(text: text).lines == ["1.x: full"])
  }

  @Test("what is not understood is reported with its row")
  func reports() {
    let reading = SecurityReading(
      text: table(("2.x", "yes"), ("4.1,3.x", "yes"), ("1.x", "perhaps")))
    #expect(reading.lines == ["2.x: full", "1.x: ?"])
    #expect(reading.notUnderstood.map(\.line) == [6, 7])
    #expect(reading.warnings.map(\.code) == [.notUnderstood, .notUnderstood])
  }

  @Test("a partition reaches up to what comes later")
  func partition() {
    #expect(
      SecurityReading(text: table(("2.5.0", "✅"), ("< 2.5.0", "❌"))).lines
        == [">=2.5: full", "<2.5.0: none"])
    #expect(
      SecurityReading(text: table(("2.4.2", "yes"), ("2.4.1 and older", "no"))).lines.first
        == ">=2.4.2: full")
    let reading = SecurityReading(text: table(("> 2.6", "✅"), ("< 2.6", "❌")))
    #expect(reading.rules.first?.range == .atLeast(Version(2, 6, 0)))
    #expect(reading.rules.count == 2)
  }

  @Test("whether > 2.6 takes 2.6.1 in stays open without a counterpart")
  func openLine() {
    #expect(SecurityReading(text: table(("> 2.6", "yes"))).lines == [">2.6.x: full", "2.6.x: ?"])
  }

  @Test("in a schedule a first release stands for its line")
  func schedule() {
    let text = table("Version", "End of life", [("1.33.0", "2026-01-14"), ("1.34.0", "TBD")])
    #expect(
      SecurityReading(text: text).lines == ["1.33.x: full until 2026-01-14", "1.34.x: full"])
  }

  @Test("the table below the fitting heading is read, wherever it stands")
  func location() {
    let text = """
      # Security

      ## Reporting

      | Version | Supported |
      | --- | --- |
      | 9.x | yes |

      ## Version support

      | Version | Supported |
      | --- | --- |
      | 1.x | yes |

      ## Credits
      """
    #expect(SecurityReading(text: text).lines == ["1.x: full"])
  }

  @Test("without a heading the first support table is read")
  func withoutHeading() {
    let text =
      "Hello.\n\n| Version | Supported |\n|---|---|\n| 1.x | yes |\n\n| a | b |\n|---|---|\n| c | d |\n"
    #expect(SecurityReading(text: text).lines == ["1.x: full"])
  }

  @Test("a pointer is no policy, and nothing is nothing")
  func elsewhere() {
    #expect(
      SecurityReading(text: "## Supported Versions\n\nSee https://example.org/lifecycle.\n").form
        == .elsewhere)
    #expect(SecurityReading(text: "# Hello\n\nWorld.\n").form == .none)
    #expect(SecurityReading(text: "").form == .none)
  }
}
