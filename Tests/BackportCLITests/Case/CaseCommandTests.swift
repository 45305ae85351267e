import Dispatch
import Foundation
import TestSupport
import Testing

@testable import BackportCLI

@Suite("git backport case")
struct CaseCommandTests {
  private func world() throws -> CaseWorld {
    let project = SampleProject.tokenKit()
    let repository = try project.history.write()
    return CaseWorld(repository: repository, fix: repository.id(project.fix))
  }

  /// A case that is confirmed, with its audit and the fix on the trunk.
  private func confirmed() throws -> CaseWorld {
    let world = try world()
    _ = try world.run("case", "open", "--id", "C", "--title", "Unbounded rounds")
    _ = try world.step("ack")
    _ = try world.step("assign")
    _ = try world.step("confirm", "--introduced", "0.7.0", "--detect")
    _ = try world.step("audit", "--what", "other counts")
    _ = try world.step("line", "main", "--fix", world.fix)
    return world
  }

  private func ready() throws -> CaseWorld {
    let world = try confirmed()
    _ = try world.step("line", "1.1,0.9", "--status", "tested")
    _ = try world.step(
      "ready", "--credit", "name", "--reporter", "Ada Reporter", "--severity", "high", "--cve",
      "CVE-2026-0001", "--entry", "Check the rounds (CVE-2026-0001)")
    return world
  }

  @Test("carries a report through its whole life")
  func wholeLife() throws {
    let world = try world()
    let opened = try world.run(
      "case", "open", "--id", "C", "--title", "Unbounded rounds", "--reporter", "Ada Reporter",
      "--contact", "mailto:ada@example.net", "--received", "2026-01-05T09:30Z", "--json")
    DocumentSchema.expect(opened.output, is: "case")
    #expect(
      DocumentSchema.value(opened.output, "lacking") as? [String]
        == ["environment", "steps", "other"])
    _ = try world.step("ack", "--at", "2026-01-05T10:00Z")
    _ = try world.step("assign", "--handler", "Jane Doe <jane@example.org>")
    let unconfirmed = try world.step("confirm", status: 5)
    #expect(
      CaseWorld.missing(unconfirmed) == [
        "introduced", "affected 1.1", "affected 0.9", "affected main",
      ])
    _ = try world.step("confirm", "--introduced", "0.7.0", "--detect")
    #expect(try world.line("0.8")["status"] as? String == "no-fix")
    #expect(try world.line("0.8")["maintained"] as? Bool == false)
    _ = try world.step("respond")
    let unready = try world.step("ready", status: 5)
    #expect(
      CaseWorld.missing(unready)
        == ["audit", "trunk-fix", "tested 1.1", "tested 0.9", "credit", "severity"])
    #expect(
      unready.errors.contains(
        "a search for similar problems: git backport case audit C --what <text>\n"))
    _ = try world.step("audit", "--what", "other counts", "--found", "none in the decoder")
    _ = try world.step("line", "main", "--fix", world.fix)
    _ = try world.step("line", "1.1,0.9", "--status", "tested")
    _ = try world.step("note", "--credit", "name", "--severity", "high", "--cve", "CVE-2026-0001")
    _ = try world.step("ready", "--entry", "Check the rounds (CVE-2026-0001)")
    let applied = try world.run("apply", "--case", "C", "--yes", "--json")
    DocumentSchema.expect(applied.output, is: "operation")
    #expect(!applied.output.contains("case-not-recorded"))
    for (line, version) in [("1.1", "1.1.1"), ("0.9", "0.9.1")] {
      let entry = try world.line(line)
      #expect(entry["status"] as? String == "released")
      #expect(entry["fixed"] as? String == version)
      #expect(entry["tag"] as? String == "v\(version)")
    }
    #expect(try world.state() == "released")
    let log = world.repository.git("show", "v0.9.1:CHANGELOG.md")
    #expect(log.contains("Check the rounds (CVE-2026-0001)"))
    let unpublished = try world.step("publish", status: 5)
    #expect(CaseWorld.missing(unpublished).allSatisfy { $0.hasPrefix("advisory") })
    _ = try world.step(
      "note", "--impact", "A token with many rounds keeps a server busy.", "--cwe", "CWE-400")
    _ = try world.step("publish")
    _ = try world.step("close")
    #expect(try world.state() == "closed")
    let late = try world.step("withdraw", "--reason", "no", status: 5)
    #expect(CaseWorld.missing(late) == ["too-late closed"])
  }

  @Test("plans take fix, ids, text and embargo from the case, and the command line wins")
  func planOfCase() throws {
    let world = try ready()
    let plan = try world.run("plan", "--case", "C", "--json").output
    DocumentSchema.expect(plan, is: "plan")
    #expect(DocumentSchema.value(plan, "options", "case") as? String == "C")
    #expect(DocumentSchema.value(plan, "options", "fix", "0") as? String == world.fix)
    #expect(DocumentSchema.value(plan, "options", "ids", "0") as? String == "CVE-2026-0001")
    #expect(
      DocumentSchema.value(plan, "fixes", "0", "entry") as? String
        == "Check the rounds (CVE-2026-0001)")
    let mine = try world.run("plan", "--case", "C", "--entry", "Mine", "--json").output
    #expect(DocumentSchema.value(mine, "fixes", "0", "entry") as? String == "Mine (CVE-2026-0001)")
    _ = try world.step("embargo", "--until", "2099-01-01")
    let kept = try world.run("plan", "--case", "C", "--json").output
    #expect(DocumentSchema.value(kept, "options", "embargo") as? Bool == true)
    #expect(
      DocumentSchema.value(kept, "options", "notBefore") as? String == "2099-01-01T00:00:00Z")
    let nowhere = try world.run("plan", "--case", "other", "--json", status: 2)
    DocumentSchema.expect(nowhere.output, is: "plan", failed: true)
  }

  @Test("nothing of a case is landed before it is ready, nor in the open under embargo")
  func notReady() throws {
    let world = try confirmed()
    let refs = world.repository.refs()
    let named = try world.run("apply", "--case", "C", "--yes", "--json", status: 5)
    #expect(DocumentSchema.value(named.output, "error", "code") as? String == "case-not-ready")
    // The fix is known to be the case's, and the line to be affected, also when it is not named.
    _ = try world.run("apply", world.fix, "--yes", status: 5)
    #expect(world.repository.refs() == refs)
    _ = try world.step("line", "1.1,0.9", "--status", "tested")
    _ = try world.step("ready", "--credit", "anonymous", "--severity", "high")
    _ = try world.step("embargo", "--until", "2099-01-01")
    let open = try world.run("apply", world.fix, "--yes", status: 5)
    #expect(open.errors.contains("2099-01-01"))
    #expect(world.repository.refs() == refs)
    _ = try world.run("apply", "--case", "C", "--yes")
    #expect(world.repository.refs() == refs)
    #expect(try world.line("1.1")["status"] as? String == "tested")
    #expect(try world.line("1.1")["fixed"] as? String == "1.1.1")
    let early = try world.step("release", status: 5)
    #expect(CaseWorld.missing(early) == ["time 2099-01-01T00:00:00Z"])
    _ = try world.run("undo")
    #expect(try world.line("1.1")["status"] as? String == "unknown")
    _ = try world.step("release", "--break-embargo", "it was posted elsewhere")
    #expect(try world.state() == "released")
  }

  @Test("the release of a line that an unready case says to be affected is refused")
  func releaseOfLine() throws {
    var world = try confirmed()
    var repository = world.repository
    try repository.extend { builder in
      builder.commit("[security] Check more", on: "1.1", files: ["src/codes.txt": "checked\n"])
    }
    world = CaseWorld(repository: repository, fix: world.fix)
    let refused = try world.run("release", "1.1", "--yes", status: 5)
    #expect(refused.errors.contains("case C is not ready"))
    #expect(refused.errors.contains("--case none"))
    _ = try world.run("release", "1.1", "--yes", "--case", "none")
    #expect(world.repository.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("what is due comes nearest first, and ends with 1 when something is late")
  func due() throws {
    let world = try world()
    _ = try world.run("case", "open", "--id", "A", "--received", "2026-01-05T09:30Z")
    _ = try world.run("case", "open", "--id", "B", "--received", "2026-01-04T09:30Z")
    let late = try world.run("case", "due", "--json", status: 1)
    DocumentSchema.expect(late.output, is: "case-list")
    let due = DocumentSchema.value(late.output, "due") as? [[String: Any]] ?? []
    #expect(due.first?["id"] as? String == "B")
    #expect(due.count == 6)
    let moments = due.compactMap { ($0["deadline"] as? [String: Any])?["due"] as? String }
    #expect(moments == moments.sorted())
    #expect(try world.run("case", "due", "-q", status: 1).output.contains("OVERDUE by"))
    let early = try world.run("case", "due", "--as-of", "2026-01-05T10:00Z")
    #expect(early.output.hasPrefix("B  acknowledge by 2026-01-06T09:30:00Z, 23 h 30 min left\n"))
    #expect(try world.run("case", "due", "-q", "--as-of", "2026-01-05T10:00Z").output.isEmpty)
    let list = try world.run("case", "list", "--json")
    DocumentSchema.expect(list.output, is: "case-list")
    #expect(try world.run("case").output.contains("nobody"))
  }

  @Test("a pause holds the deadlines up")
  func pause() throws {
    let world = try world()
    _ = try world.run("case", "open", "--id", "C", "--received", "2026-01-05T09:30Z")
    _ = try world.step("ack", "--at", "2026-01-05T10:00Z")
    _ = try world.step("inform", "--waiting", "steps", "--at", "2026-01-05T12:00Z")
    _ = try world.step("inform", "--waiting", "more", "--at", "2026-01-05T13:00Z", status: 5)
    let answered = try world.step("inform", "--answered", "--at", "2026-01-06T12:00Z")
    let deadlines =
      DocumentSchema.value(answered.output, "deadlines") as? [[String: Any]] ?? []
    let respond = deadlines.first { $0["timer"] as? String == "respond" }
    #expect(respond?["due"] as? String == "2026-01-08T10:00:00Z")
  }

  @Test(
    "letters are filled from the record, and say what it does not know",
    arguments: [
      ("acknowledgement", "Ada Reporter", "Jane Doe"), ("next-steps", "Unbounded rounds", ""),
      ("rejection", "<the reason>", ""), ("upstream-report", "<the project>", "many rounds"),
      ("pre-notification", "under embargo until <the day of publication>", ""),
      ("announcement", "We thank the reporter, who wishes to stay anonymous.", "CVE-2026-0001"),
    ])
  func letters(kind: String, words: String, more: String) throws {
    let world = try world()
    _ = try world.run(
      "case", "open", "--id", "C", "--title", "Unbounded rounds", "--reporter", "Ada Reporter",
      "--steps", "send many rounds", "--cve", "CVE-2026-0001", "--credit", "anonymous")
    _ = try world.step("ack")
    _ = try world.step("assign", "--handler", "Jane Doe")
    _ = try world.step("confirm", "--introduced", "0.7.0", "--detect")
    let letter = try world.run("case", "letter", kind, "C")
    #expect(letter.output.contains(words), "\(letter.output)")
    #expect(more.isEmpty || letter.output.contains(more), "\(letter.output)")
    #expect(!letter.output.contains("Ada Reporter") || kind != "announcement")
    #expect(letter.output.contains("<") == !letter.errors.isEmpty)
    let document = try world.run("case", "letter", kind, "C", "--json")
    DocumentSchema.expect(document.output, is: "case")
  }

  @Test("a build machine prints nothing of it before it is public")
  func masked() throws {
    let canary = "Canary7f3a"
    var world = try ready()
    _ = try world.step(
      "note", "--title", canary, "--impact", canary, "--reporter", canary, "--steps", canary,
      "--entry", canary, "--cwe", "CWE-77777")
    world.overrides = ["CI": "true"]
    var text = ""
    for words in [
      ["show", "C"], ["show", "C", "-v"], ["show", "C", "--json"], ["list"], ["list", "--json"],
      ["due"], ["letter", "announcement", "C"], ["letter", "next-steps", "C", "--json"],
      ["note", "C", "--title", canary], ["ready", "C"], ["publish", "C", "--json"],
    ] {
      let run = try ProgramRun(
        ["case"] + words, in: world.repository.directory,
        environment: world.repository.environment, overrides: world.overrides)
      text += run.output + run.errors
      if words.contains("--json"), run.status == 0 {
        DocumentSchema.expect(run.output, is: words[0] == "list" ? "case-list" : "case")
      }
    }
    text += try world.run("plan", "--case", "C").output
    #expect(!text.contains(canary) && !text.contains("CWE-77777") && !text.contains("CVE-2026"))
    #expect(text.contains("(embargoed)"))
    #expect(try world.run("case", "show", "C", "-o", "case.json", status: 2).output.isEmpty)
  }

  @Test("runs that write at once lose no event")
  func race() throws {
    let world = try world()
    _ = try world.run("case", "open", "--id", "C")
    let count = 12
    DispatchQueue.concurrentPerform(iterations: count) { index in
      _ = try? ProgramRun(
        ["case", "note", "C", "--title", "Title \(index)"], in: world.repository.directory,
        environment: world.repository.environment)
    }
    let events = DocumentSchema.value(try world.step("show").output, "events") as? [[String: Any]]
    #expect(
      Set(events?.compactMap { $0["title"] as? String } ?? [])
        == Set((0..<count).map { "Title \($0)" }))
    #expect(events?.count == count + 1)
  }

  @Test("ends as rejected, duplicate or upstream with a reason and a message")
  func ends() throws {
    let world = try world()
    let kinds: [(String, String?)] = [
      ("reject", nil), ("duplicate", "--of"), ("upstream", "--project"),
    ]
    for (kind, option) in kinds {
      let id = "C-\(kind)"
      _ = try world.run("case", "open", "--id", id)
      _ = try world.run("case", "ack", id)
      _ = try world.run("case", "assign", id)
      let refused = try world.run("case", kind, id, "--json", status: 5)
      #expect(CaseWorld.missing(refused).count == (option == nil ? 2 : 3))
      let run = try ProgramRun(
        ["case", kind, id, "--reason", "so", "--message", "thanks"]
          + (option.map { [$0, "libfoo"] } ?? []), in: world.repository.directory,
        environment: world.repository.environment)
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(try world.run("case", "list").output == "no case is open\n")
    #expect(try world.run("case", "list", "--all").output.contains("upstream"))
    _ = try world.run("case", "due")
  }

  @Test(
    "what cannot be a fact is refused",
    arguments: [
      ["--cve", "GHSA-2f3g-4h5j-6m7p"], ["--cve", "CVE-1"], ["--cwe", "400"],
      ["--cvss", "high"], ["--severity", "bad"], ["--introduced", "no-such-thing"],
      ["--received", "soon"], ["--received", "2999-01-01"], ["--credit", "maybe"],
    ])
  func facts(words: [String]) throws {
    let world = try world()
    let run = try ProgramRun(
      ["case", "open", "--id", "C"] + words + ["--json"], in: world.repository.directory,
      environment: world.repository.environment)
    #expect(run.status == 2, "\(run.output)")
    DocumentSchema.expect(run.output, is: "case", failed: true)
    #expect(try world.run("case", "list").output == "no case is open\n")
  }
}
