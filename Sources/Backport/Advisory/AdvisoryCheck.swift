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

  var repository: Repository { workspace.repository }

  init(_ workspace: Workspace, _ request: AdvisoryCheckRequest) throws(BackportError) {
    self.workspace = workspace
    self.request = request
    guard
      let tree = try? DocumentCoding.decode(
        JSONTree.self, from: request.bytes, named: request.file),
      let claims = AdvisoryClaims(tree), !claims.products.isEmpty
    else { throw BackportError(.notAnAdvisory, [request.file]) }
    self.claims = claims
    let survey = try workspace.survey(asOf: request.asOf, package: request.package)
    let named = claims.products.compactMap { $0.package?.shortName ?? $0.name }
    let own = survey.inventory.packages.first { package in
      named.contains { $0.lowercased() == package.lowercased() }
    }
    // In a repository of several packages the advisory says which of them is meant.
    if request.package == nil, let own, own != survey.inventory.package {
      self.survey = try workspace.survey(asOf: request.asOf, package: own)
    } else {
      self.survey = survey
    }
  }

  func document() throws(BackportError) -> AdvisoryCheckDocument {
    let catalog = try VersionCatalog(workspace, survey, operation: nil)
    let product = try product(catalog)
    let order = product.package?.ecosystem.order ?? request.purl?.ecosystem.order ?? .project
    var warnings = workspace.warnings
    let (fix, statements) = try truth(product, catalog, order, &warnings)
    var history = try FlawHistory(of: fix, statements, in: repository)
    let states = try history.states(of: catalog)
    var versions = TaggedVersion.sorted(
      zip(catalog.entries, states).map { entry, state in
        TaggedVersion(
          text: spelling(of: entry, product), version: entry.version, tag: entry.tag,
          commit: entry.commit.description, line: entry.line.description, state: state,
          isRelease: entry.isRelease)
      }, in: order)
    if request.fix.isEmpty, try !isOnTrunk(fix) {
      leaveOutUnknown(&versions, product, order, &warnings)
    }
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

  func spelling(
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
