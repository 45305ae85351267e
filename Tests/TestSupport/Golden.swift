import Foundation
package import Testing

/// Texts kept in files beside the tests, in a folder `Goldens`.
///
/// `RECORD_GOLDENS=1` in the environment writes them anew; the difference is reviewed as code.
package enum Golden {
  /// Compares a text with the golden file of this name and fails the test at the caller's line.
  package static func expect(
    _ text: String, matches name: String, filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    let file = folder.appendingPathComponent("Goldens").appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1" {
      record(text, file, sourceLocation)
      return
    }
    guard let data = try? Data(contentsOf: file) else {
      Issue.record(
        "\(file.path) is missing; RECORD_GOLDENS=1 writes it", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: data, as: UTF8.self)
    if let difference = firstDifference(text, expected) {
      Issue.record("\(name): \(difference)", sourceLocation: sourceLocation)
    }
  }

  /// Says where two texts part, or nil when they are the same bytes.
  package static func firstDifference(_ text: String, _ expected: String) -> String? {
    // Not ==, for which canonically equivalent texts are the same.
    if text.utf8.elementsEqual(expected.utf8) { return nil }
    let actual = text.utf8.split(separator: 10, omittingEmptySubsequences: false)
    let wanted = expected.utf8.split(separator: 10, omittingEmptySubsequences: false)
    let index =
      zip(actual, wanted).enumerated().first { !$1.0.elementsEqual($1.1) }?.offset
      ?? min(actual.count, wanted.count)
    let shown = [wanted, actual].map {
      $0.indices.contains(index) ? String(Substring($0[index])) : "(end)"
    }
    return "line \(index + 1) differs\nexpected: \(shown[0])\nactual:   \(shown[1])\n\n\(text)"
  }

  private static func record(_ text: String, _ file: URL, _ sourceLocation: SourceLocation) {
    do {
      try TestFiles.write(Data(text.utf8), to: file.path)
    } catch {
      Issue.record(error, "the golden file could not be written", sourceLocation: sourceLocation)
    }
  }
}
