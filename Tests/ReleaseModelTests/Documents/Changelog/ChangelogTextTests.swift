import ReleaseModel
import Testing

/// Changelogs in plain text.
@Suite struct ChangelogTextTests {
  @Test func gnuNewsWithStars() throws {
    expectInsertion(
      """
       GNU frob NEWS                                    -*- outline -*-
      +
      +* Noteworthy changes in release 2.7.2 (2026-11-21) [stable]
      +
      +** Bug fixes
      +
      +  Check the `size` field (CVE-2026-0001)

       * Noteworthy changes in release 2.7.1 (2023-01-05) [stable]

       ** Bug fixes

         frob no longer crashes when given an empty file.
         [bug introduced in frob 2.5]

       * Noteworthy changes in release 2.7 (2022-10-02) [stable]

       ** New features

         frob now supports --zap.
      """, try entryJob("2.7.2", after: "2.7.1"), format: .plainText)
  }

  @Test func debianChangelog() throws {
    expectInsertion(
      """
      +frob (1.2.3-2) unstable; urgency=medium
      +
      +  * Check the `size` field (CVE-2026-0001)
      +
      + -- Jane Doe <jane@example.org>  Sat, 21 Nov 2026 00:00:00 +0000
      +
       frob (1.2.3-1) unstable; urgency=medium

         * New upstream release.

        -- Jane Roe <jane@example.org>  Mon, 02 Jan 2023 10:00:00 +0100

       frob (1.2.2-1) unstable; urgency=low

         * Initial release.

        -- Jane Roe <jane@example.org>  Sun, 01 Jan 2023 10:00:00 +0100
      """, try entryJob("1.2.3-2", after: "1.2.3-1"), format: .plainText)
  }

  @Test func perlChangesWithColumns() throws {
    expectInsertion(
      """
       Revision history for Foo-Bar
      +
      +1.08    2026-11-21
      +        - Check the `size` field (CVE-2026-0001)

       1.07    2023-02-03
               - Fix memory leak (RT #1234)
               - Docs

       1.06    2022-11-12
               - First release on new layout
      """, try entryJob("1.08", after: "1.07"), format: .plainText)
  }

  @Test func nginxWithAlignedDates() throws {
    expectInsertion(
      """
      +
      +Changes with frob 1.25.4                                         21 Nov 2026
      +
      +    *) Bugfix: Check the `size` field (CVE-2026-0001)
      +

       Changes with frob 1.25.3                                         24 Oct 2023

           *) Change: improved detection of misbehaving clients.

           *) Bugfix: frob could not be built
              with gcc.


       Changes with frob 1.25.2                                         15 Aug 2023

           *) Feature: path MTU discovery.

      """, try entryJob("1.25.4", after: "1.25.3"), format: .plainText)
  }

  @Test func apacheWithPrefixes() throws {
    expectInsertion(
      """
                                                                -*- coding: utf-8 -*-
      +Changes with Frob 2.4.59
      +
      +  *) SECURITY: Check the `size` field (CVE-2026-0001)  [Jane Doe]
      +
       Changes with Frob 2.4.58

         *) SECURITY: CVE-2023-45802: stream memory not reclaimed right away on RST
            (cve.mitre.org)
            Credits: Will Dormann

         *) mod_ssl: Silence info log message.  [Rainer Jung]

       Changes with Frob 2.4.57

         *) mod_proxy: Check before forwarding. [Eric]
      """, try entryJob("2.4.59", after: "2.4.58"), format: .plainText)
  }

  @Test func readmeOfAWordPressPlugin() throws {
    expectInsertion(
      """
       === Frob ===
       Contributors: frob
       Stable tag: 3.1.2
       License: GPLv2

       Does things.

       == Description ==

       Long.

       == Changelog ==

      += 3.1.3 =
      +* Fix: Check the `size` field (CVE-2026-0001)
      +
       = 3.1.2 =
       * Fix: A thing.

       = 3.1.1 =
       * Fix: Another.

       == Upgrade Notice ==

       = 3.1.2 =
       Upgrade now.
      """, try entryJob("3.1.3", after: "3.1.2"), format: .plainText)
  }

  @Test func versionsThatAreLabelsWithColons() throws {
    expectInsertion(
      """
      +v2.11.6: Nov 21 2026
      +
      +- Check the `size` field (CVE-2026-0001)
      +
       v2.11.5: Aug 09 2023

       ### Regressions

       - parser: Fix "huge" option

       v2.11.4: May 18 2023

       ### Regressions

       - parser: Fix old SAX1 parser
      """, try entryJob("2.11.6", after: "2.11.5"), format: .plainText)
  }

  @Test func rulesUnderVersionsWithColons() throws {
    expectInsertion(
      """
      +
      +frob 0.9.4 (2026-11-21):
      +------------------------
      + - Check the `size` field (CVE-2026-0001)

       frob 0.9.3 (2019-10-11):
       ------------------------
        - fixed segfault
        - updated translations

       frob 0.9.2 (2019-08-01):
       ------------------------
        - new backend
      """, try entryJob("0.9.4", after: "0.9.3"), format: .plainText)
  }

  @Test func gnomeWithOverlines() throws {
    expectInsertion(
      """
      +=====================
      +Version 3.36.3, 2026-11-21
      +=====================
      +
      +* Check the `size` field (CVE-2026-0001)
      +
       =====================
       Version 3.36.2, 2020-05-04
       =====================

       * Fix crash on startup [Jane; #123]
       * Updated translations

       Translations:
         Jo Doe [de]

       =====================
       Version 3.36.1, 2020-04-04
       =====================

       * Fix leak [Jim]
      """, try entryJob("3.36.3", after: "3.36.2"), format: .plainText)
  }

  @Test func letterBulletsAndLongDates() throws {
    expectInsertion(
      """
       Frob NEWS
       =========
      +
      +Version 0.48.3 (21 November 2026)
      +---------------------------------
      +o Check the `size` field (CVE-2026-0001)

       Version 0.48.2 (12 March 2021)
       ------------------------------
       o Fixed crash in reader
       o Updated manual

       Version 0.48.1 (2 February 2021)
       --------------------------------
       o First
      """, try entryJob("0.48.3", after: "0.48.2"), format: .plainText)
  }

  @Test func prefixesInPlainText() throws {
    expectInsertion(
      """
       ChangeLog of frob
      +
      +Version 1.2.10:
      +  - security: Check the `size` field (CVE-2026-0001)

       Version 1.2.9:
         - bugfix: foo
         - security: bar

       Version 1.2.8:
         - feature: baz
      """, try entryJob("1.2.10", after: "1.2.9"), format: .plainText)
  }
}
