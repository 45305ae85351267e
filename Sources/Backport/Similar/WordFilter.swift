/// The names in a text, as a Bloom filter (Bloom 1970): tells for certain that one is not there.
///
/// Any run of letters, digits and underscores that does not begin with a digit is a name here, in
/// comments and strings too, so that a filter does not depend on the language. It has as many bits as it
/// needs: a text with 150 different names some 128 bytes.
enum WordFilter {
  /// Changes with the meaning of the bits, of a hash or of what a name is.
  static let version: UInt32 = 1
  /// A text in which nothing is to be found.
  static let none: [UInt64] = [0]

  /// The largest filter, in words of 64 bits.
  private static let largest = 512
  /// The share of bits that may be set in one that was made smaller.
  private static let mostDense = 0.4

  /// The filter of a text.
  static func words(of text: [UInt8]) -> [UInt64] {
    var filter = [UInt64](repeating: 0, count: largest)
    let isWord = WordHash.isWord
    var hash = WordHash.start
    var first: UInt8?
    for byte in text {
      if isWord[Int(byte)] {
        if first == nil { first = byte }
        hash = WordHash.adding(byte, to: hash)
      } else if let begin = first {
        if !WordHash.isDigit(begin) { insert(WordHash.finish(hash), into: &filter) }
        first = nil
        hash = WordHash.start
      }
    }
    if let begin = first, !WordHash.isDigit(begin) {
      insert(WordHash.finish(hash), into: &filter)
    }
    return folded(filter)
  }

  /// Whether a name may be in the text of a filter; its hash is that of ``WordHash``.
  static func mayContain(_ name: UInt64, _ filter: ArraySlice<UInt64>) -> Bool {
    let mask = UInt64(filter.count * 64 - 1)
    var bits = spread(name)
    for _ in 0..<3 {
      let place = Int(bits & mask)
      if filter[filter.startIndex + place / 64] & (1 << UInt64(place % 64)) == 0 { return false }
      bits >>= 15
    }
    return true
  }

  private static func insert(_ name: UInt64, into filter: inout [UInt64]) {
    var bits = spread(name)
    for _ in 0..<3 {
      let place = Int(bits & UInt64(largest * 64 - 1))
      filter[place / 64] |= 1 << UInt64(place % 64)
      bits >>= 15
    }
  }

  /// Makes three times 15 bits of a hash that depend on all of it.
  private static func spread(_ hash: UInt64) -> UInt64 {
    let mixed = (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15
    return mixed ^ mixed >> 29
  }

  /// Puts the halves on top of each other while that leaves enough bits unset: the lower bits of a place
  /// stay what they were.
  private static func folded(_ filter: [UInt64]) -> [UInt64] {
    var filter = filter
    while filter.count > 1 {
      let half = filter.count / 2
      var set = 0
      for place in 0..<half { set += (filter[place] | filter[place + half]).nonzeroBitCount }
      if Double(set) > mostDense * Double(half * 64) { break }
      for place in 0..<half { filter[place] |= filter[place + half] }
      filter.removeLast(half)
    }
    return filter
  }
}

/// The hashes of names, FNV-1a; the highest bit is set, so that none is a sign or a folded literal.
enum WordHash {
  static let start: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Which bytes a name is made of.
  static let isWord: [Bool] = (0...255).map { (byte: UInt8) in
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  static func adding(_ byte: UInt8, to hash: UInt64) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  static func finish(_ hash: UInt64) -> UInt64 { hash | 1 << 63 }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 {
    finish(bytes.reduce(start) { adding($1, to: $0) })
  }
}
