/// Reads a sentence word by word and remembers where each one stands.
struct SentenceWords {
  /// One word: its bytes, and the same in lower case for comparing.
  struct Word {
    let bytes: Range<Int>
    let text: String
    var key: String { text.lowercased() }
  }

  /// Sentences beyond this many bytes are refused unread.
  static let longest = 1_000

  let text: String
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ text: String) {
    self.text = text
    self.bytes = Array(text.utf8)
  }

  var count: Int { bytes.count }

  /// The next word, without moving on; a colon and a comma are words of their own.
  func peek() -> Word? {
    word { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ",") }
  }

  /// The next run of anything but white space and colons, and moves past it.
  mutating func takeName() -> Word? {
    guard let word = word(endingAt: { $0 == UInt8(ascii: ":") }), word.text != ":" else {
      return nil
    }
    position = word.bytes.upperBound
    return word
  }

  mutating func advance(past word: Word) {
    position = word.bytes.upperBound
  }

  /// Moves past the next word when it is this one.
  mutating func take(_ key: String) -> Bool {
    guard let word = peek(), word.key == key else { return false }
    advance(past: word)
    return true
  }

  func text(in range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func word(endingAt isEnd: (UInt8) -> Bool) -> Word? {
    var start = position
    while start < bytes.count, Self.isSpace(bytes[start]) { start += 1 }
    guard start < bytes.count else { return nil }
    var end = start
    while end < bytes.count, !Self.isSpace(bytes[end]), !isEnd(bytes[end]) { end += 1 }
    let range = start..<max(end, start + 1)
    return Word(bytes: range, text: text(in: range))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}
