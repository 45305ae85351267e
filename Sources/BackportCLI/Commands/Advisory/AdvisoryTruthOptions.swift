import ArgumentParser
import Backport
import ReleaseModel

/// What is true of a flaw, where the history does not tell.
struct AdvisoryTruthOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A commit or tag that introduced the flaw; repeatable. Else what the operation, the fix's "
        + "trailers, or the advisory that is checked say.", valueName: "rev"))
  var introduced: [String] = []

  @Option(
    help: ArgumentHelp(
      "A commit that is the fix in another form, on any branch; repeatable.", valueName: "rev"))
  var equivalent: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The parent to take a merge against, counted from 1.", valueName: "n"))
  var mainline: Int?

  @Option(
    help: ArgumentHelp(
      "The package; else the one that the project's files name.", valueName: "purl"))
  var purl: String?

  /// The package that the package URL names; nil when none was given.
  var package: AdvisoryPackage? {
    get throws(BackportError) {
      guard let purl else { return nil }
      guard let package = AdvisoryPackage(purl: purl) else {
        let types = Ecosystem.allCases.map(\.rawValue).joined(separator: ", ")
        throw BackportError(.usage, ["--purl \(purl)"], detail: "it is no package URL of \(types)")
      }
      return package
    }
  }
}
