/// What towncrier is told of its fragments, read line by line.
struct TowncrierSettings {
  private(set) var folder = "newsfragments"
  private(set) var types: [String: String] = [
    "feature": "Features", "bugfix": "Bugfixes", "doc": "Improved Documentation",
    "removal": "Deprecations and Removals", "misc": "Misc",
  ]

  /// Reads a TOML file; nil when it says nothing about towncrier.
  init?(_ bytes: [UInt8]) {
    var table = ""
    var isFound = false
    var values: [String: String] = [:]
    var custom: [String: String] = [:]
    var type: (directory: String?, name: String?) = (nil, nil)
    func finishType() {
      if let directory = type.directory { custom[directory] = type.name ?? directory }
      type = (nil, nil)
    }
    for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
      let text = line.drop { $0 == " " || $0 == "\t" }
      if text.first == "[" {
        finishType()
        table = String(text.prefix { $0 != "#" }.filter { !"[] \t\"".contains($0) })
        if table == "tool.towncrier" || table.hasPrefix("tool.towncrier.") { isFound = true }
        let fragment = "tool.towncrier.fragment."
        if table.hasPrefix(fragment) {
          let name = String(table.dropFirst(fragment.count))
          custom[name] = name.prefix(1).uppercased() + name.dropFirst()
        }
        continue
      }
      guard let (key, value) = Self.pair(text) else { continue }
      switch table {
      case "tool.towncrier": values[key] = value
      case "tool.towncrier.type":
        if key == "directory" { type.directory = value }
        if key == "name" { type.name = value }
      case let name where name.hasPrefix("tool.towncrier.fragment.") && key == "name":
        custom[String(name.dropFirst("tool.towncrier.fragment.".count))] = value
      default: continue
      }
    }
    finishType()
    guard isFound else { return nil }
    if !custom.isEmpty { types = custom }
    if let directory = values["directory"] {
      folder = directory
    } else if let package = values["package"] {
      let parent = values["package_dir"].map { $0 == "." ? "" : $0 + "/" } ?? ""
      folder = parent + package.split(separator: ".").joined(separator: "/") + "/newsfragments"
    }
    while folder.hasPrefix("./") { folder.removeFirst(2) }
    while folder.hasSuffix("/") { folder.removeLast() }
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
