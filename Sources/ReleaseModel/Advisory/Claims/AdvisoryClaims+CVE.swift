extension AdvisoryClaims {
  /// Reads the container of a CVE record, version 5.
  init(cve container: JSONTree, id: String?) {
    self.init(.cve)
    self.id = id
    for entry in container["affected"]?.elements ?? [] { add(Self.product(cve: entry)) }
    for reference in container["references"]?.elements ?? []
    where reference["tags"]?.texts.contains("patch") == true {
      fixCommits += CommitAddress.ids(in: reference["url"]?.text)
    }
  }

  private static func product(cve entry: JSONTree) -> Product {
    var product = Product()
    product.package = entry["packageURL"]?.text.flatMap(AdvisoryPackage.init(purl:))
    product.name =
      product.package?.name ?? entry["packageName"]?.text ?? entry["product"]?.text
    if product.package == nil, let site = entry["collectionURL"]?.text, let name = product.name,
      let ecosystem = Ecosystem.allCases.first(where: { site.hasPrefix($0.site) })
    {
      product.package = AdvisoryPackage(ecosystem, name)
    }
    product.isAffectedOtherwise = isAffected(entry["defaultStatus"]?.text ?? "unknown")
    for version in entry["versions"]?.elements ?? [] {
      guard let start = version["version"]?.text,
        let affected = isAffected(version["status"]?.text ?? "")
      else { continue }
      add(version, from: start, isAffected: affected, to: &product)
    }
    return product
  }

  /// The word's meaning; nil for `unknown`.
  private static func isAffected(_ status: String) -> Bool? {
    switch status {
    case "affected": true
    case "unaffected": false
    default: nil
    }
  }

  private static func add(
    _ version: JSONTree, from start: String, isAffected: Bool, to product: inout Product
  ) {
    let end = version["lessThan"]?.text ?? version["lessThanOrEqual"]?.text
    let isClosed = version["lessThan"] == nil
    if version["versionType"]?.text == "git" {
      guard isAffected else { return }
      var range = CommitRange()
      range.introduced = [start]
      if let end, end != "*" {
        if isClosed { range.lastAffected = [end] } else { range.fixed = [end] }
      }
      product.commits.append(range)
      return
    }
    guard let end else {
      product.rules.append(Rule(scope: .version(start), isAffected: isAffected))
      if !isAffected { product.fixed.append(start) }
      return
    }
    let lower = ["0", "*", "unspecified", "n/a"].contains(start) ? nil : start
    let upper = end == "*" ? nil : end
    // A change within a range comes before the range itself, so that it decides.
    for change in (version["changes"]?.elements ?? []).reversed() {
      guard let at = change["at"]?.text,
        let status = Self.isAffected(change["status"]?.text ?? "")
      else { continue }
      let bounds = VersionBounds(from: at, to: upper, includesUpper: isClosed)
      product.rules.append(Rule(scope: .bounds(bounds), isAffected: status))
      if !status { product.fixed.append(at) }
    }
    let bounds = VersionBounds(from: lower, to: upper, includesUpper: isClosed)
    product.rules.append(Rule(scope: .bounds(bounds), isAffected: isAffected))
    if isAffected {
      product.starts.append(lower ?? "0")
      if !isClosed, let upper { product.fixed.append(upper) }
    }
  }
}
