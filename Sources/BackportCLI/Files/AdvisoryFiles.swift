import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The files of an advisory on their way to its folder.
struct AdvisoryFiles {
  let outcome: AdvisoryOutcome

  /// Writes every file as a whole; under embargo for nobody else to read.
  func write() throws(BackportError) {
    let isPrivate = outcome.document.embargoed
    for file in outcome.files {
      let path = "\(outcome.folder)/\(file.name)"
      try createFolder(of: path, isPrivate: isPrivate)
      try ReplacedFile.save(bytes(of: file), to: path, mode: isPrivate ? 0o600 : 0o644)
    }
  }

  /// What is written: nothing that a terminal obeys or hides, whatever the commits say.
  private func bytes(of file: AdvisoryOutcome.File) -> [UInt8] {
    if file.isJSON { return TextEscape.document(Array(file.text.utf8)) }
    let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
    return Array(lines.map { TextEscape.verbatim($0) }.joined(separator: "\n").utf8)
  }

  private func createFolder(of path: String, isPrivate: Bool) throws(BackportError) {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: isPrivate ? [.posixPermissions: 0o700] : nil)
    } catch {
      throw BackportError(.io, [folder, "create"], detail: SystemMessage.last)
    }
  }
}
