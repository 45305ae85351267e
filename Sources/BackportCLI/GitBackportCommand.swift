public import ArgumentParser

/// The root command of the program.
public struct GitBackportCommand: AsyncParsableCommand {
  /// How the command presents itself.
  public static let configuration = CommandConfiguration(
    commandName: "git-backport",
    abstract: "Bring a security fix to every release line that is owed it.",
    usage: """
      git backport [plan] <fix> ... [<options>]
      git backport apply <fix> ... [<options>]
      git backport <verb> [<options>]
      """,
    discussion: """
      A fix is a commit, a range A..B, a merge commit, or several of these. The lines that are \
      owed it come from the support policy on the trunk (.gitbackport or SECURITY.md) and from \
      the tags. Without a verb the plan is shown; nothing is written before apply.
      """,
    version: Program.description,
    subcommands: [
      PlanCommand.self, ApplyCommand.self, PushCommand.self, DiscloseCommand.self,
      LinesCommand.self, PolicyCommand.self, AuditCommand.self, ContinueCommand.self,
      SkipCommand.self, AbortCommand.self, RedoCommand.self, UndoCommand.self, LogCommand.self,
      ShowCommand.self, StatusCommand.self, PickCommand.self, ChangelogCommand.self,
      BumpCommand.self, DoctorCommand.self, ReleaseCommand.self, CaseCommand.self,
      AdvisoryCommand.self, InitCommand.self, CICommand.self, RequestCommand.self,
      SimilarCommand.self,
    ],
    defaultSubcommand: PlanCommand.self)

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  /// Makes the command with its defaults.
  public init() {}

  /// Parses the command line, runs the verb and ends the process with its exit status.
  public static func main() async {
    Interruption.install()
    let arguments = OptionalValues.spellingOut(Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try DirectVerb.command(arguments) ?? parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      ExitStatus.done.end()
    } catch let status as ExitStatus {
      status.end()
    } catch {
      UsageFailure(error, arguments: arguments).end()
    }
  }
}
