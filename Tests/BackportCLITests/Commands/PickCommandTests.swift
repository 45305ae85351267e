import Foundation
import TestSupport
import Testing

@Suite("pick")
struct PickCommandTests {
  /// A branch `1.0` that drifted and lacks two commits of `main`, of which `bad` conflicts there.
  private struct Sample {
    var repository: TestRepository
    var base: String
    var drift: String
    var good: String
    var bad: String

    init(bare: Bool = true) throws {
      var history = RepositoryBuilder()
      let lines = (1...20).map { "line \($0)\n" }
      let base = history.commit("base", files: ["a": .text(lines.joined())])
      history.branch("1.0", at: base)
      var drifted = lines
      drifted[18] = "drifted\n"
      let drift = history.commit(
        "drift", on: "1.0", files: ["a": .text(drifted.joined()), "old": "old\n"])
      var fixed = lines
      fixed[1] = "fixed\n"
      let good = history.commit(
        "Fix it\n\nFixes: #1\n", files: ["a": .text(fixed.joined()), "new": "new\n"],
        author: .author(at: 1_600_000_000, zone: "+0230"))
      fixed[18] = "fixed too\n"
      let bad = history.commit("Fix more", files: ["a": .text(fixed.joined())])
      repository = try history.write(bare: bare)
      self.base = repository.id(base)
      self.drift = repository.id(drift)
      self.good = repository.id(good)
      self.bad = repository.id(bad)
    }

    /// What `git cherry-pick` makes of a commit on `1.0`.
    func cherryPicked(_ commits: String...) -> String {
      let tree = repository.environment.root + "/scratch"
      repository.git("worktree", "add", "-q", "--detach", tree, drift)
      let git = GitOracle(in: tree, environment: repository.environment)
      for commit in commits { git("cherry-pick", commit) }
      return git("rev-parse", "HEAD")
    }
  }

  @Test("makes the very commit that git cherry-pick makes, and touches no reference")
  func sameCommit() throws {
    let sample = try Sample()
    let before = sample.repository.refs()
    let run = try ProgramRun(
      "pick", "--onto", "1.0", sample.good, in: sample.repository)
    #expect(run.errors == "")
    #expect(run.status == 0)
    #expect(sample.repository.refs() == before)
    #expect(run.output == sample.cherryPicked(sample.good) + "\n")
    #expect(sample.repository.git("fsck", "--strict", "--full", "--no-dangling") == "")
  }

  @Test("writes one pack that git accepts, no loose object, and nothing where nothing is new")
  func onePack() throws {
    let sample = try Sample()
    let git = sample.repository.git
    let packs = sample.repository.gitDirectory + "/objects/pack"
    let before = try Set(FileManager.default.contentsOfDirectory(atPath: packs))
    for _ in 1...2 {
      let run = try ProgramRun("pick", "--onto", sample.drift, sample.good, in: sample.repository)
      let after = try Set(FileManager.default.contentsOfDirectory(atPath: packs))
      let new = after.subtracting(before)
      #expect(new.count == 2)
      for name in new where name.hasSuffix(".idx") {
        git("verify-pack", packs + "/" + name)
        git("index-pack", "--strict", packs + "/" + name.dropLast(3) + "pack")
        #expect(
          git.lines("verify-pack", "-v", packs + "/" + name).filter { $0.contains(" blob ") }
            .count == 1)
      }
      #expect(git("count-objects") == "0 objects, 0 kilobytes")
      #expect(git("rev-parse", run.output.trimmingCharacters(in: .newlines) + "^") == sample.drift)
    }
  }

  @Test("with --no-write names the same commit and writes nothing")
  func noWrite() throws {
    let sample = try Sample()
    let tried = try ProgramRun(
      "pick", "--no-write", "--onto", "1.0", sample.good, in: sample.repository)
    let id = tried.output.trimmingCharacters(in: .newlines)
    #expect(try sample.repository.git.attempt(["cat-file", "-e", id]).status != 0)
    let made = try ProgramRun("pick", "--onto", "1.0", sample.good, in: sample.repository)
    #expect(made == tried)
    #expect(sample.repository.git("cat-file", "-t", id) == "commit")
  }

  @Test("names the original only with -x")
  func origin() throws {
    let sample = try Sample()
    let line = "(cherry picked from commit \(sample.good))"
    for (options, expected) in [([], false), (["--no-x"], false), (["-x"], true)] {
      let run = try ProgramRun(
        ["pick", "--onto", "1.0", sample.good] + options, in: sample.repository.directory,
        environment: sample.repository.environment)
      let id = run.output.trimmingCharacters(in: .newlines)
      let message = sample.repository.git("show", "-s", "--format=%B", id)
      #expect(message.contains(line) == expected)
    }
  }

  @Test("lists the paths that conflict on standard error and ends with 1")
  func conflict() throws {
    let sample = try Sample()
    let run = try ProgramRun("pick", "--onto", "1.0", sample.bad, in: sample.repository)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors == "CONFLICT (content): a\n")
  }

  @Test("prints a valid document for each outcome")
  func documents() throws {
    let sample = try Sample()
    func value(_ fixes: [String], _ status: Int32, _ path: String...) throws -> Any? {
      let run = try ProgramRun(
        ["pick", "--json", "--onto", "1.0"] + fixes, in: sample.repository.directory,
        environment: sample.repository.environment)
      #expect(run.status == status)
      DocumentSchema.expect(run.output, is: "pick", failed: status == 2)
      var value = DocumentSchema.value(run.output, path[0])
      for key in path.dropFirst() {
        value = (value as? [Any])?.first ?? value
        value = (value as? [String: Any])?[key]
      }
      return value
    }
    #expect(try value([sample.good], 0, "status") as? String == "picked")
    #expect(try value([sample.good], 0, "fixes") as? [String] == [sample.good])
    #expect(try value([sample.good], 0, "onto") as? String == sample.drift)
    #expect(try value([sample.drift], 0, "status") as? String == "empty")
    #expect(try value([sample.bad], 1, "status") as? String == "conflict")
    #expect(try value([sample.good, sample.bad], 1, "commits") as? [String] != [])
    #expect(
      try value(["\(sample.base)..main"], 1, "fixes") as? [String] == [sample.good, sample.bad])
    #expect(try value(["nowhere"], 2, "status") as? String == "error")
    #expect(try value(["nowhere"], 2, "error", "code") as? String == "unknown-revision")
    #expect(try value([], 2, "error", "code") as? String == "usage")
  }

  @Test("picks several fixes one after the other, as git does")
  func series() throws {
    let sample = try Sample()
    let other = sample.repository.git(
      "commit-tree", "-p", sample.good, "-m", "Empty", sample.good + "^{tree}")
    let run = try ProgramRun(
      "pick", "--onto", sample.drift, sample.good, other, in: sample.repository)
    #expect(run.output == sample.cherryPicked(sample.good) + "\n")
  }

  @Test("takes a merge as its commits, or with -m as one change against a parent")
  func merges() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let merge = repository.id(history.merge)
    func commits(_ options: String...) throws -> Int {
      let run = try ProgramRun(
        ["pick", "--json", "--onto", "1.1", merge] + options, in: repository.directory,
        environment: repository.environment)
      #expect(run.status == 0, "\(run.errors)")
      return (DocumentSchema.value(run.output, "commits") as? [Any])?.count ?? -1
    }
    #expect(try commits() > 1)
    #expect(try commits("-m", "1") == 1)
    #expect(try commits("--mainline", "1") == 1)
  }

  @Test("needs no tag, no branch and no HEAD, and finds full ids without references")
  func bareMinimum() throws {
    let sample = try Sample()
    for ref in sample.repository.refs().keys { sample.repository.git("update-ref", "-d", ref) }
    sample.repository.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    let run = try ProgramRun(
      "pick", "--onto", sample.drift, sample.good, in: sample.repository)
    #expect(run.status == 0, "\(run.errors)")
  }
}
