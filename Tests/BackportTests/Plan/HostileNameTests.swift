import Backport
import GitStore
import TestSupport
import Testing

/// Names and bytes that were made to mislead.
struct HostileNameTests {
  @Test func `a branch that only stands for another is blocked and not replaced`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let git = fixture.repository.git
    git("update-ref", "refs/heads/maint", "1.0")
    git("update-ref", "-d", "refs/heads/1.0")
    git("symbolic-ref", "refs/heads/1.0", "refs/heads/maint")
    let plan = try await fixture.plan(fix) { $0.to = ["1.0"] }
    #expect(plan.refUpdates.allSatisfy { $0.ref.description != "refs/heads/1.0" })
    _ = try await fixture.apply(plan)
    #expect(git("symbolic-ref", "refs/heads/1.0") == "refs/heads/maint")
    let (named, other) = TwoLines.withFix(config: "[branch \"1.0\"]\n\tname = alias\n")
    let second = try PlanFixture(named)
    second.repository.git("symbolic-ref", "refs/heads/alias", "refs/heads/1.0")
    let target = try PlanFixture.target("1.0", of: try await second.plan(other))
    #expect(target.status == .blocked)
    #expect(target.evidence.last == "alias only stands for 1.0; name that branch in .gitbackport")
  }

  @Test func `a branch beside a folder of its name is blocked before anything is tried`()
    async throws
  {
    let (history, fix) = TwoLines.withFix(config: "[branch \"1.0\"]\n\tname = maint/1.0\n")
    let fixture = try PlanFixture(history)
    fixture.repository.git("update-ref", "refs/heads/maint", "main")
    let plan = try await fixture.plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .blocked)
    #expect(target.evidence.last?.contains("beside maint") == true)
    #expect(try await fixture.apply(plan).targets.map(\.status) == [.picked, .blocked])
  }

  @Test func `a tag that is a folder of other tags is blocked`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    fixture.repository.git("update-ref", "refs/tags/v1.0.1/notes", "main")
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.status == .blocked)
    #expect(target.evidence.last?.contains("the tag v1.0.1 cannot be made beside") == true)
  }

  @Test(arguments: ["-x", "$(reboot)", "a;b", "rm\u{202E}x"])
  func `a branch of that name goes into a proposed command only in quotes`(
    name: String
  ) async throws {
    var (history, fix) = TwoLines.withFix(config: "[branch \"1.0\"]\n\tname = \"\(name)\"\n")
    let ours = history.commit("Ours", on: "1.0", files: ["o": "o\n"])
    let fixture = try PlanFixture(history)
    let git = fixture.repository.git
    git("update-ref", "refs/heads/\(name)", "v1.0.0")
    git("update-ref", "refs/remotes/origin/\(name)", fixture.repository.id(ours))
    git("config", "remote.origin.url", "https://example.com/x.git")
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.status == .blocked)
    let words = "refs/remotes/origin/\(name):refs/heads/\(name)"
    let isPlain = name == "-x"
    #expect(target.evidence.last?.hasSuffix(isPlain ? words : "'\(words)'") == true)
  }

  @Test func `a branch to be made whose name git would refuse blocks its line`() async throws {
    let (history, fix) = TwoLines.withFix(config: "[branches]\n\tcreate = \"{line} beta\"\n")
    let fixture = try PlanFixture(history)
    fixture.repository.git("update-ref", "-d", "refs/heads/1.0")
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.status == .blocked)
    #expect(target.evidence.last?.contains("'1.0 beta' is no name for a branch") == true)
  }

  @Test(arguments: ["", "garbage\n", String(repeating: "a", count: 39), "ref: ../../config\n"])
  func `a branch that cannot be read ends the run`(contents: String) async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let path = fixture.repository.gitDirectory + "/refs/heads/1.0"
    fixture.repository.git("update-ref", "-d", "refs/heads/1.0")
    try fixture.repository.environment.write(contents, to: path)
    let error = try await PlanFixture.failure { try await fixture.plan(fix) }
    #expect(error.code == .damagedRepository)
    #expect(error.operands.first == "refs/heads/1.0")
  }

  @Test func `a branch whose commit is missing ends the run`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let path = fixture.repository.gitDirectory + "/refs/heads/1.0"
    fixture.repository.git("update-ref", "-d", "refs/heads/1.0")
    try fixture.repository.environment.write(String(repeating: "a", count: 40) + "\n", to: path)
    let error = try await PlanFixture.failure { try await fixture.plan(fix) }
    #expect(error.code == .damagedRepository)
    #expect(error.operands.first == "refs/heads/1.0")
  }

  @Test func `a message of many megabytes is refused at once`() async throws {
    var history = TwoLines.history()
    let fix = history.commit(
      String(repeating: "many lines\n", count: 200_000),
      files: ["code.txt": .text(TwoLines.fixed)])
    let error = try await PlanFixture.failure { try await PlanFixture(history).plan(fix) }
    #expect(error.code == .tooLarge)
  }

  @Test func `a branch named like an object id does not stand for it`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let id = fixture.repository.id(fix)
    fixture.repository.git("update-ref", "refs/heads/\(id)", "v1.0.0")
    let plan = try await fixture.plan(fix)
    #expect(plan.fixes.first?.commits.map(\.id.description) == [id])
  }

  @Test func `control characters of a subject do not get into the changelog`() async throws {
    var history = TwoLines.history()
    let fix = history.commit(
      "Check \u{1B}[31mthree\u{202E} now", files: ["code.txt": .text(TwoLines.fixed)])
    let plan = try await PlanFixture(history).plan(fix)
    #expect(plan.fixes.first?.entry == "Check  [31mthree now")
  }

  @Test func `a message in Latin-1 keeps its bytes and reads well in the changelog`() async throws {
    var history = TwoLines.history()
    let message: [UInt8] = Array("Pr".utf8) + [0xFC] + Array("fe drei\n".utf8)
    let fix = history.commit(
      bytes: message, files: ["code.txt": .text(TwoLines.fixed)], encoding: "ISO-8859-1")
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    #expect(plan.fixes.first?.entry == "Prüfe drei")
    _ = try await fixture.apply(plan)
    let bytes = fixture.repository.git.bytes(["cat-file", "commit", "v1.0.1~1"])
    #expect(bytes.contains(message.dropLast()))
    #expect(bytes.contains("encoding ISO-8859-1\n".utf8))
    #expect(fixture.repository.git("log", "-1", "--format=%s", "v1.0.1~1") == "Prüfe drei")
    #expect(
      fixture.repository.git("show", "v1.0.1:CHANGELOG.md").contains("- Prüfe drei"))
  }

  @Test func `a message that is not UTF-8 keeps its bytes`() async throws {
    var history = TwoLines.history()
    let message: [UInt8] = Array("Check ".utf8) + [0xFF, 0xFE] + Array(" three\n".utf8)
    let fix = history.commit(bytes: message, files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    #expect(
      fixture.repository.git.bytes(["cat-file", "commit", "v1.0.1~1"]).contains(message.dropLast()))
  }

  @Test func `a file of a hostile name is picked as it is`() async throws {
    var history = TwoLines.history()
    let path: [UInt8] = Array("a\nb\u{1B}".utf8) + [0xFF]
    let fix = history.commit(bytes: Array("Add\n".utf8), bytePaths: [path: "x\n"])
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    let listed = fixture.repository.git.bytes(["ls-tree", "-z", "--name-only", "v1.0.1"])
    #expect(listed.split(separator: 0).contains { $0.elementsEqual(path) })
  }
}
