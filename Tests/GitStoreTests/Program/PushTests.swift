import TestSupport
import Testing

@testable import GitStore

/// How a push is said to git, and how git's report is read.
struct PushTests {
  @Test func `the report of git is read line by line`() {
    let text =
      "To ../r.git\n \tabc:refs/heads/1.0\t1..2\n*\tdef:refs/tags/v1\t[new tag]\n"
      + "!\tabc:refs/heads/2.0\t[rejected] (stale info)\nDone\nx\ty:z\tno flag of git's\n"
    let lines = PushReport.parse(Array(text.utf8))
    #expect(lines.map(\.verdict) == [.moved, .created, .rejected])
    #expect(lines.map(\.ref) == ["refs/heads/1.0", "refs/tags/v1", "refs/heads/2.0"])
    #expect(lines.map(\.source) == ["abc", "def", "abc"])
    #expect(lines[2].summary == "[rejected] (stale info)")
  }

  @Test func `names go behind the options, objects by id, each with a lease`() throws {
    let (old, new) = (String(repeating: "1", count: 40), String(repeating: "2", count: 40))
    let edits = [
      PushEdit(
        ref: try #require(RefName("refs/heads/1.0")), expected: ObjectID(hex: old),
        new: try #require(ObjectID(hex: new))),
      PushEdit(
        ref: try #require(RefName("refs/tags/v1")), expected: nil,
        new: try #require(ObjectID(hex: new))),
    ]
    #expect(
      Push(edits, to: "--exec=x").arguments == [
        "push", "--atomic", "--porcelain", "--no-follow-tags", "--no-recurse-submodules",
        "--force-with-lease=refs/heads/1.0:\(old)", "--force-with-lease=refs/tags/v1:", "--",
        "--exec=x", "\(new):refs/heads/1.0", "\(new):refs/tags/v1",
      ])
  }

  @Test func `a broken connection is no refusal`() {
    func report(_ output: String, _ errors: String, _ status: Int32) -> PushReport {
      PushReport(
        GitProgramOutput(
          exit: .status(status), output: Array(output.utf8), errors: Array(errors.utf8)))
    }
    let rejected = "!\tabc:refs/heads/1.0\t[remote rejected] (hook declined)\n"
    #expect(report(rejected, "error: failed to push some refs", 1).isRefusal)
    #expect(!report(rejected, "error: failed to push some refs", 128).isRefusal)
    #expect(!report("", "fatal: the remote end hung up unexpectedly", 1).isRefusal)
    #expect(!report("", "error: RPC failed; HTTP 500", 1).isRefusal)
    #expect(
      !report("!\ta:refs/heads/1\t[remote failure] (remote failed to report status)\n", "", 1)
        .isRefusal)
    #expect(report("!\ta:refs/heads/1\t[rejected] (stale info)\n", "", 1).isOutdated)
    #expect(!report(rejected, "", 1).isOutdated)
  }

  @Test func `a listing leaves out what is no reference`() throws {
    let id = String(repeating: "1", count: 40)
    let text = "\(id)\trefs/heads/main\nwarning\n\(id)\tHEAD\n\(id)\trefs/heads/a..b\n"
    let found = RemoteListing.parse(Array(text.utf8))
    #expect(found == [try #require(RefName("refs/heads/main")): ObjectID(hex: id)])
  }
}
