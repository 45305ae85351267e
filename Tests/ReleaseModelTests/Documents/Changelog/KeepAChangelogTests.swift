import ReleaseModel
import Testing

@Suite struct KeepAChangelogTests {
  @Test func aSectionOfThePatchGoesAboveThePreviousOne() throws {
    expectInsertion(
      """
       # Changelog

       All notable changes are listed here.

      +## [1.4.3] - 2026-11-21
      +
      +### Security
      +
      +- Check the `size` field (CVE-2026-0001)
      +
       ## [1.4.2] - 2025-02-03

       ### Fixed

       - Crash on empty input.

       ### Added

       - A flag.

       ## [1.4.1] - 2025-01-02

       ### Fixed

       - Another crash.
      """, try entryJob("1.4.3", after: "1.4.2"))
  }

  @Test func prefixedEntriesAreWrappedAndLinked() throws {
    expectInsertion(
      """
       # Changelog

      +## [0.3.3]
      +
      +- Security: Check the `size` field
      +  (CVE-2026-0001)
      +
       ## [0.3.2]

       - Fixed: Wrong answer when the
         question is long (#8)

       ## [0.3.1]

       - Fixed: Reading of names with a
         dash
       - Changed: Parsing is stricter and
         slower
       - Added: More documents for the
         curious
       - Fixed: Leaks in error paths of
         the reader
       - Removed: Support for platforms
         that nobody has

      +[0.3.3]: https://example.org/widget/compare/v0.3.2...v0.3.3
       [0.3.1]: https://example.org/widget/compare/v0.3.0...v0.3.1
      """, try entryJob("0.3.3", after: "0.3.2"))
  }

  @Test func anEmptyUnreleasedStaysOnTop() throws {
    expectInsertion(
      """
       # Changelog

       ## [Unreleased]

      +## [2.0.1] - 2026-11-21
      +### Security
      +- Check the `size` field (CVE-2026-0001)
      +
       ## [2.0.0] - 2025-02-03
       ### Added
       - All of it

      -[unreleased]: https://example.org/w/compare/v2.0.0...HEAD
      +[unreleased]: https://example.org/w/compare/v2.0.1...HEAD
      +[2.0.1]: https://example.org/w/compare/v2.0.0...v2.0.1
       [2.0.0]: https://example.org/w/compare/v1.9.0...v2.0.0
      """, try entryJob("2.0.1", after: "2.0.0"))
  }
}
