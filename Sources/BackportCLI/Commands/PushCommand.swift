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

  @Argument(
    help: "The operation's id or its beginning; else the newest one that is not pushed.",
    completion: NameCompletion.operations)
  var operation: String?

  @Flag(help: "Send what is landed although a line still needs a person.")
  var partial = false

  @OptionGroup(title: "Publishing") var sending: SendingOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.operation, common, pages: pages) { run throws(BackportError) in
      var publishing = try sending.publishing(run)
      publishing.options.isPartial = partial
      return try await publishing.push(operation, in: try await run.open(), run)
    }
  }
}
