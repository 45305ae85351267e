/// A configured text that stands around a version, such as `x=={version}`.
///
/// Placeholders are `{version}`, `{major}`, `{minor}`, `{patch}` and `{date}`; everything else is taken
/// as it stands. A version at either end of the pattern matches only where no longer version begins or
/// ends, so `1.1.0` is found neither in `11.1.0` nor in `1.1.0.4` or `1.1.0-rc1`.
public struct VersionPattern: Sendable, Equatable {
  enum Segment: Sendable, Equatable {
    case literal([UInt8])
    case version
    case part(Int)
    case date
  }

  let segments: [Segment]

  /// The pattern of a version that stands alone.
  static let version = VersionPattern(segments: [.version])

  private init(segments: [Segment]) { self.segments = segments }

  /// Reads a pattern; one without a placeholder for the version or a part of it is an error.
  public init(parsing text: String) throws(VersionPatternError) {
    var segments: [Segment] = []
    var literal: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let placeholder = Self.placeholders.first {
        VersionBytes.starts($0.text, at: index, in: bytes)
      }
      guard let placeholder else {
        literal.append(bytes[index])
        index += 1
        continue
      }
      if !literal.isEmpty { segments.append(.literal(literal)) }
      literal = []
      segments.append(placeholder.segment)
      index += placeholder.text.utf8.count
    }
    if !literal.isEmpty { segments.append(.literal(literal)) }
    let namesVersion = segments.contains { segment in
      switch segment {
      case .version, .part: true
      case .literal, .date: false
      }
    }
    guard namesVersion else { throw VersionPatternError(pattern: text) }
    self.init(segments: segments)
  }

  private static let placeholders: [(text: String, segment: Segment)] = [
    ("{version}", .version), ("{major}", .part(0)), ("{minor}", .part(1)), ("{patch}", .part(2)),
    ("{date}", .date),
  ]
}

/// A version pattern without a placeholder for the version.
public struct VersionPatternError: Error, Sendable, Equatable {
  /// The pattern as it was given.
  public var pattern: String
}

extension VersionPattern: CustomStringConvertible {
  /// The pattern as it is configured.
  public var description: String {
    segments.map { segment in
      switch segment {
      case .literal(let text): String(decoding: text, as: UTF8.self)
      case .version: "{version}"
      case .part(let index): ["{major}", "{minor}", "{patch}"][index]
      case .date: "{date}"
      }
    }.joined()
  }
}
