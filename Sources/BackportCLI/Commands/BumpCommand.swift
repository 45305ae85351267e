import ArgumentParser
import Backport
import ReleaseModel

/// `bump`: plumbing, the version in one file.
struct BumpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bump", abstract: "Raise the version in a version file, and change nothing else.",
    usage: "git backport bump --from <version> --to <version> --file <file> [<options>]",
    discussion: """
      The file is replaced as a whole or, with --stdout, the new file is printed. A file that \
      states another version than --from is refused, and nothing is written.

        git backport bump --from 1.1.0 --to 1.1.1 --file package.json --stdout
      """)

  @OptionGroup(title: "Versions") var versions: BumpOptions
  @OptionGroup(title: "File") var file: EditedFileOptions
  @OptionGroup(title: "Location") var location: LocationOptions

  mutating func validate() throws {
    if let count = versions.count, count < 1 {
      throw ValidationError("--count takes a number above 0")
    }
  }

  func run() async throws {
    try FileRun.perform(at: location) { (_) throws(BackportError) in
      let edited = try EditedFile(file)
      let outcome = VersionFile.edit(
        path: versions.path ?? edited.path, bytes: edited.bytes, change: try versions.change(),
        rule: try versions.rule())
      switch outcome {
      case .edited(let bytes, _): try edited.replace(by: bytes)
      case .absent: try edited.replace(by: edited.bytes)
      case .refused(let refusal):
        throw BackportError(
          .fileRefused, [versions.path ?? edited.path], detail: refusal.description)
      }
    }
  }
}

/// Which version becomes which, and where it stands.
struct BumpOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The version of the last release.", valueName: "version"))
  var from: String

  @Option(help: ArgumentHelp("The version to be released.", valueName: "version"))
  var to: String

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The path in the repository, which tells the kind of file; else that of --file.",
      valueName: "path"))
  var path: String?

  @Option(
    help: ArgumentHelp(
      "The text around {version}, where the kind of file does not tell.", valueName: "text"))
  var pattern: String?

  @Option(help: ArgumentHelp("How many times the pattern occurs; else once.", valueName: "n"))
  var count: Int?

  @Option(
    name: .customLong("package"),
    help: ArgumentHelp("A package of ours in a lock file; repeatable.", valueName: "name"))
  var packages: [String] = []

  @Option(
    help: ArgumentHelp("The day of the release, for files that state it.", valueName: "date"))
  var date: String?

  /// The change that is asked for.
  func change() throws(BackportError) -> VersionChange {
    if let date, (try? CalendarDate(parsing: date)) == nil {
      throw BackportError(.usage, ["--date \(date)"], detail: "a date is written YYYY-MM-DD")
    }
    return VersionChange(
      from: try VersionArgument.version(from, of: "--from"),
      to: try VersionArgument.version(to, of: "--to"), date: date, packages: Set(packages))
  }

  /// How the version is found.
  func rule() throws(BackportError) -> VersionFileRule {
    guard let pattern else { return .automatic }
    do {
      return .pattern(try VersionPattern(parsing: pattern), count: count ?? 1)
    } catch {
      throw BackportError(.usage, ["--pattern \(pattern)"], detail: "it has no {version}")
    }
  }
}
