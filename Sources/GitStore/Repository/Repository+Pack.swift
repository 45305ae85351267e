import CLibgit2

extension Repository {
  /// The objects made in memory that are reachable from some commits and tags, as one pack.
  ///
  /// nil when nothing of it is new. What was only tried on the way to a plan is left out.
  public func pack(reachableFrom roots: [ObjectID]) throws(GitError) -> [UInt8]? {
    let objects = try madeObjects(reachableFrom: roots)
    if objects.isEmpty { return nil }
    let builder = try handle.with { (repository) throws(GitError) in
      try Handle<PackBuilderKind>("write a pack") { git_packbuilder_new(&$0, repository) }
    }
    return try builder.with { (builder) throws(GitError) in
      git_packbuilder_set_threads(builder, 1)
      for id in objects {
        try check(
          id.withOid { git_packbuilder_insert(builder, $0, nil) }, "add to the pack", id.description
        )
      }
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      try check(git_packbuilder_write_buf(&buffer, builder), "write a pack")
      return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }
  }

  /// Writes the objects made in memory that are reachable from some commits, as one pack.
  ///
  /// Nothing is written when nothing of it is new. What was stored counts as made no more.
  public func storeMade(reachableFrom roots: [ObjectID]) throws(GitError) {
    let objects = try madeObjects(reachableFrom: roots)
    if objects.isEmpty { return }
    let builder = try handle.with { (repository) throws(GitError) in
      try Handle<PackBuilderKind>("write a pack") { git_packbuilder_new(&$0, repository) }
    }
    try builder.with { (builder) throws(GitError) in
      git_packbuilder_set_threads(builder, 1)
      for id in objects {
        let status = id.withOid { git_packbuilder_insert(builder, $0, nil) }
        try check(status, "add to the pack", id.description)
      }
      let status = git_packbuilder_write(builder, commonDirectory + "/objects/pack", 0, nil, nil)
      try check(status, "write a pack")
    }
    madeSet.subtract(objects)
  }

  /// The made objects below some roots; each object's own references come after it.
  public func madeObjects(reachableFrom roots: [ObjectID]) throws(GitError) -> [ObjectID] {
    var found: [ObjectID] = []
    var seen: Set<ObjectID> = []
    var waiting = roots
    while let id = waiting.popLast() {
      guard madeSet.contains(id), seen.insert(id).inserted else { continue }
      found.append(id)
      let (kind, bytes) = try object(id)
      switch kind {
      case .commit:
        if let commit = Commit(id: id, object: bytes) { waiting += [commit.tree] + commit.parents }
      case .tree:
        for entry in TreeObject.parse(bytes) ?? [] where !entry.node.mode.isSubmodule {
          waiting.append(entry.node.id)
        }
      case .tag:
        if let tag = AnnotatedTag(object: bytes) { waiting.append(tag.target) }
      case .blob: break
      }
    }
    return found
  }
}
