import GitStore

/// Merges single files by the rules of git's merge-ort (`handle_content_merge`).
struct FileMerge {
  /// What came of one path.
  struct Outcome {
    /// What is to stand there; nil when it conflicts.
    var node: TreeNode?
    /// Why there is nothing.
    var conflict: Conflict?
    /// What a person should know although it is clean.
    var note: String?
  }

  /// Why a file could not be merged, without its path.
  struct Conflict: Hashable {
    var kind: ConflictKind
    var hunks: [ConflictHunk] = []
    var detail: String?
  }

  private struct Key: Hashable {
    let base: ObjectID?
    let ours: ObjectID
    let theirs: ObjectID
    let driver: MergeDriver
  }

  /// What their side makes of the base.
  private struct Change: Hashable {
    let base: ObjectID?
    let theirs: ObjectID
  }

  private enum Contents {
    case clean(ObjectID, note: String?)
    case conflict(Conflict)
  }

  /// How many results are kept; thousands of targets must not grow without end.
  private static let capacity = 5_000

  private let repository: Repository
  private let blobLimit: Int
  private var known: [Key: Contents] = [:]
  private var additions: [Change: [[UInt8]]] = [:]

  init(repository: Repository, blobLimit: Int) {
    self.repository = repository
    self.blobLimit = blobLimit
  }

  /// Merges three things that are not folders; the driver is asked for only when contents differ.
  mutating func merge(
    base: TreeNode?, ours: TreeNode, theirs: TreeNode,
    driver: () throws(GitError) -> MergeDriver
  ) throws(GitError) -> Outcome {
    guard ours.mode.kind == theirs.mode.kind else {
      return Outcome(
        conflict: Conflict(kind: .mode, detail: "the two sides made different kinds of thing of it")
      )
    }
    var mode = theirs.mode
    var modeClashes = false
    if ours.mode != theirs.mode, ours.mode != base?.mode {
      mode = ours.mode
      modeClashes = theirs.mode != base?.mode
    }
    let id: ObjectID
    var note: String?
    if ours.id == theirs.id || ours.id == base?.id {
      id = theirs.id
    } else if theirs.id == base?.id {
      id = ours.id
    } else if ours.mode.isSubmodule {
      return Outcome(conflict: Conflict(kind: .submodule))
    } else if ours.mode.isSymlink {
      return Outcome(
        conflict: Conflict(kind: base == nil ? .addAdd : .content, detail: "a symbolic link"))
    } else {
      let sameKind = base?.mode.kind == ours.mode.kind
      let key = Key(
        base: sameKind ? base?.id : nil, ours: ours.id, theirs: theirs.id, driver: try driver())
      switch try contents(key) {
      case .clean(let merged, let remark):
        id = merged
        note = remark
      case .conflict(let conflict):
        return Outcome(conflict: conflict)
      }
    }
    if modeClashes {
      return Outcome(
        conflict: Conflict(kind: .mode, detail: "the two sides gave it different modes"))
    }
    return Outcome(node: TreeNode(mode: mode, id: id), note: note)
  }

  private mutating func contents(_ key: Key) throws(GitError) -> Contents {
    if let contents = known[key] { return contents }
    let contents = try merge(key)
    if known.count >= FileMerge.capacity { known.removeAll() }
    known[key] = contents
    return contents
  }

  /// Whether our side holds the most telling line of some stretch that their side adds.
  private mutating func holdsAddition(_ key: Key) throws(GitError) -> Bool {
    let change = Change(base: key.base, theirs: key.theirs)
    if let lines = additions[change] { return try repository.holds(anyOf: lines, in: key.ours) }
    let lines = try tellingLines(of: change)
    if additions.count >= FileMerge.capacity { additions.removeAll() }
    additions[change] = lines
    return try repository.holds(anyOf: lines, in: key.ours)
  }

  /// The longest line of each stretch that a change adds, without white space at its ends.
  private func tellingLines(of change: Change) throws(GitError) -> [[UInt8]] {
    var found: [[UInt8]] = []
    for hunk in try repository.hunks(from: change.base, to: change.theirs, context: 0) ?? [] {
      let added = hunk.lines.filter { $0.origin == UInt8(ascii: "+") }.map { line in
        let start = line.content.drop { $0 <= UInt8(ascii: " ") }
        let end = start.lastIndex { $0 > UInt8(ascii: " ") }
        return Array(end.map { start[...$0] } ?? [])
      }
      if let longest = added.max(by: { $0.count < $1.count }), !longest.isEmpty {
        found.append(longest)
      }
    }
    return found
  }

  private mutating func merge(_ key: Key) throws(GitError) -> Contents {
    var favor = BlobMerge.Favor.none
    switch key.driver {
    case .text: break
    case .union: favor = .union
    case .binary:
      return .conflict(Conflict(kind: .binary, detail: "its attributes say it is not merged"))
    case .program(let name):
      return .conflict(Conflict(kind: .driver, detail: "merge driver '\(name)' needs git"))
    case .unknown:
      return .conflict(Conflict(kind: .driver, detail: "the attributes are too large to evaluate"))
    }
    let first = try repository.mergeBlobs(
      base: key.base, ours: key.ours, theirs: key.theirs, favor: favor, limit: blobLimit)
    switch first {
    case .clean(let merged):
      // Where our side holds the change already, Myers' diff can take it for another and add it once
      // more; git compares by histogram, which is next to patience.
      if favor == .none, try holdsAddition(key),
        case .clean(let other) = try repository.mergeBlobs(
          base: key.base, ours: key.ours, theirs: key.theirs, algorithm: .patience,
          limit: blobLimit), other != merged
      {
        return .clean(try repository.make(.blob, other), note: "as patience has it")
      }
      return .clean(try repository.make(.blob, merged), note: nil)
    case .binary: return .conflict(Conflict(kind: .binary))
    case .tooLarge(let size):
      return .conflict(Conflict(kind: .binary, detail: "\(size) bytes are too many to merge"))
    case .conflict(let text, let markerSize):
      let second = try repository.mergeBlobs(
        base: key.base, ours: key.ours, theirs: key.theirs, algorithm: .patience, limit: blobLimit)
      if case .clean(let merged) = second {
        return .clean(try repository.make(.blob, merged), note: "clean only under patience")
      }
      let hunks = try ConflictText.hunks(
        of: text, markerSize: markerSize, ours: try repository.blob(key.ours), in: repository)
      return .conflict(Conflict(kind: key.base == nil ? .addAdd : .content, hunks: hunks))
    }
  }
}

extension FileMode {
  /// The part of the mode that says what kind of thing it is.
  var kind: UInt32 { rawValue & 0o170000 }
}
