import ArgumentParser
import Backport
import ReleaseModel

/// `changelog add`: plumbing, one edit of one changelog.
struct ChangelogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changelog", abstract: "Put an entry into a changelog, in the style of the file.",
    usage: """
      git backport changelog add --file <file> --version <version> --entry <text> [<options>]
      """,
    subcommands: [ChangelogAddCommand.self])
}

/// Puts an entry into one changelog; no repository is needed.
struct ChangelogAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Put an entry into a changelog where its maintainers would, in the file's own style.",
    usage: """
      git backport changelog add --file <file> --version <version> --entry <text> [<options>]
      """,
    discussion: """
      The file is replaced as a whole or, with --stdout, the new file is printed. What cannot be \
      done as its maintainers would is refused with the reason, and nothing is written.

        git backport changelog add --file CHANGELOG.md --version 1.1.1 --previous 1.1.0 \
      --entry 'Check the size field (CVE-2026-0001)' --stdout
      """)

  @OptionGroup(title: "Entry") var entry: ChangelogEntryOptions
  @OptionGroup(title: "File") var file: EditedFileOptions
  @OptionGroup(title: "Location") var location: LocationOptions

  mutating func validate() throws { try entry.check() }

  func run() async throws {
    try FileRun.perform(at: location) { (now) throws(BackportError) in
      let edited = try EditedFile(file)
      let format = ChangelogFormat(path: edited.path)
      let job = try entry.job(today: now)
      switch Changelog(edited.bytes, format: format).insert(job) {
      case .edited(let revision): try edited.replace(by: revision.bytes)
      case .unchanged: try edited.replace(by: edited.bytes)
      case .newFile(let bytes):
        try edited.add(bytes, at: edited.path(of: job.version, after: job.previous))
      case .refused(let refusal):
        throw BackportError(.fileRefused, [edited.path], detail: refusal.text)
      }
    }
  }
}

/// What is put into a changelog.
///
/// Everything is optional for the parser, which else would take `--version` for its own flag where
/// something is missing.
struct ChangelogEntryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The version that is released.", valueName: "version"))
  var version: String?

  @Option(
    help: ArgumentHelp(
      "The release before it on the line: the section whose style is copied.",
      valueName: "version"))
  var previous: String?

  @Option(help: ArgumentHelp("The day of the release; else today.", valueName: "date"))
  var date: String?

  @Option(
    help: ArgumentHelp(
      "The kind of change, in any case; written as the file spells it.", valueName: "name"))
  var category = "Security"

  @Option(name: .customLong("entry"), help: ArgumentHelp("The entry.", valueName: "text"))
  var text: String?

  @Option(
    help: ArgumentHelp(
      "Who made the change, as 'Name <mail>', for files that name authors.", valueName: "author"))
  var author: String?

  @Option(
    help: ArgumentHelp("What it concerns, for files that sort entries so.", valueName: "name"))
  var component: String?

  @Flag(
    name: .customLong("forward-port"),
    help: "Place it as on the trunk, where newer versions may stand above.")
  var forwardPort = false

  @Flag(
    name: .customLong("keep-unreleased"), inversion: .prefixedNo,
    help: "Whether an Unreleased heading stays above a section that took its entries over.")
  var keepUnreleased: Bool?

  @Option(
    name: .customLong("entry-template"),
    help: ArgumentHelp(
      "The entry with placeholders such as {text}, for styles that cannot be learnt.",
      valueName: "text"))
  var entryTemplate: String?

  @Option(
    name: .customLong("section-template"),
    help: ArgumentHelp("The whole section with placeholders.", valueName: "text"))
  var sectionTemplate: String?

  /// Refuses what cannot do without.
  func check() throws {
    if version == nil { throw ValidationError("missing expected argument '--version <version>'") }
    if text == nil { throw ValidationError("missing expected argument '--entry <text>'") }
  }

  /// What is to be written; `today` stands where no day is given.
  func job(today: CalendarDate) throws(BackportError) -> ChangelogJob {
    var day = today
    if let date {
      guard let given = try? CalendarDate(parsing: date) else {
        throw BackportError(.usage, ["--date \(date)"], detail: "a date is written YYYY-MM-DD")
      }
      day = given
    }
    let entry = text ?? ""
    guard entry.contains(where: { !$0.isWhitespace }) else {
      throw BackportError(.usage, ["--entry"], detail: "it is empty")
    }
    var job = ChangelogJob(
      mode: forwardPort ? .forwardPort : .release,
      version: try VersionArgument.version(version ?? "", of: "--version"),
      previous: try previous.map { (text) throws(BackportError) in
        try VersionArgument.version(text, of: "--previous")
      },
      date: day, category: category, text: entry, author: author)
    job.component = component
    job.keepUnreleased = keepUnreleased
    job.entryTemplate = entryTemplate
    job.sectionTemplate = sectionTemplate
    return job
  }
}

/// Versions on the command line.
enum VersionArgument {
  /// The version of an option, without the `v` that tags have.
  static func version(_ text: String, of option: String) throws(BackportError) -> Version {
    let bare = text.first == "v" || text.first == "V" ? String(text.dropFirst()) : text
    guard let version = try? Version(parsing: bare) else {
      throw BackportError(.usage, ["\(option) \(text)"], detail: "it is not a version")
    }
    return version
  }
}
