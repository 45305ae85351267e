extension AdvisoryClaims {
  /// Reads a CSAF 2.0 document.
  init(csaf document: JSONTree) {
    self.init(.csaf)
    id = document["document"]?["tracking"]?["id"]?.text
    aliases = document["document"]?["tracking"]?["aliases"]?.texts ?? []
    var versions: [String: CSAFProduct] = [:]
    Self.collect(document["product_tree"]?["branches"], name: nil, depth: 0, into: &versions)
    for vulnerability in document["vulnerabilities"]?.elements ?? [] {
      aliases += [vulnerability["cve"]?.text].compactMap(\.self)
      let status = vulnerability["product_status"]
      for (key, isAffected) in [
        ("known_affected", true), ("first_affected", true), ("last_affected", true),
        ("known_not_affected", false), ("first_fixed", false), ("fixed", false),
      ] {
        for productID in status?[key]?.texts ?? [] {
          guard let product = versions[productID] else { continue }
          add(Self.product(product, isAffected: isAffected, key: key))
        }
      }
      for reference in vulnerability["references"]?.elements ?? [] {
        fixCommits += CommitAddress.ids(in: reference["url"]?.text)
      }
    }
  }

  /// One version, or range of versions, of the product tree.
  private struct CSAFProduct {
    var name: String?
    var purl: String?
    var version: String
    var isRange: Bool
  }

  /// Deeper trees than this are no product trees.
  private static let deepest = 30

  private static func collect(
    _ branches: JSONTree?, name: String?, depth: Int, into versions: inout [String: CSAFProduct]
  ) {
    guard depth < deepest else { return }
    for branch in branches?.elements ?? [] {
      let category = branch["category"]?.text
      let own = category == "product_name" ? branch["name"]?.text : name
      if let product = branch["product"], let id = product["product_id"]?.text,
        let version = branch["name"]?.text
      {
        let isRange = category == "product_version_range"
        if isRange || category == "product_version" {
          versions[id] = CSAFProduct(
            name: own, purl: product["product_identification_helper"]?["purl"]?.text,
            version: version, isRange: isRange)
        }
      }
      collect(branch["branches"], name: own, depth: depth + 1, into: &versions)
    }
  }

  private static func product(_ csaf: CSAFProduct, isAffected: Bool, key: String) -> Product {
    var product = Product()
    product.package = csaf.purl.flatMap(AdvisoryPackage.init(purl:))
    product.name = product.package?.name ?? csaf.name
    guard csaf.isRange else {
      product.rules = [Rule(scope: .version(csaf.version), isAffected: isAffected)]
      if key == "first_fixed" || key == "fixed" { product.fixed = [csaf.version] }
      return product
    }
    let ranges = VersionBounds.ranges(vers: csaf.version)
    if ranges.isEmpty { product.oddities = ["the range '\(csaf.version)' is not understood"] }
    product.rules = ranges.map { Rule(scope: .bounds($0), isAffected: isAffected) }
    if isAffected { product.starts = ranges.map { $0.lower ?? "0" } }
    return product
  }
}

extension VersionBounds {
  /// The intervals of a `vers:` specifier such as `vers:semver/>=1.0.0|<1.1.1`, or of bare
  /// comparators; none for anything else.
  ///
  /// See <https://github.com/package-url/vers-spec>.
  static func ranges(vers text: String) -> [VersionBounds] {
    var body = text[...]
    if text.hasPrefix("vers:") {
      guard let slash = text.firstIndex(of: "/") else { return [] }
      body = text[text.index(after: slash)...]
    }
    var ranges: [VersionBounds] = []
    var open: String?
    for part in body.split(separator: "|").map(String.init) {
      let sign = part.filter { $0 != " " }.prefix { "<>=!".contains($0) }
      if sign == ">=" || sign == ">" {
        if let open, let bounds = VersionBounds(comparators: [open]) { ranges.append(bounds) }
        open = part
      } else if sign == "<" || sign == "<=" {
        guard let bounds = VersionBounds(comparators: [open, part].compactMap(\.self)) else {
          return []
        }
        ranges.append(bounds)
        open = nil
      } else if sign.isEmpty || sign == "=" {
        guard let bounds = VersionBounds(comparators: ["=" + part.filter { $0 != "=" }]) else {
          return []
        }
        ranges.append(bounds)
      } else {
        return []
      }
    }
    if let open, let bounds = VersionBounds(comparators: [open]) { ranges.append(bounds) }
    return ranges
  }
}
