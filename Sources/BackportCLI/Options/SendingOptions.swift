import ArgumentParser
import Backport

/// How an operation is sent to a remote, and whether somebody is asked before.
struct SendingOptions: ParsableArguments {
  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The remote; else upstream, else origin.", valueName: "remote"),
    completion: NameCompletion.remotes)
  var remote: String?

  @Flag(
    name: [.customShort("n"), .customLong("dry-run")], help: "Only show what others would see.")
  var dryRun = false

  @Flag(help: "Send without asking.")
  var yes = false

  @OptionGroup var pushing: PushingOptions

  /// What is sent how; an error where nobody agreed and nobody can be asked.
  func publishing(_ run: Run) throws(BackportError) -> Publishing {
    if !yes, !dryRun, !run.isInteractive {
      throw BackportError(.notConfirmed, ["push"], detail: "there is no terminal to ask on")
    }
    var options = PushOptions()
    options.remote = remote
    options.grouping = pushing.groups.grouping
    options.isRehearsal = dryRun
    options.asksAtTerminal = run.isInteractive
    return Publishing(options: options, isConfirmed: yes)
  }
}
