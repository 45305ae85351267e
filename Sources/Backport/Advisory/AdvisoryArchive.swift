import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder in which a project keeps its advisories, as far as it is read: for ids that are taken,
/// and for an earlier edition.
struct AdvisoryArchive {
  /// An earlier edition of an advisory.
  struct Edition {
    let published: String
    let modified: String
    let revision: Int
  }

  /// More files than these are not looked through.
  private static let most = 10_000
  private static let largest = 16 << 20

  let path: String

  /// The home id and the other ids of an advisory.
  ///
  /// The home id is the one that was asked for; else the one by which the folder knows the same flaw;
  /// else a GHSA id of a project on GitHub; else that of the case, where it has the form of one; else
  /// the next number of the year.
  func identity(
    asked: [String], found: [String], project: String, year: String, isOnGitHub: Bool,
    marks: Set<String>, case: CaseID? = nil
  ) -> (id: String, aliases: [String]) {
    let own = asked.first { FixText.advisoryID($0) == nil }
    let id =
      own.map { Self.isHomeID($0) ? $0 : "x_" + $0 }
      ?? known(found, marks)
      ?? (isOnGitHub ? found.first { $0.hasPrefix("GHSA-") } : nil)
      ?? `case`.flatMap { $0.isNumbered ? "x_" + $0.description : nil }
      ?? next(project, year)
    return (id, found.filter { $0 != id })
  }

  /// Whether OSV knows the home of an id, or is told that it does not.
  private static func isHomeID(_ id: String) -> Bool { id.hasPrefix("x_") }

  /// The id of an advisory in the folder that shares an id or a commit with this one.
  private func known(_ ids: [String], _ marks: Set<String>) -> String? {
    for name in names where name.hasPrefix("x_") && name.hasSuffix(".json") {
      guard let document = document(name), let claims = AdvisoryClaims(document),
        claims.format == .osv, let id = claims.id
      else { continue }
      let commits = claims.products.flatMap(\.commits).flatMap(\.fixed)
      if claims.aliases.contains(where: ids.contains) || commits.contains(where: marks.contains) {
        return id
      }
    }
    return nil
  }

  private func next(_ project: String, _ year: String) -> String {
    let word = project.uppercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .joined(separator: "-")
    let start = "\(word.isEmpty ? "PROJECT" : word)-SA-\(year)-"
    var highest = 0
    for name in names {
      let bare = name.hasPrefix("x_") ? name.dropFirst(2) : name[...]
      guard bare.hasPrefix(start) else { continue }
      let digits = bare.dropFirst(start.count).prefix { $0.isASCII && $0.isNumber }
      highest = max(highest, Int(digits) ?? 0)
    }
    let number = String(highest + 1)
    return "x_" + start + String(repeating: "0", count: max(0, 4 - number.count)) + number
  }

  /// The earlier edition of an advisory that the folder holds; nil for none.
  func edition(osv: String, csaf: String) -> Edition? {
    guard let document = document(osv), let published = document["published"]?.string,
      let modified = document["modified"]?.string
    else { return nil }
    let tracking = self.document(csaf)?["document"]?["tracking"]
    return Edition(
      published: published, modified: modified,
      revision: tracking?["version"]?.string.flatMap { Int($0) } ?? 1)
  }

  /// The bytes of a file; nil when there is none.
  func contents(_ name: String) -> [UInt8]? {
    guard !name.contains("..") else { return nil }
    return FileManager.default.contents(atPath: "\(path)/\(name)").map(Array.init)
  }

  private var names: [String] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return Array(all.sorted().prefix(Self.most))
  }

  private func document(_ name: String) -> JSONTree? {
    guard let bytes = contents(name), bytes.count <= Self.largest else { return nil }
    return try? DocumentCoding.decode(JSONTree.self, from: bytes, named: name)
  }
}

extension JSONTree {
  /// The text of a string.
  var string: String? { if case .string(let text) = self { text } else { nil } }
}
