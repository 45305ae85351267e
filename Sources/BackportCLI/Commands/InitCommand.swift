import ArgumentParser
import Backport
import ReleaseModel

/// `init`: a first `.gitbackport`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a first .gitbackport from SECURITY.md, tags, branches and .backportrc.json.",
    usage: "git backport init [--stdout | --check] [--force] [<options>]",
    discussion: """
      The file says what was true without it, so that nothing changes before somebody edits it; \
      what was found and what was assumed is shown, and stands in its comments. A file that is \
      there stays, unless with --force.

        git backport init --stdout
        git backport init && git add .gitbackport && git commit -m 'Say which lines get fixes'

      In a CI job, --check ends with 1 when the file is missing, cannot be read, names what there \
      is not, or says something else than SECURITY.md, tags and branches:

        git backport init --check
      """)

  @Flag(name: .customLong("stdout"), help: "Print the file instead of writing it.")
  var printsOnly = false

  @Flag(help: "Compare the file that is there with the facts, and write nothing.")
  var check = false

  @Flag(help: "Replace a file that is there.")
  var force = false

  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    if printsOnly, check || force {
      throw ValidationError("--stdout goes with neither --check nor --force")
    }
    if check, force { throw ValidationError("--check and --force exclude each other") }
  }

  private var use: InitUse { printsOnly ? .show : check ? .check : force ? .replace : .create }

  func run() async throws {
    try await Run.perform(.initial, at: location, output) { run throws(BackportError) in
      let day = try project.day(now: run.now)
      var options = PlanOptions()
      project.fill(&options)
      let workspace = try await run.open(options, readsProject: false)
      let document = try await workspace.initialized(
        asOf: day, package: project.package, use)
      if printsOnly {
        try run.report(document, notes: document.warnings) { _ in document.text }
      } else {
        try run.report(document) { InitText(document: document, style: $0, use: use).text }
      }
      return document.problems.isEmpty ? .done : .needsPerson
    }
  }
}
