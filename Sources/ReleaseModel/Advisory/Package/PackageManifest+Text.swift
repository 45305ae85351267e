extension PackageManifest {
  /// `Cargo.toml` (<https://doc.rust-lang.org/cargo/reference/manifest.html>).
  init(cargo bytes: [UInt8]) {
    self.init(.cargo)
    let table = TOMLTable(bytes)
    name = table.string("package", "name")
    repository = table.string("package", "repository")
    homepage = table.string("package", "homepage")
    maintainers = table.strings("package", "authors")
    isPrivate = table.text("package", "publish") == "false"
  }

  /// `pyproject.toml`, by PEP 621 or as Poetry has it.
  init(python bytes: [UInt8]) {
    self.init(.pypi)
    let table = TOMLTable(bytes)
    name = table.string("project", "name") ?? table.string("tool", "poetry", "name")
    for place in [["project", "urls"], ["tool", "poetry", "urls"]] {
      for (label, url) in table.strings(below: place) { note(url, labelled: label) }
    }
    repository = repository ?? table.string("tool", "poetry", "repository")
    homepage = homepage ?? table.string("tool", "poetry", "homepage")
    let places = [
      ["project", "authors"], ["project", "maintainers"], ["tool", "poetry", "authors"],
      ["tool", "poetry", "maintainers"],
    ]
    maintainers = places.flatMap { table.strings($0) }
  }

  /// `setup.cfg` (<https://setuptools.pypa.io/en/latest/userguide/declarative_config.html>).
  init(setup bytes: [UInt8]) {
    self.init(.pypi)
    var isMetadata = false
    var key = ""
    for range in VersionBytes.lines(bytes) {
      let line = VersionBytes.text(range, of: bytes)
      let word = line.trimmingBlanks
      if line.hasPrefix("[") {
        isMetadata = word == "[metadata]"
      } else if isMetadata, let first = line.first, !"#;".contains(first) {
        guard let equals = line.firstIndex(of: "=") else { continue }
        let value = String(line[line.index(after: equals)...]).trimmingBlanks
        let label = String(line[..<equals]).trimmingBlanks
        if first == " " || first == "\t" {
          if key == "project_urls" { note(value, labelled: label) }
          continue
        }
        key = label
        switch key {
        case "name": name = value
        case "url": homepage = value
        case "author", "maintainer": maintainers.append(value)
        default: continue
        }
      }
    }
  }

  /// `go.mod` (<https://go.dev/ref/mod#go-mod-file-module>).
  init(goModule bytes: [UInt8]) {
    self.init(.go)
    for line in VersionBytes.lines(bytes).map({ VersionBytes.text($0, of: bytes) }) {
      let words = line.split { $0 == " " || $0 == "\t" }
      guard words.count > 1, words[0] == "module" else { continue }
      name = words[1].filter { $0 != "\"" && $0 != "`" }
      return
    }
  }

  /// `mix.exs`: the name of the package, else that of the application.
  init(mix bytes: [UInt8]) {
    self.init(.hex)
    let text = String(decoding: bytes, as: UTF8.self)
    let application = text.firstRange(of: "app: :").map { range in
      String(text[range.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
    let body = text.firstRange(of: "package: [").map { text[$0.upperBound...] }
    let own = body.flatMap { body in
      body.prefix { $0 != "]" }.firstRange(of: "name: \"").map { range in
        String(body[range.upperBound...].prefix { $0 != "\"" })
      }
    }
    name = own ?? application
    repository = text.firstRange(of: "source_url: \"").map { range in
      String(text[range.upperBound...].prefix { $0 != "\"" })
    }
  }

  /// `pubspec.yaml` (<https://dart.dev/tools/pub/pubspec>).
  init(pub bytes: [UInt8]) {
    self.init(.pub)
    for line in VersionBytes.lines(bytes).map({ VersionBytes.text($0, of: bytes) }) {
      guard let colon = line.firstIndex(of: ":"), line.first?.isLetter == true else { continue }
      let value = String(line[line.index(after: colon)...].prefix { $0 != "#" })
        .trimmingBlanks.trimmingQuotes
      switch line[..<colon] {
      case "name": name = value
      case "repository": repository = value
      case "issue_tracker": bugs = String(line[line.index(after: colon)...]).trimmingBlanks
      case "homepage": homepage = value
      case "publish_to": isPrivate = value == "none"
      default: continue
      }
    }
  }

  /// A `.gemspec`, as far as it states strings.
  init(gem bytes: [UInt8]) {
    self.init(.rubygems)
    for line in VersionBytes.lines(bytes).map({ VersionBytes.text($0, of: bytes) }) {
      guard let equals = line.firstIndex(of: "=") else { continue }
      let left = line[..<equals].filter { $0 != " " && $0 != "\t" }
      let texts = Self.quoted(String(line[line.index(after: equals)...]))
      guard let text = texts.first else { continue }
      if left.hasSuffix(".name") {
        name = name ?? text
      } else if left.hasSuffix(".homepage") {
        homepage = text
      } else if left.hasSuffix(".authors") || left.hasSuffix(".author") {
        maintainers += texts
      } else if left.contains("source_code_uri") {
        repository = text
      } else if left.contains("bug_tracker_uri") {
        bugs = text
      }
    }
  }

  /// The strings in quotes on a line.
  private static func quoted(_ line: String) -> [String] {
    var texts: [String] = []
    var rest = line[...]
    while let start = rest.firstIndex(where: { $0 == "\"" || $0 == "'" }) {
      let quote = rest[start]
      let body = rest[rest.index(after: start)...]
      guard let end = body.firstIndex(of: quote) else { break }
      texts.append(String(body[..<end]))
      rest = body[body.index(after: end)...]
    }
    return texts
  }

  /// Takes an address by the label that a project gave it.
  private mutating func note(_ url: String, labelled label: String) {
    let word = label.lowercased()
    if ["source", "repository", "code", "github"].contains(where: word.contains) {
      repository = repository ?? url
    } else if ["issue", "bug", "tracker"].contains(where: word.contains) {
      bugs = bugs ?? url
    } else if word.contains("home") {
      homepage = homepage ?? url
    }
  }
}

extension String {
  /// The text without blanks on either side.
  fileprivate var trimmingBlanks: String {
    var rest = self[...]
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }

  /// The text without the quotes around it.
  fileprivate var trimmingQuotes: String {
    guard count > 1, let first, first == last, first == "\"" || first == "'" else { return self }
    return String(dropFirst().dropLast())
  }
}

/// The strings of a TOML document by their keys.
private struct TOMLTable {
  let bytes: [UInt8]
  let entries: [TOMLVersionScanner.Entry]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    entries = TOMLVersionScanner.entries(in: bytes)
  }

  /// The string at a place; nil when there is none.
  func string(_ path: String...) -> String? {
    for entry in entries where entry.path == path {
      if case .string(let range) = entry.value { return VersionBytes.text(range, of: bytes) }
    }
    return nil
  }

  /// What stands at a place, as it is written, when it is no string.
  func text(_ path: String...) -> String? {
    for entry in entries where entry.path == path {
      if case .other(let range) = entry.value { return VersionBytes.text(range, of: bytes) }
    }
    return nil
  }

  func strings(_ path: String...) -> [String] { strings(path) }

  /// The strings of the array at a place; keys of tables in it do not count.
  func strings(_ path: [String]) -> [String] {
    entries.filter { $0.path == path }.flatMap { entry -> [String] in
      guard case .other(let range) = entry.value else { return [] }
      return TOMLVersionScanner.strings(in: range, of: bytes)
        .map { VersionBytes.text($0, of: bytes) }
    }
  }

  /// The strings right below a table, with their keys.
  func strings(below table: [String]) -> [(String, String)] {
    entries.compactMap { entry in
      guard entry.path.count == table.count + 1, entry.path.dropLast().elementsEqual(table),
        let key = entry.path.last, case .string(let range) = entry.value
      else { return nil }
      return (key, VersionBytes.text(range, of: bytes))
    }
  }
}
