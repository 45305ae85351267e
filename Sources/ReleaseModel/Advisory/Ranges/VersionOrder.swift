/// How the versions of an ecosystem are compared.
public enum VersionOrder: Sendable {
  /// Strict SemVer 2.0.0; what is not written so is compared as in `project`.
  case semantic
  /// The order of ``Version``: SemVer extended by four numbers, letters, `.postN` and `.devN`.
  ///
  /// It is that of PEP 440, RubyGems, Composer, NuGet and Maven for every version that a tag is read
  /// as; what those ecosystems compare besides (epochs, words of their own) is not read as one.
  case project

  /// Whether a version comes before another; nil when one of them cannot be read.
  ///
  /// `0` is below every version, as OSV has it.
  public func precedes(_ left: String, _ right: String) -> Bool? {
    if left == "0" || right == "0" { return left == "0" && right != "0" }
    if case .semantic = self, let left = try? Version(semantic: left),
      let right = try? Version(semantic: right)
    {
      return left < right
    }
    guard let left = Self.lenient(left), let right = Self.lenient(right) else { return nil }
    return left < right
  }

  /// Whether a version stands in the range's order as it is, so that ranges may be of OSV's SEMVER.
  static func isSemantic(_ version: String) -> Bool { (try? Version(semantic: version)) != nil }

  /// A version in any form; words that only follow a release, such as `.Final`, do not count.
  static func lenient(_ text: String) -> Version? {
    if let version = try? Version(parsing: text) { return version }
    let ending = text.split(separator: ".").last.map { "." + $0 } ?? ""
    guard [".final", ".ga", ".release"].contains(ending.lowercased()) else { return nil }
    return try? Version(parsing: String(text.dropLast(ending.count)))
  }
}
