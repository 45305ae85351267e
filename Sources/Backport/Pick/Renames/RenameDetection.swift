import GitStore

/// Pairs what one side deleted with what it added, by the rules of git's diffcore-rename.c:
/// the same contents first, then the same base name, then the most alike.
struct RenameDetection {
  /// The new path of each deleted one that was found.
  private(set) var renames: [TreePath: TreePath] = [:]
  private(set) var folders: FolderRenames
  /// What was not looked at, in words.
  private(set) var notes: [String] = []

  /// git's `merge.renameLimit`: no more pairs than the square of this are compared.
  static let limit = 7000
  private static let minimum = 30_000
  private static let nameMinimum = 45_000
  private static let candidates = 4

  private let relevant: [TreePath: SourceRelevance]
  private let similarity: Similarity
  private var sources: [RenameCandidate]
  private var destinations: [RenameCandidate]
  /// Which destinations have a source.
  private var isTaken: [Bool]

  /// Finds the renames of one side, as far as they matter.
  init(_ changes: SideChanges, similarity: Similarity) throws(GitError) {
    relevant = changes.relevant
    self.similarity = similarity
    folders = FolderRenames(removed: changes.removedFolders)
    sources = changes.deleted.filter { !RenameDetection.isEmpty($0) }
    destinations = changes.added.filter { !RenameDetection.isEmpty($0) }
    isTaken = [Bool](repeating: false, count: destinations.count)
    guard !relevant.isEmpty, !sources.isEmpty, !destinations.isEmpty else { return }
    pairEqual()
    sources.removeAll { renames[$0.path] != nil }
    for (index, destination) in destinations.enumerated() where isTaken[index] {
      if let source = origins[destination.path] {
        folders.count(from: source, to: destination.path)
      }
    }
    folders.guess()
    try pairNames()
    sources.removeAll { renames[$0.path] != nil || relevant[$0.path] == nil }
    sources = folders.dropDecided(sources, relevant: relevant)
    try pairAlike()
  }

  /// The sources by their new paths.
  private var origins: [TreePath: TreePath] = [:]

  private static func isEmpty(_ candidate: RenameCandidate) -> Bool {
    candidate.node.id == .emptyBlob
  }

  private mutating func pair(_ source: RenameCandidate, _ destination: Int) {
    let path = destinations[destination].path
    renames[source.path] = path
    origins[path] = source.path
    isTaken[destination] = true
  }

  private mutating func pairEqual() {
    var byID: [ObjectID: [Int]] = [:]
    for (index, source) in sources.enumerated() { byID[source.node.id, default: []].append(index) }
    for (index, destination) in destinations.enumerated() {
      var best: (source: Int, score: Int)?
      var tries = 100
      for candidate in byID[destination.node.id] ?? [] {
        let source = sources[candidate]
        let areFiles = source.node.mode.isFile && destination.node.mode.isFile
        guard areFiles || source.node.mode == destination.node.mode,
          renames[source.path] == nil
        else { continue }
        let score = source.path.name == destination.path.name ? 2 : 1
        if score > best?.score ?? 0 { best = (candidate, score) }
        tries -= 1
        if score == 2 || tries == 0 { break }
      }
      if let best { pair(sources[best.source], index) }
    }
  }

  /// Pairs files whose name is unique among what is left, or whose folder's new place is known.
  private mutating func pairNames() throws(GitError) {
    var sourceByName: [ArraySlice<UInt8>: Int?] = [:]
    for (index, source) in sources.enumerated() {
      let name = source.path.name
      sourceByName[name] = sourceByName[name] == nil ? .some(index) : .some(nil)
    }
    var destinationByName: [ArraySlice<UInt8>: Int?] = [:]
    var places: [TreePath: Int] = [:]
    for (index, destination) in destinations.enumerated() where !isTaken[index] {
      let name = destination.path.name
      destinationByName[name] = destinationByName[name] == nil ? .some(index) : .some(nil)
      places[destination.path] = index
    }
    for source in sources where relevant[source.path] != nil {
      let name = source.path.name
      guard let byName = destinationByName[name] else { continue }
      var destination = byName
      if byName == nil || sourceByName[name] == .some(nil) {
        destination = folders.guesses[source.path.folder].flatMap { folder in
          folder == .root ? nil : places[folder.appending(Array(name))]
        }
      }
      guard let destination, !isTaken[destination] else { continue }
      let score = try similarity.score(
        source.node, destinations[destination].node, minimum: RenameDetection.nameMinimum)
      if score < RenameDetection.nameMinimum { continue }
      pair(source, destination)
      folders.count(from: source.path, to: destinations[destination].path)
    }
  }

  private struct Score {
    var source: Int
    var destination: Int
    var score: Int
    var nameScore: Int

    func isBetter(than other: Score) -> Bool {
      score == other.score ? nameScore > other.nameScore : score > other.score
    }
  }

  private mutating func pairAlike() throws(GitError) {
    let open = destinations.indices.filter { !isTaken[$0] }
    if open.isEmpty || sources.isEmpty { return }
    guard open.count * sources.count <= RenameDetection.limit * RenameDetection.limit else {
      notes.append(
        "renames not looked for by contents: \(sources.count) missing files, "
          + "\(open.count) candidates")
      return
    }
    var scores: [Score] = []
    for destination in open {
      var best: [Score] = []
      for (index, source) in sources.enumerated() {
        let score = Score(
          source: index, destination: destination,
          score: try similarity.score(
            source.node, destinations[destination].node, minimum: RenameDetection.minimum),
          nameScore: source.path.name == destinations[destination].path.name ? 1 : 0)
        RenameDetection.add(score, to: &best)
      }
      scores += best.filter { $0.score >= RenameDetection.minimum }
      if similarity.remainingSteps < 0 {
        notes.append("renames not looked for by contents: the files are too large to compare")
        return
      }
    }
    // Sorting by the place too keeps equal scores in the order they were found in.
    let ranking = scores.indices.sorted { left, right in
      if scores[left].isBetter(than: scores[right]) { return true }
      return scores[right].isBetter(than: scores[left]) ? false : left < right
    }
    for score in ranking.map({ scores[$0] }) {
      let source = sources[score.source]
      guard !isTaken[score.destination], renames[source.path] == nil else { continue }
      pair(source, score.destination)
      folders.count(from: source.path, to: destinations[score.destination].path)
    }
  }

  /// Keeps the four best sources of a destination; the first of equals stays.
  private static func add(_ score: Score, to best: inout [Score]) {
    if best.count < candidates {
      best.append(score)
      return
    }
    var worst = 0
    for index in 1..<candidates where best[worst].isBetter(than: best[index]) { worst = index }
    if score.isBetter(than: best[worst]) { best[worst] = score }
  }
}

extension ObjectID {
  /// The blob without contents.
  static let emptyBlob = ObjectID(hex: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
}
