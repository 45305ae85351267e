/// What towncrier is told of its fragments, read line by line.
struct TowncrierSettings {
  /// A part of the news with fragments of its own.
  struct Section: Equatable {
    /// The folder below that of all fragments; empty for that folder itself.
    var path: String
    /// The name, which is empty where the news have only one part.
    var name: String
  }

  private(set) var folder = "newsfragments"
  private(set) var types: [String: String] = [
    "feature": "Features", "bugfix": "Bugfixes", "doc": "Improved Documentation",
    "removal": "Deprecations and Removals", "misc": "Misc",
  ]
  /// The parts of the news; one without a name where none is stated.
  private(set) var sections = [Section(path: "", name: "")]
  /// The file of the news, where it is named.
  private(set) var newsFile: String?
  /// What goes behind the folder of a section: where the package names it, fragments lie one deeper.
  private var innermost = ""

  /// The folder of a section's fragments.
  func folder(of section: Section) -> String {
    [folder, section.path, innermost].filter { !$0.isEmpty }.joined(separator: "/")
  }

  /// Reads a TOML file; nil when it says nothing about towncrier.
  init?(_ bytes: [UInt8]) {
    guard bytes.contains("towncrier".utf8) else { return nil }
    var tables = Tables()
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      tables.read(line.drop { $0 == " " || $0 == "\t" })
    }
    tables.finish()
    guard tables.isFound else { return nil }
    if !tables.types.isEmpty { types = tables.types }
    if !tables.sections.isEmpty { sections = tables.sections }
    newsFile = tables.values["filename"].map(Self.plain)
    if let directory = tables.values["directory"] {
      folder = Self.plain(directory)
    } else if let package = tables.values["package"] {
      let parent = Self.plain(tables.values["package_dir"] ?? ".")
      let path = package.split(separator: ".").joined(separator: "/")
      folder = [parent, path].filter { !$0.isEmpty }.joined(separator: "/")
      innermost = "newsfragments"
    }
  }

  /// A path without a dot before it and a slash behind it.
  private static func plain(_ path: String) -> String {
    var path = path
    while path.hasPrefix("./") { path.removeFirst(2) }
    while path.hasSuffix("/") { path.removeLast() }
    return path == "." ? "" : path
  }
}

/// The tables of a TOML file that towncrier reads.
private struct Tables {
  private(set) var isFound = false
  private(set) var values: [String: String] = [:]
  private(set) var types: [String: String] = [:]
  private(set) var sections: [TowncrierSettings.Section] = []
  private var table = ""
  private var entry: [String: String] = [:]

  mutating func read(_ line: Substring) {
    if line.first == "[" {
      finish()
      table = String(line.prefix { $0 != "#" }.filter { !"[] \t\"".contains($0) })
      if table == "tool.towncrier" || table.hasPrefix("tool.towncrier.") { isFound = true }
      let fragment = "tool.towncrier.fragment."
      if table.hasPrefix(fragment) {
        let name = String(table.dropFirst(fragment.count))
        types[name] = name.prefix(1).uppercased() + name.dropFirst()
      }
      return
    }
    guard table.hasPrefix("tool.towncrier"), let (key, value) = Self.pair(line) else { return }
    if table == "tool.towncrier" { values[key] = value } else { entry[key] = value }
  }

  /// Ends the present table.
  mutating func finish() {
    defer { entry = [:] }
    switch table {
    case "tool.towncrier.type":
      guard let directory = entry["directory"] else { return }
      types[directory] = entry["name"] ?? directory
    case "tool.towncrier.section":
      guard let path = entry["path"] else { return }
      sections.append(TowncrierSettings.Section(path: path, name: entry["name"] ?? ""))
    case let name where name.hasPrefix("tool.towncrier.fragment."):
      guard let title = entry["name"] else { return }
      types[String(name.dropFirst("tool.towncrier.fragment.".count))] = title
    default: return
    }
  }

  /// `key = "value"`.
  private static func pair(_ line: Substring) -> (key: String, value: String)? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    let key = line[..<equals].filter { !$0.isWhitespace }
    let rest = line[line.index(after: equals)...].drop { $0 == " " || $0 == "\t" }
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    return (key, String(rest.dropFirst().prefix { $0 != quote }))
  }
}
