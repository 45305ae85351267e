import GitStore
import ReleaseModel

/// Turns documents in git's configuration syntax into a `ProjectConfiguration`, strictly.
struct ConfigurationParser {
  /// A section, what its subsection names where it has one, and the names that it may hold.
  private typealias Section = (name: String, subsection: String?, names: [String])

  private static let sections: [Section] = [
    ("policy", nil, PolicySetting.keys),
    ("tags", nil, ["pattern", "package", "yanked", "prereleases", "since"]),
    ("branches", nil, ["create"]),
    ("branch", "line", ["name"]),
    ("fix", nil, ["trailer", "subject", "merge-subject", "label"]),
    ("fix", "id", ["skip", "fixed", "with"]),
    ("pick", nil, ["base"]),
    (
      "changelog", nil,
      ["file", "category", "forward-port", "fragments", "entry-template", "section-template"]
    ),
    ("version-file", "path", ["pattern", "count", "optional", "raise"]),
    ("release", nil, ["message", "trunk", "tag"]),
    ("publish", nil, ["mode", "partial"]),
    ("ci", nil, ["window"]),
    ("third-party", nil, ["path"]),
    ("case", nil, CaseSettings.keys),
  ]

  /// Every key there is, as in `policy.support` and `branch.<line>.name`.
  static var keys: [String] {
    sections.flatMap { section in
      section.names.map { name in
        section.subsection.map { "\(section.name).<\($0)>.\(name)" } ?? "\(section.name).\(name)"
      }
    }
  }

  private var configuration = ProjectConfiguration()
  private var replaced: Set<String> = []
  private let document: String

  private init(document: String) { self.document = document }

  /// Reads documents, each over the ones before it.
  static func parse(
    _ documents: [(name: String, entries: GitConfiguration)]
  ) throws(BackportError) -> ProjectConfiguration {
    var result = ProjectConfiguration()
    for (name, entries) in documents {
      var parser = ConfigurationParser(document: name)
      parser.configuration = result
      for entry in entries.entries { try parser.read(entry) }
      result = parser.configuration
    }
    return result
  }

  private mutating func read(_ entry: GitConfiguration.Entry) throws(BackportError) {
    let key = entry.key
    let value = entry.text
    let subsection = key.subsection.map { String(decoding: $0, as: UTF8.self) }
    let clears = value.isEmpty && entry.value != nil && ConfigurationParser.isList(key)
    let isFlag = key.section == "version-file" && ["optional", "raise"].contains(key.name)
    if value.isEmpty, !clears, !isFlag {
      // An unknown key is the better news.
      if isKnown(key) { throw invalid(key, value, expected: "a value") }
    }
    switch (key.section, subsection) {
    case ("fix", nil): try readFix(key.name, value)
    case ("fix", .some(let id)): try readDecision(on: id, key.name, value)
    case ("branch", .some(let line)) where key.name == "name":
      guard let name = LineName(parsing: line) else {
        throw invalid(key, line, expected: "the name of a line, as in [branch \"1.2\"]")
      }
      guard RefName.branch(value) != nil else {
        throw invalid(key, value, expected: "the name of a branch")
      }
      configuration.branchNames[name] = value
    case ("version-file", .some(let path)): try readVersionFile(path, key.name, value)
    case (_, nil): try readPlain(key, value)
    default: throw unknown(key)
    }
  }

  /// Keys that may be stated several times, and that an empty value empties, as in git's own.
  private static func isList(_ key: ConfigurationKey) -> Bool {
    guard key.subsection == nil else { return false }
    return [
      "tags.yanked", "changelog.file", "fix.trailer", "fix.subject", "fix.merge-subject",
      "fix.label", "third-party.path", "case.holiday",
    ].contains("\(key.section).\(key.name)")
  }

  private static func section(of key: ConfigurationKey) -> Section? {
    sections.first { $0.name == key.section && ($0.subsection != nil) == (key.subsection != nil) }
  }

  private func isKnown(_ key: ConfigurationKey) -> Bool {
    ConfigurationParser.section(of: key)?.names.contains(key.name) == true
  }

  private mutating func readPlain(
    _ key: ConfigurationKey, _ value: String
  ) throws(BackportError) {
    switch key.description {
    case let name where name.hasPrefix("policy.") && PolicySetting.keys.contains(key.name):
      if replaced.insert("policy").inserted { configuration.policy = [] }
      configuration.policy.append(
        PolicySetting(key.name, value, origin: RuleOrigin(text: value, file: document)))
    case "tags.pattern":
      guard let pattern = TagPattern(parsing: value) else {
        throw invalid(key, value, expected: "a pattern with {version} in it")
      }
      configuration.tagPattern = pattern
    case "tags.package": configuration.tagPackage = value
    case "tags.yanked": append(value, to: \.yanked, key)
    case "tags.prereleases":
      configuration.countsPrereleases =
        try choice(value, of: ["count", "ignore"], key) == "count"
    case "tags.since":
      guard let version = try? Version(parsing: value) else {
        throw invalid(key, value, expected: "a version")
      }
      configuration.tagsSince = version
    case "branches.create":
      guard let creation = BranchDetector.Creation(parsing: value) else {
        throw invalid(key, value, expected: "none, or a name with {line} in it")
      }
      configuration.branchCreation = creation
    case "pick.base": configuration.base = try choice(value, key)
    case "changelog.file": append(value, to: \.changelogFiles, key)
    case "changelog.category": configuration.changelogCategory = value
    case "changelog.entry-template": configuration.changelogEntryTemplate = value
    case "changelog.section-template": configuration.changelogSectionTemplate = value
    case "changelog.forward-port": configuration.forwardPort = try choice(value, key)
    case "changelog.fragments":
      configuration.consumesFragments =
        try choice(value, of: ["consume", "keep"], key) == "consume"
    case "release.message": configuration.releaseMessage = value
    case "release.trunk": configuration.trunkRelease = try choice(value, key)
    case "release.tag": configuration.tagKind = try choice(value, key)
    case "publish.mode":
      configuration.publishMode = try choice(
        value, of: ["direct", "topic", "request", "report"], key)
    case "publish.partial":
      configuration.publishPartial = try choice(value, of: ["hold", "push"], key)
    case "ci.window":
      guard CIWindow(parsing: value) != nil else {
        throw invalid(key, value, expected: "a number of days, weeks, months or years")
      }
      configuration.ciWindow = value
    case "third-party.path": append(value, to: \.thirdPartyPaths, key)
    case let name where name.hasPrefix("case.") && CaseSettings.keys.contains(key.name):
      try readCase(key, value)
    default: throw unknown(key)
    }
  }

  private mutating func readCase(
    _ key: ConfigurationKey, _ value: String
  ) throws(BackportError) {
    switch key.name {
    case "timezone": configuration.cases.timezone = value
    case "respond-from": configuration.cases.respondFrom = try choice(value, key)
    case "holiday":
      if replaced.insert(key.description).inserted || value.isEmpty {
        configuration.cases.holidays = []
      }
      if value.isEmpty { return }
      guard let day = try? CalendarDate(parsing: value) else {
        throw invalid(key, value, expected: "a day, YYYY-MM-DD")
      }
      configuration.cases.holidays.append(day)
    default:
      guard let timer = CaseDeadline.Timer(rawValue: key.name),
        let time = TimeAllowance(parsing: value)
      else { throw invalid(key, value, expected: "48h, 90d or 3bd (business days)") }
      configuration.cases.times[timer] = time
    }
  }

  private mutating func readFix(_ name: String, _ value: String) throws(BackportError) {
    let key = ConfigurationKey("fix", nil, name)
    switch name {
    case "trailer": append(value, to: \.fixTrailers, key)
    case "subject": append(value, to: \.fixSubjects, key)
    case "merge-subject": append(value, to: \.fixMergeSubjects, key)
    case "label": append(value, to: \.fixLabels, key)
    default: throw unknown(key)
    }
  }

  private mutating func readDecision(
    on id: String, _ name: String, _ value: String
  ) throws(BackportError) {
    let key = ConfigurationKey("fix", id, name)
    guard isKnown(key) else { throw unknown(key) }
    guard ObjectID(hex: id.lowercased()) != nil || FixText.advisoryID(id) != nil else {
      throw invalid(key, id, expected: "a fix's full commit id, or a CVE or GHSA id")
    }
    var decision = configuration.decisions[id.lowercased()] ?? ProjectConfiguration.Decision()
    switch name {
    case "skip":
      let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let line = LineName(parsing: String(parts[0].trimmingWhitespace())),
        !parts[1].trimmingWhitespace().isEmpty
      else { throw invalid(key, value, expected: "LINE: REASON") }
      decision.skip[line] = String(parts[1].trimmingWhitespace())
    case "fixed":
      let words = value.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, let line = LineName(parsing: String(words[0])) else {
        throw invalid(key, value, expected: "LINE REV")
      }
      decision.fixed[line] = String(words[1])
    default: decision.with.append(value)
    }
    configuration.decisions[id.lowercased()] = decision
  }

  private mutating func readVersionFile(
    _ path: String, _ name: String, _ value: String
  ) throws(BackportError) {
    let key = ConfigurationKey("version-file", path, name)
    var rule =
      configuration.versionFiles.first { $0.path == path }
      ?? ProjectConfiguration.VersionFileRule(path: path)
    configuration.versionFiles.removeAll { $0.path == path }
    switch name {
    case "pattern":
      guard (try? VersionPattern(parsing: value)) != nil else {
        throw invalid(key, value, expected: "a text with {version}, or with {major} and the like")
      }
      rule.pattern = value
    case "count":
      guard let count = Int(value), count > 0 else {
        throw invalid(key, value, expected: "a number above 0")
      }
      rule.count = count
    case "optional": rule.isOptional = try flag(value, key)
    case "raise": rule.isRaised = try flag(value, key)
    default: throw unknown(key)
    }
    configuration.versionFiles.append(rule)
  }

  /// A Boolean in git's spelling; a key without a value is true.
  private func flag(
    _ value: String, _ key: ConfigurationKey
  ) throws(BackportError) -> Bool {
    let isTrue = ["true", "yes", "on", "1"]
    let word = value.isEmpty ? "true" : value
    return isTrue.contains(try choice(word, of: isTrue + ["false", "no", "off", "0"], key))
  }

  /// Adds to a list; the first value of a document replaces what an earlier one, or we, stated.
  private mutating func append(
    _ value: String, to list: WritableKeyPath<ProjectConfiguration, [String]>,
    _ key: ConfigurationKey
  ) {
    if replaced.insert(key.description).inserted || value.isEmpty {
      configuration[keyPath: list] = []
    }
    if !value.isEmpty { configuration[keyPath: list].append(value) }
  }

  private func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ value: String, _ key: ConfigurationKey
  ) throws(BackportError) -> Choice {
    let names = Choice.allCases.map(\.rawValue)
    guard let choice = Choice(rawValue: try choice(value, of: names, key)) else {
      throw invalid(key, value, expected: names.joined(separator: ", "))
    }
    return choice
  }

  private func choice(
    _ value: String, of names: [String], _ key: ConfigurationKey
  ) throws(BackportError) -> String {
    guard names.contains(value) else {
      throw invalid(key, value, expected: "one of " + names.joined(separator: ", "))
    }
    return value
  }

  private func invalid(
    _ key: ConfigurationKey, _ value: String, expected: String
  ) -> BackportError {
    BackportError(
      .configuration, [document, key.description],
      detail: "'\(value)' is not what \(key) takes: \(expected)")
  }

  private func unknown(_ key: ConfigurationKey) -> BackportError {
    let parts = ConfigurationParser.sections.first {
      $0.name == key.section && $0.subsection != nil
    }
    let written =
      key.subsection == nil
      ? key.description : "\(key.section).<\(parts?.subsection ?? "name")>.\(key.name)"
    let nearest = Spelling.nearest(to: written, among: ConfigurationParser.keys.sorted())
    let advice = nearest.map { ", did you mean '\($0)'?" } ?? ""
    return BackportError(
      .configuration, [document, key.description], detail: "unknown key '\(key)'\(advice)")
  }
}
