import ArgumentParser
import Backport

/// Which commit picks are put on.
enum BaseChoice: String, ExpressibleByArgument, CaseIterable {
  case tag
  case tip
  case auto
}

/// Where the newest line without a branch is released.
enum ReleasePlace: String, EnumerableFlag {
  case releaseOnTrunk
  case releaseOnBranch

  static func help(for value: ReleasePlace) -> ArgumentHelp? {
    switch value {
    case .releaseOnTrunk: "Release the newest line on the trunk when it has no branch."
    case .releaseOnBranch: "Release the newest line on a branch made from its newest tag."
    }
  }
}

/// What happens to the other lines when one needs a person.
enum Persistence: String, EnumerableFlag {
  case keepGoing
  case allOrNothing

  static func help(for value: Persistence) -> ArgumentHelp? {
    switch value {
    case .keepGoing: "Land the lines that need no person (default)."
    case .allOrNothing: "Land nothing when any line needs a person."
    }
  }
}

/// What is backported, where to, and how.
struct PlanningOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Only these lines, or with + these too; repeatable, comma lists.", valueName: "line"),
    completion: NameCompletion.lines)
  var to: [String] = []

  @Option(
    name: [.customShort("b"), .customLong("target-branch")],
    help: ArgumentHelp("The same by branch name.", valueName: "branch"),
    completion: NameCompletion.branches)
  var targetBranches: [String] = []

  @Option(
    help: ArgumentHelp("Leave a line out, on record.", valueName: "line=reason"),
    completion: NameCompletion.assignments)
  var skip: [String] = []

  @Option(
    help: ArgumentHelp(
      "A line has the fix in another form, in this commit.", valueName: "line=rev"),
    completion: NameCompletion.assignments)
  var fixed: [String] = []

  @Option(
    help: ArgumentHelp("A line gets this patch of its own instead.", valueName: "line=rev"),
    completion: NameCompletion.assignments)
  var use: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      The commit that brought the flaw: lines without it are not affected; repeatable. The word \
      auto proposes it from the lines that the fix changes.
      """,
      valueName: "rev"))
  var introduced: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Take a merge as one change against this parent.", valueName: "n"))
  var mainline: Int?

  @Option(
    help: ArgumentHelp(
      "Pick onto the branch's tip, or the newest tag so that nothing rides along.",
      valueName: "tag|tip|auto"))
  var base: BaseChoice?

  @Flag(name: .customLong("no-x"), help: "Leave out the line that names the original commit.")
  var noX = false

  @Flag(name: [.customShort("s"), .customLong("signoff")], help: "Add a Signed-off-by trailer.")
  var signOff = false

  @Flag(
    name: .customLong("off-trunk"), help: "Accept a fix that is not on the trunk.")
  var offTrunk = false

  @Flag(
    name: .customLong("land-trunk"),
    help: "Take a fix that is not on the trunk there too, in the same operation.")
  var landTrunk = false

  @Flag(exclusivity: .exclusive)
  var persistence = Persistence.keepGoing

  /// What these options say, as a plan keeps it.
  func fill(_ options: inout PlanOptions) throws(BackportError) {
    options.to = to
    options.branches = targetBranches
    options.skip = skip
    options.fixed = fixed
    options.use = use
    options.introduced = introduced
    options.mainline = mainline
    options.base = base?.rawValue
    options.provenance = !noX
    options.signOff = signOff
    options.offTrunk = offTrunk
    options.landTrunk = landTrunk ? true : nil
    options.allOrNothing = persistence == .allOrNothing
  }
}

/// How the patch releases are made.
struct ReleaseOptions: ParsableArguments {
  @Option(
    name: .customLong("release-date"),
    help: ArgumentHelp(
      "The date in changelogs, commits and tags; else --as-of, else now.",
      valueName: "date[Thh:mmZ]"))
  var date: String?

  @Option(
    help: ArgumentHelp("The changelog text, instead of the fix's subject.", valueName: "text"))
  var entry: String?

  @Option(
    name: .customLong("id"),
    help: ArgumentHelp("A CVE or GHSA id of the fix; repeatable.", valueName: "id"))
  var ids: [String] = []

  @Flag(name: .customLong("no-release"), help: "Only pick; make no release commit and no tag.")
  var noRelease = false

  @Flag(name: .customLong("no-changelog"), help: "Leave changelogs alone.")
  var noChangelog = false

  @Flag(name: .customLong("no-version-files"), help: "Leave version files alone.")
  var noVersionFiles = false

  @Option(
    name: .customLong("version-file"),
    help: ArgumentHelp(
      "Raise this version file, or leave it alone, where nothing else says so; repeatable.",
      valueName: "path=raise|leave"))
  var versionFileChoices: [String] = []

  @Flag(
    name: .customLong("no-forward-port"), help: "Do not carry the new changelog sections forward.")
  var noForwardPort = false

  @Flag(
    help: """
      Put picks and release commits on topic branches to be merged, and make no tag; \
      --topic=<template> names them, with {line}, {version} and {fix}.
      """)
  var topic = false

  @Option(
    name: .customLong("topic-template"),
    help: ArgumentHelp("The same with a template.", valueName: "template", visibility: .hidden))
  var topicTemplate: String?

  @Flag(help: "Keep all of it unseen, outside of branches and tags, until it is disclosed.")
  var embargo = false

  @Option(
    name: .customLong("not-before"),
    help: ArgumentHelp(
      "With --embargo: the moment before which it is not disclosed.",
      valueName: "date[Thh:mmZ]"))
  var notBefore: String?

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp(
      "Take fix, ids, text and embargo from this case; none has nothing to do with any.",
      valueName: "case"))
  var caseID: String?

  @Flag(exclusivity: .exclusive)
  var place: ReleasePlace?

  @OptionGroup var signing: SigningOptions

  mutating func validate() throws {
    guard let notBefore else { return }
    if !embargo, caseID == nil { throw ValidationError("--not-before goes with --embargo") }
    if Moment(parsing: notBefore) == nil {
      throw ValidationError("--not-before takes YYYY-MM-DD or YYYY-MM-DDTHH:MMZ")
    }
  }

  /// What these options say, as a plan keeps it.
  func fill(_ options: inout PlanOptions) {
    signing.fill(&options)
    options.entry = entry
    options.case = caseID
    options.ids = ids
    options.release = !noRelease
    options.changelog = !noChangelog
    options.versionFiles = !noVersionFiles
    options.versionFileChoices = versionFileChoices
    options.forwardPort = !noForwardPort
    options.topic = topicTemplate ?? (topic ? PlanOptions.usualTopic : nil)
    options.embargo = embargo
    options.notBefore = notBefore
    options.releaseOn = place.map { $0 == .releaseOnTrunk ? "trunk" : "branch" }
  }

  /// The moment that stands in changelogs, commits and tags; `asOf` when only that was given.
  func moment(asOf: String?, now: Moment) throws(BackportError) -> Moment {
    guard let text = date ?? asOf else { return now }
    guard let moment = Moment(parsing: text) else {
      throw BackportError(
        .usage, ["--release-date \(text)"],
        detail: "a date is written YYYY-MM-DD, a moment YYYY-MM-DDTHH:MMZ")
    }
    guard moment.seconds >= 0 else {
      throw BackportError(
        .usage, ["--release-date \(text)"], detail: "git keeps no moment before 1970")
    }
    return moment
  }
}
