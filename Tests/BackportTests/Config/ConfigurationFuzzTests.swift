import GitStore
import ReleaseModel
import TestSupport
import Testing

@testable import Backport

/// What a hostile `.gitbackport` may hold once git has taken it apart.
struct ConfigurationFuzzTests {
  private static let seeds: [(key: String, value: String)] = [
    ("policy.preset", "n-minors 3"), ("policy.support", "latest 2 majors since 1.0.0"),
    ("policy.lines", "minor"), ("policy.release-on", "newest-per-major"),
    ("policy.lts", "minor 4 since 3.0"), ("policy.dates", "lifecycle.json"),
    ("tags.pattern", "v{version}"), ("tags.package", "pkg"), ("tags.yanked", "1.4.1"),
    ("tags.prereleases", "count"), ("tags.since", "1.0"), ("branches.create", "{line}.x"),
    ("branch.4.name", "maint/4"), ("fix.CVE-2026-0001.skip", "1.0: superseded by 1.1"),
    ("fix.cve-2026-0001.fixed", "0.9 4f1d"), ("version-file.src/v.php.pattern", "V = '{version}'"),
    ("version-file.a.count", "2"), ("changelog.forward-port", "branch"), ("ci.window", "30 days"),
    ("release.tag", "auto"), ("publish.partial", "hold"), ("third-party.path", "vendor/**"),
  ]
  private static let pieces = [
    ".", " ", ":", "\"", "\\", "\n", "#", ";", "{", "}", "{version}", "{line}", "\u{0}", "é",
    "18446744073709551616", "-1", "latest", "policy", "support", "..", "/", "*", "\u{202E}",
  ]

  @Test func `mutated settings are refused by name or taken, and no round takes long`() throws {
    var source = SeededGenerator(seed: 9)
    let inventory = try LineInventory(
      tagNames: ["0.9.1", "1.0.0", "1.1.0", "2.0.0", "3.1.2"], unit: .minor)
    var taken = 0
    for round in 0..<Fuzzing.rounds(usually: 2_000) {
      let entries = (0..<3).compactMap { offset in
        entry(Self.seeds[(round + offset * 7) % Self.seeds.count], isChanged: offset < 2, &source)
      }
      let time = Fuzzing.time {
        do throws(BackportError) {
          let project = try ConfigurationParser.parse([(".gitbackport", GitConfiguration(entries))])
          guard let reading = try PolicyReading(project.policy, file: { _ in nil }) else { return }
          let facts = PolicyFacts(asOf: .earliest)
          #expect(reading.findings(of: inventory, facts).coverage.verdicts.count == 5)
          taken += 1
        } catch {
          #expect(error.code == .configuration)
          #expect(!error.detail.isEmpty)
        }
      }
      #expect(time < .milliseconds(100), "\(time) for \(entries.map(\.text))")
    }
    #expect(taken > 0)
  }

  private func entry(
    _ seed: (key: String, value: String), isChanged: Bool, _ source: inout SeededGenerator
  ) -> GitConfiguration.Entry? {
    var key = Array(seed.key.utf8)
    var value = Array(seed.value.utf8)
    if isChanged {
      if Bool.random(using: &source) {
        Fuzzing.mutate(&value, with: Self.pieces, using: &source)
      } else {
        Fuzzing.mutate(&key, with: Self.pieces, using: &source)
      }
    }
    return ConfigurationKey(parsing: key[...]).map {
      GitConfiguration.Entry(scope: .document, key: $0, value: value)
    }
  }
}
