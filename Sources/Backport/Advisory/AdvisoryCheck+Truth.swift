import GitStore
import ReleaseModel

/// What is true of a flaw, as far as the history and the advisory itself tell.
extension AdvisoryCheck {
  func truth(
    _ product: AdvisoryClaims.Product, _ catalog: VersionCatalog, _ order: VersionOrder,
    _ warnings: inout [Warning]
  ) throws(BackportError) -> (FixSet, FlawHistory.Statements) {
    var statements = FlawHistory.Statements()
    let resolver = FixResolver(repository: repository)
    var fix = FixSet.none
    if !request.fix.isEmpty {
      fix = try resolver.resolve(request.fix, mainline: request.mainline)
    } else {
      let named = (claims.fixCommits + product.commits.flatMap(\.fixed))
        .compactMap { try? repository.resolve($0) }
      let originals = try originals(among: named)
      if !originals.isEmpty {
        fix = try resolver.resolve(originals.map(\.description), mainline: nil)
      }
      statements.fixedAnywhere = named.filter { !originals.contains($0) }
      for tag in commits(of: product.fixed, catalog, product, order)
      where try touches(tag, whatChanges: fix, catalog) { statements.fixedAnywhere.append(tag) }
      if named.isEmpty {
        warnings.append(
          Warning(
            "fix-unknown",
            "the advisory names no commit of the fix that is here, so the versions that it calls "
              + "fixed are taken to be; --fix REV tells"))
      }
    }
    statements.fixedAnywhere += try store { () throws(GitError) in
      try request.equivalents.map { (text) throws(GitError) in try repository.resolve(text) }
    }
    try readOrigins(product, catalog, order, fix, &statements, &warnings)
    return (fix, statements)
  }

  /// Whether the trunk holds the fix, so that newer lines are known by it.
  func isOnTrunk(_ fix: FixSet) throws(BackportError) -> Bool {
    guard let last = fix.commits.last?.id else { return false }
    return try store { () throws(GitError) in
      try repository.isAncestor(last, of: workspace.trunk.tip)
    }
  }

  /// Leaves out the versions above all that are named as fixed whose history holds none of these: the
  /// trunk may have had the fix in another form, which nothing tells.
  func leaveOutUnknown(
    _ versions: inout [TaggedVersion], _ product: AdvisoryClaims.Product, _ order: VersionOrder,
    _ warnings: inout [Warning]
  ) {
    let highest = versions.last { version in
      product.fixed.contains { AdvisoryClaims.Product.isSame($0, version, order) }
    }
    guard let highest else { return }
    let unknown = versions.filter { version in
      version.isAffected && order.precedes(highest.text, version.text) == true
        && product.isAffected(version, in: order) == false
    }
    guard let first = unknown.first else { return }
    versions.removeAll { unknown.contains($0) }
    warnings.append(
      Warning(
        "not-compared",
        "\(unknown.count) versions from \(first.text) on are not compared: nothing tells whether they "
          + "have the fix in another form; --fix REV tells"))
  }

  /// Whether a tag that is named as fixed may hold the fix in another form: since the version before it
  /// something changed in a file that the fix changes.
  ///
  /// Files move between lines, so their names count; texts, in which every release changes something,
  /// do only for a fix of nothing else. Without a fix that is known, every tag may.
  private func touches(
    _ tag: ObjectID, whatChanges fix: FixSet, _ catalog: VersionCatalog
  ) throws(BackportError) -> Bool {
    guard !fix.commits.isEmpty, let index = catalog.entries.firstIndex(where: { $0.commit == tag })
    else { return true }
    let entry = catalog.entries[index]
    let before =
      catalog.entries[..<index].last { $0.line == entry.line }
      ?? catalog.entries[..<index].last { $0.isRelease }
    guard let before else { return true }
    let (changed, released) = try store { () throws(GitError) in
      var changed: [TreeChange] = []
      for source in fix.sources {
        let old = try source.parent.map { (id) throws(GitError) in try repository.commit(id).tree }
        changed += try repository.changes(from: old, to: source.commit.tree)
      }
      let old = try repository.commit(before.commit).tree
      return (changed, try repository.changes(from: old, to: try repository.commit(tag).tree))
    }
    let code = Self.names(changed, ofCode: true)
    let wanted = code.isEmpty ? Self.names(changed, ofCode: false) : code
    return !wanted.isDisjoint(with: Self.names(released, ofCode: !code.isEmpty))
  }

  /// The names of changed files; with `ofCode` without texts for people.
  private static func names(_ changes: [TreeChange], ofCode: Bool) -> Set<String> {
    var names: Set<String> = []
    for change in changes {
      let name = change.displayPath.split(separator: "/").last.map(String.init) ?? ""
      let ending = name.split(separator: ".").dropFirst().last.map { $0.lowercased() } ?? ""
      if !ofCode || !["", "md", "rst", "txt", "adoc"].contains(ending) { names.insert(name) }
    }
    return names
  }

  /// The commits of the trunk that no other of them was made from; the others are their picks.
  private func originals(among commits: [ObjectID]) throws(BackportError) -> [ObjectID] {
    var seen: Set<ObjectID> = []
    let all = commits.filter { seen.insert($0).inserted }
    return try store { () throws(GitError) in
      var onTrunk: [ObjectID] = []
      for id in all where try repository.isAncestor(id, of: workspace.trunk.tip) {
        onTrunk.append(id)
      }
      var originals: [ObjectID] = []
      for id in onTrunk.isEmpty ? Array(all.prefix(1)) : onTrunk {
        let origins = OriginLines.origins(in: try repository.commit(id).displayMessage)
        let isPick = origins.contains { text in
          all.contains { $0 != id && $0.description.hasPrefix(text) }
        }
        if !isPick { originals.append(id) }
      }
      return originals
    }
  }

  private func readOrigins(
    _ product: AdvisoryClaims.Product, _ catalog: VersionCatalog, _ order: VersionOrder,
    _ fix: FixSet, _ statements: inout FlawHistory.Statements, _ warnings: inout [Warning]
  ) throws(BackportError) {
    if !request.introduced.isEmpty {
      statements.introducers = try AffectedCheck(
        of: fix, introduced: request.introduced, in: repository
      ).introducers
      return
    }
    let named = product.commits.flatMap(\.introduced).filter { $0 != "0" }
    let commits = named.compactMap { ObjectID(hex: $0) }
      .filter { (try? repository.commit($0)) != nil }
    if !commits.isEmpty, commits.count == named.count {
      statements.origins = commits
    } else if !product.starts.contains("0"), !product.starts.isEmpty {
      statements.origins = self.commits(of: product.starts, catalog, product, order)
    } else if product.starts.isEmpty, product.commits.isEmpty {
      // A list of versions: each of them is said to have it.
      statements.origins = catalog.entries.filter { entry in
        let version = TaggedVersion(
          text: spelling(of: entry, product), version: entry.version, tag: entry.tag,
          commit: entry.commit.description, line: entry.line.description, state: .affected)
        return product.isAffected(version, in: order) == true
      }.map(\.commit)
    }
    if statements.origins.isEmpty {
      warnings.append(
        Warning(
          "origin-unknown",
          "the advisory says that the flaw was always there, so every version without the fix counts "
            + "as affected; --introduced REV tells"))
    }
  }

  /// The tagged commits of versions, as far as they are tagged.
  private func commits(
    of versions: [String], _ catalog: VersionCatalog, _ product: AdvisoryClaims.Product,
    _ order: VersionOrder
  ) -> [ObjectID] {
    catalog.entries.filter { entry in
      let version = TaggedVersion(
        text: spelling(of: entry, product), version: entry.version, tag: entry.tag,
        commit: entry.commit.description, line: entry.line.description, state: .affected)
      return versions.contains { AdvisoryClaims.Product.isSame($0, version, order) }
    }.map(\.commit)
  }
}
