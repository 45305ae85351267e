import GitStore

/// Looks for patterns in whole trees; what trees share is read once.
struct SimilarSearch {
  /// A place in a file of a tree.
  struct Hit: Hashable {
    var path: [UInt8]
    var blob: ObjectID
    var match: PatternMatcher.Match
  }

  /// Larger files are made by programs, and not read.
  private static let largestFile = 1 << 20

  private let repository: Repository
  private let patterns: [FlawPattern]
  private let matcher: PatternMatcher
  /// The endings of the files in which the fix repairs something: other languages are left alone.
  private let endings: Set<[UInt8]>
  private let budget = TreeBudget()
  private var remaining: Int
  private var known: [ObjectID: [Hit]] = [:]
  private var matches: [ObjectID: [PatternMatcher.Match]] = [:]
  /// How many files were read.
  private(set) var filesRead = 0

  init(_ patterns: [FlawPattern], leastLikeness: Double, in repository: Repository) {
    self.repository = repository
    self.patterns = patterns
    matcher = PatternMatcher(patterns, leastLikeness: leastLikeness)
    endings = Set(patterns.map { SimilarSearch.ending(of: $0.path) })
    remaining = budget.entries
  }

  /// The places of a tree, by path and line.
  mutating func hits(in tree: ObjectID) throws(GitError) -> [Hit] {
    if patterns.isEmpty { return [] }
    return try hits(below: [], tree, depth: 0).sorted {
      $0.path == $1.path
        ? $0.match.lines.lowerBound < $1.match.lines.lowerBound
        : $0.path.lexicographicallyPrecedes($1.path)
    }
  }

  /// The places below a folder; their paths are kept from that folder on, since lines share folders.
  private mutating func hits(
    below path: [UInt8], _ tree: ObjectID, depth: Int
  ) throws(GitError) -> [Hit] {
    if let hits = known[tree] { return hits }
    let entries = try repository.tree(tree)
    remaining -= entries.count
    guard depth < budget.depth, remaining >= 0 else {
      throw GitError(
        .tooLarge, operation: "look for similar code",
        operand: String(decoding: path.prefix(80), as: UTF8.self),
        detail: "the tree is too deep, or has too many entries")
    }
    var found: [Hit] = []
    for entry in entries {
      let here = path.isEmpty ? entry.name : path + [UInt8(ascii: "/")] + entry.name
      if entry.node.mode.isTree {
        for var hit in try hits(below: here, entry.node.id, depth: depth + 1) {
          hit.path = entry.name + [UInt8(ascii: "/")] + hit.path
          found.append(hit)
        }
      } else if entry.node.mode.isFile, endings.contains(SimilarSearch.ending(of: entry.name)) {
        for match in try matches(in: entry.node.id, path: here) {
          found.append(Hit(path: entry.name, blob: entry.node.id, match: match))
        }
      }
    }
    known[tree] = found
    return found
  }

  private mutating func matches(
    in blob: ObjectID, path: [UInt8]
  ) throws(GitError) -> [PatternMatcher.Match] {
    if let found = matches[blob] { return found }
    var found: [PatternMatcher.Match] = []
    if try repository.size(of: blob) <= SimilarSearch.largestFile,
      let text = try repository.text(blob), !text.prefix(8000).contains(0)
    {
      filesRead += 1
      found = matcher.matches(in: SourceTokens(text, comments: CommentStyle(path: path)))
    }
    matches[blob] = found
    return found
  }

  /// What follows the last dot of a file's name; the whole name without one.
  private static func ending(of path: [UInt8]) -> [UInt8] {
    let name = path.split(separator: UInt8(ascii: "/")).last ?? []
    return Array(name.split(separator: UInt8(ascii: ".")).last ?? [])
  }
}
