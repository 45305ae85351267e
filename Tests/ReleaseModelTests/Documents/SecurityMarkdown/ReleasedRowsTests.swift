import ReleaseModel
import Testing

/// Exact versions in the rows of a SECURITY.md, which follow a release.
struct ReleasedRowsTests {
  /// A table with the usual header over these rows.
  static func table(_ rows: String) -> String {
    "# Security\n\n## Supported Versions\n\n| Version | Supported |\n| ------- | --------- |\n\(rows)\n"
  }

  /// The document after the release of 1.1.1 that follows 1.1.0; itself when nothing follows.
  static func edited(_ text: String, from: String = "1.1.0", to: String = "1.1.1") -> String {
    let edit = ReleasedRows.edit(Array(text.utf8), change: VersionChange(from: from, to: to))
    return edit.map { String(decoding: $0.bytes, as: UTF8.self) } ?? text
  }

  @Test(
    "rows that name the release follow, with the bound that goes with them",
    arguments: [
      ("| 1.1.0 | :white_check_mark: |", "| 1.1.1 | :white_check_mark: |"),
      ("| v1.1.0 | ✓ |\n| < v1.1.0 | ✗ |", "| v1.1.1 | ✓ |\n| < v1.1.1 | ✗ |"),
      ("| **1.1.0** | Yes |\n| 1.0.3 | Yes |", "| **1.1.1** | Yes |\n| 1.0.3 | Yes |"),
      ("| 1.1.0 (latest) | ✅ |", "| 1.1.1 (latest) | ✅ |"),
      ("1.1.0 | yes\n1.0.0 | no", "1.1.1 | yes\n1.0.0 | no"),
    ])
  func followed(rows: String, expected: String) {
    #expect(Self.edited(Self.table(rows)) == Self.table(expected))
  }

  @Test(
    "rows of lines, bounds alone, other versions and what is no row stay",
    arguments: [
      "| 1.1.x | :white_check_mark: |", "| 1.1 | yes |", "| >= 1.1.0 | yes |\n| < 1.1.0 | no |",
      "| 11.1.0 | yes |", "| 1.1.0.4 | yes |", "| 1.1.0-rc1 | yes |", "| 1.1.01 | yes |",
      "| 1.1.x | yes |\n\nFixed in 1.1.0.\n\n| CVE | Fixed in |\n| --- | --- |\n| CVE-1 | 1.1.0 |",
    ])
  func staying(rows: String) {
    #expect(Self.edited(Self.table(rows)) == Self.table(rows))
  }

  @Test("a column for the newest release follows, and one for the first does not")
  func columns() {
    let head = "## Supported versions\n\n| Line | First | Latest | Supported |\n|--|--|--|--|\n"
    let rows = "| 1.1.x | 1.1.0 | 1.1.0 | yes |\n| 1.0.x | 1.0.0 | 1.0.7 | yes |\n"
    #expect(
      Self.edited(head + rows)
        == head + "| 1.1.x | 1.1.0 | 1.1.1 | yes |\n| 1.0.x | 1.0.0 | 1.0.7 | yes |\n")
  }

  @Test("a longer version takes its room from the spaces of its cell")
  func padding() {
    let old = Self.table("| 1.1.9   | yes       |\n| < 1.1.9 | no        |")
    let new = Self.table("| 1.1.10  | yes       |\n| < 1.1.10 | no        |")
    #expect(
      Self.edited(Self.table("| 1.1.9| yes |"), from: "1.1.9", to: "1.1.10")
        == Self.table("| 1.1.10| yes |"))
    #expect(Self.edited(old, from: "1.1.9", to: "1.1.10") == new)
  }

  @Test("a drawn table keeps its borders, and a row without room for them stays")
  func drawn() {
    let table = { (version: String, room: String) in
      let rule = "+\(String(repeating: "-", count: room.count))+-----------+\n"
      let head = "|" + "Version".padded(to: room.count) + "| Supported |\n"
      let row = "|" + version.padded(to: room.count) + "| yes       |\n"
      return "Supported versions\n==================\n\n\(rule)\(head)\(rule)\(row)\(rule)"
    }
    let wide = String(repeating: " ", count: 12)
    let old = table(" 1.1.9", wide)
    #expect(Self.edited(old, from: "1.1.9", to: "1.1.10") == table(" 1.1.10", wide))
    let narrow = table(" 1.1.9", String(repeating: " ", count: 7))
    #expect(Self.edited(narrow, from: "1.1.9", to: "1.1.10") == narrow)
  }

  @Test("line ends, byte order mark and the missing last line feed stay")
  func bytes() {
    let old = "\u{FEFF}" + Self.table("| 1.1.0 | yes |").replacing("\n", with: "\r\n").dropLast(2)
    let new = old.replacing("1.1.0", with: "1.1.1")
    #expect(Array(Self.edited(String(old)).utf8) == Array(new.utf8))
  }

  @Test("a list of versions and a table in HTML are followed too")
  func otherForms() {
    let list = "## Supported versions\n\n- 1.1.0: supported\n- 1.0.0: not supported\n"
    #expect(Self.edited(list) == list.replacing("1.1.0", with: "1.1.1"))
    let html = """
      ## Supported versions

      <table>
      <tr><th>Version</th><th>Supported</th></tr>
      <tr>
        <td>1.1.0</td>
        <td>yes</td>
      </tr>
      </table>

      """
    #expect(Self.edited(html) == html.replacing("1.1.0", with: "1.1.1"))
  }

  @Test("following twice changes nothing more")
  func again() {
    let once = Self.edited(Self.table("| 1.1.0 | yes |\n| < 1.1.0 | no |"))
    #expect(Self.edited(once) == once)
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: " ", count: max(0, count - self.count))
  }
}
