import GitStore

/// A path that one side added or deleted.
struct RenameCandidate {
  let path: TreePath
  let node: TreeNode
}

/// Why the new place of a deleted path matters.
enum SourceRelevance {
  /// The other side changed its contents.
  case content
  /// The other side added a file beside it, so where its folder went matters.
  case location
}

/// How much it matters where a folder went that one side removed.
enum FolderRelevance: Int {
  case none = 0
  case ancestor = 1
  case itself = 2
}

/// What one side added and deleted, as far as renames go.
struct SideChanges {
  var added: [RenameCandidate] = []
  var deleted: [RenameCandidate] = []
  var relevant: [TreePath: SourceRelevance] = [:]
  var removedFolders: [TreePath: FolderRelevance] = [:]
}

/// The paths at which three trees differ, and what each side added and deleted there.
///
/// Ported from `collect_merge_info` of git's merge-ort.c (2.39 to 2.55). Folders that only one side
/// changed are left closed unless that side may hold the new place of a path that matters.
struct PathCollection {
  private(set) var states: [TreePath: PathState] = [:]
  private(set) var sides = [SideChanges(), SideChanges()]
  /// Whether both sides made the same of something.
  private(set) var overlaps = false

  private let repository: Repository
  private let budget: TreeBudget
  private var remaining: Int
  private var closed: [[(state: PathState, mask: UInt8, depth: Int)]] = [[], []]
  private var mayStayClosed = [true, true]
  /// The side that kept a folder around the current one which the other removed; 7 once that side
  /// added a file there.
  private var folderMask: UInt8 = 0

  init(
    repository: Repository, base: ObjectID?, ours: ObjectID, theirs: ObjectID, budget: TreeBudget
  ) throws(GitError) {
    self.repository = repository
    self.budget = budget
    remaining = budget.entries
    let trees = [base, ours, theirs].map { id in
      id.map { TreeNode(mode: .tree, id: $0) }
    }
    try open(.root, trees, depth: 0)
    for side in MergeSide.allCases { try openClosed(side) }
  }

  subscript(side: MergeSide) -> SideChanges { sides[side.rawValue - 1] }

  /// Opens what was left closed for a side, or takes it as it stands when nothing may be there.
  private mutating func openClosed(_ side: MergeSide) throws(GitError) {
    let index = side.rawValue - 1
    let waiting = closed[index].sorted { $0.state.path < $1.state.path }
    closed[index] = []
    if self[side].relevant.isEmpty {
      for entry in waiting {
        entry.state.resolve(to: entry.state.stages[side.rawValue])
      }
      return
    }
    mayStayClosed[index] = false
    for entry in waiting {
      folderMask = entry.mask
      try descend(entry.state, depth: entry.depth)
    }
    folderMask = 0
  }

  private mutating func open(
    _ folder: TreePath, _ trees: [TreeNode?], depth: Int
  ) throws(GitError) {
    guard depth <= budget.depth else {
      throw GitError(
        .tooLarge, operation: "merge trees",
        operand: TreePath(Array(folder.bytes.prefix(80))).display,
        detail: "folders lie more than \(budget.depth) deep")
    }
    let rows = try ThreeWayEntries(repository: repository, trees: trees)
    remaining -= rows.size
    guard remaining >= 0 else {
      throw GitError(
        .tooLarge, operation: "merge trees",
        operand: TreePath(Array(folder.bytes.prefix(80))).display,
        detail: "more than \(budget.entries) entries differ")
    }
    if folderMask == 2 || folderMask == 4 {
      let adds = rows.rows.contains { row in
        let mask = PathState(path: folder, stages: row.nodes).fileMask
        return mask != 0 && mask == folderMask
      }
      if adds { folderMask = 7 }
    }
    for row in rows.rows { try add(row, in: folder, depth: depth) }
  }

  private mutating func add(
    _ row: ThreeWayEntries.Row, in folder: TreePath, depth: Int
  ) throws(GitError) {
    let (base, ours, theirs) = (row.nodes[0], row.nodes[1], row.nodes[2])
    let state = PathState(path: folder.appending(row.name), stages: row.nodes)
    let oursMatches = ours != nil && ours == base
    let theirsMatches = theirs != nil && theirs == base
    if oursMatches, theirsMatches { return }
    let sidesMatch = ours != nil && ours == theirs
    states[state.path] = state
    if state.fileMask == 7 {
      if sidesMatch {
        overlaps = true
        return state.resolve(to: ours)
      }
      if oursMatches { return state.resolve(to: theirs) }
      if theirsMatches { return state.resolve(to: ours) }
    }
    if oursMatches {
      state.matchMask = 3
    } else if theirsMatches {
      state.matchMask = 5
    } else if sidesMatch {
      state.matchMask = 6
    }
    let outerMask = folderMask
    defer { folderMask = outerMask }
    noteRenames(state, in: folder)
    guard state.folderMask != 0 else { return }
    var side: MergeSide?
    if oursMatches { side = .theirs } else if theirsMatches { side = .ours }
    if state.fileMask == 0, state.folderMask == 2 || state.folderMask == 4 {
      side = state.folderMask == 2 ? .ours : .theirs
    }
    if folderMask != 7, let side, mayStayClosed[side.rawValue - 1] {
      closed[side.rawValue - 1].append((state, folderMask, depth))
      return
    }
    try descend(state, depth: depth)
  }

  private mutating func descend(_ state: PathState, depth: Int) throws(GitError) {
    state.matchMask &= state.fileMask
    let outerMask = folderMask
    let trees = state.stages.map { node in node.flatMap { $0.mode.isTree ? $0 : nil } }
    try open(state.path, trees, depth: depth + 1)
    folderMask = outerMask
  }

  /// Notes what the path means for renames (`collect_rename_info`).
  private mutating func noteRenames(_ state: PathState, in folder: TreePath) {
    let (fileMask, folders) = (state.fileMask, state.folderMask)
    if folderMask != 7, folders == 3 || folders == 5 { folderMask = folders & ~1 }
    if folders == 1 || folders == 3 || folders == 5 {
      let relevance = folderMask == 7 ? FolderRelevance.ancestor : .none
      for side in MergeSide.allCases where folders & side.mask == 0 {
        sides[side.rawValue - 1].removedFolders[state.path] = relevance
      }
    }
    if folderMask == 7, fileMask == 2 || fileMask == 4 {
      let side = fileMask == 2 ? MergeSide.theirs : .ours
      sides[side.rawValue - 1].removedFolders[folder] = .itself
    }
    if fileMask == 0 || fileMask == 7 { return }
    for side in MergeSide.allCases {
      let index = side.rawValue - 1
      if fileMask & 1 != 0, fileMask & side.mask == 0, let node = state.stages[0] {
        sides[index].deleted.append(RenameCandidate(path: state.path, node: node))
        if state.matchMask & fileMask == 0 {
          sides[index].relevant[state.path] = .content
        } else if folderMask == 7 {
          sides[index].relevant[state.path] = .location
        }
      }
      if fileMask & 1 == 0, fileMask & side.mask != 0, let node = state.stages[side.rawValue] {
        sides[index].added.append(RenameCandidate(path: state.path, node: node))
      }
    }
  }
}

/// The entries of up to three folders side by side.
private struct ThreeWayEntries {
  struct Row {
    let name: [UInt8]
    var nodes: [TreeNode?]
  }

  private(set) var rows: [Row] = []
  private(set) var size = 0

  init(repository: Repository, trees: [TreeNode?]) throws(GitError) {
    var places: [ArraySlice<UInt8>: Int] = [:]
    for (index, tree) in trees.enumerated() {
      guard let tree else { continue }
      // The same folder twice is read once.
      if let earlier = trees[..<index].firstIndex(of: tree) {
        for row in rows.indices { rows[row].nodes[index] = rows[row].nodes[earlier] }
        continue
      }
      let entries = try repository.folder(tree.id).entries()
      size += entries.count
      for entry in entries {
        if let row = places[entry.name[...]] {
          rows[row].nodes[index] = entry.node
        } else {
          places[entry.name[...]] = rows.count
          var nodes: [TreeNode?] = [nil, nil, nil]
          nodes[index] = entry.node
          rows.append(Row(name: entry.name, nodes: nodes))
        }
      }
    }
    rows.sort { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
