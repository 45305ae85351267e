import Foundation
import TestSupport
import Testing

/// Repositories made to eat the machine, given to the program itself (safety.md 4.2).
@Suite("pick of hostile repositories")
struct PickBoundsTests {
  /// Commits whose trees git itself is not asked to walk.
  private struct Trees {
    var repository: TestRepository

    init() throws {
      var history = RepositoryBuilder()
      history.commit("start", files: ["a": "a\n"])
      repository = try history.write()
    }

    /// Writes a loose object without a process.
    func write(_ kind: String, _ bytes: [UInt8]) throws -> String {
      let id = repository.git.bytes(
        ["hash-object", "-t", kind, "-w", "--stdin", "--literally"], input: bytes)
      return String(decoding: id.prefix(40), as: UTF8.self)
    }

    func tree(_ entries: [(mode: String, name: String, id: String)]) throws -> String {
      var bytes: [UInt8] = []
      for entry in entries {
        bytes += Array("\(entry.mode) \(entry.name)".utf8) + [0]
        let digits = Array(entry.id)
        bytes += stride(from: 0, to: 40, by: 2).compactMap { index in
          UInt8(String(digits[index...(index + 1)]), radix: 16)
        }
      }
      return try write("tree", bytes)
    }

    func commit(_ tree: String, parent: String?) throws -> String {
      let header =
        "tree \(tree)\n" + (parent.map { "parent \($0)\n" } ?? "")
        + "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nm\n"
      return try write("commit", Array(header.utf8))
    }

    /// A base, a fix of it and its drift, from trees that were made of three texts.
    func commits(_ tree: (String) throws -> String) throws -> (onto: String, fix: String) {
      let trees = try ["one\n", "two\n", "three\n"].map { text in
        try tree(try write("blob", Array(text.utf8)))
      }
      let base = try commit(trees[0], parent: nil)
      return (try commit(trees[2], parent: base), try commit(trees[1], parent: base))
    }
  }

  @Test("with ten million paths in eight objects ends in a conflict or an error, in little memory")
  func bomb() throws {
    let trees = try Trees()
    let (onto, fix) = try trees.commits { blob in
      var (mode, id) = ("100644", blob)
      for _ in 0..<7 {
        id = try trees.tree((0..<10).map { (mode, "abcdefghij".map(String.init)[$0], id) })
        mode = "40000"
      }
      return id
    }
    let run = try limited(onto, fix, in: trees.repository)
    #expect(run.status == 1)
    #expect(DocumentSchema.value(run.output, "status") as? String == "error")
    #expect(DocumentSchema.value(run.output, "error", "code") as? String == "too-large")
    DocumentSchema.expect(run.output, is: "pick")
  }

  @Test("with a file of 200 MB on both sides is a conflict that says so")
  func largeFile() throws {
    let trees = try Trees()
    let folder = trees.repository.environment.root
    let blobs = try (1...3).map { number in
      let path = folder + "/large"
      let lines = Data("\(number)\n".utf8) + Data(repeating: UInt8(ascii: "\n"), count: 200_000_000)
      try lines.write(to: URL(fileURLWithPath: path))
      return trees.repository.git("hash-object", "-w", path)
    }
    let ids = try blobs.map { try trees.tree([("100644", "large", $0)]) }
    let base = try trees.commit(ids[0], parent: nil)
    let (onto, fix) = (
      try trees.commit(ids[1], parent: base), try trees.commit(ids[2], parent: base)
    )
    let run = try limited(onto, fix, in: trees.repository)
    #expect(run.status == 1)
    #expect(
      DocumentSchema.value(run.output, "conflicts", "0", "kind") as? String == "binary")
  }

  /// Runs `pick --stdin` with at most a gigabyte of address space.
  private func limited(
    _ onto: String, _ fix: String, in repository: TestRepository
  ) throws -> ProgramRun {
    let script = "ulimit -v 1000000; exec \"$0\" pick --stdin --json --no-write"
    let result = try ChildProcess.run(
      "/bin/sh", ["-c", script, ProgramRun.productsDirectory + "/git-backport"],
      environment: repository.environment.variables, directory: repository.directory,
      input: Array("\(onto) \(fix)\n".utf8))
    var run = try ProgramRun(["--version"], environment: repository.environment)
    (run.status, run.output, run.errors) = (result.status, result.outputText, result.errorText)
    #expect(result.errorText == "")
    return run
  }
}
