import GitStore
import ReleaseModel

/// Code of others that a fix touches, and who maintains it, as far as that can be known here.
struct ThirdPartyModule: Equatable {
  /// The first path that the fix changes.
  let path: String
  /// How many paths it changes.
  var count: Int
  /// Why the code is somebody else's.
  let reason: String
  /// The name of the module; nil where nothing tells.
  var name: String?
  /// Where its source is kept.
  var repository: String?
  /// Where problems are reported.
  var bugs: String?
  /// Its authors and maintainers, as they are written.
  var maintainers: [String] = []

  /// What a person should know; texts of others are data, which whoever prints them escapes.
  var message: String {
    let others = count == 1 ? "" : " and \(count - 1) more \(count == 2 ? "path" : "paths")"
    let verb = count == 1 ? "is" : "are"
    let start = "\(path)\(others) \(verb) code of others (\(reason)): the fix belongs upstream, to "
    guard name != nil || repository != nil else { return start + "whoever maintains it" }
    var facts = [name == nil ? nil : repository, bugs.map { "problems to \($0)" }]
      .compactMap(\.self)
    if !maintainers.isEmpty { facts.append("by " + maintainers.joined(separator: ", ")) }
    let what = name ?? repository ?? ""
    return start + what + (facts.isEmpty ? "" : " (\(facts.joined(separator: "; ")))")
  }
}

/// Finds out who maintains the third-party code that a fix touches.
struct ThirdPartySearch {
  /// Longer texts than these are no names.
  private static let longest = 200
  private static let mostMaintainers = 3

  let repository: Repository
  let paths: ThirdPartyPaths
  /// The addresses of submodules by their paths, as `.gitmodules` of the trunk has them.
  let submodules: [String: String]

  /// The modules that a fix touches, in the order of its paths.
  func modules(touchedBy fix: FixSet) throws(BackportError) -> [ThirdPartyModule] {
    guard let tree = fix.commits.last?.tree else { return [] }
    let touched = try store { () throws(GitError) in try paths.touched(by: fix) }
    var modules: [ThirdPartyModule] = []
    for (path, reason) in touched {
      let module = try module(at: path, reason, in: tree)
      let index = modules.firstIndex {
        $0.reason == reason && $0.name == module.name && $0.repository == module.repository
      }
      if let index { modules[index].count += 1 } else { modules.append(module) }
    }
    return modules
  }

  private func module(
    at path: String, _ reason: String, in tree: ObjectID
  ) throws(BackportError) -> ThirdPartyModule {
    var module = ThirdPartyModule(path: path, count: 1, reason: reason)
    if let address = submodules[path] {
      module.repository = Self.plain(RemoteAddress(address).display)
      return module
    }
    let folders = path.split(separator: "/").dropLast().map(String.init)
    let start = ThirdPartyPaths.vendorFolder(in: folders)
    for end in stride(from: folders.count, through: start ?? 1, by: -1) {
      // The folder of all vendored code describes none of it.
      guard end > 0, start.map({ end > $0 }) ?? true else { break }
      let folder = folders.prefix(end).joined(separator: "/")
      let manifests = try PackageFinder(repository: repository).manifests(in: folder, of: tree)
      guard let manifest = manifests.first(where: { $0.name != nil }) else { continue }
      fill(&module, from: manifest)
      return module
    }
    // Go's vendor folder has the packages at their addresses.
    if let start, folders.count > start + 2, folders[start].contains(".") {
      module.repository = "https://" + folders[start...].prefix(3).joined(separator: "/")
    }
    return module
  }

  private func fill(_ module: inout ThirdPartyModule, from manifest: PackageManifest) {
    module.name = manifest.name.map(Self.plain)
    module.repository = (manifest.repository ?? manifest.homepage).map(Self.plain)
    module.bugs = manifest.bugs.map(Self.plain)
    module.maintainers = manifest.maintainers.prefix(Self.mostMaintainers).map(Self.plain)
  }

  /// A text of a stranger, not longer than a name is.
  private static func plain(_ text: String) -> String { String(text.prefix(longest)) }
}
