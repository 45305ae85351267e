/// An advisory as the container of a CVE Numbering Authority in CVE Record Format 5.1.
///
/// The authority adds its own id, `providerMetadata`, as `cve publish --cna` of cvelib does. See
/// <https://cveproject.github.io/cve-schema/schema/docs/>.
public struct CVEFormat: Sendable {
  let advisory: Advisory

  /// The form of an advisory.
  public init(_ advisory: Advisory) { self.advisory = advisory }

  private var words: AdvisoryWords { AdvisoryWords(advisory: advisory) }

  /// The document.
  public var document: OrderedJSON {
    .members([
      "title": .string(String(advisory.title.prefix(256))),
      "descriptions": .array([Self.english(description)]),
      "affected": .array([affected]),
      "problemTypes": .list(advisory.weaknesses.map(problem)),
      "metrics": .list(metrics),
      "references": .array(references),
      "credits": .list(
        advisory.credits.map {
          .members([
            "lang": .string("en"), "type": .string($0.kind.spaced), "value": .string($0.shownName),
          ])
        }),
      "workarounds": advisory.workaround.map { .array([Self.english($0)]) },
      "solutions": .array([Self.english(words.patches)]),
      "datePublic": .string(advisory.published),
    ])
  }

  /// The shortest text that tells product, versions and effect.
  private var description: String {
    "\(advisory.project) \(words.bounds): \(advisory.impact)"
  }

  private static func english(_ text: String) -> OrderedJSON {
    .members(["lang": .string("en"), "value": .string(String(text.prefix(4096)))])
  }

  private var affected: OrderedJSON {
    .members([
      "vendor": .string(advisory.package?.vendor ?? advisory.publisher.name),
      "product": .string(advisory.project),
      "collectionURL": .text(advisory.package?.ecosystem.site),
      "packageName": .text(advisory.package?.name),
      "packageURL": .text(advisory.package?.purl),
      "repo": .text(advisory.repository?.page),
      "defaultStatus": .string("unaffected"),
      "versions": .array(advisory.spans.map(version)),
    ])
  }

  private func version(_ span: AffectedSpan) -> OrderedJSON {
    let isSemantic = span.versions.allSatisfy { VersionOrder.isSemantic($0.text) }
    let kind: OrderedJSON = .string(isSemantic ? "semver" : "custom")
    return switch span.end {
    case .fixed(let version):
      .members([
        "version": .string(span.start), "lessThan": .string(version), "versionType": kind,
        "status": .string("affected"),
      ])
    case .lastAffected(let version):
      .members([
        "version": .string(span.start), "lessThanOrEqual": .string(version), "versionType": kind,
        "status": .string("affected"),
      ])
    }
  }

  private func problem(_ weakness: Weakness) -> OrderedJSON {
    .members([
      "descriptions": .array([
        .members([
          "lang": .string("en"), "type": .string("CWE"), "cweId": .string(weakness.description),
          "description": .string(weakness.title),
        ])
      ])
    ])
  }

  private var metrics: [OrderedJSON] {
    advisory.vectors.map { vector in
      OrderedJSON.members([
        "format": .string("CVSS"),
        "scenarios": .array([.members(["lang": .string("en"), "value": .string("GENERAL")])]),
      ]).adding(
        vector.standard == .v31 ? "cvssV3_1" : "cvssV4_0",
        .members([
          "version": .string(vector.standard == .v31 ? "3.1" : "4.0"),
          "vectorString": .string(vector.description), "baseScore": .number(vector.score),
          "baseSeverity": .string(vector.rating.rawValue.uppercased()),
        ]))
    }
  }

  private var references: [OrderedJSON] {
    advisory.allReferences.map { reference in
      .members([
        "url": .string(reference.url), "name": .text(reference.label),
        "tags": .texts(reference.kind.tags),
      ])
    }
  }
}

extension CVEFormat {
  /// Whether there is an address to refer to, which the schema asks for.
  public var hasReferences: Bool { !advisory.allReferences.isEmpty }
}
