import Backport
import GitStore
import TestSupport
import Testing

/// What a plan says of a conflict: the three sides, the newer line, and what a rule would make of it.
struct ConflictExplanationTests {
  private static let start = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"

  /// The conflicts on 1.0 when it, and the trunk, change a file.
  private func conflict(
    start: String = start, line: String?, trunk: String
  ) async throws -> Conflict {
    var history = TwoLines.history(files: ["list.c": .text(start)])
    history.commit(
      "Own work", on: "1.0", files: ["list.c": line.map { FileChange.text($0) } ?? .deleted])
    let fix = history.commit("Check", files: ["list.c": .text(trunk)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .conflict)
    #expect(!plan.refUpdates.contains { $0.ref.description.hasSuffix("1.0.1") })
    return try #require(target.conflicts.first)
  }

  @Test func `the three sides of each stretch are given`() async throws {
    let conflict = try await conflict(
      line: Self.start.replacing("two\n", with: "zwei\n").replacing("nine\n", with: "neun\nund\n"),
      trunk: "zero\n"
        + Self.start.replacing("two\n", with: "deux\n")
        .replacing("five\n", with: "").replacing("nine\n", with: "neuf\n"))
    #expect(conflict.hunks.map(\.line) == [2, 9])
    #expect(conflict.hunks.map(\.base) == [["two"], ["nine"]])
    #expect(conflict.hunks.map(\.ours) == [["zwei"], ["neun", "und"]])
    #expect(conflict.hunks.map(\.theirs) == [["deux"], ["neuf"]])
  }

  @Test func `changes of neighbouring lines are proposed one behind the other`() async throws {
    let conflict = try await conflict(
      line: Self.start.replacing("four\n", with: "vier\n"),
      trunk: Self.start.replacing("five\n", with: "fuenf\n"))
    let proposal = try #require(conflict.hunks.first?.proposal)
    #expect(proposal.kind == "touching-edits")
    #expect(proposal.lines == ["vier", "fuenf"])
    #expect(proposal.trust.contains("%"))
  }

  @Test func `changes of different words are proposed together`() async throws {
    let start = Self.start.replacing("five\n", with: "\treturn alloc(size, 1);\n")
    let conflict = try await conflict(
      start: start, line: start.replacing("alloc(", with: "my_alloc("),
      trunk: start.replacing(", 1)", with: ", 2)"))
    let proposal = try #require(conflict.hunks.first?.proposal)
    #expect(proposal.kind == "words")
    #expect(proposal.lines == ["\treturn my_alloc(size, 2);"])
  }

  @Test func `where the line lacks what the fix changes, it is proposed as it is`() async throws {
    let conflict = try await conflict(
      line: Self.start.replacing("four\nfive\nsix\n", with: ""),
      trunk: Self.start.replacing("five\n", with: "fuenf\n"))
    let proposal = try #require(conflict.hunks.first?.proposal)
    #expect(proposal.kind == "absent-block")
    #expect(proposal.lines.isEmpty)
  }

  @Test func `the same words changed differently are proposed by nobody`() async throws {
    let conflict = try await conflict(
      line: Self.start.replacing("five\n", with: "cinq\n"),
      trunk: Self.start.replacing("five\n", with: "fuenf\n"))
    #expect(conflict.hunks.map(\.proposal) == [nil])
    #expect(conflict.proposal == nil)
    #expect(conflict.newerLine?.outcome == .clean)
    #expect(conflict.newerLine?.line == "1.1")
  }

  @Test func `a code file that the line does not have is proposed to be left out`() async throws {
    let conflict = try await conflict(line: nil, trunk: Self.start + "eleven\n")
    #expect(conflict.kind == "modify-delete")
    #expect(conflict.proposal?.kind == "absent-file")
  }

  @Test func `what a newer line made of the file is proposed where it applies`() async throws {
    var history = TwoLines.history(files: ["list.c": .text(Self.start), "other.c": "a\nb\nc\n"])
    history.commit("Own work", on: "1.0", files: ["other.c": "a\nB\nc\n"])
    history.commit("Rename", files: ["list.c": .text(Self.start.replacing("five\n", with: "5\n"))])
    let fix = history.commit(
      "Check",
      files: [
        "list.c": .text(Self.start.replacing("five\n", with: "5!\n")), "other.c": "a\nb!\nc\n",
      ])
    let id = try history.write(bare: true).id(fix)
    let byHand = history.commit(
      "Check\n\n(backported from commit \(id))", on: "1.1",
      files: [
        "list.c": .text(Self.start.replacing("five\n", with: "five!\n")), "other.c": "a\nb!\nc\n",
      ])
    let fixture = try PlanFixture(history)
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.status == .conflict)
    let conflicts = Dictionary(uniqueKeysWithValues: target.conflicts.map { ($0.path, $0) })
    let list = try #require(conflicts["list.c"])
    #expect(list.newerLine?.outcome == .resolvedSame)
    #expect(list.newerLine?.commit.description == fixture.repository.id(byHand))
    #expect(list.proposal?.kind == "newer-line")
    #expect(list.proposal?.lines.contains("+five!") == true)
    #expect(list.proposal?.lines.contains("-five") == true)
    let other = try #require(conflicts["other.c"])
    #expect(other.newerLine?.outcome == .clean)
    #expect(other.proposal == nil)
  }
}
