import ReleaseModel
import Testing

@Suite struct BranchPatternTests {
  /// Name, numbers, package, and the name that the same project gives the branch of line 4.5.
  @Test(arguments: [
    ("release/1.7", "1.7", nil, "release/4.5"), ("release-3.5", "3.5", nil, "release-4.5"),
    ("stable/7.4.x", "7.4", nil, "stable/4.5.x"), ("stable-2.18", "2.18", nil, "stable-4.5"),
    ("8-1-stable", "8.1", nil, "4-5-stable"), ("7.4", "7.4", nil, "4.5"),
    ("11.0.x", "11.0", nil, "4.5.x"), ("v7.x", "7", nil, "v4.5.x"),
    ("tokio-1.47.x", "1.47", "tokio", "tokio-4.5.x"), ("rel_2_0", "2.0", nil, "rel_4_5"),
    ("maint/v1.8", "1.8", nil, "maint/v4.5"), ("v255-stable", "255", nil, "v4.5-stable"),
    ("maintenance/v2", "2", nil, "maintenance/v4.5"),
    ("REL_16_STABLE", "16", nil, "REL_4.5_STABLE"),
    ("OpenSSL_1_1_1-stable", "1.1.1", "OpenSSL", "OpenSSL_4_5-stable"),
    ("branch-1.2", "1.2", nil, "branch-4.5"), ("support/1.2", "1.2", nil, "support/4.5"),
    ("lts/v1.2", "1.2", nil, "lts/v4.5"), ("18/main", "18", nil, "4.5/main"),
    ("release1.5.5", "1.5.5", nil, "release4.5"),
    ("swift-5.1-branch", "5.1", "swift", "swift-4.5-branch"),
    ("rust-1.99.0", "1.99.0", "rust", "rust-4.5"), ("24.04", "24.4", nil, "4.5"),
    ("releases/v18", "18", nil, "releases/v4.5"), ("hotfix/1.2.3", "1.2.3", nil, "hotfix/4.5"),
    ("3.x-x", "3", nil, "4.5.x-x"), ("api/release-1.2", "1.2", "api", "api/release-4.5"),
  ])
  func releaseBranchesAreReadByTheirNames(
    name: String, numbers: String, package: String?, other: String
  ) throws {
    let branch = try #require(BranchPattern(parsing: name))
    #expect(branch.numbers.map(\.description).joined(separator: ".") == numbers)
    #expect(branch.package == package)
    #expect(!branch.isVariant)
    #expect(branch.template?.name(of: LineName(numbers: [4, 5])) == other)
  }

  @Test(arguments: ["6-1-sec", "7.4-staging", "41_dev", "release/1.2-stable-dev", "v1.x-next"])
  func variantsAreKnown(name: String) throws {
    #expect(try #require(BranchPattern(parsing: name)).isVariant)
  }

  @Test(arguments: ["maint", "maintenance", "stable"])
  func movingBranchesHaveNoNumber(name: String) throws {
    let branch = try #require(BranchPattern(parsing: name))
    #expect(branch.numbers.isEmpty && branch.template == nil)
  }

  @Test(arguments: [
    "main", "master", "", "develop", "release", "fix-3508", "fix/3046", "pr-2398", "issue-4230",
    "dependabot/npm_and_yarn/foo-1.2.3", "renovate/bar-2.x", "backport/1.2", "backport-1234-to-1.2",
    "cherry-pick-1.2", "mergify/bp/1.2/pr-7", "1.2-rc1", "feature/1.2-thing", "v1.2-fix-crash",
    "swift-6.3.x-foo", "2026-05-16-cleanup", "patch-1", "gh-123", "1.x.y", "v",
  ])
  func workingBranchesAreNoReleaseBranches(name: String) {
    #expect(BranchPattern(parsing: name) == nil)
  }
}
