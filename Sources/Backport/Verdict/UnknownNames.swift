import GitStore

/// A name that a pick uses and its line does not know.
struct UnknownName: Hashable, Sendable {
  let path: [UInt8]
  let name: [UInt8]

  /// The finding, for people.
  var description: String {
    "\(String(decoding: path, as: UTF8.self)) uses \(String(decoding: name, as: UTF8.self)), which "
      + "the trunk had before the fix and no file of its kind has here"
  }
}

/// Finds clean picks that cannot work because the line lacks a name.
///
/// Most clean picks that are wrong use such a name. A name is reported when it stands in an added
/// line, the trunk's files of that kind had it before the fix, and the line's have it nowhere.
struct UnknownNames {
  /// How many files of a kind may differ between trunk and line; beyond, nothing is said.
  private static let mostDifferent = 300
  /// How many files that trunk and line share may be looked at.
  private static let mostShared = 1_000
  /// Shorter names are found by chance.
  private static let shortest = 4

  let repository: Repository
  /// The tree from which the fix starts.
  let trunk: ObjectID

  /// The names that a pick from `ours` to `result` uses and the line does not know.
  func found(from ours: ObjectID, to result: ObjectID) throws(GitError) -> [UnknownName] {
    var wanted: [[UInt8]: [UnknownName]] = [:]
    for change in try repository.changes(from: ours, to: result) {
      guard let ending = UnknownNames.ending(of: change.path) else { continue }
      wanted[ending, default: []] += try added(by: change)
    }
    var found: [UnknownName] = []
    var differences: [TreeChange]?
    for (ending, names) in wanted.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    where !names.isEmpty {
      if differences == nil { differences = try repository.changes(from: trunk, to: ours) }
      let changes = (differences ?? []).filter { UnknownNames.ending(of: $0.path) == ending }
      if changes.count > UnknownNames.mostDifferent { continue }
      found += try unknown(names, changes: changes, ending: ending, in: ours)
    }
    return found
  }

  private func unknown(
    _ names: [UnknownName], changes: [TreeChange], ending: [UInt8], in ours: ObjectID
  ) throws(GitError) -> [UnknownName] {
    var open = WordSearch(names.map(\.name))
    for change in changes { try read(change.new, &open) }
    if open.isDone { return [] }
    var trunkSide = WordSearch(open.missing)
    for change in changes { try read(change.old, &trunkSide) }
    var suspects = WordSearch(trunkSide.found)
    if suspects.isDone { return [] }
    // What trunk and line share decides: a name that stands there is known to both.
    let differing = Set(changes.map(\.path))
    var left = UnknownNames.mostShared
    var folders: [(path: [UInt8], tree: ObjectID)] = [([], ours)]
    while let folder = folders.popLast() {
      for entry in try repository.tree(folder.tree) {
        let path = folder.path.isEmpty ? entry.name : folder.path + [UInt8(ascii: "/")] + entry.name
        if entry.node.mode.isTree { folders.append((path, entry.node.id)) }
        guard entry.node.mode.isFile, UnknownNames.ending(of: path) == ending,
          !differing.contains(path)
        else { continue }
        left -= 1
        if left < 0 { return [] }
        try read(entry.node, &suspects)
        if suspects.isDone { return [] }
      }
    }
    let missing = Set(suspects.missing)
    return names.filter { missing.contains($0.name) }
  }

  private func read(_ node: TreeNode?, _ search: inout WordSearch) throws(GitError) {
    guard let node, node.mode.isFile, !search.isDone else { return }
    if let text = try repository.text(node.id) { search.read(text) }
  }

  /// The names in the lines that a change adds, without those the file had before.
  private func added(by change: TreeChange) throws(GitError) -> [UnknownName] {
    guard let new = change.new, new.mode.isFile else { return [] }
    let old = change.old.flatMap { $0.mode.isFile ? $0.id : nil }
    let hunks = try repository.hunks(from: old, to: new.id, context: 0) ?? []
    var names: Set<[UInt8]> = []
    for line in hunks.flatMap(\.lines) where line.origin == UInt8(ascii: "+") {
      WordSearch.forEachWord(in: line.content) { word in
        if word.count >= UnknownNames.shortest { names.insert(Array(word)) }
      }
    }
    var search = WordSearch(Array(names))
    if let old, let text = try repository.text(old) { search.read(text) }
    return search.missing.map { UnknownName(path: change.path, name: $0) }
      .sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// The ending of a source file's name; nil for what is no code.
  private static func ending(of path: [UInt8]) -> [UInt8]? {
    guard PathRole(path) == .code,
      let name = path.split(separator: UInt8(ascii: "/")).last,
      let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex
    else { return nil }
    return Array(name[(dot + 1)...])
  }
}

/// Looks for whole words in any number of texts.
private struct WordSearch {
  private let words: [Int: [[UInt8]]]
  private var open: Set<[UInt8]>
  private(set) var found: [[UInt8]] = []

  init(_ words: [[UInt8]]) {
    self.words = Dictionary(grouping: words, by: \.count)
    open = Set(words)
  }

  /// The words that no text had.
  var missing: [[UInt8]] { Array(open) }
  /// Whether nothing is left to look for.
  var isDone: Bool { open.isEmpty }

  mutating func read(_ text: [UInt8]) {
    if open.isEmpty { return }
    var seen: [[UInt8]] = []
    WordSearch.forEachWord(in: text) { word in
      guard let candidates = words[word.count] else { return }
      for candidate in candidates where candidate.elementsEqual(word) { seen.append(candidate) }
    }
    for word in seen where open.remove(word) != nil { found.append(word) }
  }

  /// Visits every run of letters, digits and underscores that begins with no digit.
  static func forEachWord(in text: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
    var start: Int?
    for (index, byte) in text.enumerated() {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let isLetter =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || byte == UInt8(ascii: "_") || byte >= 0x80
      if let first = start {
        if isLetter || isDigit { continue }
        body(text[first..<index])
        start = nil
      } else if isLetter, index == 0 || !isDigitByte(text[index - 1]) {
        start = index
      }
    }
    if let start { body(text[start...]) }
  }

  private static func isDigitByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
