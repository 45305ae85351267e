import GitStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file that describes one vulnerability.
struct FiledAdvisory: Equatable {
  /// Where it stands in the tree.
  let path: String
  /// CVE and GHSA ids.
  let ids: [String]
  /// The commits that it says are the fix.
  let fixes: [ObjectID]
  /// The commits that it says brought the flaw.
  let introducers: [ObjectID]
}

/// Reads the advisories that a project keeps in its tree.
///
/// OSV files say which commits are the fix; in any other text a commit that is linked or written in
/// full counts as one, unless its line says that it introduced the flaw.
struct AdvisoryFolder {
  private static let folders = [
    "advisories", "security-advisories", "security/advisories", "docs/advisories",
    "doc/advisories", "docs/security/advisories", "docs/security", ".github/advisories",
    ".github/security-advisories", "vulnerabilities", "vulns",
  ]
  private static let endings: Set<String> = [
    "md", "markdown", "json", "yml", "yaml", "toml", "rst", "adoc", "txt",
  ]
  /// How many files are read, how big each may be, and how deep folders may lie.
  private static let most = 2_000
  private static let largest = 1 << 20
  private static let depth = 3

  let repository: Repository

  /// The advisories of a tree, in the order of their paths.
  func advisories(in tree: ObjectID) throws(GitError) -> [FiledAdvisory] {
    var files: [(path: String, id: ObjectID)] = []
    for folder in AdvisoryFolder.folders {
      guard let node = try repository.node(at: folder, in: tree), node.mode.isTree else { continue }
      try collect(node.id, folder, AdvisoryFolder.depth, &files)
    }
    var seen: Set<String> = []
    var found: [FiledAdvisory] = []
    for (path, id) in files.sorted(by: { $0.path < $1.path }) where seen.insert(path).inserted {
      guard try repository.size(of: id) <= AdvisoryFolder.largest else { continue }
      let advisory = try read(try repository.blob(id), path)
      if !advisory.ids.isEmpty { found.append(advisory) }
    }
    return found
  }

  private func collect(
    _ tree: ObjectID, _ path: String, _ depth: Int, _ files: inout [(path: String, id: ObjectID)]
  ) throws(GitError) {
    for entry in try repository.tree(tree) where files.count < AdvisoryFolder.most {
      let name = String(decoding: entry.name, as: UTF8.self)
      if entry.node.mode.isTree {
        if depth > 0 { try collect(entry.node.id, "\(path)/\(name)", depth - 1, &files) }
        continue
      }
      let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      if entry.node.mode.isFile, AdvisoryFolder.endings.contains(ending) {
        files.append(("\(path)/\(name)", entry.node.id))
      }
    }
  }

  private func read(_ bytes: [UInt8], _ path: String) throws(GitError) -> FiledAdvisory {
    if path.hasSuffix(".json"),
      let document = try? JSONDecoder().decode(OSVDocument.self, from: Data(bytes))
    {
      return advisory(document, path)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    var fixes: [ObjectID] = []
    var introducers: [ObjectID] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let isIntroduction = line.lowercased().contains("introduc")
      for id in commits(in: line) {
        if isIntroduction { introducers.append(id) } else { fixes.append(id) }
      }
    }
    return FiledAdvisory(
      path: path, ids: AdvisoryFolder.ids(ofFile: path, text), fixes: AdvisoryFolder.once(fixes),
      introducers: AdvisoryFolder.once(introducers))
  }

  private func advisory(_ document: OSVDocument, _ path: String) -> FiledAdvisory {
    let events = (document.affected ?? []).flatMap { $0.ranges ?? [] }
      .filter { $0.type == "GIT" }.flatMap { $0.events ?? [] }
    let links = (document.references ?? []).filter { $0.type == "FIX" }.compactMap(\.url)
    let fixes =
      events.compactMap { $0.fixed.flatMap { ObjectID(hex: $0) } }
      + links.flatMap { commits(in: $0[...]) }
    return FiledAdvisory(
      path: path,
      ids: FixText.ids(in: [document.id ?? ""] + (document.aliases ?? []) + [path]),
      fixes: AdvisoryFolder.once(fixes),
      introducers: AdvisoryFolder.once(
        events.compactMap { $0.introduced.flatMap { ObjectID(hex: $0) } }))
  }

  /// The commits that a line names in full, or links to, as far as they are here.
  private func commits(in line: Substring) -> [ObjectID] {
    var found: [ObjectID] = []
    let isDigit = { (character: Character) in
      character.isASCII && (character.isHexDigit || character.isLetter)
    }
    let words = line.split { !isDigit($0) && $0 != "/" }
    for word in words {
      let parts = word.split(separator: "/", omittingEmptySubsequences: false)
      for (index, part) in parts.enumerated()
      where part.count <= 40 && part.allSatisfy(\.isHexDigit) {
        let isLinked = index > 0 && ["commit", "commits"].contains(parts[index - 1])
        guard part.count == 40 || (isLinked && part.count >= 7),
          let id = try? repository.resolve(String(part))
        else { continue }
        found.append(id)
      }
    }
    return found
  }

  /// The ids that a file is about: those in its name, else in its headings and keys, else in all of
  /// it when they are not many.
  private static func ids(ofFile path: String, _ text: String) -> [String] {
    let named = FixText.ids(in: [path])
    let heads = text.split(whereSeparator: \.isNewline).filter { line in
      let text = line.trimmingWhitespace().lowercased()
      return text.hasPrefix("#") || text.hasPrefix("id:") || text.hasPrefix("id =")
        || text.hasPrefix("cve") || text.hasPrefix("ghsa") || text.hasPrefix("aliases")
        || text.hasPrefix("\"id\"") || text.hasPrefix("- cve-") || text.hasPrefix("- ghsa-")
    }
    let headed = FixText.ids(in: named + heads.map(String.init))
    if !headed.isEmpty { return headed }
    let all = FixText.ids(in: [text])
    return all.count <= 2 ? all : []
  }

  private static func once(_ ids: [ObjectID]) -> [ObjectID] {
    var seen: Set<ObjectID> = []
    return ids.filter { seen.insert($0).inserted }
  }
}

/// What is read of a document of the Open Source Vulnerability format.
private struct OSVDocument: Decodable {
  struct Affected: Decodable {
    let ranges: [Range]?
  }

  struct Range: Decodable {
    let type: String?
    let events: [Event]?
  }

  struct Event: Decodable {
    let introduced: String?
    let fixed: String?
  }

  struct Reference: Decodable {
    let type: String?
    let url: String?
  }

  let id: String?
  let aliases: [String]?
  let affected: [Affected]?
  let references: [Reference]?
}
