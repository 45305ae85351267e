/// A set of a line's releases, by their place in the line, and of its tip behind them.
struct ReleaseSet: Equatable, Sendable {
  private var words: [UInt64]

  /// No release of so many.
  init(count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

  init(words: some Sequence<UInt64>) { self.words = Array(words) }

  /// Whether there is none in it.
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func contains(_ place: Int) -> Bool { words[place / 64] & 1 << UInt64(place % 64) != 0 }

  mutating func insert(_ place: Int) { words[place / 64] |= 1 << UInt64(place % 64) }

  mutating func formUnion(_ other: ReleaseSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  mutating func formIntersection(_ other: ReleaseSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func subtract(_ other: ReleaseSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }
}
