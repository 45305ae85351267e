extension AdvisoryClaims {
  /// Reads what GitHub's interface gives or takes: a repository's advisory, or a global one.
  init(gitHub document: JSONTree) {
    self.init(.gitHub)
    id = document["ghsa_id"]?.text ?? document["cve_id"]?.text
    aliases = [document["cve_id"]?.text].compactMap(\.self).filter { $0 != id }
    for entry in document["vulnerabilities"]?.elements ?? [] {
      var product = Product()
      product.name = entry["package"]?["name"]?.text
      product.package = entry["package"]?["ecosystem"]?.text.flatMap(Ecosystem.init(named:))
        .flatMap { ecosystem in product.name.map { AdvisoryPackage(ecosystem, $0) } }
      let text = entry["vulnerable_version_range"]?.text ?? ""
      // Several ranges of one entry are parted by `||`, as npm has it.
      for part in text.split(separator: "||") {
        guard let bounds = VersionBounds(parsing: part) else {
          product.oddities.append("the range '\(part)' is not understood")
          continue
        }
        product.rules.append(Rule(scope: .bounds(bounds), isAffected: true))
        product.starts.append(bounds.lower ?? "0")
      }
      let patched =
        entry["patched_versions"]?.text ?? entry["first_patched_version"]?.text
        ?? entry["first_patched_version"]?["identifier"]?.text ?? ""
      product.fixed = patched.split(separator: ",").compactMap { version in
        let text = version.filter { !" =<>".contains($0) }
        return text.isEmpty ? nil : text
      }
      add(product)
    }
    let addresses = document["references"]?.elements ?? []
    fixCommits = addresses.flatMap { CommitAddress.ids(in: $0.text ?? $0["url"]?.text) }
  }
}
