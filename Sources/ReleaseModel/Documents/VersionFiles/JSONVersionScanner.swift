/// Finds the strings at given places of a JSON document without building its values.
///
/// Accepts comments and trailing commas, as tools do that write JSON for people.
struct JSONVersionScanner {
  /// A place: the keys from the top, `*` for any key.
  typealias Path = [String]

  /// A string found at one of the paths.
  struct Match {
    var path: Int
    var key: Range<Int>
    var value: Range<Int>
  }

  private let bytes: [UInt8]
  private let paths: [Path]
  private var index: Int
  private var levels: [Level] = []
  private var matches: [Match] = []

  /// An open object or array, and which paths lead into it.
  private struct Level {
    var isObject: Bool
    var paths: [Int]
    /// The paths that the key just read goes on with.
    var open: [Int] = []
    var key = 0..<0
    var wantsKey: Bool
  }

  private init(bytes: [UInt8], paths: [Path]) {
    self.bytes = bytes
    self.paths = paths
    index = VersionBytes.start(of: bytes)
  }

  /// The contents of the strings at the paths, without quotes, in order of the document.
  static func strings(
    at paths: [Path], in bytes: [UInt8]
  ) throws(VersionFileRefusal) -> [Match] {
    var scanner = JSONVersionScanner(bytes: bytes, paths: paths)
    try scanner.scan()
    return scanner.matches
  }

  private mutating func scan() throws(VersionFileRefusal) {
    skipSpace()
    guard index < bytes.count else { throw .malformed("JSON") }
    repeat {
      try step()
      skipSpace()
    } while index < bytes.count && !levels.isEmpty
    guard levels.isEmpty, index == bytes.count else { throw .malformed("JSON") }
  }

  /// Reads one token.
  private mutating func step() throws(VersionFileRefusal) {
    switch bytes[index] {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let inner = levels.last.map { $0.isObject ? $0.open : [] } ?? Array(paths.indices)
      let isObject = bytes[index] == UInt8(ascii: "{")
      levels.append(Level(isObject: isObject, paths: isObject ? inner : [], wantsKey: isObject))
      index += 1
    case UInt8(ascii: "}"), UInt8(ascii: "]"):
      guard levels.popLast()?.isObject == (bytes[index] == UInt8(ascii: "}")) else {
        throw .malformed("JSON")
      }
      index += 1
    case UInt8(ascii: ","):
      guard let last = levels.indices.last else { throw .malformed("JSON") }
      levels[last].wantsKey = levels[last].isObject
      index += 1
    case UInt8(ascii: "\""):
      let content = try string()
      guard let last = levels.indices.last else { return }
      if levels[last].wantsKey { try key(content) } else { value(content) }
    default:
      guard levels.last?.wantsKey != true else { throw .malformed("JSON") }
      let start = index
      while index < bytes.count, !Self.ends.contains(bytes[index]) { index += 1 }
      guard index > start else { throw .malformed("JSON") }
    }
  }

  private mutating func key(_ content: Range<Int>) throws(VersionFileRefusal) {
    skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { throw .malformed("JSON") }
    index += 1
    let last = levels.count - 1
    let depth = last
    levels[last].wantsKey = false
    levels[last].key = content
    guard !levels[last].paths.isEmpty else { return }
    let key = decoded(content)
    levels[last].open = levels[last].paths.filter {
      depth < paths[$0].count
        && (paths[$0][depth] == "*" || key.elementsEqual(paths[$0][depth].utf8))
    }
  }

  private mutating func value(_ content: Range<Int>) {
    guard let level = levels.last, level.isObject else { return }
    for path in level.open where paths[path].count == levels.count {
      matches.append(Match(path: path, key: level.key, value: content))
    }
  }

  /// Reads a string and gives the range of its content.
  private mutating func string() throws(VersionFileRefusal) -> Range<Int> {
    let start = index + 1
    index = start
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 2
      case UInt8(ascii: "\""):
        index += 1
        return start..<index - 1
      case VersionBytes.newline: throw .malformed("JSON")
      default: index += 1
      }
    }
    throw .malformed("JSON")
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      if VersionBytes.isSpace(bytes[index]) {
        index += 1
      } else if VersionBytes.starts("//", at: index, in: bytes) {
        while index < bytes.count, bytes[index] != VersionBytes.newline { index += 1 }
      } else if VersionBytes.starts("/*", at: index, in: bytes) {
        index = VersionBytes.find("*/", from: index + 2, in: bytes).map { $0 + 2 } ?? bytes.count
      } else {
        return
      }
    }
  }

  /// The text of a string with its escapes taken away; characters beyond ASCII become one byte 0xFF,
  /// which equals no key that is looked for.
  private func decoded(_ content: Range<Int>) -> [UInt8] {
    let raw = bytes[content]
    guard raw.contains(UInt8(ascii: "\\")) else { return Array(raw) }
    var text: [UInt8] = []
    var index = content.lowerBound
    while index < content.upperBound {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < content.upperBound else {
        text.append(bytes[index])
        index += 1
        continue
      }
      if bytes[index + 1] == UInt8(ascii: "u"), index + 6 <= content.upperBound {
        let code = Int(VersionBytes.text(index + 2..<index + 6, of: bytes), radix: 16)
        text.append(code.flatMap { $0 < 0x80 ? UInt8($0) : nil } ?? 0xFF)
        index += 6
      } else {
        text.append(bytes[index + 1])
        index += 2
      }
    }
    return text
  }

  private static let ends = Set("{}[],\"/ \t\r\n".utf8)
}
