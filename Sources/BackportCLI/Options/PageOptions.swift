import ArgumentParser

/// The other forms in which a plan, an operation or the lines are shown.
struct PageOptions: ParsableArguments {
  @Flag(help: "Print Markdown instead of text, for job summaries and merge requests.")
  var markdown = false

  @Option(
    name: .customLong("html"),
    help: ArgumentHelp(
      "Also save a page with a picture of the lines in <file>, readable only by you.",
      valueName: "file"),
    completion: .file())
  var htmlFile: String?
}
