import Testing

@testable import ReleaseModel

@Suite("what is written from a SECURITY.md")
struct SecurityOutputTests {
  @Test("the .gitbackport has each rule below its row")
  func gitBackport() {
    let text = """
      ## Supported Versions

      Only the latest two minor versions get fixes.

      | Version | Branch | Supported |
      | --- | --- | --- |
      | 5.1.x | `main` | ✅ |
      | 5.0.x | `maint/5.0` | security only; see notes |
      | 4.1,4.2 | - | ✅ |
      | < 5 | - | ❌ |
      """
    let expected = """
      # Which release lines get fixes, imported from SECURITY.md.
      [policy]
      \tlines = minor
      \trelease-on = every
      \t# newer than all that is listed; the document does not speak of it
      \tsupport = >=5.2
      \t# line 7: | 5.1.x | `main` | ✅ |
      \tsupport = 5.1.x
      \t# line 8: | 5.0.x | `maint/5.0` | security only; see notes |
      \tsupport = 5.0.x : security
      \t# line 10: | < 5 | - | ❌ |
      \tsupport = <5.x : none
      \t# not understood, line 9: | 4.1,4.2 | - | ✅ |
      \t# line 3 also says: Only the latest two minor versions get fixes.
      \t# perhaps: preset = n-minors 2
      [branch "5.1"]
      \tname = main
      [branch "5.0"]
      \tname = maint/5.0

      """
    #expect(SecurityReading(text: text).gitBackportFile(source: "SECURITY.md") == expected)
  }

  @Test("of prose the .gitbackport holds only comments")
  func prose() {
    let text = "## Supported Versions\n\nOnly the newest release gets fixes.\n"
    let file = SecurityReading(text: text).gitBackportFile(source: "SECURITY.md")
    #expect(file.split(separator: "\n").filter { !$0.contains("#") } == ["[policy]"])
    #expect(file.contains("# perhaps: preset = latest"))
  }

  private let rows = [
    SupportedVersionsTable.Row(line: "2.1", newest: "2.1.4", supported: .yes, level: .full),
    .init(
      line: "2.0", newest: "2.0.9", supported: .yes, level: .security,
      until: CalendarDate(year: 2027, month: 3, day: 10)),
    .init(line: "1.9", newest: "1.9.9", supported: .no, level: SupportLevel.none),
  ]

  @Test("the table is written in Markdown that the importer reads back")
  func markdown() {
    let markdown = SupportedVersionsTable(rows: rows).markdown
    #expect(
      markdown == """
        | Version | Newest release | Supported           | Until      |
        | ------- | -------------- | ------------------- | ---------- |
        | 2.1.x   | 2.1.4          | Yes                 |            |
        | 2.0.x   | 2.0.9          | Security fixes only | 2027-03-10 |
        | 1.9.x   | 1.9.9          | No                  |            |

        """)
    #expect(
      SecurityReading(text: markdown).lines
        == ["2.1.x: full", "2.0.x: security until 2027-03-10", "1.9.x: none"])
  }

  @Test(
    "only what stands between the markers changes, line endings stay", arguments: ["\n", "\r\n"])
  func replaces(_ ending: String) throws {
    let table = SupportedVersionsTable(rows: [rows[0]])
    let before = "\u{FEFF}# Security\n\n<!-- supported-versions -->" + ending
    let after = "<!-- /supported-versions -->" + ending + "tail without end \u{1F600}"
    let document = Array((before + "old" + ending + after).utf8) + [0xFF]
    let written = try table.replacing(in: document)
    let body = table.markdown.split(separator: "\n").map { $0 + ending }.joined()
    #expect(written == Array((before + body + after).utf8) + [0xFF])
    #expect(try table.replacing(in: written) == written)
  }

  @Test("without a pair of markers nothing is written")
  func markers() {
    let table = SupportedVersionsTable(rows: rows)
    #expect(throws: SupportedVersionsTableError.noMarkers) {
      try table.replacing(in: Array("```\n<!-- supported-versions -->\n```\n".utf8))
    }
    #expect(throws: SupportedVersionsTableError.unbalancedMarkers(line: 1)) {
      try table.replacing(in: Array("<!-- supported-versions -->\n".utf8))
    }
    #expect(throws: SupportedVersionsTableError.unbalancedMarkers(line: 1)) {
      try table.replacing(in: Array("<!-- /supported-versions -->\n".utf8))
    }
  }
}
