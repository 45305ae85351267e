import ReleaseModel
import Testing

/// A version file before and after a release in one literal, with marks `«old→new»`.
struct VersionFileSample: Sendable, CustomTestStringConvertible {
  var name: String
  var path: String
  var from: String
  var to: String
  var before = ""
  var after = ""
  var marks = 0
  /// Whether the way back leads to the same file; it does not from a pre-release.
  var isReversible: Bool

  var testDescription: String { name }

  init(
    _ name: String, _ path: String, from: String = "1.1.0", to: String = "1.1.1",
    isReversible: Bool = true, _ text: String
  ) {
    self.name = name
    self.path = path
    self.from = from
    self.to = to
    self.isReversible = isReversible
    var rest = text[...]
    while let start = rest.firstIndex(of: "«"), let middle = rest[start...].firstIndex(of: "→"),
      let end = rest[middle...].firstIndex(of: "»")
    {
      before += rest[..<start] + rest[rest.index(after: start)..<middle]
      after += rest[..<start] + rest[rest.index(after: middle)..<end]
      rest = rest[rest.index(after: end)...]
      marks += 1
    }
    before += rest
    after += rest
  }

  var change: VersionChange { VersionChange(from: from, to: to, date: "2026-11-21") }

  /// The ways in which a file may be stored that are none of the release's business.
  enum Storage: String, CaseIterable, Sendable {
    case asWritten
    case carriageReturns
    case byteOrderMark
    case noFinalNewline

    func bytes(of text: String) -> [UInt8] {
      switch self {
      case .asWritten: Array(text.utf8)
      case .carriageReturns: text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
      case .byteOrderMark: [0xEF, 0xBB, 0xBF] + Array(text.utf8)
      case .noFinalNewline: Array(text.utf8.dropLast())
      }
    }
  }

  /// Checks that exactly the marks are replaced, however the file is stored.
  func check(storage: Storage, sourceLocation: SourceLocation = #_sourceLocation) {
    let bytes = storage.bytes(of: before)
    let outcome = VersionFile.edit(path: path, bytes: bytes, change: change)
    guard case .edited(let edited, let spans) = outcome else {
      Issue.record("\(outcome)", sourceLocation: sourceLocation)
      return
    }
    #expect(
      String(decoding: edited, as: UTF8.self)
        == String(decoding: storage.bytes(of: after), as: UTF8.self),
      sourceLocation: sourceLocation)
    #expect(spans.count == marks, sourceLocation: sourceLocation)
    let again = VersionFile.edit(path: path, bytes: edited, change: change)
    #expect(again == .edited(edited, spans: []), sourceLocation: sourceLocation)
    guard isReversible else { return }
    let back = VersionFile.edit(
      path: path, bytes: edited, change: VersionChange(from: to, to: from))
    guard case .edited(let original, _) = back else {
      Issue.record("no way back: \(back)", sourceLocation: sourceLocation)
      return
    }
    #expect(original == bytes, sourceLocation: sourceLocation)
  }
}

/// What becomes of a text in a file at this path.
func versionOutcome(
  _ path: String, _ text: String, from: String = "1.1.0", to: String = "1.1.1",
  rule: VersionFileRule = .automatic
) -> VersionFileOutcome {
  VersionFile.edit(
    path: path, bytes: Array(text.utf8), change: VersionChange(from: from, to: to), rule: rule)
}
