import ReleaseModel
import Testing

/// Lines of one changelog put into another.
struct ChangelogCarryingTests {
  private let trunk = """
    # Changelog

    ## [Unreleased]

    ### Fixed

    - Old entry
    - New entry

    ## [2.0.0] - 2025-01-01

    - Two

    ## [1.4.0] - 2024-06-01

    - One
    """

  private func carried(
    _ lines: [Range<Int>], of theirs: String, to ours: String, released: String? = nil
  ) throws -> String? {
    let version = try released.map { try Version(parsing: $0) }
    let outcome = Changelog(Array(ours.utf8), format: .markdown).carrying(
      lines, of: Changelog(Array(theirs.utf8), format: .markdown), released: version)
    guard case .placed(let bytes) = outcome else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `an entry goes to the same category at the same end of the newest section`() throws {
    let ours = """
      # Changelog

      ## Unreleased

      ### Added

      - Thing

      ### Fixed

      - Branch entry

      ## 1.4.0 - 2024-06-01
      """
    #expect(
      try carried([7..<8], of: trunk, to: ours)
        == ours.replacing("- Branch entry\n", with: "- Branch entry\n- New entry\n"))
    #expect(
      try carried([6..<7], of: trunk, to: ours)
        == ours.replacing("- Branch entry\n", with: "- Old entry\n- Branch entry\n"))
  }

  @Test func `line endings are those of the file`() throws {
    let ours = "# Log\r\n\r\n## Unreleased\r\n\r\n- Mine\r\n\r\n## 1.4.0\r\n\r\n- One\r\n"
    #expect(
      try carried([7..<8], of: trunk, to: ours)
        == ours.replacing("- Mine\r\n", with: "- Mine\r\n- New entry\r\n"))
  }

  @Test func `the section of a release that is out takes nothing more`() throws {
    let ours = "# Log\n\n## [1.4.2] - 2024-08-01\n\n- One\n"
    let version = try Version(parsing: "1.4.2")
    let outcome = Changelog(Array(ours.utf8), format: .markdown).carrying(
      [7..<8], of: Changelog(Array(trunk.utf8), format: .markdown), released: version)
    #expect(outcome == .released)
    #expect(try carried([7..<8], of: trunk, to: ours, released: "1.4.1") != nil)
  }

  @Test func `an entry of an older section goes to the section of that version`() throws {
    let ours = "# Log\n\n## Unreleased\n\n- Mine\n\n## 1.4.0\n\n- One of many\n"
    let lines = trunk.split(separator: "\n", omittingEmptySubsequences: false)
    let index = try #require(lines.firstIndex(of: "- One"))
    #expect(
      try carried([index..<index + 1], of: trunk, to: ours)
        == ours.replacing("- One of many\n", with: "- One\n- One of many\n"))
    #expect(try carried([index..<index + 1], of: trunk, to: "# Log\n\n## 0.9.0\n\n- Mine\n") == nil)
  }

  @Test func `a whole section stands above the one it stands above there`() throws {
    let theirs = """
      # Log

      ## 3.1.11 - 2025-03-04

      - Escape names

      ## 3.1.10 - 2025-02-12

      - Other

      ## 2.2.12 - 2025-03-04

      - Escape names

      ## 2.2.11 - 2025-02-12

      - Other
      """
    let ours = "# Log\n\n## 2.2.11 - 2025-02-12\n\n- Other\n"
    #expect(
      try carried([2..<6, 10..<14], of: theirs, to: ours) == nil,
      "a section of another line is not known here")
    #expect(
      try carried([10..<14], of: theirs, to: ours)
        == "# Log\n\n## 2.2.12 - 2025-03-04\n\n- Escape names\n\n## 2.2.11 - 2025-02-12\n\n- Other\n"
    )
  }

  @Test func `entries above the first section stay above it`() throws {
    let theirs = "*   Check the length.\n\n    *Ada*\n\n## Rails 7.1.0 ##\n\n*   Old.\n"
    let ours = "## Rails 7.0.8 ##\n\n*   No changes.\n"
    #expect(
      try carried([0..<4], of: theirs, to: ours)
        == "*   Check the length.\n\n    *Ada*\n\n## Rails 7.0.8 ##\n\n*   No changes.\n")
  }

  @Test func `an edited section replaces the very same one and no other`() throws {
    let old = "# Log\n\n## 2.1.0 - unreleased\n\n- Two\n\n## 2.0.1 (in development)\n\n- One\n"
    let new = old.replacing("(in development)", with: "(2025-05-05)")
    let ours = "# Log\n\n## 2.0.1 (in development)\n\n- One\n"
    func applied(to text: String) -> String? {
      let bytes = Changelog(Array(text.utf8), format: .markdown).applyingSections(
        from: Changelog(Array(old.utf8), format: .markdown),
        to: Changelog(Array(new.utf8), format: .markdown))
      return bytes.map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(applied(to: ours) == ours.replacing("(in development)", with: "(2025-05-05)"))
    #expect(applied(to: ours.replacing("One", with: "Own")) == nil)
  }
}
