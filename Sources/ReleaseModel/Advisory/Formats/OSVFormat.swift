/// An advisory in the Open Source Vulnerability format 1.7.5.
///
/// See <https://ossf.github.io/osv-schema/>.
public struct OSVFormat: Sendable {
  /// The version of the schema.
  static let schemaVersion = "1.7.5"

  let advisory: Advisory

  /// The form of an advisory.
  public init(_ advisory: Advisory) { self.advisory = advisory }

  /// The document.
  public var document: OrderedJSON {
    .members([
      "schema_version": .string(Self.schemaVersion),
      "id": .string(advisory.id),
      "published": .string(advisory.published),
      "modified": .string(advisory.modified),
      "aliases": .texts(advisory.aliases.filter { $0 != advisory.id }),
      "summary": .string(advisory.title),
      "details": .string(advisory.markdownDetails),
      "severity": .list(advisory.vectors.map(Self.severity)),
      "affected": .array(affected),
      "references": .list(
        advisory.allReferences.map {
          .members(["type": .string($0.kind.rawValue), "url": .string($0.url)])
        }),
      "credits": .list(advisory.credits.map(Self.credit)),
      "database_specific": databaseSpecific,
    ])
  }

  private static func severity(_ vector: SeverityVector) -> OrderedJSON {
    .members([
      "type": .string(vector.standard == .v31 ? "CVSS_V3" : "CVSS_V4"),
      "score": .string(vector.description),
    ])
  }

  private static func credit(_ credit: AdvisoryCredit) -> OrderedJSON {
    .members([
      "name": .string(credit.shownName), "contact": .texts(credit.contacts),
      "type": .string(credit.kind.rawValue),
    ])
  }

  /// One entry for all that ends with a fix, and one for each span that does not.
  ///
  /// `fixed` and `last_affected` exclude each other in a range.
  private var affected: [OrderedJSON] {
    let spans = advisory.spans
    let fixed = spans.filter(\.isFixed)
    let open = spans.filter { !$0.isFixed }
    var entries: [OrderedJSON] = []
    if !fixed.isEmpty || (open.isEmpty || advisory.package == nil) && !gitRanges.isEmpty {
      entries.append(
        entry(
          ranges: [versionRange(fixed)].compactMap(\.self) + gitRanges,
          versions: (advisory.package == nil ? spans : fixed).flatMap(\.versions)))
    }
    guard advisory.package != nil else { return entries }
    for (index, span) in open.enumerated() {
      let git = entries.isEmpty && index == 0 ? gitRanges : []
      entries.append(
        entry(ranges: [versionRange([span])].compactMap(\.self) + git, versions: span.versions))
    }
    return entries
  }

  private func entry(ranges: [OrderedJSON], versions: [TaggedVersion]) -> OrderedJSON {
    .members([
      "package": advisory.package.map(Self.package),
      "ranges": .list(ranges),
      // Without a package, versions are the tags themselves.
      "versions": .texts(versions.map { advisory.package == nil ? $0.tag : $0.text }),
    ])
  }

  private static func package(_ package: AdvisoryPackage) -> OrderedJSON {
    .members([
      "ecosystem": .string(package.ecosystem.rawValue), "name": .string(package.name),
      "purl": .string(package.purl),
    ])
  }

  private func versionRange(_ spans: [AffectedSpan]) -> OrderedJSON? {
    guard advisory.package != nil, !spans.isEmpty else { return nil }
    let events = spans.flatMap(\.events)
    var isSemantic = false
    if case .semantic = advisory.order {
      isSemantic = events.allSatisfy {
        $0.version == "0" || VersionOrder.isSemantic($0.version)
      }
    }
    return .members([
      "type": .string(isSemantic ? "SEMVER" : "ECOSYSTEM"), "events": Self.list(events),
    ])
  }

  private static func list(_ events: [VersionEvents.Event]) -> OrderedJSON {
    .array(events.map { .members([:]).adding($0.name, .string($0.version)) })
  }

  /// Every commit that brings the flaw and every one that ends it, on every branch.
  ///
  /// A commit is in a range when its history holds what introduces and nothing that ends it, so that
  /// one range cannot say that the flaw came back: what took the fix back begins a range of its own.
  private var gitRanges: [OrderedJSON] {
    guard let repository = advisory.repository else { return [] }
    let starts = advisory.introduced.isEmpty ? ["0"] : advisory.introduced
    let lines = advisory.fixes.map { fix in
      OrderedJSON.members([
        "branch": .string(fix.branch), "fixed": .string(fix.commit), "tag": .text(fix.tag),
      ])
    }
    let first = Self.gitRange(
      of: repository, from: starts, to: advisory.fixes.map(\.commit),
      specific: lines.isEmpty ? nil : .members(["lines": .array(lines)]))
    return [first]
      + advisory.relapses.map { Self.gitRange(of: repository, from: [$0.commit], to: $0.fixes) }
  }

  private static func gitRange(
    of repository: WebRepository, from starts: [String], to ends: [String],
    specific: OrderedJSON? = nil
  ) -> OrderedJSON {
    let events =
      starts.map { VersionEvents.Event.introduced($0) } + ends.map { VersionEvents.Event.fixed($0) }
    return .members([
      "type": .string("GIT"), "repo": .string(repository.url), "events": list(events),
      "database_specific": specific,
    ])
  }

  private var databaseSpecific: OrderedJSON? {
    let unmaintained = advisory.lines.filter { !$0.isMaintained && $0.fixed == nil }.map(\.name)
    let specific = OrderedJSON.members([
      "cwe_ids": .texts(advisory.weaknesses.map(\.description)),
      "severity": .text(advisory.rating?.rawValue.uppercased()),
      "unmaintained_lines": .texts(unmaintained),
    ])
    return specific == .object([]) ? nil : specific
  }
}
