import ArgumentParser
import TestSupport
import Testing

@testable import BackportCLI

/// Everything that a `pick` command line says.
private struct Meaning: Equatable {
  var words: [String]
  var choices: [Bool]
  var mainline: Int?
  var color: String

  init(_ command: PickCommand) {
    words =
      command.fix + ["onto", command.onto ?? "none", "in"] + command.location.directories
      + ["file", command.output.file ?? "none"]
    choices = [
      command.readsInput, command.namesOrigin, command.keepsMessage, command.noWrite,
      command.output.json, command.output.quiet, command.output.verbose, command.output.noProgress,
    ]
    mainline = command.mainline
    color = command.output.color.rawValue
  }
}

@Suite("A pick of plain words")
struct PlainPickTests {
  @Test(
    "means what the parser takes it for",
    arguments: [
      "pick --stdin", "pick --stdin --json", "pick --json --stdin --no-write -x",
      "-C there pick --stdin", "pick --onto 1.0 4f1d2c3", "pick 4f1d2c3 --onto 1.0",
      "-C .. pick -x --onto refs/heads/1.0 A..B c --json", "pick --onto HEAD pick",
      "pick --no-write --onto lines plan apply",
    ])
  func agrees(line: String) throws {
    let arguments = line.split(separator: " ").map(String.init)
    let plain = try #require(PickCommand(plain: arguments))
    let parsed = try #require(try GitBackportCommand.parseAsRoot(arguments) as? PickCommand)
    #expect(Meaning(plain) == Meaning(parsed))
  }

  @Test(
    "is left to the parser when it is anything else",
    arguments: [
      "", "pick", "lines", "-C", "-C there", "-C a -C b pick --stdin", "pick -C a --stdin",
      "pick --stdin --stdin", "pick --stdin fix", "pick --onto", "pick --onto a", "pick a",
      "pick --onto a --onto b c", "pick --onto=a b", "pick --onto -x b", "pick -- a",
      "pick --help", "pick -h", "pick --onto a b -m 1", "pick -xq --onto a b",
      "--json pick --stdin",
      "pick --stdin --no-x", "pick --stdin -q", "pick --onto a b --color never", "pick --version",
      "help pick", "pick --stdin -o file",
    ])
  func declines(line: String) {
    #expect(PickCommand(plain: line.split(separator: " ").map(String.init)) == nil)
  }

  @Test("sets every option there is")
  func complete() {
    // An option that is added has to be set by PickCommand(plain:) too, and compared above.
    #expect(Mirror(reflecting: PickCommand()).children.count == 9)
    #expect(Mirror(reflecting: LocationOptions()).children.count == 1)
    #expect(Mirror(reflecting: OutputOptions()).children.count == 6)
  }
}

@Suite("A verb that comes first")
struct DirectVerbTests {
  @Test(
    "is parsed by itself to what the root takes it for",
    arguments: [
      "lines", "lines --json -q", "-C there lines", "plan HEAD --to 1.0", "apply A..B -n",
      "policy show --json", "undo", "changelog add --file F --version 1.0.1 --date 2026-01-01",
    ])
  func agrees(line: String) throws {
    let arguments = line.split(separator: " ").map(String.init)
    let direct = DirectVerb.command(arguments)
    let parsed = try? GitBackportCommand.parseAsRoot(arguments)
    #expect(direct.map { "\(type(of: $0))" } == parsed.map { "\(type(of: $0))" })
  }

  @Test(
    "is left to the root for help, mistakes and what names no verb",
    arguments: [
      "", "HEAD", "HEAD --to 1.0", "lines --help", "help lines", "lines --no-such-option",
      "--json lines", "-- lines", "lines --version", "--version", "-C there",
      "lines --generate-completion-script bash",
    ])
  func declines(line: String) {
    let arguments = line.split(separator: " ").map(String.init)
    #expect(DirectVerb.command(arguments) == nil)
  }
}
