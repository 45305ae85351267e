import GitStore
import ReleaseModel

extension TargetPlanner {
  /// The maker of a line's release, with the entries that have files of their own on the branch.
  func maker(
    _ line: ReleaseLine, _ base: TargetBase, tip: ObjectID, fixCommits: Set<ObjectID>
  ) throws(BackportError) -> ReleaseMaker {
    guard options.changelog, workspace.project.consumesFragments else { return releases }
    var maker = releases
    let (fragments, own) = try store { () throws(GitError) in
      let tree = try repository.commit(tip).tree
      let fragments = try FragmentFinder(repository: repository).fragments(
        in: tree, package: line.name.package)
      var own: Set<String> = []
      if fragments.isEmpty { return (fragments, own) }
      let before = try repository.commit(base.commit).tree
      for fragment in fragments where try repository.node(at: fragment.path, in: before) == nil {
        own.insert(fragment.path)
      }
      for id in fixCommits {
        let commit = try repository.commit(id)
        let parent = try commit.parents.first.map { (id) throws(GitError) in
          try repository.commit(id).tree
        }
        for change in try repository.changes(from: parent, to: commit.tree)
        where change.old == nil {
          own.insert(change.displayPath)
        }
      }
      return (fragments, own)
    }
    guard !fragments.isEmpty else { return releases }
    let entries = releases.settings.entries
    let found = ReleaseFragments(
      fragments, ofFix: own, entries: entries, keepsEntry: options.entry != nil,
      ids: FixText.ids(in: entries.map(\.text)))
    maker.settings.entries = found.entries
    maker.settings.consumed = found.consumed
    return maker
  }
}
