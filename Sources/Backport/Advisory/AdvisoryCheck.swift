import GitStore
import ReleaseModel

extension Workspace {
  /// Compares what an advisory says of each tagged version with what git says.
  public func check(
    _ request: AdvisoryCheckRequest
  ) throws(BackportError) -> AdvisoryCheckDocument {
    try AdvisoryCheck(self, request).document()
  }
}

/// Compares somebody's advisory with the tags.
///
/// What is true comes from the fix and from what introduced the flaw. They are given, or else those
/// that the advisory itself names: its commits, or the tags of its fixed and first affected versions.
/// So an advisory is at least held against itself: what descends from an affected version, and from no
/// fixed one, is affected.
struct AdvisoryCheck {
  let workspace: Workspace
  let request: AdvisoryCheckRequest
  let survey: LineSurvey
  let claims: AdvisoryClaims

  private var repository: Repository { workspace.repository }

  init(_ workspace: Workspace, _ request: AdvisoryCheckRequest) throws(BackportError) {
    self.workspace = workspace
    self.request = request
    guard
      let tree = try? DocumentCoding.decode(
        JSONTree.self, from: request.bytes, named: request.file),
      let claims = AdvisoryClaims(tree), !claims.products.isEmpty
    else { throw BackportError(.notAnAdvisory, [request.file]) }
    self.claims = claims
    survey = try workspace.survey(asOf: request.asOf, package: request.package)
  }

  func document() throws(BackportError) -> AdvisoryCheckDocument {
    let catalog = try VersionCatalog(workspace, survey, operation: nil)
    let product = try product(catalog)
    let order = product.package?.ecosystem.order ?? request.purl?.ecosystem.order ?? .project
    var warnings = workspace.warnings
    let (fix, statements) = try truth(product, catalog, order, &warnings)
    var history = try FlawHistory(of: fix, statements, in: repository)
    let states = try history.states(of: catalog)
    let versions = TaggedVersion.sorted(
      zip(catalog.entries, states).map { entry, state in
        TaggedVersion(
          text: spelling(of: entry, product), version: entry.version, tag: entry.tag,
          commit: entry.commit.description, line: entry.line.description, state: state,
          isRelease: entry.isRelease)
      }, in: order)
    let proof = AdvisoryProof(repository: repository, versions: versions, order: order)
    let findings = try proof.findings(of: product)
    warnings += cautions(product, proof)
    return AdvisoryCheckDocument(
      repository: workspace.description, file: request.file, format: claims.format,
      id: claims.id, package: product.name,
      fix: fix.commits.isEmpty ? statements.fixedAnywhere : fix.commits.map(\.id),
      introduced: history.isOriginKnown ? history.introduced : [], checked: versions.count,
      findings: findings.map(AdvisoryCheckDocument.Finding.init), warnings: warnings)
  }

  private func spelling(
    of entry: VersionCatalog.Entry, _ product: AdvisoryClaims.Product
  ) -> String {
    product.package?.ecosystem.spelling(of: entry.version, tag: entry.tag)
      ?? entry.version.description
  }

  // MARK: - Which package

  /// The statements about this project: the only ones, or those on its package.
  ///
  /// Statements without a package are about the repository, and so about this one.
  private func product(_ catalog: VersionCatalog) throws(BackportError) -> AdvisoryClaims.Product {
    let named = claims.products.filter { $0.name != nil }
    var chosen = named.first ?? claims.products[0]
    if let purl = request.purl {
      guard let found = named.first(where: { $0.package?.isSame(as: purl) == true }) else {
        throw otherPackages(named, "--purl \(purl.purl)")
      }
      chosen = found
    } else if named.count > 1 {
      guard let own = try ownPackage(catalog),
        let found = named.first(where: { isAbout($0, own) })
      else { throw otherPackages(named, request.file) }
      chosen = found
    }
    if chosen.name != nil, let bare = claims.products.first(where: { $0.name == nil }) {
      chosen.rules += bare.rules
      chosen.commits += bare.commits
    }
    return chosen
  }

  private func isAbout(_ product: AdvisoryClaims.Product, _ own: AdvisoryPackage) -> Bool {
    if let package = product.package { return package.isSame(as: own) }
    return [own.name, own.shortName].contains { $0.lowercased() == product.name?.lowercased() }
  }

  private func ownPackage(_ catalog: VersionCatalog) throws(BackportError) -> AdvisoryPackage? {
    guard let newest = catalog.entries.last(where: \.isRelease) else { return nil }
    let tree = try store { () throws(GitError) in try repository.commit(newest.commit).tree }
    let address = workspace.remote
      .flatMap { workspace.settings.string(ConfigurationKey("remote", $0, "url")) }
      .flatMap(WebRepository.init(remote:))
    return try PackageFinder(repository: repository)
      .find(in: tree, package: request.package, repository: address).package
  }

  private func otherPackages(
    _ products: [AdvisoryClaims.Product], _ what: String
  ) -> BackportError {
    let names = products.map { $0.package?.purl ?? $0.name ?? "" }
    return BackportError(
      .usage, [what],
      detail: "the advisory is about \(names.joined(separator: ", ")); choose with --purl")
  }

  // MARK: - What is true

  private func truth(
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
      if named.isEmpty {
        statements.fixedAnywhere = commits(of: product.fixed, catalog, product, order)
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

  private func cautions(
    _ product: AdvisoryClaims.Product, _ proof: AdvisoryProof
  ) -> [Warning] {
    product.oddities.map { Warning("odd-statement", $0) }
      + product.unknownVersions(among: proof.versions, in: proof.order).map {
        Warning("no-such-version", "\($0) is named, and no tag is that version")
      }
      + proof.missing(of: product).map {
        Warning("no-such-commit", "commit \($0) is named, which is not in this clone")
      }
  }
}
