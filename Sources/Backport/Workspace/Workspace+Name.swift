import GitStore

extension Workspace {
  /// The name of the project: that of the upstream remote's repository, else of the directory.
  var projectName: String {
    let address = remote.flatMap { settings.string(ConfigurationKey("remote", $0, "url")) }
    var path = (address ?? repository.workTree ?? repository.gitDirectory)[...]
    while path.hasSuffix("/") { path.removeLast() }
    if path.hasSuffix("/.git") { path.removeLast(5) }
    if path.hasSuffix(".git") { path.removeLast(4) }
    return String(path.split { $0 == "/" || $0 == ":" }.last ?? "project")
  }
}
