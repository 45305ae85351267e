import GitStore

/// The places that a fix repairs, as far as they are looked for.
struct FlawPatterns {
  /// Why places are not looked for.
  enum Omission: Hashable {
    /// A program made the file; it is repaired where it is made from.
    case generated
    /// The code is somebody else's, and the fix also changes the project's own.
    case thirdParty
    /// There are more places than are looked for.
    case tooMany
  }

  /// How many places of one fix are looked for.
  static let most = 50

  /// Those that are, in the order of the fix.
  private(set) var patterns: [FlawPattern] = []
  /// How many are not, and the first of their files.
  private(set) var omitted: [Omission: (count: Int, path: [UInt8])] = [:]

  /// For each pattern the first one that repairs the same.
  var kinds: [Int] {
    patterns.indices.map { number in
      patterns.firstIndex { $0.cores == patterns[number].cores } ?? number
    }
  }

  /// Takes what the commits of a fix repair in code, without what is the same in several places.
  ///
  /// Without a bound nothing is left out.
  init(
    of fix: FixSet, thirdParty: ThirdPartyPaths, isBounded: Bool, in repository: Repository
  ) throws(GitError) {
    var own: [FlawPattern] = []
    var others: [FlawPattern] = []
    var seen: Set<[UInt64]> = []
    let scopes = AttributeScopes(repository: repository)
    for (before, after) in try FlawPatterns.steps(of: fix, in: repository) {
      for change in try repository.changes(from: before, to: after) {
        guard PathRole(change.path) == .code, !TestFile.isTest(change.path),
          let old = change.old, old.mode.isFile, let text = try repository.text(old.id)
        else { continue }
        let all = try FlawPatterns.patterns(of: change, text, in: repository)
        let found = all.filter { seen.insert($0.key).inserted }
        if found.isEmpty { continue }
        let scope = try scopes.scope(of: change.path, in: after)
        if isBounded,
          GeneratedFile.isGenerated(change.path, in: scope) || GeneratedFile.saysSo(text)
        {
          leave(out: found, for: .generated)
        } else if isBounded, try thirdParty.reason(for: change, in: after) != nil {
          others += found
        } else {
          own += found
        }
      }
    }
    if own.isEmpty { own = others } else { leave(out: others, for: .thirdParty) }
    guard isBounded, own.count > FlawPatterns.most else {
      patterns = own
      return
    }
    // What has the most names is found by chance the least.
    let order = own.indices.sorted { (own[$1].weight, $0) < (own[$0].weight, $1) }
    let kept = Set(order.prefix(FlawPatterns.most))
    patterns = own.indices.filter(kept.contains).map { own[$0] }
    leave(out: own.indices.filter { !kept.contains($0) }.map { own[$0] }, for: .tooMany)
  }

  private mutating func leave(out patterns: [FlawPattern], for reason: Omission) {
    guard let first = patterns.first else { return }
    omitted[reason, default: (0, first.path)].count += patterns.count
  }

  private static func patterns(
    of change: TreeChange, _ text: [UInt8], in repository: Repository
  ) throws(GitError) -> [FlawPattern] {
    guard let old = change.old, let new = change.new, new.mode.isFile,
      let hunks = try repository.hunks(from: old.id, to: new.id, context: 0)
    else { return [] }
    let file = text.linesWithEnds
    return hunks.compactMap { FlawPattern($0, in: file, path: change.path) }
  }

  /// The trees between which to compare: before and after all of the fix where its commits follow each
  /// other, since what one adds another may change again.
  private static func steps(
    of fix: FixSet, in repository: Repository
  ) throws(GitError) -> [(before: ObjectID?, after: ObjectID)] {
    if let whole = fix.whole { return [whole] }
    return try fix.sources.map { (source) throws(GitError) in
      (
        try source.parent.map { (id) throws(GitError) in try repository.commit(id).tree },
        source.commit.tree
      )
    }
  }
}
