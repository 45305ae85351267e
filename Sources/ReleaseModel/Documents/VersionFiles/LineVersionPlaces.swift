// The files in which a line is a key and a value.

extension VersionPlaces {
  /// The value of `version` in `[metadata]`, or of `current_version` in `[bumpversion]`.
  static func ini(_ bytes: [UInt8]) -> VersionPlaces {
    var places = VersionPlaces()
    var key: String?
    for line in VersionBytes.lines(bytes) {
      let content = VersionBytes.trimmed(line, of: bytes)
      if bytes[content].first == UInt8(ascii: "[") {
        key =
          VersionBytes.equals(content, "[metadata]", in: bytes)
          ? "version"
          : VersionBytes.equals(content, "[bumpversion]", in: bytes) ? "current_version" : nil
      } else if let key, let value = value(of: key, in: line, of: bytes, separators: "=:") {
        places.texts.append(Text(range: withoutComment(value, of: bytes, markers: "#;")))
      }
    }
    return places
  }

  /// The version in a file of Java properties.
  static func properties(_ bytes: [UInt8]) -> VersionPlaces {
    var places = VersionPlaces()
    for line in VersionBytes.lines(bytes) {
      for key in ["version", "version_name", "projectversion", "project.version"] {
        if let value = value(of: key, in: line, of: bytes, separators: "=:") {
          places.named.append(Text(range: value, name: key))
        }
      }
    }
    return places
  }

  /// The version among fields that begin at column 0, up to the first section of an RPM spec.
  static func fields(_ bytes: [UInt8]) -> VersionPlaces {
    for line in VersionBytes.lines(bytes) {
      if isSpecSection(line, of: bytes) { break }
      if let value = value(of: "version", in: line, of: bytes, separators: ":") {
        return VersionPlaces(texts: [Text(range: value)])
      }
    }
    return VersionPlaces()
  }

  /// The stable tag of a WordPress plugin.
  static func wordpress(_ bytes: [UInt8]) -> VersionPlaces {
    for line in VersionBytes.lines(bytes) {
      if VersionBytes.starts("== ", at: line.lowerBound, in: bytes) { break }
      if let value = value(of: "stable tag", in: line, of: bytes, separators: ":") {
        return VersionPlaces(texts: [Text(range: value)])
      }
    }
    return VersionPlaces()
  }

  /// The version in the comment at the head of a WordPress plugin, which has to name the plugin.
  static func pluginHeader(_ bytes: [UInt8]) -> [Text] {
    let marks = Array(" \t/*#@".utf8)
    var version: Range<Int>?
    var isPlugin = false
    for line in VersionBytes.lines(Array(bytes.prefix(8192))) {
      var start = line.lowerBound
      while start < line.upperBound, marks.contains(bytes[start]) { start += 1 }
      let content = start..<line.upperBound
      if let value = value(of: "version", in: content, of: bytes, separators: ":") {
        version = version ?? value
      }
      isPlugin =
        isPlugin || value(of: "plugin name", in: content, of: bytes, separators: ":") != nil
        || value(of: "theme name", in: content, of: bytes, separators: ":") != nil
    }
    guard isPlugin, let version else { return [] }
    return [Text(range: version, name: "header")]
  }

  /// The one text that a file holds: alone, or alone on its first line.
  static func plain(_ bytes: [UInt8]) throws(VersionFileRefusal) -> VersionPlaces {
    let start = VersionBytes.start(of: bytes)
    let content = VersionBytes.trimmed(start..<bytes.count, of: bytes)
    var range = content
    if let end = bytes[content].firstIndex(of: VersionBytes.newline) {
      range = VersionBytes.trimmed(content.lowerBound..<end, of: bytes)
    }
    if VersionSpelling(bytes[range]) != nil, !bytes[range].contains(where: VersionBytes.isSpace) {
      return VersionPlaces(texts: [Text(range: range)])
    }
    let assigned = VersionPlaces.source(bytes, language: .shell)
    guard !assigned.isEmpty else { throw .notFound }
    return assigned
  }

  /// The trimmed value of a line `key separator value` at column 0, or nil for another line.
  ///
  /// The key is given in lower case and matches in any.
  private static func value(
    of key: String, in line: Range<Int>, of bytes: [UInt8], separators: String
  ) -> Range<Int>? {
    let end = line.lowerBound + key.utf8.count
    guard end < line.upperBound,
      VersionBytes.matches(line.lowerBound..<end, lowercase: key, in: bytes)
    else { return nil }
    var index = end
    while index < line.upperBound, VersionBytes.isBlank(bytes[index]) { index += 1 }
    guard index < line.upperBound, separators.utf8.contains(bytes[index]) else { return nil }
    let value = VersionBytes.trimmed(index + 1..<line.upperBound, of: bytes)
    return value.isEmpty ? nil : value
  }

  private static func withoutComment(
    _ value: Range<Int>, of bytes: [UInt8], markers: String
  ) -> Range<Int> {
    let comment = value.dropFirst().first {
      markers.utf8.contains(bytes[$0]) && VersionBytes.isBlank(bytes[$0 - 1])
    }
    return VersionBytes.trimmed(value.lowerBound..<(comment ?? value.upperBound), of: bytes)
  }

  private static func isSpecSection(_ line: Range<Int>, of bytes: [UInt8]) -> Bool {
    ["%description", "%prep", "%build", "%install", "%package", "%changelog", "%files"]
      .contains { VersionBytes.starts($0, at: line.lowerBound, in: bytes) }
  }
}
