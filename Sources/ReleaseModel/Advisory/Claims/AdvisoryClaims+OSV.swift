extension AdvisoryClaims {
  /// Reads a document of the Open Source Vulnerability format, any version of it.
  init(osv document: JSONTree) {
    self.init(.osv)
    id = document["id"]?.text
    aliases = document["aliases"]?.texts ?? []
    for entry in document["affected"]?.elements ?? [] {
      add(Self.product(osv: entry))
    }
    for reference in document["references"]?.elements ?? []
    where reference["type"]?.text == "FIX" {
      fixCommits += CommitAddress.ids(in: reference["url"]?.text)
    }
  }

  /// Statements about one package may stand in several entries; OSV takes them together.
  mutating func add(_ product: Product) {
    let index = products.firstIndex {
      $0.name == product.name && $0.package?.ecosystem == product.package?.ecosystem
    }
    guard let index else {
      products.append(product)
      return
    }
    products[index].rules += product.rules
    products[index].commits += product.commits
    products[index].starts += product.starts
    products[index].fixed += product.fixed
    products[index].oddities += product.oddities
  }

  private static func product(osv entry: JSONTree) -> Product {
    var product = Product()
    product.name = entry["package"]?["name"]?.text
    let ecosystem = entry["package"]?["ecosystem"]?.text.flatMap { text in
      Ecosystem(named: String(text.prefix { $0 != ":" }))
    }
    product.package =
      entry["package"]?["purl"]?.text.flatMap(AdvisoryPackage.init(purl:))
      ?? ecosystem.flatMap { ecosystem in product.name.map { AdvisoryPackage(ecosystem, $0) } }
    product.rules = (entry["versions"]?.texts ?? []).map {
      Rule(scope: .version($0), isAffected: true)
    }
    for range in entry["ranges"]?.elements ?? [] {
      let events = (range["events"]?.elements ?? []).flatMap(Self.events)
      if range["type"]?.text == "GIT" {
        product.commits.append(commits(of: events))
        continue
      }
      let versions = VersionEvents(events)
      product.rules.append(Rule(scope: .events(versions), isAffected: true))
      product.starts += events.compactMap {
        if case .introduced(let text) = $0 { text } else { nil }
      }
      product.fixed += events.compactMap { if case .fixed(let text) = $0 { text } else { nil } }
      let order = product.package?.ecosystem.order ?? .project
      if let event = versions.firstOutOfOrder(in: order) {
        product.oddities.append("the event of \(event.version) is not in ascending order")
      }
    }
    return product
  }

  private static func events(_ tree: JSONTree) -> [VersionEvents.Event] {
    [
      tree["introduced"]?.text.map { .introduced($0) }, tree["fixed"]?.text.map { .fixed($0) },
      tree["last_affected"]?.text.map { .lastAffected($0) },
      tree["limit"]?.text.map { .limit($0) },
    ].compactMap(\.self)
  }

  private static func commits(of events: [VersionEvents.Event]) -> CommitRange {
    var range = CommitRange()
    for event in events {
      switch event {
      case .introduced(let id): range.introduced.append(id)
      case .fixed(let id): range.fixed.append(id)
      case .lastAffected(let id): range.lastAffected.append(id)
      case .limit: continue
      }
    }
    return range
  }
}

/// Addresses of commits on the hosts that people use.
enum CommitAddress {
  /// The ids of commits in an address, full or abbreviated.
  static func ids(in address: String?) -> [String] {
    guard let address else { return [] }
    let parts = address.split { "/?#=&".contains($0) }.map(String.init)
    return zip(parts, parts.dropFirst()).compactMap { word, id in
      let bare = id.hasSuffix(".patch") ? id.dropLast(6) : id[...]
      guard ["commit", "commits", "id", "h"].contains(word), (7...40).contains(bare.count),
        bare.allSatisfy({ $0.isHexDigit && !$0.isUppercase })
      else { return nil }
      return String(bare)
    }
  }
}
