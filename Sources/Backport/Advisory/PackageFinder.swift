import GitStore
import ReleaseModel

/// Finds the package that a project publishes, in the files of its tree.
struct PackageFinder {
  /// Larger files than this describe no package.
  private static let largest = 1 << 20
  /// Folders in which a monorepo keeps its packages.
  private static let folders = [
    "packages", "crates", "libs", "modules", "src", "components", "projects", "",
  ]

  let repository: Repository

  /// What was found.
  struct Found {
    /// The package; nil when the tree describes none.
    var package: AdvisoryPackage?
    /// Others that the tree describes as well.
    var others: [AdvisoryPackage] = []
  }

  /// The package at the top of a tree, or in the folder of one of a monorepo's packages.
  ///
  /// Of several, the one named as the repository is; else the first in the order in which
  /// ``PackageManifest/fileNames`` stand.
  func find(
    in tree: ObjectID, package name: String?, repository address: WebRepository?
  ) throws(BackportError) -> Found {
    var found: [AdvisoryPackage] = []
    for folder in Self.places(of: name) {
      found = try manifests(in: folder, of: tree).compactMap(\.package)
      if !found.isEmpty { break }
    }
    if found.isEmpty, let address, try hasFile("Package.swift", in: tree) {
      found = [AdvisoryPackage(.swift, address.withoutScheme)]
    }
    let wanted = (name ?? address?.name)?.lowercased()
    let named = found.firstIndex { $0.shortName.lowercased() == wanted }
    guard let index = named ?? found.indices.first else { return Found() }
    let package = found.remove(at: index)
    return Found(package: package, others: found.filter { !$0.isSame(as: package) })
  }

  /// What the files of a folder say that describe packages, in the order of their kinds.
  func manifests(
    in folder: String, of tree: ObjectID
  ) throws(BackportError) -> [PackageManifest] {
    let entries = try store { () throws(GitError) -> [TreeEntry] in
      guard let node = try repository.node(at: folder, in: tree), node.mode.isTree else {
        return []
      }
      return try repository.tree(node.id)
    }
    var ranked: [(Int, String, PackageManifest)] = []
    for entry in entries where entry.node.mode.isFile {
      let name = String(decoding: entry.name, as: UTF8.self)
      guard PackageManifest.isManifest(name), let manifest = try read(entry.node.id, named: name)
      else { continue }
      let rank =
        PackageManifest.fileNames.firstIndex(of: name)
        ?? (name.hasSuffix(".gemspec") ? 1 : PackageManifest.fileNames.count - 2)
      ranked.append((rank, name, manifest))
    }
    return ranked.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  private func read(
    _ blob: ObjectID, named name: String
  ) throws(BackportError) -> PackageManifest? {
    let bytes = try store { () throws(GitError) in
      try repository.size(of: blob) <= Self.largest ? try repository.blob(blob) : nil
    }
    guard let bytes else { return nil }
    // A file that is no JSON describes nothing.
    let json =
      name.hasSuffix(".json")
      ? try? DocumentCoding.decode(JSONTree.self, from: bytes, named: name) : nil
    return PackageManifest(path: name, bytes: bytes, json: json)
  }

  private func hasFile(_ path: String, in tree: ObjectID) throws(BackportError) -> Bool {
    try store { () throws(GitError) in
      try repository.node(at: path, in: tree)?.mode.isFile ?? false
    }
  }

  private static func places(of package: String?) -> [String] {
    guard let package else { return [""] }
    let name = package.split(separator: "/").last.map(String.init) ?? package
    return folders.map { $0.isEmpty ? name : "\($0)/\(name)" } + [""]
  }
}
