import ReleaseModel
import Testing

/// Changelogs in Markdown.
@Suite struct ChangelogMarkdownTests {
  @Test func aFilledUnreleasedIsPromotedUnderItsSkeleton() throws {
    expectInsertion(
      """
       # Change Log
       All notable changes to this project will be documented in this file.

       ## [Unreleased]
      +
      +## [3.2.2] - 2026-11-21
       ### Added
       * New command
      +
      +### Security
      +* Check the `size` field (CVE-2026-0001)

       ## [3.2.1] - 2024-03-01
       ### Fixed
       * Crash

       ## [3.2.0] - 2024-02-01
       ### Added
       * Thing

      -[Unreleased]: https://github.com/a/b/compare/3.2.1...HEAD
      +[Unreleased]: https://github.com/a/b/compare/3.2.2...HEAD
      +[3.2.2]: https://github.com/a/b/compare/3.2.1...3.2.2
       [3.2.1]: https://github.com/a/b/compare/3.2.0...3.2.1
       [3.2.0]: https://github.com/a/b/releases/tag/3.2.0
      """, try entryJob("3.2.2", after: "3.2.1"))
  }

  @Test func setextHeadingsInMarkdown() throws {
    expectInsertion(
      """
       Changelog
       =========
      +
      +2.4.2 (2026-11-21)
      +------------------
      +
      +- Check the `size` field (CVE-2026-0001)

       2.4.1 (2023-05-06)
       ------------------

       - Fixed a thing that was
         broken.

       2.4.0 (2023-04-01)
       ------------------

       - Added more.
      """, try entryJob("2.4.2", after: "2.4.1"))
  }

  @Test func aPatchBehindAMinorOfConventionalChangelog() throws {
    expectInsertion(
      """
      +## [4.1.1](https://github.com/a/b/compare/v4.1.0...v4.1.1) (2026-11-21)
      +
      +
      +### Bug Fixes
      +
      +* Check the `size` field (CVE-2026-0001)
      +
       # [4.1.0](https://github.com/a/b/compare/v4.0.1...v4.1.0) (2023-01-02)


       ### Bug Fixes

       * **core:** fix it ([abc1234](https://github.com/a/b/commit/abc1234))


       ### Features

       * add it ([abd1234](https://github.com/a/b/commit/abd1234))

       ## [4.0.1](https://github.com/a/b/compare/v4.0.0...v4.0.1) (2022-12-02)


       ### Bug Fixes

       * fix that ([abe1234](https://github.com/a/b/commit/abe1234))
      """, try entryJob("4.1.1", after: "4.1.0"))
  }

  @Test func changesets() throws {
    expectInsertion(
      """
       # @acme/widget
      +
      +## 2.3.5
      +
      +### Patch Changes
      +
      +- Check the `size` field (CVE-2026-0001)

       ## 2.3.4

       ### Patch Changes

       - 1a2b3c4: Fix the widget
       - Updated dependencies [1a2b3c4]
         - @acme/core@1.0.1

       ## 2.3.3

       ### Patch Changes

       - 5d6e7f8: Fix other
      """, try entryJob("2.3.5", after: "2.3.4"))
  }

  @Test func emojiBeforeCategories() throws {
    expectInsertion(
      """
       # Changelog
      +
      +## v1.4.3 (2026-11-21)
      +
      +### 🐛 Bug Fixes
      +
      +- Check the `size` field (CVE-2026-0001)

       ## v1.4.2 (2024-06-07)

       ### 🐛 Bug Fixes

       - Fix panic ([#12](https://x/12))

       ### 📚 Documentation

       - Docs

       ## v1.4.1 (2024-05-07)

       ### 🚀 Features

       - Feature
      """, try entryJob("1.4.3", after: "1.4.2"))
  }

  @Test func boldVersions() throws {
    expectInsertion(
      """
       # Release notes
      +
      +**1.3.2** (2026-11-21)
      +
      +* Check the `size` field (CVE-2026-0001)

       **1.3.1** (2022-02-03)

       * fix one

       **1.3.0** (2022-01-03)

       * feature
      """, try entryJob("1.3.2", after: "1.3.1"))
  }

  @Test func datesBeforeVersions() throws {
    expectInsertion(
      """
       # Changelog
      +
      +## 2026-11-21 - v2.2.3
      +
      +- Check the `size` field (CVE-2026-0001)

       ## 2023-04-05 - v2.2.2

       - Fix

       ## 2023-03-05 - v2.2.1

       - Other
      """, try entryJob("2.2.3", after: "2.2.2"))
  }

  @Test func numberedCategoriesWithComponents() throws {
    expectInsertion(
      """
       # Changelog for Frob v1.14

       Intro text on many things.
      +
      +## v1.14.6 (2026-11-21)
      +
      +### 2. Bug fixes
      +
      +  * Check the `size` field (CVE-2026-0001)

       ## v1.14.5 (2023-05-22)

       ### 1. Enhancements

       #### Elixir

         * [Code] Thing

       ### 2. Bug fixes

       #### Mix

         * [mix] Fix it

       ## v1.14.4 (2023-04-03)

       ### 1. Enhancements

       #### Elixir

         * [Kernel] Other
      """, try entryJob("1.14.6", after: "1.14.5"))
  }

  @Test func datesWithTheYearFirst() throws {
    expectInsertion(
      """
      +### 2.3.2 (2026 Nov 21)
      +
      +-   Check the `size` field (CVE-2026-0001)
      +
       ### 2.3.1 (2019 Aug 8)

       -   [JENKINS-1](https://x/1) - Fix NPE

       ### 2.3.0 (2019 Jul 1)

       -   Add it
      """, try entryJob("2.3.2", after: "2.3.1"))
  }

  @Test func aPlaceholderUnderUnreleasedStays() throws {
    expectInsertion(
      """
       # Changelog

       ## Unreleased

       * TBD
      +
      +## 5.6.8 / 2026-11-21
      +
      +* Check the `size` field (CVE-2026-0001)

       ## 5.6.7 / 2020-03-04

       * Fix [#33](x)

       ## 5.6.6 / 2020-02-04

       * Other
      """, try entryJob("5.6.8", after: "5.6.7"))
  }

  @Test func headingsOfTheFirstLevel() throws {
    expectInsertion(
      """
      +# 1.9.3 / 2026-11-21
      +
      +  * Check the `size` field (CVE-2026-0001)
      +
       # 1.9.2 / 2022-03-01

         * deps: foo@1.2.3
           - Fix crash
         * perf: faster

       # 1.9.1 / 2022-01-01

         * deps: bar
      """, try entryJob("1.9.3", after: "1.9.2"))
  }
}
