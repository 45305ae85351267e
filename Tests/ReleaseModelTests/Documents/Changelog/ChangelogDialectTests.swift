import ReleaseModel
import Testing

/// Changelogs in the dialects of some projects.
@Suite struct ChangelogDialectTests {
  @Test func railsWithClosingMarksAndAuthors() throws {
    expectInsertion(
      """
      +## Rails 7.0.8.1 (November 21, 2026) ##
      +
      +*   Check the `size` field (CVE-2026-0001)
      +
      +    *Jane Doe*
      +
       ## Rails 7.0.8 (September 09, 2023) ##

       *   Fix `change_column` not setting precision.

           *Some Body*

       *   Restore behaviour.

           *Other Body*

       ## Rails 7.0.7 (August 09, 2023) ##

       *   No changes.
      """, try entryJob("7.0.8.1", after: "7.0.8"))
  }

  @Test func anUnreleasedSectionInLowerCaseIsPromoted() throws {
    expectInsertion(
      """
       unreleased
       ==========

      +4.17.4 / 2026-11-21
      +===================
      +
         * deps: x
      +  * Check the `size` field (CVE-2026-0001)

       4.17.3 / 2022-02-16
       ===================

         * deps: accepts@~1.3.8
           - deps: mime-types@~2.1.34
         * Fix handling of `__proto__` keys

       4.17.2 / 2021-12-16
       ===================

         * Fix handling of `undefined` in `res.jsonp`
      """, try entryJob("4.17.4", after: "4.17.3"))
  }

  @Test func upperCaseCategoriesWithColons() throws {
    expectInsertion(
      """
      +# v0.8.4 (Nov 21, 2026)
      +
      +SECURITY:
      +
      +* Check the `size` field (CVE-2026-0001)
      +
       # v0.8.3 (Jan 2, 2024)

       FEATURES:

       * Foo: Bar [GH-12]

       BUG FIXES:

       * core: Fix leak [GH-123]

       # v0.8.2 (Dec 2, 2023)

       SECURITY:

       * auth: Fix bypass [GH-11]
      """, try entryJob("0.8.4", after: "0.8.3"))
  }

  @Test func aDateThatIsAHeadingOfItsOwn() throws {
    expectInsertion(
      """
      +## 1.15.5
      +### November 21, 2026
      +
      +SECURITY:
      +
      +* Check the `size` field (CVE-2026-0001)
      +
       ## 1.15.4
       ### February 28, 2024

       SECURITY:

       * auth/cert: compare public keys of trusted non-CA certificates

       CHANGES:

       * core: Bump Go version to 1.21.7.

       ## 1.15.3
       ### February 27, 2024

       IMPROVEMENTS:

       * ui: better
      """, try entryJob("1.15.5", after: "1.15.4"))
  }

  @Test func aYankedMarkIsNotCopied() throws {
    expectInsertion(
      """
       # Changelog
      +
      +## [1.0.4] - 2026-11-21
      +
      +### Security
      +
      +- Check the `size` field (CVE-2026-0001)

       ## [1.0.3] - 2021-02-03 [YANKED]

       ### Fixed

       - Broken

       ### Security

       - Bad

       ## [1.0.2] - 2021-01-03

       ### Added

       - A
      """, try entryJob("1.0.4", after: "1.0.3"))
  }

  @Test func olderLinesOnTheTrunkGoUnderTheirOwn() throws {
    expectInsertion(
      """
       # Changelog

       ## 2.0.1

       ### Fixed
       - a
      +
      +## 1.5.4
      +
      +### Security
      +- Check the `size` field (CVE-2026-0001)

       ## 1.5.3

       ### Security
       - b

       ## 2.0.0

       ### Added
       - c

       ## 1.5.2

       ### Fixed
       - d
      """, try entryJob("1.5.4", after: "1.5.3", mode: .forwardPort))
  }

  @Test func rulesBetweenSections() throws {
    expectInsertion(
      """
       # Changelog
      +
      +## Version 2.1.2
      +
      +Fixes:
      +- Check the `size` field (CVE-2026-0001)
      +
      +---

       ## Version 2.1.1

       Fixes:
       - one

       ---

       ## Version 2.1.0

       Features:
       - two

       ---
      """, try entryJob("2.1.2", after: "2.1.1"))
  }

  @Test func towncrierInMarkdown() throws {
    expectInsertion(
      """
       # Changelog

       <!-- towncrier release notes start -->
      +
      +## [2.0.2](https://github.com/a/b/tree/2.0.2) - 2026-11-21
      +
      +### Security
      +
      +- Check the `size` field (CVE-2026-0001)

       ## [2.0.1](https://github.com/a/b/tree/2.0.1) - 2024-01-01

       ### Fixed

       - Foo ([#1](https://github.com/a/b/issues/1))

       ## [2.0.0](https://github.com/a/b/tree/2.0.0) - 2023-01-01

       ### Added

       - Bar ([#2](https://github.com/a/b/issues/2))
      """, try entryJob("2.0.2", after: "2.0.1"))
  }

  @Test func openSSLBetweenVersions() throws {
    expectInsertion(
      """
       OpenSSL CHANGES
       ===============

       OpenSSL 3.0
       -----------
      +
      +### Changes between 3.0.13 and 3.0.14 [21 Nov 2026]
      +
      + * Check the `size` field (CVE-2026-0001)
      +
      +   *Jane Doe*

       ### Changes between 3.0.12 and 3.0.13 [30 Jan 2024]

        * A file in PKCS12 format can contain certificates and keys.

          ([CVE-2024-0727])

          *Matt Caswell*

       ### Changes between 3.0.11 and 3.0.12 [24 Oct 2023]

        * Fix incorrect key and IV resizing issues when calling EVP_EncryptInit_ex2()

          ([CVE-2023-5363])

          *Paul Dale*

       [CVE-2024-0727]: https://www.openssl.org/news/vulnerabilities.html#CVE-2024-0727
       [CVE-2023-5363]: https://www.openssl.org/news/vulnerabilities.html#CVE-2023-5363
      """, try entryJob("3.0.14", after: "3.0.13"))
  }

  @Test func aFileThatBeginsWithItsOldestRelease() throws {
    expectInsertion(
      """
       # Changelog

       ### 0.3.1 (Sep 16, 2014)

       - Fixing missing post body

       ### 0.4.0 (Oct 03, 2014)

       - Adding support for buffers

       ### 0.4.1 (Oct 15, 2014)

       - Adding error handling
      +
      +### 0.4.2 (Nov 21, 2026)
      +
      +- Check the `size` field (CVE-2026-0001)
      """, try entryJob("0.4.2", after: "0.4.1"), finalNewline: false)
    expectInsertion(
      """
       1.0.0
       =====

       * First

       1.0.1
       =====

       * Second

      +1.0.2
      +=====
      +
      +* Check the `size` field (CVE-2026-0001)
      +
       1.1.0
       =====

       * Third
      """, try entryJob("1.0.2", after: "1.0.1"))
  }

  @Test func aLinkToThePageOfOneReleaseIsNotCopied() throws {
    expectInsertion(
      """
      +### 2.14.1
      +
      +* Check the `size` field (CVE-2026-0001)
      +
       ### 2.14.0 [See full changelog](https://gist.example.com/812e79ac36a7829a22598fe9)

       * Fix parsing

       ### 2.13.0 [See full changelog](https://gist.example.com/a1b2c3)

       * Fix formatting
      """, try entryJob("2.14.1", after: "2.14.0"))
    expectInsertion(
      """
      +### 2.14.1 [Compare](https://example.com/compare/2.14.0...2.14.1)
      +
      +* Check the `size` field (CVE-2026-0001)
      +
       ### 2.14.0 [Compare](https://example.com/compare/2.13.0...2.14.0)

       * Fix parsing
      """, try entryJob("2.14.1", after: "2.14.0"))
  }

  @Test func changesSinceTheVersionBefore() throws {
    expectInsertion(
      """
      +2026.11.21, Version 0.10.11 (Stable)
      +
      +Changes since version 0.10.10:
      +
      +* Check the `size` field (CVE-2026-0001)
      +
      +
       2013.06.05, Version 0.10.10 (Stable), 0d95a88bd35fce93863c57a460be613aea34d2c5

       Changes since version 0.10.9:

       * include: document now

       * linux: fix parsing


       2013.05.29, Version 0.10.9 (Stable), a195f9ace23d92345baf57582678bfc3017e6632

       Changes since version 0.10.8:

       * unix: fix a bug

       * unix: add a macro
      """, try entryJob("0.10.11", after: "0.10.10"), format: .plainText)
  }

  @Test func blanksBehindEveryHeading() throws {
    let blank = " "
    expectInsertion(
      """
      +1.0.2 / 2026-11-21\(blank)
      +==================
      +
      +  * Check the `size` field (CVE-2026-0001)
      +
       1.0.1 / 2011-12-05\(blank)
       ==================

         * Fixed one

       1.0.0 / 2011-11-05\(blank)
       ==================

         * Fixed another
      """, try entryJob("1.0.2", after: "1.0.1"))
  }
}
