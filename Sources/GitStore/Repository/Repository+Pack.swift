extension Repository {
  /// The objects made in memory that are reachable from some commits and tags, as one pack.
  ///
  /// nil when nothing of it is new. What was only tried on the way to a plan is left out.
  public func pack(reachableFrom roots: [ObjectID]) throws(GitError) -> Pack? {
    let objects = try madeObjects(reachableFrom: roots)
    if objects.isEmpty { return nil }
    var writer = try PackWriter(count: objects.count)
    for id in objects {
      try withObject(id) { (kind, bytes) throws(GitError) in try writer.add(id, kind, bytes) }
    }
    return writer.finish()
  }

  /// Writes the objects made in memory that are reachable from some commits, as one pack.
  ///
  /// Nothing is written when nothing of it is new. What was stored counts as made no more. A power
  /// cut can take the pack along, as it can what git itself writes, unless the configuration asks
  /// for loose objects to be flushed.
  public func storeMade(reachableFrom roots: [ObjectID]) throws(GitError) {
    guard let pack = try pack(reachableFrom: roots) else { return }
    let directory = PackDirectory(
      path: commonDirectory + "/objects/pack",
      permissions: SharedPermissions(setting: setting("core.sharedrepository")),
      isDurable: flushesObjects)
    do {
      try directory.install(pack)
    } catch {
      throw GitError(
        .other(error.number), operation: error.operation, operand: error.path,
        detail: error.reason)
    }
    madeSet.subtract(pack.objects)
  }

  /// Whether git would make loose objects durable (git-config(1), `core.fsync`).
  private var flushesObjects: Bool {
    if let old = setting("core.fsyncobjectfiles"),
      ["true", "yes", "on", "1", ""].contains(old.lowercased())
    {
      return true
    }
    guard let parts = setting("core.fsync")?.split(separator: ",") else { return false }
    return parts.last { part in
      ["loose-object", "objects", "committed", "added", "all", "none"]
        .contains(part.drop { $0 == "-" || $0 == " " }.lowercased())
    }.map { !$0.hasPrefix("-") && $0 != "none" } ?? false
  }

  /// The made objects below some roots; each object's own references come after it.
  public func madeObjects(reachableFrom roots: [ObjectID]) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    var seen: Set<ObjectID> = []
    var waiting = roots
    while let id = waiting.popLast() {
      guard madeSet.contains(id), seen.insert(id).inserted else { continue }
      found.append(id)
      try withObject(id) { (kind, raw) throws(GitError) in
        switch kind {
        case .commit:
          if let commit = Commit(id: id, object: Array(raw)) {
            waiting += [commit.tree] + commit.parents
          }
        case .tree: FolderView.forEachID(in: raw) { if madeSet.contains($0) { waiting.append($0) } }
        case .tag:
          if let tag = AnnotatedTag(object: Array(raw)) { waiting.append(tag.target) }
        case .blob: break
        }
      }
    }
    return found
  }
}
