/// An advisory as a CSAF 2.0 security advisory, its keys sorted.
///
/// Every tagged version that matters is a product of its own. See
/// <https://docs.oasis-open.org/csaf/csaf/v2.0/os/csaf-v2.0-os.html>.
public struct CSAFFormat: Sendable {
  let advisory: Advisory
  /// The program that makes the document, with its version.
  let tool: String

  /// The form of an advisory, made by a program.
  public init(_ advisory: Advisory, tool: String) {
    self.advisory = advisory
    self.tool = tool
  }

  private var words: AdvisoryWords { AdvisoryWords(advisory: advisory) }
  private var trackingID: String { advisory.shortID }

  /// The file name that section 5.1 of the standard makes of the tracking id.
  public var fileName: String {
    var name = ""
    for character in trackingID.lowercased() {
      if character.isASCII, character.isLetter || character.isNumber || "+-".contains(character) {
        name.append(character)
      } else if name.last != "_" {
        name.append("_")
      }
    }
    return name + ".json"
  }

  /// The document.
  public var document: OrderedJSON {
    OrderedJSON.members([
      "document": head, "product_tree": productTree,
      "vulnerabilities": .array([vulnerability]),
    ]).sorted
  }

  private var head: OrderedJSON {
    let publisher = advisory.publisher
    let external = advisory.allReferences.filter { $0.kind == .advisory }
    return .members([
      "category": .string("csaf_security_advisory"), "csaf_version": .string("2.0"),
      "distribution": .members([
        "tlp": .members([
          "label": .string("WHITE"), "url": .string("https://www.first.org/tlp/v1/"),
        ])
      ]),
      "lang": .string("en"),
      "notes": .array([
        Self.note("summary", "Summary", "\(advisory.title). \(words.patches)")
      ]),
      "publisher": .members([
        "category": .string("vendor"), "contact_details": .text(publisher.contact),
        "name": .string(publisher.name), "namespace": .string(namespace),
      ]),
      "references": .list(canonical + external.map(Self.reference)),
      "title": .string("\(advisory.title) in \(advisory.project)"),
      "tracking": tracking,
    ])
  }

  /// Where the document itself is found (6.2.11): at the place that section 7.1.9 gives it on the
  /// publisher's site, else in the folder of advisories on the default branch.
  private var canonical: [OrderedJSON] {
    let year = advisory.published.prefix(4)
    let url =
      advisory.publisher.namespace.map { "\($0)/.well-known/csaf/white/\(year)/\(fileName)" }
      ?? advisory.repository?.address(ofFile: "advisories/\(fileName)")
    guard let url else { return [] }
    return [
      .members([
        "category": .string("self"), "summary": .string("This advisory as CSAF"),
        "url": .string(url),
      ])
    ]
  }

  /// An address of the publisher's own.
  private var namespace: String {
    advisory.publisher.namespace ?? advisory.repository?.ownerPage
      ?? advisory.package?.page ?? "https://\(advisory.project.lowercased()).invalid"
  }

  private var tracking: OrderedJSON {
    let engine = tool.split(separator: " ").map(String.init)
    let history = (1...max(1, advisory.revision)).map { number in
      OrderedJSON.members([
        "date": .string(number == 1 ? advisory.published : advisory.modified),
        "number": .string("\(number)"),
        "summary": .string(number == 1 ? "First publication" : "Update"),
      ])
    }
    return .members([
      "aliases": .texts(advisory.aliases.filter { $0 != trackingID && $0 != advisory.cveID }),
      "current_release_date": .string(advisory.modified),
      "generator": .members([
        "date": .string(advisory.modified),
        "engine": .members([
          "name": .text(engine.first), "version": .text(engine.dropFirst().last),
        ]),
      ]),
      "id": .string(trackingID), "initial_release_date": .string(advisory.published),
      "revision_history": .array(history), "status": .string("final"),
      "version": .string("\(max(1, advisory.revision))"),
    ])
  }

  private static func note(_ category: String, _ title: String, _ text: String) -> OrderedJSON {
    .members(["category": .string(category), "text": .string(text), "title": .string(title)])
  }

  private static func reference(_ reference: AdvisoryReference) -> OrderedJSON {
    .members([
      "category": .string("external"),
      "summary": .string(reference.label ?? reference.kind.rawValue.lowercased()),
      "url": .string(reference.url),
    ])
  }

  // MARK: - Products

  /// The affected versions and the first fixed one of each line, ascending.
  private var products: [TaggedVersion] {
    let fixed = Set(firstFixed.map(\.text))
    return advisory.versions.filter { $0.isAffected || fixed.contains($0.text) }
  }

  private var firstFixed: [TaggedVersion] {
    let named = Set(advisory.fixedVersions + advisory.releasedLines.compactMap(\.fixed))
    return advisory.versions.filter { $0.state == .fixed && named.contains($0.text) }
  }

  private func productID(_ version: TaggedVersion) -> String {
    "\(advisory.project)-\(version.text)"
  }

  private var productTree: OrderedJSON {
    let vendor = advisory.package?.vendor ?? advisory.publisher.name
    let versions = products.map { version -> OrderedJSON in
      let purl =
        advisory.package.map { "\($0.purl)@\(Self.escaped(version.text))" }
        ?? advisory.repository?.purl(ofTag: version.tag)
      let helper = purl.map { OrderedJSON.members(["purl": .string($0)]) }
      return .members([
        "category": .string("product_version"), "name": .string(version.text),
        "product": .members([
          "name": .string("\(vendor) \(advisory.project) \(version.text)"),
          "product_id": .string(productID(version)), "product_identification_helper": helper,
        ]),
      ])
    }
    let product = OrderedJSON.members([
      "category": .string("product_name"), "name": .string(advisory.project),
      "branches": .array(versions),
    ])
    return .members([
      "branches": .array([
        .members([
          "category": .string("vendor"), "name": .string(vendor), "branches": .array([product]),
        ])
      ])
    ])
  }

  /// `+` stands for a blank in what some programs read of a package URL.
  private static func escaped(_ version: String) -> String {
    version.split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%2B")
  }

  // MARK: - The vulnerability

  private var vulnerability: OrderedJSON {
    let affected = advisory.versions.filter(\.isAffected).map { OrderedJSON.string(productID($0)) }
    let fixed = firstFixed.map { OrderedJSON.string(productID($0)) }
    var notes = [Self.note("description", "Description", advisory.impact)]
    if let workaround = advisory.workaround {
      notes.append(Self.note("details", "Workaround", workaround))
    }
    // The standard takes one weakness, and compares its name with the list.
    let weakness = advisory.weaknesses.first { $0.name != nil }
    return .members([
      "acknowledgments": .list(acknowledgments),
      "cve": .text(advisory.cveID),
      "cwe": weakness.map {
        .members(["id": .string($0.description), "name": .text($0.name)])
      },
      "ids": .list(ids),
      "notes": .array(notes),
      "product_status": .members([
        "first_fixed": .list(fixed), "fixed": .list(fixed), "known_affected": .list(affected),
      ]),
      "references": .list(
        advisory.allReferences.filter { $0.kind == .fix }.map(Self.reference)),
      "release_date": .string(advisory.published),
      "remediations": .list(remediations),
      "scores": .list(scores(for: affected)),
      "threats": .list(threats(for: affected)),
      "title": .string(advisory.title),
    ])
  }

  private var ids: [OrderedJSON] {
    advisory.aliases.filter { $0 != advisory.cveID }.map { id in
      .members([
        "system_name": .string(
          id.hasPrefix("GHSA-") ? "GitHub Security Advisory" : "Advisory of the project"),
        "text": .string(id),
      ])
    }
  }

  private var acknowledgments: [OrderedJSON] {
    advisory.credits.map { credit in
      .members([
        "names": credit.name.map { .array([.string($0)]) }, "summary": .string(credit.kind.spaced),
      ])
    }
  }

  private var remediations: [OrderedJSON] {
    var remediations: [OrderedJSON] = []
    for line in advisory.lines {
      let members = advisory.versions.filter { $0.isAffected && $0.line == line.name }
      guard !members.isEmpty else { continue }
      let ids = OrderedJSON.array(members.map { .string(productID($0)) })
      if let version = words.update(for: line) {
        let details = words.advice(for: line) ?? "Update to \(version)."
        let page = line.tag.flatMap { advisory.repository?.page(ofTag: $0) }
        remediations.append(
          .members([
            "category": .string("vendor_fix"), "date": .string(advisory.published),
            "details": .string(details), "product_ids": ids, "url": .text(page),
          ]))
      } else {
        remediations.append(
          .members([
            "category": .string(line.isMaintained ? "none_available" : "no_fix_planned"),
            "details": .string(words.advice(for: line) ?? ""), "product_ids": ids,
          ]))
      }
    }
    if let workaround = advisory.workaround {
      let affected = advisory.versions.filter(\.isAffected).map { productID($0) }
      remediations.append(
        .members([
          "category": .string("workaround"), "details": .string(workaround),
          "product_ids": .texts(affected),
        ]))
    }
    return remediations
  }

  /// The 3.1 vectors: CSAF 2.0 has no place for others, whose rating stands among the threats.
  private func scores(for products: [OrderedJSON]) -> [OrderedJSON] {
    advisory.vectors.filter { $0.standard == .v31 }.map { vector in
      .members([
        "cvss_v3": .members([
          "baseScore": .number(vector.score),
          "baseSeverity": .string(vector.rating.rawValue.uppercased()),
          "vectorString": .string(vector.description), "version": .string("3.1"),
        ]),
        "products": .array(products),
      ])
    }
  }

  private func threats(for products: [OrderedJSON]) -> [OrderedJSON] {
    guard let rating = advisory.rating, !products.isEmpty else { return [] }
    return [
      .members([
        "category": .string("impact"), "details": .string(rating.title),
        "product_ids": .array(products),
      ])
    ]
  }
}
