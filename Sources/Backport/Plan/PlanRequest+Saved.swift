import GitStore
import ReleaseModel

extension PlanRequest {
  /// The request by which a saved plan was made.
  init(_ plan: BackportPlan) throws(BackportError) {
    guard let asOf = try? CalendarDate(parsing: plan.asOf),
      let date = Moment(parsing: plan.committer.date),
      let committer = try? Signature(
        name: plan.committer.name, email: plan.committer.email, seconds: date.seconds,
        offsetMinutes: date.offsetMinutes)
    else {
      throw BackportError(
        .configuration, ["plan", "committer"], detail: "its dates or names cannot be read")
    }
    self.init(options: plan.options, asOf: asOf, releaseDate: date, committer: committer)
  }
}
