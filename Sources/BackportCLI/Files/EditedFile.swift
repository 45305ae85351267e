import ArgumentParser
import Backport
import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which file is edited, and where the result goes.
struct EditedFileOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The file.", valueName: "file"), completion: .file())
  var file: String

  @Flag(help: "Print the whole new file instead of replacing it.")
  var stdout = false
}

/// A file that is read, edited in memory, and replaced or printed.
struct EditedFile {
  /// Larger files are no changelogs and state no version.
  private static let largest = 100 << 20

  /// As it was given.
  let path: String
  /// What it holds.
  let bytes: [UInt8]
  private let mode: mode_t
  private let isPrinted: Bool

  /// Reads a file; a symbolic link is refused, since what it names may lie anywhere.
  init(_ options: EditedFileOptions) throws(BackportError) {
    path = options.file
    isPrinted = options.stdout
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      throw BackportError(.usage, ["--file \(path)"], detail: SystemMessage.last)
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFLNK { throw EditedFile.refusal(path, "symbolic link") }
    guard kind == S_IFREG else { throw EditedFile.refusal(path, "not a file") }
    guard status.st_size <= EditedFile.largest else {
      throw EditedFile.refusal(path, "larger than \(EditedFile.largest >> 20) MB")
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw BackportError(.usage, ["--file \(path)"], detail: "the file cannot be read")
    }
    bytes = Array(data)
    mode = status.st_mode & 0o7777
  }

  /// Prints the new contents or puts them in the file's place; the same ones write nothing.
  func replace(by new: [UInt8]) throws(BackportError) {
    if isPrinted { return try Terminal.send(new, to: .output) }
    if new != bytes { try ReplacedFile.save(new, to: path, mode: mode) }
  }

  /// Prints the contents of a new file beside this one, or makes it; nothing is overwritten.
  func add(_ new: [UInt8], at place: String?) throws(BackportError) {
    if isPrinted { return try Terminal.send(new, to: .output) }
    var status = stat()
    guard let place, unsafe lstat(place, &status) != 0 else {
      throw BackportError(.fileRefused, [path], detail: "file per release")
    }
    try ReplacedFile.save(new, to: place, mode: mode)
  }

  /// The path of another release's file, where the name of this one tells it.
  func path(of version: Version, after previous: Version?) -> String? {
    guard let previous else { return nil }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = parts.last,
      let place = name.firstRange(of: previous.description)
    else { return nil }
    let renamed = name.replacingCharacters(in: place, with: version.description)
    return (parts.dropLast().map(String.init) + [renamed]).joined(separator: "/")
  }

  private static func refusal(_ path: String, _ reason: String) -> BackportError {
    BackportError(.fileRefused, [path], detail: reason)
  }
}

extension Substring {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}

/// Work on files that needs no repository, with its errors and exit status.
enum FileRun {
  /// Does the work, which is given today's date; ends with its status by throwing it.
  static func perform(
    at location: LocationOptions, _ work: (CalendarDate) throws(BackportError) -> Void
  ) throws(ExitStatus) {
    do throws(BackportError) {
      let surroundings = try location.surroundings()
      try work(
        CalendarDate(
          unixSeconds: surroundings.now, offsetMinutes: surroundings.offsetMinutes))
    } catch {
      let words = ErrorText(error)
      Terminal.note(words.rendered(TextStyle()))
      throw words.status
    }
  }
}
