import ArgumentParser
import Backport
import ReleaseModel

/// Which project is looked at, and for which day.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp(
      "Ask the policy for this day instead of today; hides no tag.", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("The package of a monorepo.", valueName: "name"))
  var package: String?

  @Option(
    name: .customLong("upstream-remote"),
    help: ArgumentHelp(
      "The remote the project publishes on; else upstream, else origin.", valueName: "remote"))
  var upstreamRemote: String?

  @Option(
    help: ArgumentHelp(
      "A configuration file laid under the trunk's .gitbackport.", valueName: "file"),
    completion: .file())
  var config: String?

  /// The day for which the policy is asked.
  func day(now: Moment) throws(BackportError) -> CalendarDate {
    guard let asOf else { return now.day }
    guard let day = try? CalendarDate(parsing: asOf) else {
      throw BackportError(.usage, ["--as-of \(asOf)"], detail: "a date is written YYYY-MM-DD")
    }
    return day
  }

  /// What these options say, as a plan keeps it.
  func fill(_ options: inout PlanOptions) {
    options.package = package
    options.upstreamRemote = upstreamRemote
    options.config = config.map(LocationOptions.absolute)
  }
}
