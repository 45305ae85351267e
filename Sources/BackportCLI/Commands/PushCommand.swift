import ArgumentParser
import Backport

/// `push [OP]`: publishes an operation.
struct PushCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push", abstract: "Publish the branches and tags of an operation.",
    usage: "git backport push [<operation>] [<options>]",
    discussion: """
      Sends exactly what is shown, by object id, in atomic pushes that a remote which has changed \
      refuses; an unfinished push is resumed. Example: git backport push --to upstream --yes
      """)

  @Argument(help: "The operation's id or its beginning; else the newest one that is not pushed.")
  var operation: String?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The remote; else upstream, else origin.", valueName: "remote"))
  var remote: String?

  @Flag(help: "Send what is landed although a line still needs a person.")
  var partial = false

  @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only show what would be sent.")
  var dryRun = false

  @Flag(help: "Push without asking.")
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
      options.isPartial = partial
      options.isRehearsal = dryRun
      let publishing = Publishing(options: options, isConfirmed: yes)
      return try await publishing.push(operation, in: try await run.open(), run)
    }
  }
}
