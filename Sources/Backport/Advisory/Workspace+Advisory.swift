import GitStore
import ReleaseModel

extension Workspace {
  /// The advisory of what was really picked and tagged, in every form that is asked for.
  ///
  /// Nothing is written. Before it is given back, every form that programs read is read again, and
  /// what it says of each tagged version is compared with what git says.
  public func advisory(_ request: AdvisoryRequest) throws(BackportError) -> AdvisoryOutcome {
    let maker = try AdvisoryMaker(self, request)
    let isHidden =
      maker.subject.operation?.isHidden ?? false || request.record?.mayBeTold == false
    let folder = AdvisoryArchive(path: try path(of: request, maker.subject.operation))
    var (advisory, warnings) = try maker.make(in: folder)
    try AdvisoryWriter.check(ids: [advisory.id] + advisory.aliases)
    var writer = AdvisoryWriter(
      advisory: advisory, formats: request.formats, tool: surroundings.tool)
    if let edition = folder.edition(osv: writer.osvName, csaf: writer.csafName) {
      advisory = writer.following(edition, in: folder, now: surroundings.now)
      writer.advisory = advisory
    }
    let files = try writer.files()
    try AdvisoryWriter.prove(files, advisory, in: repository)
    let contradictions = request.record.map { self.contradictions(of: $0, advisory) } ?? []
    warnings += contradictions.map { Warning("case-differs", $0.text) }
    return AdvisoryOutcome(
      document: document(
        advisory, maker.subject.operation, request.record?.id, isHidden: isHidden,
        files: files.map { .init(format: $0.format, path: "\(folder.path)/\($0.name)") },
        warnings: warnings),
      folder: folder.path, files: files, contradictions: contradictions)
  }

  /// Where the files go: what must not be seen stays beside its operation, or its case.
  private func path(
    of request: AdvisoryRequest, _ operation: Operation?
  ) throws(BackportError) -> String {
    let hidden = operation.flatMap { $0.isHidden ? $0 : nil }
    let untold = request.record.flatMap { $0.mayBeTold ? nil : $0 }
    if let folder = request.folder {
      if let hidden { throw BackportError(.embargoed, [hidden.id, folder]) }
      if let untold, untold.isUnderEmbargo {
        throw BackportError(.embargoed, [untold.id.description, folder], detail: "case")
      }
      return folder
    }
    if let hidden { return OperationStore(repository).directory(of: hidden.id).path + "/advisory" }
    if let untold { return CaseStore(repository).directory(of: untold.id).path + "/advisory" }
    return surroundings.directory + "/advisories"
  }

  private func document(
    _ advisory: Advisory, _ operation: Operation?, _ id: CaseID?, isHidden: Bool,
    files: [AdvisoryDocument.File], warnings: [Warning]
  ) -> AdvisoryDocument {
    AdvisoryDocument(
      repository: description, operation: operation?.id, case: id?.description,
      id: advisory.id,
      aliases: advisory.aliases, title: advisory.title, severity: advisory.rating,
      published: advisory.published, modified: advisory.modified, revision: advisory.revision,
      package: advisory.package.map(AdvisoryDocument.Package.init),
      introduced: advisory.introduced.compactMap(ObjectID.init(hex:)),
      fixes: advisory.fixes.compactMap { fix in
        ObjectID(hex: fix.commit).map { .init(branch: fix.branch, commit: $0, tag: fix.tag) }
      },
      lines: advisory.lines.map { line in
        .init(
          line: line.name, introduced: line.introduced, lastAffected: line.lastAffected,
          fixed: line.fixed, commit: line.commit.flatMap(ObjectID.init(hex:)), tag: line.tag,
          maintained: line.isMaintained)
      },
      affected: advisory.versions.filter(\.isAffected).map(\.text),
      checked: advisory.versions.count, embargoed: isHidden, files: files, warnings: warnings)
  }
}

/// Puts an advisory into its forms, and proves them.
struct AdvisoryWriter {
  var advisory: Advisory
  let formats: [AdvisoryFormat]
  let tool: String

  /// The name of the file in OSV's form.
  var osvName: String { advisory.id + ".json" }

  /// The name of the file in CSAF's form: in a folder of its own where letter case alone would tell
  /// it from another file.
  var csafName: String {
    let name = CSAFFormat(advisory, tool: tool).fileName
    return name == osvName.lowercased() ? "csaf/" + name : name
  }

  /// Refuses ids that would lead a file name elsewhere.
  static func check(ids: [String]) throws(BackportError) {
    for id in ids {
      let isPlain = id.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))
      }
      guard isPlain, !id.isEmpty, !id.hasPrefix("."), id.utf8.count <= 128 else {
        throw BackportError(
          .usage, ["--id \(id)"], detail: "an id has letters, digits, hyphens, dots and underscores"
        )
      }
    }
  }

  /// The forms: those asked for, else those that suit the project.
  private var chosen: [AdvisoryFormat] {
    let suitable: [AdvisoryFormat] =
      [.osv, .markdown, .announcement]
      + (advisory.repository?.isOnGitHub == true ? [.github] : [])
      + (advisory.cveID == nil ? [] : [.cve])
    return AdvisoryFormat.allCases.filter { (formats.isEmpty ? suitable : formats).contains($0) }
  }

  private func name(of format: AdvisoryFormat) -> String {
    switch format {
    case .osv: osvName
    case .markdown: advisory.shortID + ".md"
    case .announcement: advisory.shortID + "-announcement.txt"
    case .github: advisory.shortID + "-github.json"
    case .cve: (advisory.cveID ?? advisory.shortID) + "-cna.json"
    case .csaf: csafName
    }
  }

  /// The files, in the order of the forms.
  func files() throws(BackportError) -> [AdvisoryOutcome.File] {
    if chosen.contains(.cve), !CVEFormat(advisory).hasReferences {
      throw BackportError(
        .usage, ["--format cve"], detail: "a CVE record has at least one address: --reference URL")
    }
    return chosen.map { .init(format: $0, name: name(of: $0), text: text(in: $0)) }
  }

  private func text(in format: AdvisoryFormat) -> String {
    switch format {
    case .osv: OSVFormat(advisory).document.text
    case .markdown:
      MarkdownFormat(
        advisory,
        files: chosen.compactMap { other in
          other.link.map { (name: $0, path: name(of: other)) }
        }
      ).text
    case .announcement: AnnouncementFormat(advisory).text
    case .github: GitHubFormat(advisory).document.text
    case .cve: CVEFormat(advisory).document.text
    case .csaf: CSAFFormat(advisory, tool: tool).document.text
    }
  }

  /// The advisory as the next edition of one that is there: the day of publication stays, and where
  /// anything else has changed the edition is a new one of today.
  func following(
    _ edition: AdvisoryArchive.Edition, in folder: AdvisoryArchive, now: Int64
  ) -> Advisory {
    var same = advisory
    same.published = edition.published
    same.modified = edition.modified
    same.revision = edition.revision
    if let old = folder.contents(osvName), Self.isSame(old, OSVFormat(same).document.text) {
      return same
    }
    var next = same
    let today = Moment(seconds: now, offsetMinutes: 0).description
    next.modified = max(today, edition.modified)
    next.revision += 1
    return next
  }

  private static func isSame(_ old: [UInt8], _ new: String) -> Bool {
    guard let old = try? tree(old), let new = try? tree(Array(new.utf8)) else { return false }
    return old == new
  }

  private static func tree(_ bytes: [UInt8]) throws(BackportError) -> JSONTree {
    try DocumentCoding.decode(JSONTree.self, from: bytes, named: "advisory")
  }

  /// Refuses files that say of any tagged version, or tagged commit, what git does not say.
  static func prove(
    _ files: [AdvisoryOutcome.File], _ advisory: Advisory, in repository: Repository
  ) throws(BackportError) {
    let proof = AdvisoryProof(
      repository: repository, versions: advisory.versions, order: advisory.order)
    for file in files where file.isJSON {
      let claims = AdvisoryClaims(try tree(Array(file.text.utf8)))
      let products = claims?.products ?? []
      guard products.count == 1, let product = products.first else {
        throw BackportError(
          .advisoryMismatch, [file.format.rawValue], detail: "it does not read back")
      }
      if let oddity = product.oddities.first {
        throw BackportError(.advisoryMismatch, [file.format.rawValue], detail: oddity)
      }
      if let finding = try proof.strictFindings(of: product).first {
        throw BackportError(
          .advisoryMismatch, [file.format.rawValue, finding.version, finding.tag],
          detail: "\(finding.part.rawValue) say \(finding.stated == true ? "" : "not ")affected, "
            + "git says \(finding.actual.rawValue)")
      }
    }
  }
}

extension AdvisoryFormat {
  /// The name of a link to the file; nil for one that people do not follow.
  fileprivate var link: String? {
    switch self {
    case .osv: "OSV"
    case .csaf: "CSAF 2.0"
    case .cve: "CVE record"
    case .markdown, .announcement, .github: nil
    }
  }
}
