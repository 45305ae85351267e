@testable import ReleaseModel

/// Made-up advisories in the shapes that matter.
enum AdvisorySample {
  /// A version of a line; the commit is made of its place.
  static func version(
    _ text: String, _ state: TaggedVersion.State, isRelease: Bool = true
  ) throws -> TaggedVersion {
    let version = try Version(parsing: text)
    let line = LineUnit.minor.lineNumbers(of: version).map(\.description).joined(separator: ".")
    let digits = text.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffffff }
    let hex = String(digits, radix: 16)
    return TaggedVersion(
      text: text, version: version, tag: "v" + text,
      commit: hex + String(repeating: "0", count: 40 - hex.utf8.count), line: line, state: state,
      isRelease: isRelease)
  }

  /// Versions by their texts: those named are fixed, those before `first` unaffected.
  static func versions(
    _ texts: [String], fixed: Set<String>, unaffected: Set<String> = []
  ) throws -> [TaggedVersion] {
    try texts.map { text in
      try version(
        text, fixed.contains(text) ? .fixed : unaffected.contains(text) ? .unaffected : .affected)
    }
  }

  static let tokenKitVersions = [
    "0.1.0", "0.2.0", "0.9.0", "0.9.1", "0.9.2", "0.9.3", "0.9.4", "1.0.0", "1.0.1", "1.0.2",
    "1.0.3", "1.1.0", "1.1.1",
  ]

  /// TOKENKIT-SA-2026-0001: 0.9 and 1.1 are fixed, 1.0 between them is not maintained.
  static func tokenKit() throws -> Advisory {
    let versions = try versions(tokenKitVersions, fixed: ["0.9.4", "1.1.1"])
    var advisory = Advisory(
      id: "x_TOKENKIT-SA-2026-0001", aliases: ["CVE-2026-0001", "GHSA-2f3g-4h5j-6m7p"],
      title: "Uncontrolled iteration count in PBES2 allows denial of service",
      impact: "The iteration count of the `p2c` header is used without a limit.",
      project: "tokenkit", versions: versions, isOriginKnown: true,
      introduced: ["1d0e2f7a9c4b5d6e8f0a1b2c3d4e5f60718293a4"],
      fixes: [
        AdvisoryFix(
          branch: "0.9", commit: "9a1b0c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b", tag: "v0.9.4"),
        AdvisoryFix(
          branch: "1.1", commit: "5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d", tag: "v1.1.1"),
        AdvisoryFix(branch: "main", commit: "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c", tag: nil),
      ],
      lines: [
        AdvisoryLine(
          name: "0.9", introduced: "0.9.0", lastAffected: "0.9.3", fixed: "0.9.4",
          commit: "9a1b0c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b", tag: "v0.9.4", isMaintained: true),
        AdvisoryLine(
          name: "1.0", introduced: "1.0.0", lastAffected: "1.0.3", fixed: nil, commit: nil,
          tag: nil, isMaintained: false),
        AdvisoryLine(
          name: "1.1", introduced: "1.1.0", lastAffected: "1.1.0", fixed: "1.1.1",
          commit: "5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d", tag: "v1.1.1", isMaintained: true),
      ],
      published: "2026-11-21T12:00:00Z",
      publisher: AdvisoryPublisher(
        name: "Example tokenkit project", namespace: "https://tokenkit.example.org",
        contact: "security@tokenkit.example.org"))
    advisory.package = AdvisoryPackage(.packagist, "example/tokenkit")
    advisory.repository = WebRepository(remote: "https://git.example.org/example/tokenkit.git")
    advisory.workaround = "Do not accept PBES2 algorithms."
    advisory.weaknesses = ["CWE-400", "CWE-834"].compactMap(Weakness.init(parsing:))
    advisory.vectors = [
      try SeverityVector(parsing: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"),
      try SeverityVector(
        parsing: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N"),
    ]
    advisory.credits = [
      AdvisoryCredit(name: "Ada Reporter", contacts: ["mailto:ada@example.net"]),
      AdvisoryCredit(name: "Jane Doe", kind: .remediationDeveloper),
    ]
    return advisory
  }
}
