import ReleaseModel
import Testing

@Suite struct TagPatternTests {
  /// Name, package, version, and the name of the next patch release.
  @Test(arguments: [
    ("v1.2.3", nil, "1.2.3", "v1.2.4"), ("1.2", nil, "1.2", "1.2.1"),
    ("V1.2.3", nil, "1.2.3", "V1.2.4"), ("release-1.2.3", nil, "1.2.3", "release-1.2.4"),
    ("release/v1.2", nil, "1.2", "release/v1.2.1"), ("rel_2_0_52", nil, "2.0.52", "rel_2_0_53"),
    ("rel_2_0_5_post1", nil, "2.0.5-post1", "rel_2_0_6"), ("go1.21.3", nil, "1.21.3", "go1.21.4"),
    ("R_2_5_0", nil, "2.5.0", "R_2_5_1"), ("REL9_6_1", nil, "9.6.1", "REL9_6_2"),
    ("OpenSSL_1_1_1w", "OpenSSL", "1.1.1w", "OpenSSL_1_1_1x"),
    ("V_9_6_P1", nil, "9.6-P1", "V_9_6_P2"), ("curl-8_9_1", "curl", "8.9.1", "curl-8_9_2"),
    ("curl-7_9", "curl", "7.9", "curl-7_9_1"),
    ("tiny-curl-7_72_0", "tiny-curl", "7.72.0", "tiny-curl-7_72_1"),
    ("netty-4.2.6.Final", "netty", "4.2.6.Final", "netty-4.2.7.Final"),
    ("swift-6.2-RELEASE", "swift", "6.2-RELEASE", "swift-6.2.1-RELEASE"),
    ("v2.0.4-stable", nil, "2.0.4-stable", "v2.0.5-stable"),
    ("api/v3.7.1", "api", "3.7.1", "api/v3.7.2"),
    ("client/pkg/v3.5.0", "client/pkg", "3.5.0", "client/pkg/v3.5.1"),
    ("@changesets/cli@2.29.7", "@changesets/cli", "2.29.7", "@changesets/cli@2.29.8"),
    ("get-workspaces@1.0.9", "get-workspaces", "1.0.9", "get-workspaces@1.0.10"),
    ("tokio-v0.1.10", "tokio", "0.1.10", "tokio-v0.1.11"), ("v255", nil, "255", "v255.0.1"),
    ("udev-182", "udev", "182", "udev-182.0.1"),
    ("log4j-2.17.1", "log4j", "2.17.1", "log4j-2.17.2"),
    ("h2-1.4.200", "h2", "1.4.200", "h2-1.4.201"),
    ("lib-2-x-1.0.0", "lib-2-x", "1.0.0", "lib-2-x-1.0.1"),
    ("v1.2.3+build.5", nil, "1.2.3+build.5", "v1.2.4"), ("v7.0.8.1", nil, "7.0.8.1", "v7.0.8.2"),
    ("2024.04.01", nil, "2024.04.01", "2024.04.02"), ("v3.0.0_RC2", nil, "3.0.0-RC2", "v3.0.0"),
    ("v5.0.0.beta1.1", nil, "5.0.0.beta1.1", "v5.0.0"),
    ("v2.4.6.0-1", nil, "2.4.6.0-1", "v2.4.6.1"),
    ("release.1.2.3", nil, "1.2.3", "release.1.2.4"),
  ])
  func tagsAreReadAndTheNextIsWrittenInTheirForm(
    name: String, package: String?, version: String, next: String
  ) throws {
    let tag = try #require(TagPattern.automatic.parse(name))
    #expect(tag.package == package)
    #expect(tag.version.description == version)
    #expect(tag.name(of: tag.version.nextPatch()) == next)
    #expect(TagPattern.automatic.parse(next)?.version == tag.version.nextPatch())
  }

  @Test(arguments: [
    "", "v", "test", "latest", "nightly", "v1_last", "vPR9", "2026-05-16", "release-2026-05-16",
    "swift-DEVELOPMENT-SNAPSHOT-2026-05-16-a", "swift-6.4.x-DEVELOPMENT-SNAPSHOT-2026-05-24-a",
    "v1.2.3.4.5", "foo-1.2.3.4.5", "v3.3.9_plus_git", "1.2.x", "v1.2.3-", "abc1.2.3", "v1..2",
    "homu-tmp", "v-", "1.2.3 ", "-", "@", "/",
  ])
  func otherTagsAreNoVersions(name: String) {
    #expect(TagPattern.automatic.parse(name) == nil)
  }

  @Test func aPatternTakesNothingElse() throws {
    let pattern = try #require(TagPattern(parsing: "v{version}-lts"))
    #expect(pattern.description == "v{version}-lts")
    let tag = try #require(pattern.parse("v1.2.3-lts"))
    #expect(tag.version == Version(1, 2, 3))
    #expect(tag.package == nil)
    #expect(tag.name(of: tag.version.nextPatch()) == "v1.2.4-lts")
    for name in [
      "v1.2.3", "1.2.3-lts", "vv1.2.3-lts", "v-lts", "v1.2.3-ltsx", "v1.2.3.4.5-lts", "",
    ] {
      #expect(pattern.parse(name) == nil, "\(name)")
    }
  }

  @Test func aPatternMayJoinWithUnderscores() throws {
    let pattern = try #require(TagPattern(parsing: "project_{version}"))
    #expect(pattern.parse("project_1_2_3")?.version == Version(1, 2, 3))
  }

  @Test(arguments: ["", "v", "{version}{version}", "v{Version}", "{version"])
  func aPatternNeedsOnePlaceForTheVersion(text: String) {
    #expect(TagPattern(parsing: text) == nil)
  }

  @Test func endlessNamesAreNoVersions() {
    #expect(TagPattern.automatic.parse("v" + String(repeating: "1", count: 100_000)) == nil)
    #expect(TagPattern.automatic.parse(String(repeating: "a-1", count: 100_000)) == nil)
  }
}
