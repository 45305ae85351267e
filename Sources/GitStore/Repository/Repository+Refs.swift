import CLibgit2

/// What HEAD stands on.
public enum Head: Hashable, Sendable {
  /// A branch, which may not have been born yet.
  case branch(RefName)
  /// A commit and no branch.
  case detached(ObjectID)
  /// Contents that are neither.
  case broken(String)
}

extension Repository {
  /// Every reference whose name begins with the prefix, such as `refs/tags/`, sorted by name.
  ///
  /// Read anew at each call; the packed ones only when their file has changed.
  public func references(under prefix: String) -> [Reference] {
    referenceReader.references(under: prefix)
  }

  /// What references are taken to hold, whatever the files say; nil takes one for absent.
  ///
  /// For plans that begin where something else is to end. Revisions are resolved without it.
  public var assumedReferences: [RefName: ObjectID?] {
    get { referenceReader.assumed }
    set { referenceReader.assumed = newValue }
  }

  /// The reference as it stands; nil when it does not exist.
  public func reference(_ name: RefName) -> Reference? {
    referenceReader.reference(name)
  }

  /// The object a reference leads to, symbolic ones followed up to five steps; nil when absent.
  public func target(of name: RefName) -> ObjectID? {
    var current = name
    for _ in 0..<5 {
      switch reference(current)?.value {
      case .direct(let id): return id
      case .symbolic(let next): current = next
      case .broken, nil: return nil
      }
    }
    return nil
  }

  /// What stands where the reflog of a reference is to be written; nil when nothing is in the way.
  ///
  /// Git finds out only when it has moved the references before that one.
  package func reflogObstacle(of name: RefName) -> String? {
    let parts = "logs/\(name)".split(separator: "/")
    for count in 1...parts.count {
      let path = parts.prefix(count).joined(separator: "/")
      switch FileSystem.kind(of: commonDirectory + "/" + path) {
      case nil: return nil
      case .directory where count < parts.count: continue
      // Git removes folders in its way when they are empty.
      case .directory where FileSystem.isEmptyTree(commonDirectory + "/" + path): return nil
      case .file where count == parts.count: return nil
      default: return path
      }
    }
    return nil
  }

  /// What HEAD of this worktree stands on.
  public var head: Head {
    Repository.head(in: gitDirectory)
  }

  static func head(in directory: String) -> Head {
    switch ReferenceReader.value(in: directory + "/HEAD") {
    case .symbolic(let name): .branch(name)
    case .direct(let id): .detached(id)
    case .broken(let text): .broken(text)
    case nil: .broken("")
    }
  }

  /// The commit to which an object leads through annotated tags.
  ///
  /// A chain of more than 50 tags, or one that ends in something else, is an error.
  public func peelToCommit(_ id: ObjectID) throws(GitError) -> ObjectID {
    var current = id
    for _ in 0..<50 {
      if commits[current] != nil { return current }
      let kind = try kind(of: current)
      if kind == .commit { return current }
      guard kind == .tag else {
        throw GitError(
          .damaged, operation: "find the commit of", operand: id.description,
          detail: "it leads to a \(kind.rawValue)")
      }
      guard let tag = try annotatedTag(current) else {
        throw GitError(.damaged, operation: "read tag", operand: current.description)
      }
      current = tag.target
    }
    throw GitError(
      .damaged, operation: "find the commit of", operand: id.description,
      detail: "more than 50 tags stand in between")
  }

  /// The commit that a tag or branch reference leads to, using what packed-refs says.
  public func commit(of reference: Reference) throws(GitError) -> ObjectID {
    if let peeled = reference.peeled { return try peelToCommit(peeled) }
    guard let target = target(of: reference.name) else {
      throw GitError(.damaged, operation: "read reference", operand: reference.name.description)
    }
    return try peelToCommit(target)
  }

  /// The commit that a revision names, by git's own rules (gitrevisions(7)).
  ///
  /// An abbreviated id of seven digits or more that is also the name of a reference to another
  /// commit is ambiguous here; git prefers the reference. When an abbreviation fits several
  /// objects and one of them alone is a commit or a tag, that one is meant, as in git.
  public func resolve(_ revision: String) throws(GitError) -> ObjectID {
    if let id = ObjectID(hex: revision) { return try peelToCommit(id) }
    guard !revision.isEmpty, !revision.utf8.contains(0) else {
      throw GitError(.invalidSpecification, operation: "find revision", operand: revision)
    }
    let found: ObjectID
    do throws(GitError) {
      found = try object(named: revision)
    } catch {
      guard error.code == .ambiguous, let only = try onlyCommit(abbreviated: revision) else {
        throw error
      }
      return only
    }
    let commit = try peelToCommit(found)
    if let other = objectAbbreviated(revision), other != found,
      (try? peelToCommit(other)) != commit
    {
      throw GitError(
        .ambiguous, operation: "find revision", operand: revision,
        detail: "it is a reference and the beginning of an object id")
    }
    return commit
  }

  private func object(named revision: String) throws(GitError) -> ObjectID {
    let object = try handle.with { (repository) throws(GitError) in
      try Handle<ObjectHandleKind>("find revision", revision) { pointer in
        git_revparse_single(&pointer, repository, revision)
      }
    }
    guard let found = object.with({ git_object_id($0).flatMap { ObjectID($0.pointee) } }) else {
      throw GitError(.notFound, operation: "find revision", operand: revision)
    }
    return found
  }

  /// The one commit, or target of a tag, whose id begins with those digits; nil for none or more.
  ///
  /// Looks at the ids of all objects.
  private func onlyCommit(abbreviated text: String) throws(GitError) -> ObjectID? {
    guard ObjectID.isAbbreviation(text) else { return nil }
    let search = PrefixSearch(prefix: Array(text.lowercased().utf8))
    // Not our own database: libgit2 calls through a null pointer when it walks the store in memory.
    let objects = try Handle<ObjectDatabaseKind>("open object database", commonDirectory) {
      git_odb_open(&$0, commonDirectory + "/objects")
    }
    let status = objects.with { odb in
      git_odb_foreach(
        odb, { id, payload in PrefixSearch.visit(id, payload) },
        Unmanaged.passUnretained(search).toOpaque())
    }
    try check(status, "find revision", text)
    let commits = Set(search.found.compactMap { try? peelToCommit($0) })
    return commits.count == 1 ? commits.first : nil
  }

  private func objectAbbreviated(_ text: String) -> ObjectID? {
    guard ObjectID.isAbbreviation(text) else { return nil }
    var short = git_oid()
    guard git_oid_fromstrn(&short, text, text.utf8.count) == 0 else { return nil }
    var full = git_oid()
    let status = database.with { git_odb_exists_prefix(&full, $0, &short, text.utf8.count) }
    return status == 0 ? ObjectID(full) : nil
  }
}

/// The ids that begin with some hexadecimal digits, collected from a walk of all objects.
private final class PrefixSearch {
  private let prefix: [UInt8]
  private(set) var found: Set<ObjectID> = []

  init(prefix: [UInt8]) { self.prefix = prefix }

  static func visit(
    _ id: UnsafePointer<git_oid>?, _ payload: UnsafeMutableRawPointer?
  ) -> Int32 {
    guard let id, let payload, let object = ObjectID(id.pointee) else { return 0 }
    let search = Unmanaged<PrefixSearch>.fromOpaque(payload).takeUnretainedValue()
    if object.begins(with: search.prefix) { search.found.insert(object) }
    return 0
  }
}

extension ObjectID {
  /// Whether a text may be the beginning of an object id: 7 to 39 hexadecimal digits.
  static func isAbbreviation(_ text: String) -> Bool {
    (7..<40).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
      }
  }

  /// Whether the id begins with those digits, which are in lower case.
  fileprivate func begins(with digits: [UInt8]) -> Bool {
    description.utf8.starts(with: digits)
  }
}
