import Foundation
import TestSupport
import Testing

@Suite("pick --stdin")
struct PickStreamTests {
  /// A file that conflicts at one commit and none that does at the other.
  private struct Sample {
    var repository: TestRepository
    var onto: String
    var good: String
    var bad: String

    init() throws {
      var history = RepositoryBuilder()
      let base = history.commit("base", files: ["a": "a\n"])
      history.branch("1.0", at: base)
      let onto = history.commit("drift", on: "1.0", files: ["a": "drifted\n"])
      let good = history.commit("good", files: ["b": "b\n"])
      let bad = history.commit("bad", files: ["a": "fixed\n"])
      repository = try history.write()
      (self.onto, self.good, self.bad) = (
        repository.id(onto), repository.id(good), repository.id(bad)
      )
    }

    func run(_ options: String..., input: String) throws -> ProgramRun {
      try ProgramRun(
        ["pick", "--stdin"] + options, in: repository.directory,
        environment: repository.environment, input: input)
    }
  }

  private func statuses(_ output: String) -> [String] {
    output.split(separator: "\n").map { line in
      DocumentSchema.expect(String(line), is: "pick")
      return DocumentSchema.value(String(line), "status") as? String ?? ""
    }
  }

  @Test("answers each line with a document, in order; a bad line stops no other")
  func order() throws {
    let sample = try Sample()
    let (onto, good, bad) = (sample.onto, sample.good, sample.bad)
    let input = [
      "\(onto) \(good)", "\(onto) \(bad)", "", onto, "\(onto) nowhere", "nowhere \(good)",
      "\(onto) \(onto)", "\(onto)^{tree} \(good)", "\(onto) \(good) \(bad)", "\(onto)\t\(good)\r",
      "\(onto) \(String(repeating: "0", count: 40))", "\(onto) -x \u{1b}[31m", "\(onto) \(good)",
    ].joined(separator: "\n")
    let run = try sample.run("--json", input: input)
    #expect(
      statuses(run.output) == [
        "picked", "conflict", "error", "error", "error", "error", "empty", "error", "conflict",
        "picked", "error", "error", "picked",
      ])
    #expect(run.status == 1)
    #expect(run.errors == "")
    #expect(!run.output.contains("\u{1b}"))
    #expect(run.output.hasPrefix("{\"schema\":\"git-backport.pick/1\",\"commits\":[\""))
  }

  @Test("ends with 0 when every line is picked or empty, or when there is none")
  func allWell() throws {
    let sample = try Sample()
    #expect(try sample.run(input: "").status == 0)
    let run = try sample.run(
      input: "\(sample.onto) \(sample.good)\n\(sample.onto) \(sample.onto)\n")
    #expect(run.status == 0)
    #expect(run.output.hasSuffix("\n\(sample.onto)\n"))
  }

  @Test("without --json prints an id or a word for each line, and the reasons aside")
  func text() throws {
    let sample = try Sample()
    let run = try sample.run(
      input: "\(sample.onto) \(sample.bad)\n\(sample.onto) gone\n\(sample.onto) \(sample.good)\n")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.prefix(2) == ["conflict", "error"])
    #expect(lines.last?.count == 40)
    #expect(
      run.errors == """
        line 1: CONFLICT (content): a
        line 2: error: 'gone' names no commit here

        """)
  }

  @Test("passes over lines of any length and bytes that are no text")
  func hostileLines() throws {
    let sample = try Sample()
    let valid = Array("\(sample.onto) \(sample.good)\n".utf8)
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: 3 << 20) + [UInt8(ascii: "\n")]
    let binary: [UInt8] = [0, 0xff, 0x20, 0xfe, 0x00, UInt8(ascii: "\n")]
    let result = try ChildProcess.run(
      ProgramRun.productsDirectory + "/git-backport", ["pick", "--stdin", "--json"],
      environment: sample.repository.environment.variables,
      directory: sample.repository.directory,
      input: valid + long + binary + valid + long.dropLast())
    #expect(
      statuses(result.outputText) == ["picked", "error", "error", "picked", "error"])
  }

  @Test("gathers the objects of lines that wait into one pack")
  func onePack() throws {
    let sample = try Sample()
    let packs = sample.repository.gitDirectory + "/objects/pack"
    let before = try FileManager.default.contentsOfDirectory(atPath: packs).count
    let seconds = (0..<200).map { number in
      "\(sample.repository.git("commit-tree", "-p", sample.onto, "-m", "\(number)", "1.0^{tree}"))"
    }
    let input = seconds.map { "\($0) \(sample.good)\n" }.joined()
    let run = try sample.run(input: input)
    #expect(Set(run.output.split(separator: "\n")).count == 200)
    let after = try FileManager.default.contentsOfDirectory(atPath: packs).count
    #expect(after == before + 2)
    sample.repository.git("fsck", "--strict", "--full")
    for id in run.output.split(separator: "\n") {
      #expect(sample.repository.git("cat-file", "-t", String(id)) == "commit")
    }
  }

  @Test("answers at once when the next line has not come")
  func conversation() throws {
    let sample = try Sample()
    let script = """
      coproc "$0" pick --stdin
      for _ in 1 2 3; do
        echo "$1 $2" >&"${COPROC[1]}"
        read -r -t 20 id <&"${COPROC[0]}" || exit 9
        git cat-file -t "$id" || exit 8
      done
      """
    let result = try ChildProcess.run(
      "/bin/bash",
      ["-c", script, ProgramRun.productsDirectory + "/git-backport", sample.onto, sample.good],
      environment: sample.repository.environment.variables,
      directory: sample.repository.directory)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(result.outputText == "commit\ncommit\ncommit\n")
  }
}
