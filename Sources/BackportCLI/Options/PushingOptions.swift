import ArgumentParser
import Backport

/// How an operation is divided into pushes.
enum PushGroupChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case one
  case byLine = "by-line"

  /// The same for the library.
  var grouping: PushGrouping {
    switch self {
    case .auto: .auto
    case .one: .one
    case .byLine: .byLine
    }
  }
}

/// How an operation is published.
struct PushingOptions: ParsableArguments {
  @Option(
    name: .customLong("push-groups"),
    help: ArgumentHelp(
      "Push at most 3 tags at once, all at once, or line by line.",
      valueName: "auto|one|by-line"))
  var groups = PushGroupChoice.auto
}
