import ArgumentParser
import Backport

/// `redo [OP]`: applies an operation again on today's tips.
struct RedoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo",
    abstract: "Take an unpushed operation back and apply it again on today's tips.",
    usage: "git backport redo [<operation>] [<options>]",
    discussion: """
      The fix, the options, the resolutions, the skips and the entry are those that were recorded; \
      options given now replace them. Branches that are behind their remote begin where that is. All \
      refs move at once, or the operation stays as it was.

        git fetch --tags && git backport redo
      """)

  @Argument(
    help: "The operation's id or its beginning; else the newest that is not pushed.",
    completion: NameCompletion.operations)
  var operation: String?

  @Flag(help: "Land without asking.")
  var yes = false

  @Flag(help: "Do not ask the remote whether what is known of it is still true.")
  var offline = false

  @Flag(
    name: .customLong("update-worktree"),
    help: "Move clean worktrees along with the branches they stand on.")
  var updateWorktree = false

  @OptionGroup(title: "Targets and picks") var planning: PlanningOptions
  @OptionGroup(title: "Releases") var release: ReleaseOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.operation, at: location, output, pages: pages) {
      run throws(BackportError) in
      let workspace = try await run.open()
      run.hideEmbargo(of: operation, in: workspace)
      let given = Planning([], planning, release, project)
      let options = try given.options()
      let request = try given.request(run, workspace)
      var applying = ApplyOptions()
      applying.isOffline = offline
      applying.updatesWorktrees = updateWorktree
      let asks = !yes && run.isInteractive
      let found = try await workspace.redo(operation, given: options, request: request, applying) {
        (plan) throws(BackportError) in
        guard asks else { return }
        let text = PlanText(plan: try run.shown(plan), style: run.style(.errors)).text()
        try? Terminal.send(Array((text + "\n").utf8), to: .errors)
        guard Terminal.confirms("land this in place of what is there?") else {
          throw BackportError(.notConfirmed, detail: "the answer was no")
        }
      }
      let document = try run.shown(found)
      try run.report(document, in: workspace) { style in
        let text = OperationText(document: document, style: style)
        return run.output.quiet ? text.summary : text.outcome() + text.rangeDiffs
      }
      return ExitStatus(document.plan.targets.map(\.status))
    }
  }
}
