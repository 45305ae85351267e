extension VersionPlaces {
  /// The version of a YAML document at column 0, and what goes with it in the file's own format.
  static func yaml(_ bytes: [UInt8], path: String) throws(VersionFileRefusal) -> VersionPlaces {
    let name = path.split(separator: "/").last ?? ""
    var places = VersionPlaces()
    for (key, value) in topLevelScalars(bytes) {
      if VersionBytes.equals(key, "version", in: bytes) {
        places.texts.append(Text(range: value, form: name == "pubspec.yaml" ? .build : .plain))
      } else if name == "Chart.yaml", VersionBytes.equals(key, "appVersion", in: bytes) {
        places.companions.append(Text(range: value))
      } else if name == "CITATION.cff", VersionBytes.equals(key, "date-released", in: bytes) {
        places.dates.append(value)
      }
    }
    guard places.texts.count < 2 else { throw .matches(places.texts.count, expected: 1) }
    return places
  }

  /// The keys at column 0 of the first document with the contents of their one-line scalars.
  private static func topLevelScalars(
    _ bytes: [UInt8]
  ) -> [(key: Range<Int>, value: Range<Int>)] {
    var scalars: [(key: Range<Int>, value: Range<Int>)] = []
    var openQuote: UInt8?
    for line in VersionBytes.lines(bytes) {
      if let quote = openQuote {
        if closing(quote, from: line.lowerBound, to: line.upperBound, in: bytes) != nil {
          openQuote = nil
        }
        continue
      }
      if VersionBytes.equals(VersionBytes.trimmed(line, of: bytes), "...", in: bytes) { break }
      if VersionBytes.starts("---", at: line.lowerBound, in: bytes) {
        if scalars.isEmpty { continue } else { break }
      }
      guard let colon = keyEnd(of: line, in: bytes) else { continue }
      let value = VersionBytes.trimmed(colon + 1..<line.upperBound, of: bytes)
      guard let first = bytes[value].first else { continue }
      let key = VersionBytes.unquoted(line.lowerBound..<colon, of: bytes)
      if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
        let start = value.lowerBound + 1
        guard let end = closing(first, from: start, to: value.upperBound, in: bytes) else {
          openQuote = first
          continue
        }
        scalars.append((key, start..<end))
      } else {
        scalars.append((key, plainScalar(value, in: bytes)))
      }
    }
    return scalars
  }

  /// The offset of the colon behind a key at column 0.
  private static func keyEnd(of line: Range<Int>, in bytes: [UInt8]) -> Int? {
    guard let first = bytes[line].first, !VersionBytes.isSpace(first),
      first != UInt8(ascii: "#"), first != UInt8(ascii: "-")
    else { return nil }
    return line.first {
      bytes[$0] == UInt8(ascii: ":")
        && ($0 + 1 == line.upperBound || VersionBytes.isBlank(bytes[$0 + 1]))
    }
  }

  /// The offset of the quote that ends a string which begins at `start`.
  private static func closing(
    _ quote: UInt8, from start: Int, to end: Int, in bytes: [UInt8]
  ) -> Int? {
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index += 2
      } else if bytes[index] == quote {
        guard quote == UInt8(ascii: "'"), index + 1 < end, bytes[index + 1] == quote else {
          return index
        }
        index += 2
      } else {
        index += 1
      }
    }
    return nil
  }

  private static func plainScalar(_ value: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    let comment = value.first {
      bytes[$0] == UInt8(ascii: "#")
        && ($0 == value.lowerBound || VersionBytes.isBlank(bytes[$0 - 1]))
    }
    return VersionBytes.trimmed(value.lowerBound..<(comment ?? value.upperBound), of: bytes)
  }
}
