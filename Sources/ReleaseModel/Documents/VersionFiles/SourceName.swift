/// What a name in source says about the value it stands for.
struct SourceName: Sendable, Equatable {
  enum Role: Sendable, Equatable {
    /// A version as a whole.
    case version
    /// A part, counted from the most significant.
    case part(Int)
    /// The pre-release, or what else follows the numbers.
    case suffix
  }

  var role: Role
  /// What the version belongs to: the words that do not speak of versions, empty for none.
  var stem: String
  /// Whether the name is a word of its own, like `RELEASE`, that also goes for other things.
  var isVague = false

  /// Reads the name, or gives nil when it does not speak of the version of the project.
  init?(_ name: some Collection<UInt8>, isNumber: Bool) {
    guard name.count <= 64 else { return nil }
    var words = Self.words(of: name)
    guard !words.contains(where: Self.foreign.contains) else { return nil }
    let saysVersion = words.contains(where: Self.version.contains)
    let isRelease = words.contains("release")
    if let index = words.firstIndex(where: { Self.parts[$0] != nil }),
      let part = Self.parts[words[index]]
    {
      role = .part(part)
      words.remove(at: index)
    } else if words.contains(where: Self.suffix.contains) {
      role = .suffix
      words.removeAll(where: Self.suffix.contains)
    } else if isNumber, saysVersion, isRelease {
      role = .part(2)
    } else if saysVersion {
      role = .version
    } else if Self.constants.contains(where: { name.elementsEqual($0.utf8) }) {
      role = .version
      isVague = true
    } else {
      return nil
    }
    words.removeAll { Self.version.contains($0) || Self.neutral.contains($0) }
    stem = words.joined(separator: "_")
  }

  /// The words of a name in lower case, divided at `_`, `-`, `.` and before capitals.
  private static func words(of name: some Collection<UInt8>) -> [String] {
    var words: [[UInt8]] = [[]]
    var previousIsLower = false
    for byte in name {
      let isUpper = byte >= 0x41 && byte <= 0x5A
      let isDivider = "_-.".utf8.contains(byte)
      if isDivider || isUpper && previousIsLower { words.append([]) }
      if !isDivider { words[words.count - 1].append(VersionBytes.lowercased(byte)) }
      previousIsLower = !isUpper && !isDivider
    }
    return words.filter { !$0.isEmpty }.flatMap { word -> [String] in
      let text = String(decoding: word, as: UTF8.self)
      guard text.hasSuffix("version"), text != "version" else { return [text] }
      return [String(text.dropLast(7)), "version"]
    }
  }

  /// Words that, as constants of Ruby, stand for the version of the module around them.
  private static let constants = ["RELEASE", "STRING"]

  private static let version: Set<String> = ["version", "ver", "vernum", "versions"]

  private static let parts: [String: Int] = [
    "major": 0, "minor": 1, "patch": 2, "tiny": 2, "micro": 2, "revision": 2, "teeny": 2,
    "patchlevel": 2, "point": 2, "bugfix": 2,
  ]

  private static let suffix: Set<String> = ["pre", "prerelease", "extra", "suffix", "qualifier"]

  private static let neutral: Set<String> = [
    "app", "application", "code", "current", "def", "dotted", "full", "hex", "id", "info", "int",
    "library", "name", "num", "number", "package", "pkg", "product", "program", "project",
    "release", "str", "string", "text", "tuple",
  ]

  /// Words that make a version that of something else: an interface, a requirement, another release.
  private static let foreign: Set<String> = [
    "abi", "api", "compat", "compatibility", "compatible", "database", "db", "deprecated", "format",
    "interface", "last", "magic", "max", "maximum", "min", "minimum", "next", "old", "prev",
    "previous", "protocol", "required", "requires", "schema", "since", "so", "soversion", "spec",
    "supported", "target", "tested", "wire",
  ]
}
