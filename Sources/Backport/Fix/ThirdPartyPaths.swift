import GitStore

/// Tells code that the project only carries from its own.
///
/// A fix to it belongs to whoever maintains it: the next update would undo it here.
struct ThirdPartyPaths {
  private static let folders: Set<String> = [
    "vendor", "vendored", "third_party", "third-party", "thirdparty", "3rdparty", "node_modules",
    "godeps", "external", "extern", "_vendor", "bundled", "deps",
  ]
  /// How many paths of one fix are asked about; each may read attribute files.
  private static let most = 500

  private let repository: Repository
  private let patterns: [WildPattern]
  private let scopes: AttributeScopes

  /// Takes the patterns of `[third-party] path`.
  init(repository: Repository, configured: [String]) {
    self.repository = repository
    patterns = configured.map { WildPattern(Array($0.utf8)) }
    scopes = AttributeScopes(repository: repository)
  }

  /// The third-party paths that a fix changes, with why each is one.
  func touched(by fix: FixSet) throws(GitError) -> [(path: String, reason: String)] {
    var found: [(path: String, reason: String)] = []
    var seen: Set<[UInt8]> = []
    for source in fix.sources {
      let before = try source.parent.map { (id) throws(GitError) in
        try repository.commit(id).tree
      }
      for change in try repository.changes(from: before, to: source.commit.tree)
        .prefix(ThirdPartyPaths.most) where seen.insert(change.path).inserted
      {
        guard let reason = try reason(for: change, in: source.commit.tree) else { continue }
        found.append((change.displayPath, reason))
      }
    }
    return found
  }

  /// The folder of vendored code among a path's folders, as how many lead to its content; nil when
  /// none is one.
  static func vendorFolder(in parts: [String]) -> Int? {
    parts.firstIndex { folders.contains($0.lowercased()) }.map { $0 + 1 }
  }

  /// Why what a change is about is code of others; nil when it is the project's own.
  func reason(for change: TreeChange, in tree: ObjectID) throws(GitError) -> String? {
    if (change.new ?? change.old)?.mode.isSubmodule == true { return "a submodule" }
    if patterns.contains(where: { $0.matches(change.path) }) {
      return "named by [third-party] in .gitbackport"
    }
    let parts = change.displayPath.lowercased().split(separator: "/").dropLast()
    if let folder = parts.first(where: { ThirdPartyPaths.folders.contains(String($0)) }) {
      return "in \(folder)/"
    }
    let scope = try scopes.scope(of: change.path, in: tree)
    switch try? scope.value(of: "linguist-vendored", for: change.path) {
    case .set, .text("true"): return "marked linguist-vendored"
    default: return nil
    }
  }
}
