extension VersionRange {
  /// The range in its canonical form, whatever it was parsed from; parsing it gives it back.
  public var canonicalDescription: String {
    if intervals.isEmpty { return "none" }
    return intervals.map(\.text).joined(separator: " || ")
  }
}

extension VersionRange.Interval {
  fileprivate var text: String {
    if let line = lineText { return line }
    let end = upper.map(Self.upperText)
    if lower == .start { return end ?? "*" }
    let version = lower.version.fullText
    switch lower.side {
    case .after: return joined(">\(version)", end)
    case .floor: return joined(">=\(lower.version.shortText)", end)
    case .before where !lower.version.isPlain: return joined(">=\(version)", end)
    case .before:
      if upper == .above(lower.version) { return "=\(version)" }
      return "=\(version) || " + joined(">\(version)", end)
    }
  }

  private func joined(_ start: String, _ end: String?) -> String {
    end.map { "\(start) \($0)" } ?? start
  }

  /// `1.2.x`, when that is what the interval is.
  private var lineText: String? {
    guard lower.side == .floor, let upper, upper.side == .floor else { return nil }
    let depth = max(upper.version.significantNumbers.count, 1)
    guard depth <= 3, lower.version.significantNumbers.count <= depth else { return nil }
    let numbers = (0..<depth).map { lower.version.number(at: $0) }
    guard VersionRange.line(numbers).intervals == [self] else { return nil }
    return numbers.map(\.description).joined(separator: ".") + ".x"
  }

  private static func upperText(_ cut: VersionRange.Cut) -> String {
    cut.side == .after ? "<=\(cut.version.fullText)" : "<\(cut.version.shortText)"
  }
}

extension Version {
  /// At least three numbers: `<=1.2.0` is one release where `<=1.2` is a line.
  fileprivate var fullText: String {
    guard isPlain else { return description }
    return (0..<max(3, significantNumbers.count)).map { number(at: $0).description }
      .joined(separator: ".")
  }

  /// The numbers without zeros at the end: where a release cuts, `4` and `4.0.0` are one place.
  fileprivate var shortText: String {
    guard isPlain else { return description }
    return (0..<max(1, significantNumbers.count)).map { number(at: $0).description }
      .joined(separator: ".")
  }
}

extension VersionRange: Codable {
  /// Reads one string as `init(parsing:)` does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(VersionParseError) {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
