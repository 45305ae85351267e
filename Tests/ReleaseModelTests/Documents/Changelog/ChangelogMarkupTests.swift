import ReleaseModel
import Testing

/// Changelogs in reStructuredText and AsciiDoc.
@Suite struct ChangelogMarkupTests {
  @Test func reStructuredTextWithPlusRules() throws {
    expectInsertion(
      """
       .. :changelog:

       History
       -------
      +
      +0.5.3 (2026-11-21)
      +++++++++++++++++++
      +
      +* Check the ``size`` field (CVE-2026-0001)

       0.5.2 (2021-07-04)
       ++++++++++++++++++

       * Fix the parser.

       0.5.1 (2021-06-01)
       ++++++++++++++++++

       * Fix ``None``.
      """, try entryJob("0.5.3", after: "0.5.2"), format: .restructuredText)
  }

  @Test func aDateOnALineOfItsOwn() throws {
    expectInsertion(
      """
       Release Notes
       =============
      +
      +v1.8.4
      +------
      +
      +*Release Date: 2026-11-21*
      +
      +Bug Fixes
      +~~~~~~~~~
      +
      +* Check the ``size`` field (CVE-2026-0001)

       v1.8.3
       ------

       *Release Date: 2024-01-09*

       Bug Fixes
       ~~~~~~~~~

       * A fix.

       v1.8.2
       ------

       *Release Date: 2023-12-01*

       New Features
       ~~~~~~~~~~~~

       * A feature.

       Bug Fixes
       ~~~~~~~~~

       * Another fix.
      """, try entryJob("1.8.4", after: "1.8.3"), format: .restructuredText)
  }

  @Test func asciiDoc() throws {
    expectInsertion(
      """
       = Changelog
      +
      +== 3.0.3 (2026-11-21)
      +
      +=== Security
      +
      +* Check the `size` field (CVE-2026-0001)

       == 3.0.2 (2024-05-05)

       === Fixed

       * Broken link

       == 3.0.1 (2024-04-04)

       === Added

       * Link
      """, try entryJob("3.0.3", after: "3.0.2"), format: .asciiDoc)
  }

  @Test func aFileThatBeginsWithItsNewestSection() throws {
    expectInsertion(
      """
      +1.26.6 (2026-11-21)
      +===================
      +
      +* Check the ``size`` field (CVE-2026-0001)
      +
       1.26.5 (2021-05-26)
       ===================

       * Fixed deprecation warnings emitted in Python 3.10.
       * Updated vendored ``six`` library to 1.16.0.

       1.26.4 (2021-03-15)
       ===================

       * Changed behavior of the default ``SSLContext`` when connecting to HTTPS proxy
         during HTTPS requests. The default ``SSLContext`` now sets ``check_hostname=True``.
      """, try entryJob("1.26.6", after: "1.26.5"), format: .restructuredText)
  }

  @Test func palletsWithReleasedLinesAndWideBullets() throws {
    expectInsertion(
      """
      +Version 3.1.3
      +-------------
      +
      +Released 2026-11-21
      +
      +-   Check the ``size`` field (CVE-2026-0001)
      +
      +
       Version 3.1.2
       -------------

       Released 2022-04-28

       -   Add parameters to ``Environment.overlay`` to match ``__init__``.
           :issue:`1645`
       -   Handle race condition in ``FileSystemBytecodeCache``. :issue:`1654`


       Version 3.1.1
       -------------

       Released 2022-03-25

       -   The template filename on Windows uses the primary path separator.
           :issue:`1637`
      """, try entryJob("3.1.3", after: "3.1.2"), format: .restructuredText)
  }
}
