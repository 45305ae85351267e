import Foundation
import TestSupport
import Testing

/// A case from the report to the advisory, with a public remote, in the hands of a security officer.
@Suite("The advisory of a case")
struct CaseAdvisoryTests {
  /// A clone and its public remote.
  private struct World {
    var clone: CaseWorld
    let upstream: TestRepository
  }

  private static let id = "BOX-SA-2023-0001"
  private static let canary = "Canary7f3a"
  private static let flawed = "open\nread\nclose\n"
  private static let repaired = "open\nread\ncheck\nclose\n"

  /// Lines 1.0 (not maintained), 1.1 and 1.2; the flaw came with 1.0.1.
  ///
  /// The fix is on the trunk, for everybody to see, or on a branch that nobody else knows.
  private func world(isSecret: Bool) throws -> World {
    var history = RepositoryBuilder()
    let start: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n",
      "package.json": "{\n  \"name\": \"@example/box\"\n}\n", "box.js": "open\nclose\n",
    ]
    history.tag("v1.0.0", at: history.commit("Begin", files: start))
    let flaw = history.commit("Read the size", files: ["box.js": .text(Self.flawed)])
    history.tag("v1.0.1", at: flaw)
    let second = history.commit("Go on", files: ["one.js": "1\n"])
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    let last = history.commit("Go on", files: ["two.js": "2\n"])
    history.tag("v1.2.0", at: last)
    if isSecret { history.branch("1.2", at: last) }
    let environment = try HermeticEnvironment()
    let upstream = try history.write(in: environment, name: "upstream.git")
    var clone = try history.write(in: environment, name: "clone", bare: false)
    let fix = try clone.extend { builder in
      builder.commit(
        "Look at \(Self.canary)", on: isSecret ? "work" : "main",
        files: ["box.js": .text(Self.repaired)], parents: isSecret ? [last] : nil)
    }
    clone.git("remote", "add", "origin", upstream.directory)
    if !isSecret { clone.git("push", "--quiet", "origin", "main") }
    let kept = CaseWorld(
      repository: clone, fix: clone.id(fix), flaw: clone.id(flaw), id: Self.id)
    return World(clone: kept, upstream: upstream)
  }

  /// A case that is confirmed, with its audit and the fix on the trunk.
  private func confirmed(isSecret: Bool = false) throws -> World {
    let world = try world(isSecret: isSecret)
    try world.clone.run([
      "case", "open", "--id", Self.id, "--title", "Unbounded \(Self.canary)", "--reporter",
      "Ada Reporter", "--contact", "ada@example.net", "--received", "2023-01-02T09:00Z",
    ])
    try world.clone.step("ack")
    try world.clone.step("assign", "--handler", "Jane Doe <jane@example.org>")
    try world.clone.step("confirm", "--introduced", world.clone.flaw, "--detect")
    try world.clone.step("audit", "--what", "other sizes")
    try world.clone.step("line", "main", "--fix", world.clone.fix)
    try world.clone.step(
      "note", "--impact", "A \(Self.canary) keeps a server busy.", "--cve", "CVE-2026-0001",
      "--credit", "alias", "--alias", "ada77", "--cwe", "CWE-400", "--cvss",
      "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", "--workaround",
      "Open no boxes.")
    try world.clone.step("line", "1.0", "--advice", "move to 1.2.1")
    return world
  }

  private func advisory(
    _ world: World, _ more: String..., status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    let run = try world.clone.run(
      [
        "advisory", "write", "--case", Self.id, "--repository", "https://git.example.org/box",
        "--json",
      ] + more, status: status, sourceLocation: sourceLocation)
    DocumentSchema.expect(
      run.output, is: "advisory", failed: status != 0, sourceLocation: sourceLocation)
    return run
  }

  private func files(_ run: ProgramRun) throws -> [String: String] {
    var texts: [String: String] = [:]
    for file in DocumentSchema.value(run.output, "files") as? [[String: String]] ?? [] {
      texts[file["format"] ?? ""] = try String(contentsOfFile: file["path"] ?? "", encoding: .utf8)
    }
    return texts
  }

  @Test("a story under embargo, from the report to the advisory, in which nobody sees a thing")
  func embargo() throws {
    let world = try confirmed(isSecret: true)
    let (refs, there) = (world.clone.repository.refs(), world.upstream.refs())
    // What is picked under embargo can be tested before the case is ready: nobody sees it.
    let applied = try world.clone.run([
      "apply", "--case", Self.id, "--embargo", "--land-trunk", "--verify", "true", "--yes",
      "--json",
    ])
    let operation = try #require(DocumentSchema.value(applied.output, "id") as? String)
    #expect(world.clone.repository.refs() == refs)
    #expect(try world.clone.status("1.1") == "tested")
    #expect(try world.clone.status("1.2") == "tested")
    #expect(try world.clone.line("1.1")["fixed"] as? String == "1.1.1")
    let early = try world.clone.run(["disclose", "--yes"], status: 5)
    #expect(early.errors.contains("nothing of case \(Self.id) may be seen yet"))
    try world.clone.step("ready")
    try world.clone.step("embargo", "--until", "2099-01-01", "--told", "distros@example.org")
    try world.clone.step("inform")
    let waits = try world.clone.run(["disclose", "--yes"], status: 5)
    #expect(waits.errors.contains("2099-01-01"))
    // A draft of the advisory stays beside the operation, and is refused anywhere else.
    let draft = try advisory(world)
    let folder = "\(world.clone.repository.gitDirectory)/backport/ops/\(operation)/advisory/"
    let paths = (DocumentSchema.value(draft.output, "files") as? [[String: String]] ?? [])
      .compactMap { $0["path"] }
    #expect(paths.count > 2 && paths.allSatisfy { $0.hasPrefix(folder) })
    _ = try advisory(world, "--out", world.clone.repository.environment.root + "/out", status: 5)
    #expect(world.upstream.refs() == there)
    #expect(
      !world.upstream.git("cat-file", "--batch-all-objects", "--batch").contains(Self.canary))
    #expect(world.clone.repository.git("status", "--porcelain").isEmpty)
    // The reason for which it ends early stands in the record.
    try world.clone.step("release", "--break-embargo", "it was posted elsewhere")
    let inUse = try world.clone.run(["disclose", "--yes"], status: 3)
    #expect(inUse.errors.contains("switch --detach"))
    world.clone.repository.git("switch", "--quiet", "--detach")
    try world.clone.run(["disclose", "--yes"])
    #expect(try world.clone.status("1.1") == "released")
    #expect(try world.clone.state() == "released")
    #expect(world.upstream.refs()["refs/tags/v1.1.1"] != nil)
    _ = try advisory(world)
    try world.clone.step("publish")
    #expect(try world.clone.state() == "published")
  }

  @Test("says what the record says, in the way that the reporter chose, and what git says")
  func content() throws {
    let world = try confirmed()
    try world.clone.step("line", "1.1,1.2", "--status", "tested")
    try world.clone.step("ready")
    try world.clone.run(["apply", "--case", Self.id, "--yes"])
    #expect(try world.clone.status("1.1") == "tested")
    let draft = try advisory(world, "--format", "osv,markdown,announcement,github,cve,csaf")
    #expect(DocumentSchema.value(draft.output, "embargoed") as? Bool == true)
    #expect(DocumentSchema.value(draft.output, "case") as? String == Self.id)
    try world.clone.run(["push", "--yes"])
    #expect(try world.clone.status("1.1") == "released")
    #expect(try world.clone.state() == "released")
    let again = try world.clone.step("release")
    #expect(
      DocumentSchema.value(again.output, "warnings", "0", "code") as? String == "already-recorded")
    let run = try advisory(world, "--format", "osv,markdown,announcement,github,cve,csaf")
    #expect(DocumentSchema.value(run.output, "embargoed") as? Bool == false)
    #expect(DocumentSchema.value(run.output, "id") as? String == "x_\(Self.id)")
    #expect(DocumentSchema.value(run.output, "severity") as? String == "high")
    #expect(
      DocumentSchema.value(run.output, "affected") as? [String] == ["1.0.1", "1.1.0", "1.2.0"])
    #expect(DocumentSchema.value(run.output, "introduced") as? [String] == [world.clone.flaw])
    let warnings = DocumentSchema.value(run.output, "warnings") as? [[String: Any]] ?? []
    #expect(!warnings.contains { $0["code"] as? String == "case-differs" })
    let texts = try files(run)
    #expect(texts.count == 6)
    for (format, text) in texts {
      #expect(!text.contains("Ada Reporter") && !text.contains("ada@example.net"), "\(format)")
      // The container of an authority does not name its own id.
      #expect(text.contains("CVE-2026-0001") == (format != "cve"), "\(format)")
    }
    let osv = texts["osv"] ?? ""
    #expect(DocumentSchema.value(osv, "credits", "0", "name") as? String == "ada77")
    #expect(DocumentSchema.value(osv, "credits", "0", "type") as? String == "FINDER")
    #expect(DocumentSchema.value(osv, "credits", "1", "type") as? String == "COORDINATOR")
    #expect(osv.contains("Open no boxes."))
    #expect(
      DocumentSchema.value(texts["cve"] ?? "", "metrics", "0", "cvssV4_0", "baseScore")
        as? Double == 8.7)
    let page = texts["markdown"] ?? ""
    #expect(page.contains("The 1.0 line is no longer maintained: move to 1.2.1."))
    #expect(page.contains("| 2023-01-02 | report received |"))
  }

  @Test("is not said to be public before it is right about every version")
  func publication() throws {
    let world = try confirmed()
    try world.clone.step("line", "1.1,1.2", "--status", "tested")
    try world.clone.step("ready")
    let soon = try world.clone.step("publish", status: 5)
    #expect(CaseWorld.missing(soon) == ["release", "released 1.2", "released 1.1"])
    try world.clone.run(["apply", "--case", Self.id, "--yes"])
    let unpushed = try world.clone.step("publish", status: 5)
    #expect(CaseWorld.missing(unpushed) == ["release", "released 1.2", "released 1.1"])
    try world.clone.run(["push", "--yes"])
    // A line that the case is wrong about.
    try world.clone.step("line", "1.0", "--affected", "no")
    let contradicted = try world.clone.step("publish", status: 5)
    #expect(
      CaseWorld.missing(contradicted) == [
        "advisory the case says that 1.0 does not have the flaw, and git says that 1.0.1 has it"
      ])
    #expect(contradicted.errors.contains("git backport advisory write --case \(Self.id)"))
    try world.clone.step("line", "1.0", "--affected", "yes", "--status", "no-fix")
    // A file that is wrong about a version: the one in the folder, or the one that is named.
    let wrong = """
      {"schema_version": "1.7.5", "id": "CVE-2026-0001", "affected": [
       {"package": {"ecosystem": "npm", "name": "@example/box"}, "ranges": [
        {"type": "SEMVER", "events": [{"introduced": "1.0.1"}, {"fixed": "1.2.1"}]}]}]}
      """
    let file = try world.clone.repository.environment.write(wrong, to: "wrong.json")
    let refused = try world.clone.step("publish", "--advisory", file, status: 5)
    #expect(CaseWorld.missing(refused).count == 1)
    #expect(
      refused.errors.contains(
        "1.1.1 (v1.1.1) has the fix, but the advisory says that it is affected"))
    _ = try advisory(world)
    let own = world.clone.repository.directory + "/advisories/x_\(Self.id).json"
    let right = try String(contentsOfFile: own, encoding: .utf8)
    try right.replacing("\"fixed\": \"1.1.1\"", with: "\"fixed\": \"1.2.1\"")
      .write(toFile: own, atomically: true, encoding: .utf8)
    let stale = try world.clone.step("publish", status: 5)
    #expect(CaseWorld.missing(stale).allSatisfy { $0.contains("advisories/x_\(Self.id).json") })
    try right.write(toFile: own, atomically: true, encoding: .utf8)
    try world.clone.step("publish")
    let events =
      DocumentSchema.value(try world.clone.step("show").output, "events") as? [[String: Any]]
    #expect(events?.last?["advisory"] as? String == "x_\(Self.id)")
  }

  @Test(
    "a landing that names no case is recorded in the one whose fix it is, and so is its undoing")
  func unnamed() throws {
    let world = try confirmed()
    try world.clone.step("line", "1.1,1.2", "--status", "tested")
    try world.clone.step("ready")
    try world.clone.run(["apply", world.clone.fix, "--yes"])
    #expect(try world.clone.line("1.1")["tag"] as? String == "v1.1.1")
    try world.clone.run(["undo"])
    #expect(try world.clone.line("1.1")["tag"] is NSNull)
    #expect(try world.clone.status("1.1") == "unknown")
    // Commands that pass on the planned trees are the test; without them it is only picked.
    try world.clone.run(["apply", world.clone.fix, "--yes"])
    #expect(try world.clone.status("1.1") == "picked")
    try world.clone.run(["undo"])
    try world.clone.run(["apply", world.clone.fix, "--yes", "--verify", "true"])
    #expect(try world.clone.status("1.1") == "tested")
  }

  @Test("tells nothing on a build machine before it is out")
  func masked() throws {
    var world = try confirmed(isSecret: true)
    world.clone.overrides = ["CI": "true"]
    var text = ""
    for form in [[], ["--json"], ["-v"]] as [[String]] {
      let run = try world.clone.run(["advisory", "write", "--case", Self.id] + form)
      text += run.output + run.errors
      let failed = try world.clone.run(
        ["advisory", "write", "--case", Self.id, "--purl", "nothing"] + form, status: 2)
      text += failed.output + failed.errors
    }
    #expect(!text.contains(Self.canary) && !text.contains("CVE-2026-0001"))
    #expect(!text.contains("Open no boxes") && !text.contains("ada77"))
    let folder = "\(world.clone.repository.gitDirectory)/backport/cases/\(Self.id)/advisory"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.contains("x_\(Self.id).json"))
    for name in names {
      let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      #expect(mode[.posixPermissions] as? Int == 0o600)
    }
    #expect(world.clone.repository.git("status", "--porcelain").isEmpty)
  }
}
