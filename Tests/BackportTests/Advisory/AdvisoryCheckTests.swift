import GitStore
import ReleaseModel
import TestSupport
import Testing

@testable import Backport

@Suite("Somebody's advisory against the tags")
struct AdvisoryCheckTests {
  private static func check(
    _ text: String, in fixture: PlanFixture, change: (inout AdvisoryCheckRequest) -> Void = { _ in }
  ) async throws -> AdvisoryCheckDocument {
    var request = AdvisoryCheckRequest(
      file: "advisory.json", bytes: Array(text.utf8),
      asOf: CalendarDate(unixSeconds: PlanFixture.now))
    change(&request)
    return try await fixture.open().check(request)
  }

  /// An OSV document with these events and commits.
  private static func osv(
    _ events: String, git: String = "", references: String = "", versions: String = ""
  ) -> String {
    let range = git.isEmpty ? "" : #", {"type": "GIT", "repo": "https://x/y", "events": [\#(git)]}"#
    return """
      {"schema_version": "1.7.5", "id": "GHSA-2f3g-4h5j-6m7p",
       "affected": [{"package": {"ecosystem": "Packagist", "name": "example/tokenkit"},
        "ranges": [{"type": "ECOSYSTEM", "events": [\(events)]}\(range)],
        "versions": [\(versions)]}], "references": [\(references)]}
      """
  }

  private static let right =
    #"{"introduced": "0.9.1"}, {"fixed": "0.9.2"}, {"introduced": "1.0.0"}, {"fixed": "1.1.1"}"#
  private static let rest = #", {"introduced": "2.0.0-rc.1"}, {"last_affected": "2.0.0-rc.1"}"#

  @Test("that is right has no findings, whatever it names of the fix")
  func right() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let fix = fixture.repository.id(history.fix)
    let plain = try await Self.check(Self.osv(Self.right + Self.rest), in: fixture)
    #expect(plain.findings.isEmpty)
    #expect(plain.warnings.contains { $0.code == "fix-unknown" })
    let reference = #"{"type": "FIX", "url": "https://github.com/a/b/commit/\#(fix)"}"#
    let named = try await Self.check(
      Self.osv(Self.right + Self.rest, references: reference), in: fixture)
    #expect(named.findings.isEmpty)
    #expect(named.fix.map(\.description) == [fix])
    #expect(!named.warnings.contains { $0.code == "fix-unknown" })
  }

  @Test("that forgot the second introduced names each version that looks safe")
  func forgotten() async throws {
    let fixture = try PlanFixture(AdvisoryHistory().builder)
    let text = Self.osv(
      #"{"introduced": "0.9.1"}, {"fixed": "0.9.2"}, {"fixed": "1.1.1"}"# + Self.rest)
    let document = try await Self.check(text, in: fixture)
    #expect(document.findings.map(\.version) == ["1.0.0", "1.1.0"])
    #expect(document.findings.allSatisfy { $0.stated == false && $0.actual == .affected })
  }

  @Test("that calls users of a fixed version affected names it, by the fix's picks")
  func stillFlagged() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let text = Self.osv(#"{"introduced": "0.9.1"}, {"last_affected": "2.0.0-rc.1"}"#)
    let document = try await Self.check(text, in: fixture) {
      $0.fix = [fixture.repository.id(history.fix)]
    }
    #expect(document.findings.map(\.tag) == ["v0.9.2", "v1.1.1"])
    #expect(document.findings.map(\.actual) == [.fixed, .fixed])
  }

  @Test("that names one commit of several lets the others look affected")
  func commits() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let (flaw, fix) = (fixture.repository.id(history.flaw), fixture.repository.id(history.fix))
    let git = #"{"introduced": "\#(flaw)"}, {"fixed": "\#(fix)"}"#
    let document = try await Self.check(
      Self.osv(Self.right + Self.rest, git: git), in: fixture)
    #expect(document.findings.map(\.version) == ["0.9.2", "1.1.1"])
    #expect(document.findings.allSatisfy { $0.part == .commits && $0.stated == true })
    #expect(document.introduced.map(\.description) == [flaw])
  }

  @Test("that names a version as fixed which lacks the fix says so")
  func namedFixed() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let text = """
      {"ghsa_id": "GHSA-2f3g-4h5j-6m7p", "vulnerabilities": [
       {"package": {"ecosystem": "composer", "name": "example/tokenkit"},
        "vulnerable_version_range": ">= 0.9.1, < 0.9.2", "patched_versions": "0.9.2"},
       {"package": {"ecosystem": "composer", "name": "example/tokenkit"},
        "vulnerable_version_range": ">= 1.0.0, <= 2.0.0-rc.1", "patched_versions": "1.1.0"}]}
      """
    let document = try await Self.check(text, in: fixture) {
      $0.fix = [fixture.repository.id(history.fix)]
    }
    #expect(document.findings.map(\.version) == ["1.1.1", "1.1.0"])
    #expect(document.findings.last?.part == .fixed)
  }

  @Test(
    "that names no commit is not held against newer lines, which may have the fix in another form")
  func newer() async throws {
    let history = AdvisoryHistory()
    var repository = try history.builder.write()
    try repository.extend { builder in
      builder.tag("v2.0.0", at: builder.commit("Release", files: ["three.txt": "4\n"]))
    }
    let fixture = PlanFixture(repository)
    let document = try await Self.check(Self.osv(Self.right), in: fixture)
    #expect(document.findings.isEmpty)
    #expect(document.checked == 6)
    #expect(
      document.warnings.contains {
        $0.code == "not-compared" && $0.message.hasPrefix("2 versions from 2.0.0-rc.1 on")
      })
    // With the fix everything is known again.
    let known = try await Self.check(Self.osv(Self.right), in: fixture) {
      $0.fix = [repository.id(history.fix)]
    }
    #expect(known.findings.map(\.version) == ["2.0.0-rc.1"])
  }

  @Test(
    "that names the trunk's commit is believed of a line whose pick was changed, if anything was",
    arguments: [("code.txt", []), ("one.txt", ["1.0.1"])])
  func changedPick(path: String, wrong: [String]) async throws {
    let history = AdvisoryHistory()
    var repository = try history.builder.write()
    let repair = AdvisoryHistory.flawed + "check it in the end\n"
    try repository.extend { builder in
      let pick = builder.commit(
        "Repair the old line", on: "1.0", files: [path: .text(repair)], parents: [history.flaw])
      builder.tag("v1.0.1", at: pick)
    }
    let fix = repository.id(history.fix)
    let events = #"""
      {"introduced": "0.9.1"}, {"fixed": "0.9.2"}, {"introduced": "1.0.0"}, {"fixed": "1.0.1"},
      {"introduced": "1.1.0"}, {"fixed": "1.1.1"}
      """#
    let reference = #"{"type": "FIX", "url": "https://github.com/a/b/commit/\#(fix)"}"#
    let document = try await Self.check(
      Self.osv(events + Self.rest, references: reference), in: PlanFixture(repository))
    #expect(document.findings.map(\.version) == wrong)
  }

  @Test("that names what does not exist is warned of")
  func unknown() async throws {
    let fixture = try PlanFixture(AdvisoryHistory().builder)
    let gone = String(repeating: "a", count: 40)
    let text = Self.osv(
      #"{"introduced": "0.9.1"}, {"fixed": "0.9.2"}, {"introduced": "1.0.0"}, {"fixed": "1.1.7"}"#,
      git: #"{"introduced": "0"}, {"fixed": "\#(gone)"}"#, versions: #""7.0""#)
    let document = try await Self.check(text, in: fixture)
    let warnings = document.warnings.map { "\($0.code) \($0.message)" }
    #expect(warnings.contains { $0.hasPrefix("no-such-version 1.1.7") })
    #expect(warnings.contains { $0.hasPrefix("no-such-version 7.0") })
    #expect(warnings.contains { $0.hasPrefix("no-such-commit commit \(gone)") })
  }

  @Test("on several packages is read for the one of the project, or the one that is asked for")
  func packages() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let text = """
      {"schema_version": "1.7.5", "id": "x", "affected": [
       {"package": {"ecosystem": "npm", "name": "other"}, "versions": ["0.9.2"]},
       {"package": {"ecosystem": "Packagist", "name": "Example/TokenKit"},
        "ranges": [{"type": "ECOSYSTEM", "events": [\(Self.right + Self.rest)]}]}]}
      """
    let own = try await Self.check(text, in: fixture)
    #expect(own.package == "Example/TokenKit")
    #expect(own.findings.isEmpty)
    let other = try await Self.check(text, in: fixture) {
      $0.purl = AdvisoryPackage(purl: "pkg:npm/other")
      $0.fix = [fixture.repository.id(history.fix)]
    }
    #expect(other.findings.first?.version == "0.9.2")
    let none = try await PlanFixture.failure {
      try await Self.check(text, in: fixture) { $0.purl = AdvisoryPackage(purl: "pkg:gem/x") }
    }
    #expect(none.code == .usage)
  }

  @Test("that is no advisory is refused")
  func refused() async throws {
    let fixture = try PlanFixture(AdvisoryHistory().builder)
    for text in ["", "{}", "[1]", "{\"affected\": 1}", "not JSON"] {
      let error = try await PlanFixture.failure { try await Self.check(text, in: fixture) }
      #expect(error.code == .notAnAdvisory, "\(text)")
    }
  }
}
