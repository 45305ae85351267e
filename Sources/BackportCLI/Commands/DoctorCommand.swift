import ArgumentParser
import Backport

/// `doctor`: what stands in the way of a landing or a push.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look for what would stop a landing or a push, and say what to do; change nothing.",
    usage: "git backport doctor [<options>]",
    discussion: """
      Ends with 3 when something would stop it, with 8 when an operation waits to be ended. \
      Example: git backport doctor --json
      """)

  @Flag(help: "Do not ask the remote.")
  var offline = false

  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.doctor, at: location, output) { run throws(BackportError) in
      var options = PlanOptions()
      project.fill(&options)
      var doctor = Doctor(run.surroundings, options: options, isOffline: offline)
      let examination = await run.progress.during("looking") { await doctor.examine() }
      let text = { (style: TextStyle) in
        DoctorText(document: examination.document, style: style).text(isQuiet: run.output.quiet)
      }
      if let failure = examination.failure {
        let words = ErrorText(failure)
        try run.report(
          DocumentWithError(document: examination.document, error: words.document), text: text)
        Terminal.note(words.rendered(run.style(.errors)))
        return words.status
      }
      try run.report(examination.document, text: text)
      if examination.isPending { return .pending }
      return examination.document.isHealthy ? .done : .precondition
    }
  }
}
