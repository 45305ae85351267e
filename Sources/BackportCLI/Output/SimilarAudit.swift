import Backport

/// What a search for similar code tells the record of a case.
struct SimilarAudit {
  /// Longer documents than these are no result of a search.
  private static let longest = 64 << 20
  /// How many places the record names.
  private static let named = 50

  /// What was looked for, and where.
  let what: String
  /// Each place that was found.
  let found: [String]

  /// Reads the document `similar/1` that a file or standard input has.
  init(reading path: String) throws(BackportError) {
    let option = "--similar"
    let bytes = try InputFile.contents(of: path, option: option, limit: Self.longest)
    guard bytes.count <= Self.longest,
      let document = try? DocumentCoding.decode(SimilarDocument.self, from: bytes, named: path),
      document.schema == SimilarDocument.name
    else {
      throw BackportError(
        .usage, ["\(option) \(path)"], detail: "it is not what similar --json prints")
    }
    self.init(document)
  }

  init(_ document: SimilarDocument) {
    let commits = document.fixes.flatMap(\.commits).map { "\(ShortID($0.id)) (\($0.subject))" }
    let places = document.places.map(document.name).joined(separator: ", ")
    let files = document.filesRead == 1 ? "1 file" : "\(document.filesRead) files"
    what = "code like that which \(commits.joined(separator: ", ")) repairs, on \(places); \(files)"
    let findings = document.findings
    var found = findings.prefix(Self.named).map { finding in
      let hit = finding.hit
      let lines = hit.startLine == hit.endLine ? "" : "-\(hit.endLine)"
      let percent = Int((hit.likeness * 100).rounded())
      return "\(hit.path):\(hit.startLine)\(lines) on \(finding.places.joined(separator: ", ")), "
        + "\(percent) % alike"
    }
    let hidden = document.places.map(\.hidden).max() ?? 0
    let more = findings.count - found.count + hidden
    if more > 0 { found.append("\(more) more") }
    self.found = found
  }
}
