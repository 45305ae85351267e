/// The lines of one `.gitattributes` file, as gitattributes(5) has them.
public struct AttributeRules: Hashable, Sendable {
  /// What a line says of an attribute.
  public enum Value: Hashable, Sendable {
    /// `name`
    case set
    /// `-name`
    case unset
    /// `!name`
    case unspecified
    /// `name=value`
    case text(String)
  }

  /// One attribute and what is said of it.
  public struct Assignment: Hashable, Sendable {
    /// The attribute's name.
    public let name: String
    /// What it is to be.
    public let value: Value
  }

  /// The paths that a line is about.
  struct Rule: Hashable, Sendable {
    let pattern: PathPattern
    let assignments: [Assignment]
  }

  private(set) var rules: [Rule] = []
  /// What `[attr]name` lines define; the last definition of a name counts.
  private(set) var macros: [String: [Assignment]] = [:]

  /// The largest file that is read, in bytes.
  public static let sizeLimit = 1_000_000
  private static let lineLimit = 2048

  /// Reads the bytes of a file; lines that git would warn of and ignore are ignored.
  ///
  /// Only the file in the topmost folder may define macros.
  public init(_ bytes: [UInt8], definesMacros: Bool) {
    var text = bytes[...]
    if text.starts(with: [0xef, 0xbb, 0xbf]) { text = text.dropFirst(3) }
    for var line in text.split(separator: UInt8(ascii: "\n")) {
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      if line.count < AttributeRules.lineLimit { add(line, definesMacros: definesMacros) }
    }
  }

  private mutating func add(_ line: ArraySlice<UInt8>, definesMacros: Bool) {
    var rest = line.drop(while: AttributeRules.isBlank)
    guard let first = rest.first, first != UInt8(ascii: "#") else { return }
    let prefix = Array("[attr]".utf8)
    var name: [UInt8]
    if first == UInt8(ascii: "\""), let quoted = QuotedPath.read(rest) {
      name = quoted.bytes
      rest = quoted.rest
    } else {
      name = Array(rest.prefix { !AttributeRules.isBlank($0) })
      rest = rest.dropFirst(name.count)
    }
    let isMacro = name.count > prefix.count && name.starts(with: prefix)
    if isMacro {
      guard definesMacros else { return }
      name.removeFirst(prefix.count)
      guard AttributeRules.isValid(name[...]) else { return }
    }
    guard let assignments = AttributeRules.assignments(rest) else { return }
    if isMacro {
      macros[String(decoding: name, as: UTF8.self)] = assignments
    } else if let pattern = PathPattern(name) {
      rules.append(Rule(pattern: pattern, assignments: assignments))
    }
  }

  /// The attributes of a line; nil when one of the names is not one, which voids the line.
  private static func assignments(_ text: ArraySlice<UInt8>) -> [Assignment]? {
    var assignments: [Assignment] = []
    for word in text.split(whereSeparator: isBlank) {
      let equals = word.firstIndex(of: UInt8(ascii: "=")) ?? word.endIndex
      var name = word[..<equals]
      var value = Value.set
      if word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "!") {
        value = word.first == UInt8(ascii: "-") ? .unset : .unspecified
        name = name.dropFirst()
      } else if equals < word.endIndex {
        value = .text(String(decoding: word[(equals + 1)...], as: UTF8.self))
      }
      guard isValid(name) else { return nil }
      assignments.append(Assignment(name: String(decoding: name, as: UTF8.self), value: value))
    }
    return assignments
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private static func isValid(_ name: ArraySlice<UInt8>) -> Bool {
    guard let first = name.first, first != UInt8(ascii: "-") else { return false }
    return name.allSatisfy { byte in
      [UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_")].contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
  }
}

/// A pattern of a `.gitattributes` line, relative to the folder of the file.
struct PathPattern: Hashable, Sendable {
  private let prefix: [UInt8]
  private let rest: WildPattern?
  private let matchesNameOnly: Bool
  private let matchesFoldersOnly: Bool
  /// The number of steps that one byte of text may cost.
  let cost: Int

  /// Reads a pattern; nil for a negative one, which attributes do not know.
  init?(_ text: [UInt8]) {
    guard text.first != UInt8(ascii: "!") else { return nil }
    var pattern = text[...]
    matchesFoldersOnly = pattern.last == UInt8(ascii: "/")
    if matchesFoldersOnly { pattern = pattern.dropLast() }
    matchesNameOnly = !pattern.contains(UInt8(ascii: "/"))
    if !matchesNameOnly, pattern.first == UInt8(ascii: "/") { pattern = pattern.dropFirst() }
    let special = Array("*?[\\".utf8)
    prefix = Array(pattern.prefix { !special.contains($0) })
    let wild = pattern.dropFirst(prefix.count)
    rest = wild.isEmpty ? nil : WildPattern(wild)
    cost = wild.count
  }

  /// Whether a file's path, relative to the folder of the attributes, is meant.
  func matches(_ path: ArraySlice<UInt8>, name: ArraySlice<UInt8>) -> Bool {
    if matchesFoldersOnly { return false }
    let subject = matchesNameOnly ? name : path
    guard subject.starts(with: prefix) else { return false }
    let remainder = subject.dropFirst(prefix.count)
    return rest?.matches(remainder) ?? remainder.isEmpty
  }
}

/// A path in git's C style quotes.
enum QuotedPath {
  /// Reads the quoted string at the beginning; nil when it is not one.
  static func read(
    _ text: ArraySlice<UInt8>
  ) -> (bytes: [UInt8], rest: ArraySlice<UInt8>)? {
    let escapes: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
      UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
      UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]
    var bytes: [UInt8] = []
    var rest = text.dropFirst()
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return (bytes, rest) }
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard let next = rest.popFirst() else { return nil }
      if let escaped = escapes[next] {
        bytes.append(escaped)
      } else {
        let digits = [next] + rest.prefix(2)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x37).contains($0) }), next <= 0x33
        else { return nil }
        bytes.append(digits.reduce(0) { $0 << 3 | ($1 - 0x30) })
        rest = rest.dropFirst(2)
      }
    }
    return nil
  }
}
