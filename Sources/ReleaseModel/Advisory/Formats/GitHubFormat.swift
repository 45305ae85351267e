/// An advisory as the body of a request to GitHub for a repository advisory, which stays a draft until
/// a person publishes it.
///
/// See <https://docs.github.com/rest/security-advisories/repository-advisories>.
public struct GitHubFormat: Sendable {
  let advisory: Advisory

  /// The form of an advisory.
  public init(_ advisory: Advisory) { self.advisory = advisory }

  /// The document.
  public var document: OrderedJSON {
    // GitHub takes a vector or a rating, not both.
    let vector = advisory.vectors.first { $0.standard == .v31 } ?? advisory.vectors.first
    let severity = vector == nil ? advisory.rating?.rawValue : nil
    return .members([
      "summary": .string(advisory.title),
      "description": .string(advisory.markdownDetails),
      "cve_id": .text(advisory.cveID) ?? .null,
      "cvss_vector_string": .text(vector?.description),
      "severity": .text(severity),
      "cwe_ids": .array(advisory.weaknesses.map { .string($0.description) }),
      "vulnerabilities": .array(advisory.spans.map(vulnerability)),
      "credits": .array(credits),
      "start_private_fork": .boolean(false),
    ])
  }

  private func vulnerability(_ span: AffectedSpan) -> OrderedJSON {
    let start = span.start == "0" ? "" : ">= \(span.start), "
    let (range, patched): (String, OrderedJSON) =
      switch span.end {
      case .fixed(let version): ("\(start)< \(version)", .string(version))
      case .lastAffected(let version): ("\(start)<= \(version)", .null)
      }
    return .members([
      "package": .members([
        "ecosystem": .string(advisory.package?.ecosystem.gitHubName ?? "other"),
        "name": .string(advisory.package?.name ?? advisory.project),
      ]),
      "vulnerable_version_range": .string(range), "patched_versions": patched,
      "vulnerable_functions": .array([]),
    ])
  }

  /// Those whose account is known: GitHub takes no others.
  private var credits: [OrderedJSON] {
    advisory.credits.compactMap { credit in
      credit.gitHubLogin.map {
        .members(["login": .string($0), "type": .string(credit.kind.rawValue.lowercased())])
      }
    }
  }
}
