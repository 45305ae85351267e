import TestSupport
import Testing

@Suite("Hostile repositories")
struct HostileTextTests {
  private static let attack = "\u{1b}]0;PWN\u{07}\u{202e}::set-output\u{9b}2J"

  private func expectNothingRaw(
    _ run: ProgramRun, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for text in [run.output, run.errors] {
      for scalar in text.unicodeScalars where scalar != "\n" {
        #expect(
          scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value) && scalar != "\u{202e}",
          "U+\(String(scalar.value, radix: 16)) in: \(text.prefix(300))",
          sourceLocation: sourceLocation)
      }
    }
  }

  @Test("never reach the terminal raw: subjects, names, paths, contents, tags, refs")
  func everywhere() throws {
    let attack = HostileTextTests.attack
    var history = RepositoryBuilder()
    let path = "a\u{1b}[31m\u{202e}b.txt"
    let base = history.commit(
      "Begin " + attack,
      files: [
        path: .text("one\n"), "CHANGELOG.md": .text("# Changelog \(attack)\n"),
        "SECURITY.md": .text("\(attack)\n"),
      ])
    history.tag("v1.0.0", at: base)
    history.branch("1.0", at: base)
    history.commit("Ride \(attack)", on: "1.0", files: ["b": "b\n"])
    history.branch("evil\u{202e}", at: base)
    history.tag("not-a-release\u{202e}", at: base)
    let hostile = Identity("M\u{202e}allory", "m\u{9b}@example.com")
    let fix = history.commit(
      "Fix \(attack)\n\nbody \(attack)", files: [path: .text("two \(attack)\n")], author: hostile)
    var repository = try history.write()
    expectNothingRaw(try ProgramRun("lines", in: repository))
    expectNothingRaw(try ProgramRun("plan", "-v", repository.id(fix), in: repository))
    expectNothingRaw(try ProgramRun("apply", "--yes", repository.id(fix), in: repository))
    for verb in ["log", "show", "status", "undo"] {
      expectNothingRaw(try ProgramRun(verb, in: repository))
    }
    try repository.extend { builder in
      builder.commit("Else", on: "1.0", files: [path: .text("three \(attack)\n")])
    }
    let conflict = try ProgramRun("plan", repository.id(fix), in: repository)
    #expect(conflict.status == 1)
    #expect(conflict.output.contains("three \\x1b]0;PWN\\x07\\u202e::set-output\\x9b2J"))
    expectNothingRaw(conflict)
    expectNothingRaw(try ProgramRun("plan", "--json", repository.id(fix), in: repository))
  }

  @Test("never reach the terminal raw through errors")
  func errors() throws {
    let attack = HostileTextTests.attack
    let repository = try KeyringHistory().write()
    for arguments in [
      [attack], ["HEAD", "--to", attack], ["HEAD", "--skip", attack], ["show", attack],
      ["apply", "--plan", attack], ["lines", "-C", attack], ["lines", "--as-of", attack],
      ["lines", "--" + attack], ["HEAD", "--config", attack],
    ] {
      let run = try ProgramRun(
        arguments, in: repository.directory, environment: repository.environment)
      #expect(run.status != 0)
      expectNothingRaw(run)
    }
  }

  @Test("and mistyped configurations get an error that names the key")
  func configuration() throws {
    var history = RepositoryBuilder()
    let base = history.commit(
      "Begin", files: [".gitbackport": "[policy]\n\tsuport = latest patch\n", "a": "a\n"])
    history.tag("v1.0.0", at: base)
    let run = try ProgramRun("lines", in: try history.write())
    #expect(run.status == 2)
    #expect(run.errors.contains("unknown key 'policy.suport', did you mean 'policy.support'?"))
  }

  @Test("and a mistyped verb gets the nearest one")
  func verb() throws {
    let run = try ProgramRun("lins", in: try KeyringHistory().write())
    #expect(run.status == 2)
    #expect(run.errors.contains("hint: did you mean 'git backport lines'?"))
    let inner = try ProgramRun("policy", "shwo", in: try KeyringHistory().write())
    #expect(inner.status == 2)
    #expect(inner.errors.contains("hint: did you mean 'git backport policy show'?"))
  }
}
