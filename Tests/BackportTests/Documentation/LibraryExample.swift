// The example of Sources/Backport/Backport.docc/Planning.md, which shows it as it stands here.

// EXAMPLE
import Backport

/// Brings a fix to every line that is owed it, when that needs nobody's hand.
func bringEverywhere(_ fix: String, around surroundings: Surroundings) async throws -> [String] {
  var options = PlanOptions()
  options.fix = [fix]
  let workspace = try await Workspace.open(surroundings, options: options)
  let moment = Moment(seconds: surroundings.now, offsetMinutes: surroundings.offsetMinutes)
  let plan = try workspace.plan(
    PlanRequest(
      options: options, asOf: moment.day, releaseDate: moment,
      committer: try workspace.identity()))

  // Nothing is written so far: the plan is a value, with the ids of all that is to come.
  var report = plan.targets.map { "\($0.line): \($0.status.rawValue), \($0.evidence.joined())" }
  guard plan.targets.allSatisfy({ [.picked, .alreadyApplied].contains($0.status) }) else {
    return report
  }
  let operation = try await workspace.apply(plan)
  report += operation.refUpdates.map { "\($0.ref) is \($0.state)" }
  return report
}
// END
