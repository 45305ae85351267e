/// A CVSS vector that has been checked, of version 3.1 or 4.0, with its score.
///
/// See <https://www.first.org/cvss/v3.1/specification-document>
/// and <https://www.first.org/cvss/v4.0/specification-document>.
public struct SeverityVector: Hashable, Sendable, CustomStringConvertible {
  /// The version of the standard.
  public enum Standard: String, Sendable {
    case v31 = "CVSS:3.1"
    case v40 = "CVSS:4.0"
  }

  /// What is wrong with a vector.
  public enum Objection: Error, Hashable, Sendable, CustomStringConvertible {
    /// It begins with neither `CVSS:3.1/` nor `CVSS:4.0/`.
    case standard
    /// A metric that the standard does not know, or a value that the metric does not have.
    case metric(String)
    /// A metric stands there twice.
    case repeated(String)
    /// A metric that every vector needs is missing.
    case missing(String)
    /// A metric of a 4.0 vector stands behind one that comes after it in the standard.
    case order(String)

    /// The words for people.
    public var description: String {
      switch self {
      case .standard: "it is neither a CVSS:3.1 nor a CVSS:4.0 vector"
      case .metric(let text): "'\(text)' is no metric of it"
      case .repeated(let name): "\(name) stands there twice"
      case .missing(let name): "\(name) is missing"
      case .order(let name): "\(name) is not in the place that CVSS 4.0 gives it"
      }
    }
  }

  /// The version of the standard.
  public let standard: Standard
  /// The vector as it was written.
  public let description: String
  private let values: [String: String]

  /// Checks a vector.
  public init(parsing text: String) throws(Objection) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, let standard = Standard(rawValue: first) else {
      throw .standard
    }
    let metrics = standard == .v31 ? SeverityMetric.v31 : SeverityMetric.v40
    var values: [String: String] = [:]
    var position = 0
    for part in parts.dropFirst() {
      let halves = part.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard halves.count == 2, let index = metrics.firstIndex(where: { $0.name == halves[0] }),
        metrics[index].values.contains(halves[1])
      else { throw .metric(part) }
      guard values.updateValue(halves[1], forKey: halves[0]) == nil else {
        throw .repeated(halves[0])
      }
      if standard == .v40, index < position { throw .order(halves[0]) }
      position = index
    }
    if let missing = metrics.first(where: { $0.isRequired && values[$0.name] == nil }) {
      throw .missing(missing.name)
    }
    self.standard = standard
    self.values = values
    description = text
  }

  /// The score in tenths, 0 to 100: of a 3.1 vector that of its base metrics, of a 4.0 vector that of
  /// all that it states, as its standard counts.
  public var tenths: Int {
    if standard == .v40 { return SeverityGroup(values).tenths }
    let isChanged = values["S"] == "C"
    let lost = (1 - weight("C")) * (1 - weight("I")) * (1 - weight("A"))
    let base = 1 - lost
    let impact =
      isChanged
      ? 7.52 * (base - 0.029) - 3.25 * Self.power(base - 0.02, 15) : 6.42 * base
    if impact <= 0 { return 0 }
    let ease = 8.22 * weight("AV") * weight("AC") * privileges(isChanged) * weight("UI")
    return Self.roundedUp(min(isChanged ? 1.08 * (impact + ease) : impact + ease, 10))
  }

  /// The score as people write it, such as `7.5`.
  public var score: String { "\(tenths / 10).\(tenths % 10)" }

  /// The rating of the score.
  public var rating: SeverityRating { SeverityRating(tenths: tenths) }

  /// The standard as people write it, such as `CVSS 3.1`.
  var standardName: String { standard == .v31 ? "CVSS 3.1" : "CVSS 4.0" }

  /// The weights of CVSS 3.1, §7.4.
  private func weight(_ metric: String) -> Double {
    switch (metric, values[metric]) {
    case ("AV", "N"), ("UI", "N"): 0.85
    case ("AV", "A"), ("UI", "R"): 0.62
    case ("AV", "L"): 0.55
    case ("AV", "P"): 0.2
    case ("AC", "L"): 0.77
    case ("AC", "H"): 0.44
    case ("C", "H"), ("I", "H"), ("A", "H"): 0.56
    case ("C", "L"), ("I", "L"), ("A", "L"): 0.22
    default: 0
    }
  }

  private func privileges(_ isChanged: Bool) -> Double {
    switch values["PR"] {
    case "N": 0.85
    case "L": isChanged ? 0.68 : 0.62
    default: isChanged ? 0.5 : 0.27
    }
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// The smallest number of tenths that is not below, on five decimals (CVSS 3.1, appendix A).
  private static func roundedUp(_ value: Double) -> Int {
    let scaled = Int((value * 100_000).rounded())
    return scaled % 10_000 == 0 ? scaled / 10_000 : scaled / 10_000 + 1
  }
}
