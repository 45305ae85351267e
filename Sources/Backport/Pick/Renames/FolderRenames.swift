/// Counts of where the files of removed folders went, and what follows from them.
///
/// Ported from the directory rename parts of git's diffcore-rename.c.
struct FolderRenames {
  /// For each removed folder, how many of its files went to which folder.
  private(set) var counts: [TreePath: [TreePath: Int]] = [:]
  /// The likely new folder of each, from the exact renames.
  private(set) var guesses: [TreePath: TreePath] = [:]
  /// Files whose new place is not known yet, by folder.
  private var unknown: [TreePath: Int] = [:]
  private(set) var removed: [TreePath: FolderRelevance]

  init(removed: [TreePath: FolderRelevance]) { self.removed = removed }

  /// Counts a rename for the folder it left and, as far as the paths end alike, those around it.
  mutating func count(from old: TreePath, to new: TreePath) {
    var (oldFolder, newFolder) = (old.folder, new.folder)
    var isFirst = true
    while let relevance = removed[oldFolder] {
      if relevance == .itself || isFirst {
        counts[oldFolder, default: [:]][newFolder, default: 0] += 1
      }
      isFirst = false
      if relevance == .none || oldFolder == .root || newFolder == .root { return }
      guard oldFolder.name == newFolder.name else { return }
      (oldFolder, newFolder) = (oldFolder.folder, newFolder.folder)
    }
  }

  /// Takes the folder that most files went to for the likely new one.
  mutating func guess() {
    for (folder, targets) in counts {
      let best = targets.max { ($0.value, $1.key) < ($1.value, $0.key) }
      guesses[folder] = best?.key
    }
  }

  /// Drops the sources that matter only for where their folder went, once that is decided.
  mutating func dropDecided(_ sources: [RenameCandidate], relevant: [TreePath: SourceRelevance])
    -> [RenameCandidate]
  {
    for source in sources {
      var folder = source.path.folder
      while folder != .root, removed[folder] ?? .none != .none {
        unknown[folder, default: 0] += 1
        folder = folder.folder
      }
    }
    for (folder, targets) in counts where removed[folder] == .itself {
      let ranking = targets.values.sorted(by: >)
      let (first, second) = (ranking.first ?? 0, ranking.dropFirst().first ?? 0)
      if first > second + unknown[folder, default: 0] { removed[folder] = .ancestor }
    }
    return sources.filter { source in
      if relevant[source.path] != .location { return true }
      var folder = source.path.folder
      while let relevance = removed[folder], relevance != .none {
        if relevance == .itself { return true }
        folder = folder.folder
      }
      return false
    }
  }

  /// The new folder of each removed one, by majority; the second list has those without one.
  func decided() -> (renames: [TreePath: TreePath], split: [TreePath]) {
    var renames: [TreePath: TreePath] = [:]
    var split: [TreePath] = []
    for (folder, targets) in counts where removed[folder] ?? .none != .none {
      guard let most = targets.values.max() else { continue }
      let winners = targets.filter { $0.value == most }
      if winners.count == 1, let winner = winners.first {
        renames[folder] = winner.key
      } else {
        split.append(folder)
      }
    }
    return (renames, split.sorted())
  }
}
