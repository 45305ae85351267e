/// Finds out which of some words occur in a text, in one pass and without regard to ASCII case.
package struct MessageScanner: Sendable {
  private struct Word: Sendable {
    let bytes: [UInt8]
    let mark: UInt32
  }

  /// The words by their first byte.
  private var words: [[Word]]

  /// Takes words, each with the bits that its occurrence sets; empty words occur nowhere.
  package init(_ words: [(text: String, mark: UInt32)]) {
    var table = [[Word]](repeating: [], count: 256)
    for (text, mark) in words {
      let bytes = text.utf8.map(MessageScanner.lowered)
      if let first = bytes.first { table[Int(first)].append(Word(bytes: bytes, mark: mark)) }
    }
    self.words = table
  }

  /// The bits of all words that occur.
  package func marks(in text: [UInt8]) -> UInt32 {
    text.withUnsafeBytes { marks(in: $0[...]) }
  }

  /// The bits of all words that occur.
  func marks(in text: UnsafeRawBufferPointer.SubSequence) -> UInt32 {
    var found: UInt32 = 0
    let end = text.endIndex
    var position = text.startIndex
    while position < end {
      let candidates = words[Int(MessageScanner.lowered(text[position]))]
      if !candidates.isEmpty {
        for word in candidates where found & word.mark != word.mark {
          if occurs(word.bytes, at: position, in: text) { found |= word.mark }
        }
      }
      position += 1
    }
    return found
  }

  private func occurs(
    _ word: [UInt8], at start: Int, in text: UnsafeRawBufferPointer.SubSequence
  ) -> Bool {
    guard text.endIndex - start >= word.count else { return false }
    for offset in 1..<max(1, word.count)
    where MessageScanner.lowered(text[start + offset]) != word[offset] {
      return false
    }
    return true
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}
