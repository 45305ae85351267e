import GitStore

/// The lines by whose presence a flaw is recognised, worked out once for many lines of release.
final class FlawText {
  /// How many of them stand somewhere.
  struct Sighting: Equatable, CustomStringConvertible {
    let present: Int
    let total: Int
    /// Whether the fix removes the lines, or only stands next to them.
    let isRemoved: Bool

    /// Whether all of them are there.
    var isWhole: Bool { present == total }

    var description: String {
      let what = "that the fix \(isRemoved ? "removes" : "stands next to")"
      if total == 1 { return "the line \(what) \(isWhole ? "stands" : "does not stand") there" }
      if isWhole { return "\(total == 2 ? "both" : "all \(total)") lines \(what) stand there" }
      let number = present == 0 ? "none" : "\(present)"
      return "\(number) of the \(total) lines \(what) \(present < 2 ? "stands" : "stand") there"
    }
  }

  /// What is looked for in one file.
  private struct Wanted {
    let path: [UInt8]
    let lines: [[UInt8]]
  }

  private let repository: Repository
  private let fix: FixSet
  private var known: (wanted: [Wanted], isRemoved: Bool)?
  /// How many of a file's lines stand in a version of it, by path and version.
  private var counted: [TreeNode: [Int: Int]] = [:]

  init(repository: Repository, fix: FixSet) {
    self.repository = repository
    self.fix = fix
  }

  /// How much of the flaw's text a tree holds; nil when the fix leaves nothing to look for.
  func sighting(in tree: ObjectID) throws(GitError) -> Sighting? {
    let (wanted, isRemoved) = try wanted()
    if wanted.isEmpty { return nil }
    var (present, total) = (0, 0)
    for (number, file) in wanted.enumerated() {
      total += file.lines.count
      guard let node = try repository.node(at: file.path, in: tree), node.mode.isFile,
        let text = try repository.text(node.id)
      else { continue }
      if let count = counted[node]?[number] {
        present += count
        continue
      }
      let there = Set(text.split(separator: UInt8(ascii: "\n")).map(FlawText.folded))
      let count = file.lines.count { there.contains($0) }
      counted[node, default: [:]][number] = count
      present += count
    }
    return Sighting(present: present, total: total, isRemoved: isRemoved)
  }

  /// The lines that the fix removes, else those next to what it adds, by their files.
  func lines() throws(GitError) -> [[UInt8]: Set<[UInt8]>] {
    var lines: [[UInt8]: Set<[UInt8]>] = [:]
    for file in try wanted().wanted { lines[file.path, default: []].formUnion(file.lines) }
    return lines
  }

  private func wanted() throws(GitError) -> (wanted: [Wanted], isRemoved: Bool) {
    if let known { return known }
    let removed = try wanted(UInt8(ascii: "-"))
    var result = (wanted: removed, isRemoved: true)
    if removed.isEmpty {
      result = (wanted: try wanted(UInt8(ascii: " ")), isRemoved: false)
    }
    known = result
    return result
  }

  private func wanted(_ origin: UInt8) throws(GitError) -> [Wanted] {
    var found: [Wanted] = []
    for (before, after) in try stretches {
      for change in try repository.changes(from: before, to: after)
      where PathRole(change.path) == .code {
        guard let old = change.old, old.mode.isFile else { continue }
        let new = change.new.flatMap { $0.mode.isFile ? $0.id : nil }
        let hunks = try repository.hunks(from: old.id, to: new, context: 1)
        let lines = (hunks ?? []).flatMap(\.lines).filter { $0.origin == origin }
          .map { FlawText.folded($0.content) }.filter { !$0.isEmpty }
        if !lines.isEmpty { found.append(Wanted(path: change.path, lines: lines)) }
      }
    }
    return found
  }

  /// The trees before and after the fix; of each commit where they do not go onto each other.
  private var stretches: [(before: ObjectID?, after: ObjectID)] {
    get throws(GitError) {
      if let whole = fix.whole { return [whole] }
      var result: [(before: ObjectID?, after: ObjectID)] = []
      for source in fix.sources {
        let before = try source.parent.map { (id) throws(GitError) in
          try repository.commit(id).tree
        }
        result.append((before, source.commit.tree))
      }
      return result
    }
  }

  /// A line without white space; empty for one without a letter or digit, which tells nothing.
  static func folded(_ line: some Sequence<UInt8>) -> [UInt8] {
    let text = line.filter { $0 > UInt8(ascii: " ") }
    let tells = text.contains { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte >= 0x80
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    return tells ? text : []
  }
}
