/// One version expression of a cell: what it selects, and what its resolution needs to know.
struct VersionItem: Equatable {
  var subject: SecurityRule.Subject
  /// The line that `> 2.6` leaves open: 2.6.x itself.
  var openLine: VersionRange?
  var isLongTerm = false
  /// Whether the words say where the range ends: `< 1.0.0`, `and older`.
  var isBoundedAbove = false

  init(_ subject: SecurityRule.Subject) {
    self.subject = subject
  }

  init(range: VersionRange) {
    subject = .lines(.range(range))
  }

  init(latest selection: LatestSelection) {
    subject = .lines(.latest(selection))
  }

  var range: VersionRange? {
    if case .lines(.range(let range)) = subject { range } else { nil }
  }
}

extension VersionShape {
  /// The range that the comparison and this version spell; nil when they spell none.
  func range(_ comparison: PolicyToken.Comparison?) -> VersionRange? {
    guard let base else { return nil }
    let sign =
      switch comparison {
      case nil: isLine ? "" : "="
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      case .equal: "="
      case .caret: "^"
      case .tilde: "~"
      case .pessimistic: "~>"
      }
    return try? VersionRange(parsing: sign + base)
  }

  /// The range from this version to the last of `end`; nil when there is none.
  func range(through end: VersionShape) -> VersionRange? {
    guard let base, let last = end.base,
      let range = try? VersionRange(parsing: "\(base) - \(last)"), !range.isEmpty
    else { return nil }
    return range
  }

  /// All versions that begin with the numbers.
  var line: VersionRange { .line(numbers) }

  /// The version as a range is written with: `1.2.x`, `1.2.0-rc.1`.
  private var base: String? {
    let spelled = numbers.map(\.description).joined(separator: ".")
    if !suffix.isEmpty {
      let text = hasWildcard ? spelled : "\(spelled)-\(suffix)"
      return (try? Version(parsing: text)) == nil ? nil : text
    }
    return numbers.count < 4 && isLine ? "\(spelled).x" : spelled
  }
}
