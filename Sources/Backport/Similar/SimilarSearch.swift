import GitStore

/// Looks for patterns in whole trees; what trees share is read once.
///
/// Each folder is listed once. Files whose names, kept from an earlier run, exclude every pattern are not
/// read; the others are, by several tasks where there are many.
struct SimilarSearch {
  /// A place in a file of a tree.
  struct Hit: Hashable {
    var path: [UInt8]
    var blob: ObjectID
    var match: PatternMatcher.Match
  }

  /// A name in a folder that is a folder, or a file in a language of the fix.
  private struct Item {
    var name: [UInt8]
    var id: ObjectID
    var isFolder: Bool
  }

  private let repository: Repository
  private let reader: BlobReader
  private var cache: BlobCache
  /// The languages of the fix, by the endings of its files: others are left alone.
  private let styles: [[UInt8]: CommentStyle]
  private let budget = TreeBudget()
  private var remaining: Int
  private var folders: [ObjectID: [Item]] = [:]
  private var known: [ObjectID: [Hit]] = [:]
  private var matches: [ObjectID: [PatternMatcher.Match]] = [:]
  private var waiting: [BlobReader.Job] = []

  /// How many different files were looked at, those of which an earlier run tells enough included.
  var filesRead: Int { matches.count }

  init(
    _ patterns: [FlawPattern], leastLikeness: Double, cache: BlobCache, in repository: Repository
  ) {
    self.repository = repository
    self.cache = cache
    reader = BlobReader(matcher: PatternMatcher(patterns, leastLikeness: leastLikeness))
    styles = Dictionary(
      patterns.map { (SimilarSearch.ending(of: $0.path), CommentStyle(path: $0.path)) }
    ) { first, _ in first }
    remaining = budget.entries
  }

  /// The places of some trees, each by path and line.
  mutating func hits(in trees: [ObjectID]) async throws(GitError) -> [[Hit]] {
    if styles.isEmpty { return trees.map { _ in [] } }
    for tree in trees { try list(tree, path: [], depth: 0) }
    let made = waiting.filter { repository.isMade($0.id) }
    let stored = waiting.filter { !repository.isMade($0.id) }
    waiting = []
    for job in made { matches[job.id] = try reader.outcome(of: job, in: repository).matches }
    for outcome in try await reader.outcomes(of: stored, at: repository.address) {
      matches[outcome.id] = outcome.matches
      if let filter = outcome.filter { cache.keep(filter, of: outcome.id) }
    }
    // It only saves time: where it cannot be written, the next run takes longer.
    try? cache.save()
    return trees.map { tree in
      hits(below: tree).sorted {
        $0.path == $1.path
          ? $0.match.lines.lowerBound < $1.match.lines.lowerBound
          : $0.path.lexicographicallyPrecedes($1.path)
      }
    }
  }

  /// Lists a folder and those below it, and notes which files have to be read.
  private mutating func list(_ tree: ObjectID, path: [UInt8], depth: Int) throws(GitError) {
    if folders[tree] != nil { return }
    let entries = try repository.tree(tree)
    remaining -= entries.count
    guard depth < budget.depth, remaining >= 0 else {
      throw GitError(
        .tooLarge, operation: "look for similar code",
        operand: String(decoding: path.prefix(80), as: UTF8.self),
        detail: "the tree is too deep, or has too many entries")
    }
    var items: [Item] = []
    for entry in entries {
      let id = entry.node.id
      if entry.node.mode.isTree {
        // Tests are not shipped.
        if PathRole(entry.name + Array("/x.c".utf8)) == .test { continue }
        try list(id, path: path + entry.name + [UInt8(ascii: "/")], depth: depth + 1)
        items.append(Item(name: entry.name, id: id, isFolder: true))
      } else if entry.node.mode.isFile,
        let style = styles[SimilarSearch.ending(of: entry.name)]
      {
        items.append(Item(name: entry.name, id: id, isFolder: false))
        note(id, style)
      }
    }
    folders[tree] = items
  }

  private mutating func note(_ blob: ObjectID, _ style: CommentStyle) {
    if matches[blob] != nil { return }
    matches[blob] = []
    let filter = cache.words(of: blob)
    if let filter, !reader.matcher.mayMatch(filter) { return }
    // What was only made is not the same in the next run, which may make something else.
    let isNew = filter == nil && !repository.isMade(blob)
    waiting.append(BlobReader.Job(id: blob, comments: style, isNew: isNew))
  }

  /// The places below a folder, with their paths from there on, since lines share folders.
  private mutating func hits(below tree: ObjectID) -> [Hit] {
    if let hits = known[tree] { return hits }
    var found: [Hit] = []
    for item in folders[tree] ?? [] {
      if item.isFolder {
        for var hit in hits(below: item.id) {
          hit.path = item.name + [UInt8(ascii: "/")] + hit.path
          found.append(hit)
        }
      } else if !TestFile.isTest(item.name) {
        for match in matches[item.id] ?? [] {
          found.append(Hit(path: item.name, blob: item.id, match: match))
        }
      }
    }
    known[tree] = found
    return found
  }

  /// What follows the last dot of a file's name; the whole name without one.
  private static func ending(of path: [UInt8]) -> [UInt8] {
    let start = path.lastIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
    return start.map { Array(path[($0 + 1)...]) } ?? path
  }
}
