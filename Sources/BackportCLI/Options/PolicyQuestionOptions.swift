import ArgumentParser
import Backport
import ReleaseModel

/// Which policy is asked about which project, and for which day.
struct PolicyQuestionOptions: ParsableArguments {
  @OptionGroup(title: "Policy") var policy: PolicySourceOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup var common: CommonOptions

  /// Opens the project, with the day that is asked for.
  func open(_ run: Run) async throws(BackportError) -> (Workspace, CalendarDate) {
    let day = try project.day(now: run.now)
    run.known["asOf"] = day.description
    var options = PlanOptions()
    project.fill(&options)
    return (try await run.open(options, policy: policy.source), day)
  }
}
