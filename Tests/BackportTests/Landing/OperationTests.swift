import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// What an operation survives, and what it leaves on disk.
struct OperationTests {
  private func landed() async throws -> (fixture: PlanFixture, id: String, before: [String: String])
  {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let before = fixture.repository.refs()
    let document = try await fixture.apply(try await fixture.plan(fix))
    return (fixture, try #require(document.id), before)
  }

  private func directory(_ fixture: PlanFixture, _ id: String) -> String {
    fixture.repository.gitDirectory + "/backport/ops/" + id
  }

  private func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test func `records are for their owner alone`() async throws {
    let (fixture, id, _) = try await landed()
    let root = fixture.repository.gitDirectory + "/backport"
    for path in [root, root + "/ops", directory(fixture, id)] {
      #expect(try mode(of: path) == 0o700, "\(path)")
    }
    for path in [root + "/lock", directory(fixture, id) + "/intent.json"] {
      #expect(try mode(of: path) == 0o600, "\(path)")
    }
  }

  private func mode(of path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return try #require(attributes[.posixPermissions] as? Int)
  }

  @Test func `nothing of ours stays kept, and a pack that was kept for nothing is let go`()
    async throws
  {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let packs = fixture.repository.gitDirectory + "/objects/pack"
    let pack = try #require(
      try FileManager.default.contentsOfDirectory(atPath: packs).first { $0.hasSuffix(".pack") })
    let keep = packs + "/" + pack.dropLast(4) + "keep"
    try Data("backport 01HZZZZZZZZZZZZZZZZZZZZZZZ\n".utf8).write(to: URL(fileURLWithPath: keep))
    let foreign = packs + "/pack-" + String(repeating: "0", count: 40) + ".keep"
    try Data("mine\n".utf8).write(to: URL(fileURLWithPath: foreign))
    _ = try await fixture.apply(try await fixture.plan(fix))
    let keeps = try FileManager.default.contentsOfDirectory(atPath: packs)
      .filter { $0.hasSuffix(".keep") }
    #expect(keeps.map { packs + "/" + $0 } == [foreign])
  }

  @Test func `operations of one second keep their order`() async throws {
    var (history, fix) = TwoLines.withFix()
    let second = history.commit("Check four", files: ["four.txt": "4\n"])
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    let last = try await fixture.apply(try await fixture.plan(second))
    #expect(try await fixture.open().show(nil).id == last.id)
    #expect(try await fixture.open().undo(nil).id == last.id)
  }

  @Test func `an operation that did not come to move anything is taken back`() async throws {
    let (fixture, id, before) = try await landed()
    try FileManager.default.removeItem(atPath: directory(fixture, id) + "/applied")
    for (name, value) in fixture.repository.refs() where before[name] != value {
      if let old = before[name] {
        fixture.repository.git("update-ref", name, old)
      } else {
        fixture.repository.git("update-ref", "-d", name)
      }
    }
    let other = fixture.repository.git(
      "commit-tree", "1.0^{tree}", "-p", "1.0", "-m", "Meanwhile")
    fixture.repository.git("update-ref", "refs/heads/1.0", other)
    let error = try await PlanFixture.failure { try await fixture.open().undo(id) }
    #expect(error.code == .cannotUndo)
    #expect(!exists(directory(fixture, id)))
    #expect(fixture.repository.git("rev-parse", "1.0") == other)
  }

  @Test func `an operation between whose references somebody stepped waits for a person`()
    async throws
  {
    let (fixture, id, before) = try await landed()
    try FileManager.default.removeItem(atPath: directory(fixture, id) + "/applied")
    let other = fixture.repository.git(
      "commit-tree", "1.0^{tree}", "-p", "1.0", "-m", "Meanwhile")
    fixture.repository.git("update-ref", "refs/heads/1.0", other)
    let error = try await PlanFixture.failure { try await fixture.open().undo(id) }
    #expect(error.code == .operationPending)
    #expect(error.operands == [id, "refs/heads/1.0"])
    #expect(try await fixture.open().status().pending.map(\.id) == [id])
    #expect(before["refs/heads/1.0"] != other)
  }

  @Test func `an undo that was killed half way is finished by the next run`() async throws {
    let (fixture, id, before) = try await landed()
    try Data().write(to: URL(fileURLWithPath: directory(fixture, id) + "/undoing"))
    fixture.repository.git("update-ref", "-d", "refs/tags/v1.0.1")
    #expect(try await fixture.open().status().pending.map(\.id) == [id])
    let error = try await PlanFixture.failure { try await fixture.open().undo(id) }
    #expect(error.code == .cannotUndo)
    #expect(fixture.repository.refs() == before)
    #expect(try await fixture.open().log().operations.map(\.state) == [.undone])
  }

  @Test func `another run that holds the lock is waited for and then told`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let folder = fixture.repository.gitDirectory + "/backport"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = ["flock", folder + "/lock", "sleep", "60"]
    try holder.run()
    defer { holder.terminate() }
    while !exists(folder + "/lock") { try await Task.sleep(for: .milliseconds(10)) }
    try await Task.sleep(for: .milliseconds(200))
    let refs = fixture.repository.refs()
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .locked)
    #expect(fixture.repository.refs() == refs)
  }

  @Test func `a saved plan is refused when the trunk has moved`() async throws {
    let (history, fix) = TwoLines.withFix()
    var fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.forwardPort = false }
    var repository = fixture.repository
    try repository.extend { $0.commit("Meanwhile", on: "main", files: ["m": "m\n"]) }
    fixture = PlanFixture(repository)
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .refMoved)
    #expect(error.operands.first == "refs/heads/main")
  }

  @Test func `a saved plan that somebody changed is refused`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let refs = fixture.repository.refs()
    let tip = try #require(ObjectID(hex: fixture.repository.id(fix)))
    var changes: [(inout BackportPlan) -> Void] = []
    changes.append { $0.options.entry = "Nothing to see here" }
    changes.append { $0.options.skip = ["1.0=no"] }
    changes.append { $0.committer.name = "Mallory" }
    changes.append { $0.refUpdates[0].new = tip }
    changes.append { plan in
      if let ref = RefName("refs/heads/other") {
        var extra = plan.refUpdates[0]
        (extra.ref, extra.old, extra.new) = (ref, nil, tip)
        plan.refUpdates.append(extra)
      }
    }
    for change in changes {
      var changed = plan
      change(&changed)
      let error = try await PlanFixture.failure { try await fixture.apply(changed) }
      #expect(error.code == .planMismatch)
    }
    var other = plan
    other.schema = "git-backport.plan/9"
    let error = try await PlanFixture.failure { try await fixture.apply(other) }
    #expect(error.code == .configuration)
    #expect(fixture.repository.refs() == refs)
  }

  @Test func `a file that git does not track stops the move before any branch moves`() async throws
  {
    let (history, _) = TwoLines.withFix()
    var next = history
    let fix = next.commit("Add limits", files: ["limit.txt": "9\n"])
    let fixture = try PlanFixture(next)
    let path = try fixture.repository.environment.makeDirectory("linked") + "/tree"
    fixture.repository.git("worktree", "add", "-q", path, "1.0")
    try Data("mine\n".utf8).write(to: URL(fileURLWithPath: path + "/limit.txt"))
    let refs = fixture.repository.refs()
    let plan = try await fixture.plan(fix)
    let error = try await PlanFixture.failure {
      try await fixture.apply(plan, updatesWorktrees: true)
    }
    #expect(error.detail.contains("limit.txt"))
    #expect(fixture.repository.refs() == refs)
    #expect(try await fixture.open().log().operations.isEmpty)
    #expect(try String(contentsOfFile: path + "/limit.txt", encoding: .utf8) == "mine\n")
  }

  @Test(arguments: [
    ("rebase-merge/head-name", "refs/heads/1.0\n", "being rebased"),
    ("BISECT_START", "1.0\n", "being bisected"),
  ])
  func `a branch that is in the middle of something is blocked and the others land`(
    file: String, contents: String, activity: String
  ) async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history, bare: false)
    fixture.repository.git("checkout", "-q", "--detach")
    try fixture.repository.environment.write(
      contents, to: fixture.repository.gitDirectory + "/" + file)
    let document = try await fixture.apply(try await fixture.plan(fix), updatesWorktrees: true)
    #expect(document.targets.map(\.status) == [.picked, .blocked])
    let evidence = try PlanFixture.target("1.0", of: document.plan).evidence.last
    #expect(evidence?.contains(activity) == true)
    #expect(evidence?.contains("finish that") == true)
  }

  @Test func `the command that goes on says all that was asked for`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let path = try fixture.repository.environment.makeDirectory("linked") + "/tree"
    fixture.repository.git("worktree", "add", "-q", path, "1.0")
    let plan = try await fixture.plan(fix) {
      $0.entry = "It's fixed"
      $0.ids = ["CVE-2026-0001"]
      $0.signOff = true
      $0.skip = ["1.1=later"]
    }
    let document = try await fixture.apply(plan)
    let evidence = try PlanFixture.target("1.0", of: document.plan).evidence.last ?? ""
    let id = fixture.repository.id(fix)
    #expect(
      evidence.hasSuffix(
        "run: git backport apply \(id) --to 1.0 --signoff --entry 'It'\\''s fixed' "
          + "--id CVE-2026-0001 --update-worktree"))
  }
}
