import ArgumentParser

/// When text is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}

/// What is printed, and where.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON document instead of text, also when the run fails.")
  var json = false

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Also save the JSON document in <file>, readable only by you.", valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(name: .shortAndLong, help: "Print one line for each release line, and no advice.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Print everything that is known; shorten no list.")
  var verbose = false

  @Option(
    help: ArgumentHelp(
      "Colour the text: auto, always or never; NO_COLOR and CLICOLOR_FORCE are obeyed.",
      valueName: "when"))
  var color = ColorChoice.auto

  @Flag(name: .customLong("no-progress"), help: "Never say what a long run is doing.")
  var noProgress = false

  mutating func validate() throws {
    if quiet, verbose { throw ValidationError("-q and -v exclude each other") }
  }
}
