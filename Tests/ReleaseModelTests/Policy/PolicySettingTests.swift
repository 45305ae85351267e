import ReleaseModel
import Testing

@Suite("The policy section of the configuration")
struct PolicySettingTests {
  func policy(_ settings: KeyValuePairs<String, String>) throws -> SupportPolicy {
    try SupportPolicy(
      settings: settings.map { PolicySetting($0.key, $0.value) }, source: ".gitbackport")
  }

  @Test("what follows a preset overrides it")
  func override() throws {
    let policy = try policy([
      "preset": "simplejwt", "release-on": "every", "lines": "major", "support": "latest 3 majors",
      "support": "0.x : critical", "dates": "lifecycle.json",
    ])
    #expect(policy.preset == "simplejwt")
    #expect(policy.releaseOn == .every)
    #expect(policy.lineUnit == .major)
    #expect(policy.rules.map(\.rule.description) == ["latest 3 majors", "0.x : critical"])
    #expect(policy.datesPath == "lifecycle.json")
    #expect(policy.source == ".gitbackport")
    #expect(!policy.isAssumed)
  }

  @Test("a preset replaces what stands before it, an empty value clears a list")
  func replacement() throws {
    #expect(
      try policy(["support": "1.x", "preset": "kiipy"]).rules.map(\.rule.description)
        == ["<1.0.0"])
    #expect(
      try policy(["support": "1.x", "support": "", "support": "2.x"]).rules
        .map(\.rule.description) == ["2.x"])
    #expect(try policy(["preset": "django", "lts": "5.2"]).longTermSupport == [.line([5, 2])])
    #expect(
      try policy(["lts": "4.2", "lts": "5.2"]).longTermSupport == [
        .line([4, 2]), .line([5, 2]),
      ])
  }

  @Test("without a rule the newest line is assumed")
  func assumed() throws {
    #expect(try policy([:]) == .assumed)
    let partial = try policy(["lines": "major"])
    #expect(partial.isAssumed)
    #expect(partial.source == ".gitbackport")
    #expect(partial.rules.map(\.rule.description) == ["latest line"])
  }

  @Test("keys and values may be in any case")
  func anyCase() throws {
    let policy = try policy(["Release-On": "Newest-Per-Major", "LINES": "Compat"])
    #expect(policy.releaseOn == .newestPerMajor)
    #expect(policy.lineUnit == .compat)
  }

  static let wrong: [(key: String, value: String, nearest: String?, message: String)] = [
    (
      "suport", "latest patch", "support",
      "unknown key policy.suport; did you mean \"support\"?"
    ),
    (
      "release_on", "every", "release-on",
      "unknown key policy.release_on; did you mean \"release-on\"?"
    ),
    ("colour", "red", nil, "unknown key policy.colour"),
    (
      "lines", "minr", "minor",
      "policy.lines: expected major, minor, compat or patch, found \"minr\"; "
        + "did you mean \"minor\"?"
    ),
    (
      "release-on", "newest", nil,
      "policy.release-on: expected newest-per-major or every, found \"newest\""
    ),
    (
      "lts", "even mayors", "even majors",
      "policy.lts: expected a list such as 4.2, 5.2, minor 4 since 3.0, last minor of major or "
        + "even majors, found \"even mayors\"; did you mean \"even majors\"?"
    ),
    (
      "support", "latets patch", "latest patch",
      "policy.support: expected \"latest\", \"previous\", \"lts\", \"branch\" or a range of "
        + "versions, found \"latets\"; did you mean \"latest patch\"?"
    ),
  ]

  @Test("a wrong key or value names the nearest that is right", arguments: wrong)
  func wrongSettings(key: String, value: String, nearest: String?, message: String) throws {
    let error = try #require(throws: PolicySettingError.self) {
      try SupportPolicy(settings: [PolicySetting(key, value)], source: ".gitbackport")
    }
    #expect(error.nearest == nearest)
    #expect(error.description == message)
  }

  @Test(
    "a wrong preset names the nearest one",
    arguments: [
      ("simplejwd", "simplejwt"), ("n-minor 3", "n-minors N"), ("n-minors", "n-minors N"),
      ("django 4", "django"), ("prev-minor-window 0", "prev-minor-window MONTHS"),
      ("kubernetis", "kubernetes"),
    ])
  func wrongPreset(value: String, nearest: String) throws {
    let error = try #require(throws: PolicySettingError.self) {
      try SupportPolicy(settings: [PolicySetting("preset", value)], source: ".gitbackport")
    }
    #expect(error.nearest == nearest)
  }

  @Test("a rule keeps the row or sentence it came from")
  func origin() throws {
    let origin = RuleOrigin(text: "| 1.x | yes |", file: "SECURITY.md", line: 7)
    let policy = try SupportPolicy(
      settings: [PolicySetting("support", "1.x", origin: origin)], source: "SECURITY.md")
    #expect(policy.rules.map(\.origin) == [origin])
  }

  @Test(
    "what marks long-term support prints as it was read",
    arguments: ["4.2", "20", "minor 4", "minor 4 since 3.0", "last minor of major", "even majors"])
  func longTermSupport(text: String) throws {
    #expect(try #require(LongTermSupport(parsing: text)).description == text)
  }
}
