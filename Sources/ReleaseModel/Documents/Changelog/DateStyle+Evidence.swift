extension DateStyle {
  /// The style with its open questions answered by the other dates of the file.
  ///
  /// Nil when the order of day and month stays unknown.
  func settled(by evidence: [WrittenDate]) -> DateStyle? {
    var style = self
    let similar = evidence.filter { $0.style.hasShape(of: self) || $0.style.isSwapped(self) }
    if isAmbiguous {
      guard let clear = similar.first(where: { !$0.style.isAmbiguous }) else { return nil }
      style = style.ordered(like: clear.style)
    }
    for (index, field) in style.fields.enumerated() {
      let others = similar.lazy.compactMap {
        $0.style.fields.indices.contains(index) ? $0.style.fields[index] : nil
      }
      style.fields[index] = Self.settled(field, by: others)
    }
    return style
  }

  private static func settled(_ field: Field, by others: some Sequence<Field>) -> Field {
    switch field {
    case .month(.unknown), .day(.unknown):
      return others.first { $0 != .month(.unknown) && $0 != .day(.unknown) } ?? field
    case .monthName(.unknown, let letterCase), .monthName(.short, let letterCase):
      for case .monthName(let length, _) in others
      where length == .shortFour
        || (length != .unknown && field == .monthName(.unknown, letterCase))
      {
        return .monthName(length, letterCase)
      }
      return field
    default: return field
    }
  }

  private func isSwapped(_ other: DateStyle) -> Bool {
    other.isAmbiguous && ordered(like: other).hasShape(of: other)
      && fields.count == other.fields.count
  }

  /// The same style with day and month where `other` has them.
  private func ordered(like other: DateStyle) -> DateStyle {
    var style = self
    style.isAmbiguous = other.isAmbiguous
    for (index, field) in other.fields.enumerated() where style.fields.indices.contains(index) {
      switch (style.fields[index], field) {
      case (.day(let padding), .month): style.fields[index] = .month(padding)
      case (.month(let padding), .day): style.fields[index] = .day(padding)
      default: break
      }
    }
    return style
  }
}
