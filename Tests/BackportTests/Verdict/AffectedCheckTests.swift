import Backport
import GitStore
import TestSupport
import Testing

/// Whether lines have what a fix repairs.
struct AffectedCheckTests {
  /// The flaw comes after 1.0, so that 1.1 has it and 1.0 has not.
  private func history() -> (history: RepositoryBuilder, flaw: Mark, fix: Mark) {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest 2 minors\n"
    let first = history.commit(
      "Version 1.0.0",
      files: [".gitbackport": .text(policy), "a.c": "start\nmiddle\nend\n"])
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let flaw = history.commit("Add the flaw", files: ["a.c": "start\nflaw here\nmiddle\nend\n"])
    let second = history.commit("Version 1.1.0", files: ["b": "b\n"])
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.commit("Go on", files: ["c": "c\n"])
    let fix = history.commit("Repair", files: ["a.c": "start\nno flaw here\nmiddle\nend\n"])
    return (history, flaw, fix)
  }

  @Test func `a line without the commit that brought the flaw is not affected`() async throws {
    let (history, flaw, fix) = history()
    let fixture = try PlanFixture(history)
    let id = fixture.repository.id(flaw)
    let plan = try await fixture.plan(fix) { $0.introduced = [id] }
    let old = try PlanFixture.target("1.0", of: plan)
    #expect(old.status == .notAffected)
    #expect(old.evidence.contains { $0.contains(id.prefix(7)) && $0.contains("--introduced") })
    #expect(old.introduced == nil)
    let new = try PlanFixture.target("1.1", of: plan)
    #expect(new.status == .picked)
    #expect(new.introduced?.description == id)
    #expect(new.firstAffected == "1.1.0")
    #expect(!plan.refUpdates.contains { $0.ref.description.contains("1.0") })
  }

  @Test func `a pick of the commit that brought the flaw makes a line affected`() async throws {
    var (history, flaw, fix) = history()
    let id = try history.write(bare: true).id(flaw)
    let pick = history.commit(
      "Add the flaw\n\n(cherry picked from commit \(id))", on: "1.0",
      files: ["a.c": "start\nflaw here\nmiddle\nend\n"])
    let released = history.commit("Version 1.0.1", on: "1.0", files: ["v": "1\n"])
    history.tag("v1.0.1", at: released)
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.introduced = [id] }
    let old = try PlanFixture.target("1.0", of: plan)
    #expect(old.status == .picked)
    #expect(old.introduced?.description == fixture.repository.id(pick))
    #expect(old.firstAffected == "1.0.1")
  }

  @Test func `a trailer of the fix names what brought the flaw`() async throws {
    var (history, flaw, _) = history()
    let id = try history.write(bare: true).id(flaw)
    let fix = history.commit(
      "Repair again\n\nFixes: \(id.prefix(12)) (\"Add the flaw\")",
      files: ["a.c": "start\nreally no flaw here\nmiddle\nend\n"])
    let plan = try await PlanFixture(history).plan(fix)
    #expect(try PlanFixture.target("1.0", of: plan).status == .notAffected)
  }

  @Test func `a line that holds the very lines counts as affected whatever is said`() async throws {
    var (history, flaw, fix) = history()
    history.commit(
      "The same by hand", on: "1.0", files: ["a.c": "start\nflaw here\nmiddle\nend\nown\n"],
      author: Identity("Somebody Else", "else@example.com"))
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) {
      $0.introduced = [fixture.repository.id(flaw)]
    }
    let old = try PlanFixture.target("1.0", of: plan)
    #expect(old.status == .picked)
    #expect(old.evidence.contains { $0.contains("counts as affected") })
  }

  @Test func `without a commit that brought it the text is told and proves nothing`() async throws {
    let (history, _, fix) = history()
    let plan = try await PlanFixture(history).plan(fix)
    let old = try PlanFixture.target("1.0", of: plan)
    #expect(old.status != .notAffected)
    #expect(old.evidence.contains { $0.contains("does not stand there") })
    let new = try PlanFixture.target("1.1", of: plan)
    #expect(new.evidence.contains { $0.contains("removes stands there") })
  }

  @Test func `an introducing commit that is not here ends the run`() async throws {
    let (history, _, fix) = history()
    let error = try await PlanFixture.failure {
      try await PlanFixture(history).plan(fix) { $0.introduced = ["deadbeef"] }
    }
    #expect(error.code == .unknownRevision)
  }

  @Test func `the commit that brought the lines is proposed when asked for, and proves nothing`()
    async throws
  {
    let (history, flaw, fix) = history()
    let fixture = try PlanFixture(history)
    let id = fixture.repository.id(flaw)
    let plan = try await fixture.plan(fix) { $0.introduced = ["auto"] }
    let new = try PlanFixture.target("1.1", of: plan)
    #expect(new.introduced?.description == id)
    #expect(new.firstAffected == "1.1.0")
    #expect(new.evidence.contains { $0.contains(id.prefix(7)) && $0.contains("proposed") })
    let old = try PlanFixture.target("1.0", of: plan)
    #expect(old.status != .notAffected)
    #expect(old.introduced == nil)
    #expect(old.evidence.contains { $0.contains("proves nothing") })
  }

  @Test func `lines are followed through a rename`() async throws {
    var (history, _, _) = history()
    let text = "start\nno flaw here\nmiddle\nend\n"
    history.commit("Move", files: ["a.c": .deleted, "lib/b.c": .text(text)])
    let fix = history.commit(
      "Repair it there", files: ["lib/b.c": "start\nno flaw here\nmiddle, checked\nend\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.introduced = ["auto"] }
    let new = try PlanFixture.target("1.1", of: plan)
    #expect(new.introduced?.description == fixture.repository.git("rev-parse", "v1.0.0"))
    #expect(new.firstAffected == "1.1.0")
  }
}
