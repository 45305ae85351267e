import CLibgit2

extension Repository {
  /// Whether a commit is another's ancestor, or the other itself.
  public func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(GitError) -> Bool {
    if ancestor == descendant { return true }
    let status = handle.with { repository in
      descendant.withOid { descendant in
        ancestor.withOid { git_graph_descendant_of(repository, descendant, $0) }
      }
    }
    return try check(status, "compare history of", "\(ancestor) and \(descendant)") == 1
  }

  /// The best common ancestor of two commits; nil when they share no history.
  public func mergeBase(_ left: ObjectID, _ right: ObjectID) throws(GitError) -> ObjectID? {
    var oid = git_oid()
    let status = handle.with { repository in
      left.withOid { left in right.withOid { git_merge_base(&oid, repository, left, $0) } }
    }
    if status == GIT_ENOTFOUND.rawValue { return nil }
    try check(status, "find the merge base of", "\(left) and \(right)")
    return ObjectID(oid)
  }

  /// The order of a walk.
  public enum WalkOrder: Sendable {
    /// Newest committer date first, but no parent before its child, whatever the clocks said.
    case newestFirst
    /// Parents before children, as commits were made; first parents' side in order.
    case oldestFirst
  }

  /// The commits reachable from some and from none of others.
  ///
  /// Costs a visit of every commit down to the merge bases. At most `limit` are returned; a longer
  /// walk is cut, never an error.
  public func history(
    from starts: [ObjectID], notIn hidden: [ObjectID] = [], order: WalkOrder = .newestFirst,
    firstParentOnly: Bool = false, limit: Int = .max
  ) throws(GitError) -> [ObjectID] {
    let walk = try handle.with { (repository) throws(GitError) in
      try Handle<RevwalkKind>("walk history") { git_revwalk_new(&$0, repository) }
    }
    return try walk.with { (walk) throws(GitError) in
      let sorting =
        order == .newestFirst
        ? GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_TIME.rawValue
        : GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue
      try check(git_revwalk_sorting(walk, sorting), "walk history")
      if firstParentOnly { try check(git_revwalk_simplify_first_parent(walk), "walk history") }
      for id in starts {
        try check(id.withOid { git_revwalk_push(walk, $0) }, "walk history from", id.description)
      }
      for id in hidden {
        try check(id.withOid { git_revwalk_hide(walk, $0) }, "walk history from", id.description)
      }
      var found: [ObjectID] = []
      var oid = git_oid()
      while found.count < limit {
        let status = git_revwalk_next(&oid, walk)
        if status == GIT_ITEROVER.rawValue { break }
        try check(status, "walk history")
        if let id = ObjectID(oid) { found.append(id) }
      }
      return found
    }
  }
}
