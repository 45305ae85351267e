public import GitStore

/// How a pick differs from the commit it was made from: a patch of patches, as git-range-diff(1) shows it.
///
/// Both changes are written as patches without ids, places and function names, and these are compared.
/// The first sign of a line says what became of the line of the patch, the second what the patch does.
public struct PickComparison: Equatable, Sendable {
  /// The original.
  public let source: ObjectID
  /// The pick.
  public let pick: ObjectID
  /// The differences with the lines around them, in bytes and without line ends; `@@` and the path
  /// stand before each stretch.
  public let lines: [[UInt8]]
}

extension Workspace {
  /// The comparisons for every pick of a line that is not identical; computed anew at each call.
  ///
  /// Nothing where a commit is not here, as after an undo, or where the changes only lie elsewhere.
  public func comparisons(
    of target: Target, in plan: BackportPlan
  ) throws(BackportError) -> [PickComparison] {
    let originals = plan.fixes.flatMap(\.commits)
    var found: [PickComparison] = []
    for commit in target.commits where commit.status == .picked && commit.fidelity != "identical" {
      guard let id = commit.id ?? commit.unsignedId,
        let pick = try? repository.commit(id), let source = try? repository.commit(commit.source)
      else { continue }
      let mainline = originals.first { $0.id == commit.source }?.mainline ?? 1
      let lines = try store { () throws(GitError) in
        let text = PatchText(repository: repository)
        return try text.differences(
          from: try text.patch(
            of: source, against: source.parents.dropFirst(mainline - 1).first),
          to: try text.patch(of: pick, against: pick.parents.first))
      }
      if !lines.isEmpty {
        found.append(PickComparison(source: commit.source, pick: id, lines: lines))
      }
    }
    return found
  }
}

extension Workspace {
  /// The comparisons for all lines of a plan that have any, by line.
  public func comparisons(
    in plan: BackportPlan
  ) throws(BackportError) -> [String: [PickComparison]] {
    var found: [String: [PickComparison]] = [:]
    for target in plan.targets {
      let comparisons = try comparisons(of: target, in: plan)
      if !comparisons.isEmpty { found[target.line] = comparisons }
    }
    return found
  }
}

/// Changes written as patches that can be compared with each other.
struct PatchText {
  /// How many bytes of a patch are compared; a larger one is cut.
  private static let longest = 4 << 20
  private static let feed = UInt8(ascii: "\n")

  let repository: Repository

  /// A commit's change: for each file its path, and its lines with their signs.
  func patch(of commit: Commit, against parent: ObjectID?) throws(GitError) -> [UInt8] {
    let before = try parent.map { (id) throws(GitError) in try repository.commit(id).tree }
    var text: [UInt8] = []
    for change in try repository.changes(from: before, to: commit.tree) {
      if text.count > PatchText.longest { break }
      text += Array("## ".utf8) + change.path + heading(change) + Array(" ##\n".utf8)
      guard change.old?.id != change.new?.id else { continue }
      guard let old = try contents(change.old), let new = try contents(change.new),
        let hunks = try repository.hunks(from: old, to: new)
      else {
        text += Array("binary \(change.new.map { $0.id.description } ?? "gone")\n".utf8)
        continue
      }
      for hunk in hunks {
        text += Array("@@\n".utf8)
        for line in hunk.lines {
          text.append(line.origin)
          text += line.content
          if line.content.last != PatchText.feed { text.append(PatchText.feed) }
        }
      }
    }
    return text
  }

  private func heading(_ change: TreeChange) -> [UInt8] {
    switch (change.old, change.new) {
    case (nil, _?): Array(" (new)".utf8)
    case (_?, nil): Array(" (deleted)".utf8)
    case (let old?, let new?) where old.mode.canonical != new.mode.canonical:
      Array(" (mode \(String(new.mode.canonical.rawValue, radix: 8)))".utf8)
    default: []
    }
  }

  /// The contents; nil when they are too many to be compared.
  private func contents(_ node: TreeNode?) throws(GitError) -> [UInt8]? {
    guard let node, !node.mode.isSubmodule else {
      return node.map { Array("Subproject commit \($0.id)\n".utf8) } ?? []
    }
    return try repository.text(node.id)
  }

  /// What differs between two patches.
  func differences(from old: [UInt8], to new: [UInt8]) throws(GitError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var path: [UInt8] = []
    let paths = PatchText.paths(of: new)
    for hunk in try repository.hunks(from: old, to: new) ?? [] {
      let place = PatchText.path(
        at: hunk.newStart + hunk.lines.prefix { $0.origin == UInt8(ascii: " ") }.count, in: paths)
      result.append(Array("@@".utf8) + (place == path ? [] : [UInt8(ascii: " ")] + place))
      path = place
      for line in hunk.lines {
        var content = line.content
        while let last = content.last, last == PatchText.feed || last == UInt8(ascii: "\r") {
          content.removeLast()
        }
        result.append([line.origin] + content)
      }
    }
    return result
  }

  /// The paths of a patch with the lines at which they begin, counted from 1.
  private static func paths(of patch: [UInt8]) -> [(line: Int, path: [UInt8])] {
    var found: [(Int, [UInt8])] = []
    let lines = patch.split(separator: feed, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where line.starts(with: "## ".utf8) {
      found.append((index + 1, Array(line.dropFirst(3).dropLast(3))))
    }
    return found
  }

  private static func path(
    at line: Int, in paths: [(line: Int, path: [UInt8])]
  ) -> [UInt8] {
    paths.last { $0.line <= max(line, 1) }?.path ?? []
  }
}
