import CLibgit2

extension Repository {
  /// The kind and the bytes of an object.
  public func object(_ id: ObjectID) throws(GitError) -> (kind: ObjectKind, bytes: [UInt8]) {
    try withObject(id) { kind, bytes in (kind, Array(bytes)) }
  }

  /// The bytes of an object that must be of one kind.
  public func bytes(of id: ObjectID, as kind: ObjectKind) throws(GitError) -> [UInt8] {
    try withObject(id, as: kind) { Array($0) }
  }

  /// A commit; kept, so that reading it again costs nothing.
  public func commit(_ id: ObjectID) throws(GitError) -> Commit {
    if let known = commits[id] { return known }
    guard let commit = Commit(id: id, object: try bytes(of: id, as: .commit)) else {
      throw GitError(.damaged, operation: "read commit", operand: id.description)
    }
    commits[id] = commit
    return commit
  }

  /// The entries of a tree, in git's order.
  public func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
    guard let entries = TreeObject.parse(try bytes(of: id, as: .tree)) else {
      throw GitError(.damaged, operation: "read tree", operand: id.description)
    }
    return entries
  }

  /// The contents of a file.
  public func blob(_ id: ObjectID) throws(GitError) -> [UInt8] {
    try bytes(of: id, as: .blob)
  }

  /// An annotated tag; nil when the object is something else.
  public func annotatedTag(_ id: ObjectID) throws(GitError) -> AnnotatedTag? {
    let (kind, bytes) = try object(id)
    return kind == .tag ? AnnotatedTag(object: bytes) : nil
  }

  /// What stands at a path below a tree; nil when nothing does.
  ///
  /// The path has no slash at its ends.
  public func node(at path: [UInt8], in tree: ObjectID) throws(GitError) -> TreeNode? {
    var node = TreeNode(mode: .tree, id: tree)
    for component in path.split(separator: UInt8(ascii: "/")) {
      guard node.mode.isTree else { return nil }
      guard let entry = try self.tree(node.id).first(where: { component.elementsEqual($0.name) })
      else { return nil }
      node = entry.node
    }
    return node
  }

  /// What stands at a path below a tree; nil when nothing does.
  public func node(at path: String, in tree: ObjectID) throws(GitError) -> TreeNode? {
    try node(at: Array(path.utf8), in: tree)
  }

  /// The contents of the file at a path; nil when there is none or it is not an ordinary file.
  public func file(at path: String, in tree: ObjectID) throws(GitError) -> [UInt8]? {
    guard let node = try node(at: path, in: tree), node.mode.isFile else { return nil }
    return try blob(node.id)
  }

  /// Whether the object is in the repository itself, not only in memory.
  public func isStored(_ id: ObjectID) -> Bool {
    guard !madeSet.contains(id) else { return false }
    return database.with { odb in id.withOid { backport_odb_exists(odb, $0) == 1 } }
  }

  /// Puts an object into the store in memory and gives its id; nothing is written to disk.
  @discardableResult
  public func make(_ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) -> ObjectID {
    let id = try Repository.hash(kind, bytes)
    if kind == .commit || kind == .tag { drafts.insert(id) }
    if madeSet.contains(id) { return id }
    // One that is stored but damaged must not count: git would keep the damage, silently.
    if isStored(id), let stored = try? object(id), stored.bytes == bytes { return id }
    try keep(id, kind, bytes)
    return id
  }

  /// Takes the commits and tags that were made, below some of them, for new with all that they bring,
  /// also where the same objects are stored already.
  ///
  /// For a pack that is to stand by itself: what is stored and held by no reference may be pruned.
  public func adoptDrafts(from roots: [ObjectID]) throws(GitError) {
    for id in try draftsInOrder(from: roots) {
      try adopt(id)
      guard try kind(of: id) == .commit else { continue }
      let made = try commit(id)
      let before = try made.parents.first.map { (id) throws(GitError) in try commit(id).tree }
      try adopt(made.tree, besides: before)
    }
  }

  /// The same for what a tree holds and another lacks.
  private func adopt(_ tree: ObjectID, besides base: ObjectID?) throws(GitError) {
    if tree == base { return }
    var known: [[UInt8]: TreeNode] = [:]
    if let base { for entry in try self.tree(base) { known[entry.name] = entry.node } }
    for entry in try self.tree(tree) where entry.node != known[entry.name] {
      let old = known[entry.name]
      if entry.node.mode.isTree {
        try adopt(entry.node.id, besides: old.flatMap { $0.mode.isTree ? $0.id : nil })
      } else if entry.node.mode.isFile || entry.node.mode == .symlink {
        try adopt(entry.node.id)
      }
    }
    try adopt(tree)
  }

  private func adopt(_ id: ObjectID) throws(GitError) {
    if madeSet.contains(id) { return }
    let (kind, bytes) = try object(id)
    try keep(id, kind, bytes)
  }

  private func keep(_ id: ObjectID, _ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) {
    let written = bytes.withUnsafeBytes { bytes in
      id.withOid {
        backport_backend_write(memory, $0, bytes.baseAddress, bytes.count, kind.libgit2Type)
      }
    }
    try check(written, "keep a \(kind.rawValue) in memory", id.description)
    madeSet.insert(id)
    madeSize += bytes.count
  }

  /// The id of an object.
  ///
  /// libgit2's hash also looks for attacks on SHA-1 and costs twice as much as ours. Files, commits
  /// and tags, whose bytes are anybody's, are hashed by it. Trees, two thirds of all bytes that a
  /// pick makes, hold names and ids of objects that git accepted before; whoever receives them
  /// hashes them again, as `git index-pack` does when we land.
  private static func hash(_ kind: ObjectKind, _ bytes: [UInt8]) throws(GitError) -> ObjectID {
    if kind == .tree {
      var hash = SHA1()
      hash.update("tree \(bytes.count)\0".utf8)
      bytes.withUnsafeBytes { hash.update($0) }
      if let id = ObjectID(bytes: hash.finish()) { return id }
    }
    var oid = git_oid()
    let status = bytes.withUnsafeBytes {
      git_odb_hash(&oid, $0.baseAddress, $0.count, kind.libgit2Type)
    }
    try check(status, "hash a \(kind.rawValue)")
    guard let id = ObjectID(oid) else {
      throw GitError(.damaged, operation: "hash a \(kind.rawValue)", operand: "")
    }
    return id
  }

  /// Makes a commit in memory and gives its id.
  public func make(_ draft: CommitDraft) throws(GitError) -> ObjectID {
    try make(.commit, draft.objectBytes)
  }

  /// Makes a tree in memory; nil for no entries, since git has no empty folders.
  public func makeTree(_ entries: [TreeEntry]) throws(GitError) -> ObjectID? {
    entries.isEmpty ? nil : try make(.tree, TreeObject.bytes(of: entries))
  }

  /// The tree that results when the file at a path gets new contents; nil removes it.
  ///
  /// Folders are created as needed and vanish when they become empty. The mode of an existing
  /// file stays; a new one is an ordinary file. A path through something that is no folder, or of
  /// more than 500 components, is an error; removing what is not there changes nothing.
  public func replacing(
    _ path: String, with contents: [UInt8]?, in tree: ObjectID
  ) throws(GitError) -> ObjectID {
    let components = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
    guard !components.isEmpty, components.count <= 500, !path.utf8.contains(0) else {
      throw GitError(.invalidSpecification, operation: "replace file", operand: path)
    }
    if contents == nil, try node(at: path, in: tree)?.mode.isTree ?? true { return tree }
    let node = try contents.map { (bytes) throws(GitError) in
      TreeNode(mode: try mode(at: components, in: tree), id: try make(.blob, bytes))
    }
    let root = try replacing(components[...], with: node, in: tree, of: path)
    return if let root { root } else { try make(.tree, []) }
  }

  /// The tree that results when a node stands at a path, or nothing does.
  ///
  /// Folders are created as needed and vanish when they become empty. What stood there, a folder
  /// too, is gone. A path through something that is no folder is an error.
  public func replacing(
    _ path: [UInt8], with node: TreeNode?, in tree: ObjectID
  ) throws(GitError) -> ObjectID {
    let components = path.split(separator: UInt8(ascii: "/")).map { Array($0) }
    let name = String(decoding: path, as: UTF8.self)
    guard !components.isEmpty, components.count <= 500, !path.contains(0) else {
      throw GitError(.invalidSpecification, operation: "replace file", operand: name)
    }
    let root = try replacing(components[...], with: node, in: tree, of: name)
    return if let root { root } else { try make(.tree, []) }
  }

  /// The mode a file at a path gets: that of the file there, else of an ordinary one.
  private func mode(at components: [[UInt8]], in tree: ObjectID) throws(GitError) -> FileMode {
    let path = Array(components.joined(separator: [UInt8(ascii: "/")]))
    guard let old = try node(at: path, in: tree) else { return .regular }
    if old.mode.isTree {
      throw notAFile(String(decoding: path, as: UTF8.self), "a folder stands there")
    }
    return old.mode.isFile ? old.mode : .regular
  }

  private func replacing(
    _ components: ArraySlice<[UInt8]>, with new: TreeNode?, in tree: ObjectID?, of path: String
  ) throws(GitError) -> ObjectID? {
    guard let name = components.first else { return tree }
    var entries: [TreeEntry] = []
    if let tree { entries = try self.tree(tree) }
    let index = entries.firstIndex { $0.name == name }
    let old = index.map { entries[$0].node }
    var node = new
    if components.count > 1 {
      guard old?.mode.isTree ?? true else { throw notAFile(path, "a file stands above it") }
      node = try replacing(components.dropFirst(), with: new, in: old?.id, of: path).map {
        TreeNode(mode: .tree, id: $0)
      }
    }
    if let index { entries.remove(at: index) }
    if let node { entries.append(TreeEntry(name: name, node: node)) }
    return try makeTree(entries)
  }

  private func notAFile(_ path: String, _ detail: String) -> GitError {
    GitError(.invalidSpecification, operation: "replace file", operand: path, detail: detail)
  }
}
