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

  @Argument(
    help: "The operation's id or its beginning; else the only one under embargo.",
    completion: NameCompletion.operations)
  var operation: String?

  @OptionGroup(title: "Publishing") var sending: SendingOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await Run.perform(.operation, common) { run throws(BackportError) in
      let publishing = try sending.publishing(run)
      let workspace = try await run.open()
      run.hideEmbargo(of: operation, in: workspace)
      let outcome = try await workspace.disclose(operation, publishing.options) {
        preview throws(BackportError) in
        if let preview {
          try publishing.confirm(preview, run, "show this to everyone?")
        } else if !sending.yes, !sending.dryRun,
          !Terminal.confirms("there is no remote; land this?")
        {
          throw BackportError(.notConfirmed, ["push"], detail: "the answer was no")
        }
      }
      // From here on everybody may see it.
      if !sending.dryRun { run.isHidden = false }
      return try publishing.report(outcome, in: workspace, run)
    }
  }
}
