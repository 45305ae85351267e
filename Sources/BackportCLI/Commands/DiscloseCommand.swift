import ArgumentParser
import Backport

/// `disclose [OP]`: ends an embargo.
struct DiscloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disclose", abstract: "Land and publish an operation that was kept under embargo.",
    usage: "git backport disclose [<operation>] [<options>]",
    discussion: """
      Refused before its time. Everything is checked before anything is seen; then the very objects \
      that were kept are landed and pushed. Example: git backport disclose --yes
      """)

  @Argument(help: "The operation's id or its beginning; else the only one under embargo.")
  var operation: String?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The remote; else upstream, else origin.", valueName: "remote"))
  var remote: String?

  @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only show what would be seen.")
  var dryRun = false

  @Flag(help: "Disclose without asking.")
  var yes = false

  @OptionGroup(title: "Publishing") var pushing: PushingOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.operation, at: location, output) { run throws(BackportError) in
      if !yes, !dryRun, !run.isInteractive {
        throw BackportError(.notConfirmed, ["push"], detail: "there is no terminal to ask on")
      }
      var options = PushOptions()
      options.remote = remote
      options.grouping = pushing.groups.grouping
      options.isRehearsal = dryRun
      options.asksAtTerminal = run.isInteractive
      let publishing = Publishing(options: options, isConfirmed: yes)
      let workspace = try await run.open()
      run.hideEmbargo(of: operation, in: workspace)
      let outcome = try await workspace.disclose(operation, options) {
        preview throws(BackportError) in
        if let preview {
          try publishing.confirm(preview, run, "show this to everyone?")
        } else if !yes, !dryRun, !Terminal.confirms("there is no remote; land this?") {
          throw BackportError(.notConfirmed, ["push"], detail: "the answer was no")
        }
      }
      // From here on everybody may see it.
      if !dryRun { run.isHidden = false }
      return try publishing.report(outcome, in: workspace, run)
    }
  }
}
