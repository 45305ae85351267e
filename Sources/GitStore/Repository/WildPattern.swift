/// A file name pattern by the rules of git's wildmatch, matched in bounded time.
///
/// git's matcher backtracks: a pattern with many stars costs it exponential time. This one walks
/// the text once and keeps the set of places in the pattern it may be at, so the cost is at most
/// the length of the text times that of the pattern.
public struct WildPattern: Hashable, Sendable {
  private enum Token: Hashable {
    case byte(UInt8)
    /// `?`: any byte but a slash.
    case any
    /// `[…]`: never a slash.
    case set(ByteSet)
    /// `*`: any number of bytes but slashes.
    case star
    /// `**` at the end, after a slash: anything.
    case everything
    /// `**/` at the beginning of a part: nothing, or anything that ends in a slash.
    case folders
  }

  private struct ByteSet: Hashable {
    var low: (UInt64, UInt64) = (0, 0)
    var high: (UInt64, UInt64) = (0, 0)

    subscript(byte: UInt8) -> Bool {
      get {
        let bit = UInt64(1) << (byte & 63)
        switch byte >> 6 {
        case 0: return low.0 & bit != 0
        case 1: return low.1 & bit != 0
        case 2: return high.0 & bit != 0
        default: return high.1 & bit != 0
        }
      }
      set {
        let bit = newValue ? UInt64(1) << (byte & 63) : 0
        switch byte >> 6 {
        case 0: low.0 |= bit
        case 1: low.1 |= bit
        case 2: high.0 |= bit
        default: high.1 |= bit
        }
      }
    }

    static func == (left: Self, right: Self) -> Bool {
      left.low == right.low && left.high == right.high
    }

    func hash(into hasher: inout Hasher) {
      for word in [low.0, low.1, high.0, high.1] { hasher.combine(word) }
    }
  }

  private let tokens: [Token]
  /// Whether the pattern can match at all; a broken one, such as `[a`, cannot.
  private let isValid: Bool

  /// Reads a pattern; stars and question marks do not match slashes, `**` matches folders.
  public init(_ pattern: some Collection<UInt8>) {
    var reader = Reader(pattern: Array(pattern))
    let tokens = reader.tokens()
    self.tokens = tokens ?? []
    isValid = tokens != nil
  }

  /// Whether the whole text fits.
  public func matches(_ text: some Collection<UInt8>) -> Bool {
    guard isValid else { return false }
    var places = [Bool](repeating: false, count: tokens.count + 1)
    places[0] = true
    skipEmpty(&places)
    for byte in text {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      var isAlive = false
      for (place, token) in tokens.enumerated() where places[place] {
        let slash = byte == UInt8(ascii: "/")
        switch token {
        case .byte(let expected): if byte == expected { next[place + 1] = true }
        case .any: if !slash { next[place + 1] = true }
        case .set(let set): if !slash, set[byte] { next[place + 1] = true }
        case .star: if !slash { next[place] = true }
        case .everything: next[place] = true
        case .folders:
          next[place] = true
          if slash { next[place + 1] = true }
        }
        isAlive = isAlive || next[place] || next[place + 1]
      }
      if !isAlive { return false }
      places = next
      skipEmpty(&places, after: byte)
    }
    return places[tokens.count]
  }

  /// Steps over the tokens that may stand for nothing.
  private func skipEmpty(_ places: inout [Bool], after byte: UInt8? = nil) {
    for (place, token) in tokens.enumerated() where places[place] {
      switch token {
      case .star, .everything: places[place + 1] = true
      // Within a folder name only the slash ends it; that step is made when the slash is read.
      case .folders: if byte == nil || byte == UInt8(ascii: "/") { places[place + 1] = true }
      default: break
      }
    }
  }

  private struct Reader {
    let pattern: [UInt8]
    var position = 0

    mutating func tokens() -> [Token]? {
      var tokens: [Token] = []
      while position < pattern.count {
        let byte = pattern[position]
        switch byte {
        case UInt8(ascii: "\\"):
          position += 1
          guard position < pattern.count else { return nil }
          tokens.append(.byte(pattern[position]))
          position += 1
        case UInt8(ascii: "?"):
          tokens.append(.any)
          position += 1
        case UInt8(ascii: "*"): tokens.append(stars())
        case UInt8(ascii: "["):
          guard let set = set() else { return nil }
          tokens.append(.set(set))
        default:
          tokens.append(.byte(byte))
          position += 1
        }
      }
      return tokens
    }

    /// Two stars that fill a part of the path match folders; any other run of stars is one star.
    private mutating func stars() -> Token {
      let start = position
      while position < pattern.count, pattern[position] == UInt8(ascii: "*") { position += 1 }
      let opens = start == 0 || pattern[start - 1] == UInt8(ascii: "/")
      guard position - start >= 2, opens else { return .star }
      if position == pattern.count { return .everything }
      guard pattern[position] == UInt8(ascii: "/") else { return .star }
      position += 1
      return .folders
    }

    private mutating func set() -> ByteSet? {
      position += 1
      var isNegated = false
      if position < pattern.count,
        [UInt8(ascii: "!"), UInt8(ascii: "^")].contains(pattern[position])
      {
        isNegated = true
        position += 1
      }
      var set = ByteSet()
      var last: UInt8?
      var isFirst = true
      while true {
        guard position < pattern.count else { return nil }
        var byte = pattern[position]
        if byte == UInt8(ascii: "]"), !isFirst { break }
        isFirst = false
        if byte == UInt8(ascii: "["), position + 1 < pattern.count,
          pattern[position + 1] == UInt8(ascii: ":"), let members = namedClass()
        {
          for member in members { set[member] = true }
          last = nil
          continue
        }
        if byte == UInt8(ascii: "-"), let first = last, position + 1 < pattern.count,
          pattern[position + 1] != UInt8(ascii: "]")
        {
          position += 1
          guard let end = literal() else { return nil }
          if first <= end { for member in first...end { set[member] = true } }
          last = nil
          continue
        }
        guard let literal = literal() else { return nil }
        byte = literal
        set[byte] = true
        last = byte
      }
      position += 1
      guard isNegated else { return set }
      var inverse = ByteSet()
      for byte in UInt8.min...UInt8.max where !set[byte] { inverse[byte] = true }
      return inverse
    }

    private mutating func literal() -> UInt8? {
      if pattern[position] == UInt8(ascii: "\\") { position += 1 }
      guard position < pattern.count else { return nil }
      defer { position += 1 }
      return pattern[position]
    }

    /// `[:digit:]` and its like; nil leaves the position where it is.
    private mutating func namedClass() -> [UInt8]? {
      guard let end = pattern[(position + 2)...].firstIndex(of: UInt8(ascii: "]")),
        end > position + 2, pattern[end - 1] == UInt8(ascii: ":")
      else { return nil }
      let name = String(decoding: pattern[(position + 2)..<(end - 1)], as: UTF8.self)
      guard let isMember = Reader.classes[name] else { return nil }
      position = end + 1
      return (UInt8.min...UInt8.max).filter { isMember($0) }
    }

    private static let classes: [String: @Sendable (UInt8) -> Bool] = [
      "alnum": { isAlphabetic($0) || isDigit($0) }, "alpha": { isAlphabetic($0) },
      "blank": { $0 == 0x20 || $0 == 0x09 }, "cntrl": { $0 < 0x20 || $0 == 0x7f },
      "digit": { isDigit($0) }, "graph": { $0 > 0x20 && $0 < 0x7f },
      "lower": { (0x61...0x7a).contains($0) }, "print": { $0 >= 0x20 && $0 < 0x7f },
      "punct": { $0 > 0x20 && $0 < 0x7f && !isAlphabetic($0) && !isDigit($0) },
      "space": { $0 == 0x20 || (0x09...0x0d).contains($0) },
      "upper": { (0x41...0x5a).contains($0) },
      "xdigit": { isDigit($0) || (0x61...0x66).contains($0 | 0x20) },
    ]

    private static func isAlphabetic(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  }
}
