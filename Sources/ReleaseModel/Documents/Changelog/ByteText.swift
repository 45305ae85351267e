/// Reading a line as text while it stays bytes: changelogs may hold any encoding.
extension ArraySlice<UInt8> {
  /// Whether there is nothing but spaces and tabs.
  var isBlank: Bool { allSatisfy(\.isBlankByte) }

  /// The text without spaces and tabs at either end.
  var trimmed: ArraySlice<UInt8> { trimmedStart.trimmedEnd }

  /// The text without spaces and tabs at its start.
  var trimmedStart: ArraySlice<UInt8> { drop(while: \.isBlankByte) }

  /// The text without spaces and tabs at its end.
  var trimmedEnd: ArraySlice<UInt8> {
    var end = endIndex
    while end > startIndex, self[end - 1].isBlankByte { end -= 1 }
    return self[startIndex..<end]
  }

  /// The spaces and tabs at the start.
  var indentation: ArraySlice<UInt8> { prefix(while: \.isBlankByte) }

  /// The column of the first byte that is no blank; a tab goes on to the next multiple of 8.
  var indentationWidth: Int {
    indentation.reduce(0) { $1 == UInt8(ascii: "\t") ? ($0 / 8 + 1) * 8 : $0 + 1 }
  }

  /// The number of characters, counted as UTF-8; a stray byte above ASCII counts as part of one.
  var characterCount: Int { reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }

  /// The number of columns: characters, and tabs up to the next multiple of 8.
  var columnCount: Int {
    reduce(0) { count, byte in
      if byte == UInt8(ascii: "\t") { return (count / 8 + 1) * 8 }
      return byte & 0xC0 == 0x80 ? count : count + 1
    }
  }

  /// The ASCII letters in lower case, all else as it is.
  var lowercased: ArraySlice<UInt8> { ArraySlice(map(\.lowercasedASCII)) }

  /// The words between spaces and tabs.
  var words: [ArraySlice<UInt8>] { split(whereSeparator: \.isBlankByte) }

  /// Whether the text starts with the bytes of `text`.
  func begins(_ text: String) -> Bool { starts(with: text.utf8) }

  /// Whether the text ends with the bytes of `text`.
  func ends(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }

  /// Whether the text is `text`.
  func isText(_ text: String) -> Bool { elementsEqual(text.utf8) }

  /// The place of the first `needle` at or after `start`.
  ///
  /// Costs the product of both lengths at worst; for short needles only.
  func firstRange(of needle: some Collection<UInt8>, from start: Int? = nil) -> Range<Int>? {
    guard let first = needle.first else { return nil }
    let count = needle.count
    var index = start ?? startIndex
    while index <= endIndex - count {
      guard let found = self[index...].firstIndex(of: first), found <= endIndex - count else {
        return nil
      }
      if self[found..<found + count].elementsEqual(needle) { return found..<found + count }
      index = found + 1
    }
    return nil
  }

  /// Whether `needle` occurs.
  func holds(_ needle: String) -> Bool { firstRange(of: Array(needle.utf8)) != nil }

  /// Whether the line is one punctuation character, three times or more.
  var isRule: Bool { ruleCharacter != nil }

  /// The character of a rule or underline: the line is three or more of it and nothing else.
  var ruleCharacter: UInt8? {
    let line = trimmedEnd
    guard line.count >= 3, let first = line.first, first.isASCIIPunctuation,
      line.allSatisfy({ $0 == first })
    else { return nil }
    return first
  }
}

extension UInt8 {
  /// Whether the byte is a space or a tab.
  var isBlankByte: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

  /// Whether the byte is an ASCII letter, digit or underscore, or part of a longer UTF-8 character.
  var isWordByte: Bool {
    isASCIILetter || isASCIIDigit || self == UInt8(ascii: "_") || self >= 0x80
  }

  /// Whether the byte is one of ASCII's punctuation characters.
  var isASCIIPunctuation: Bool {
    (0x21...0x7E).contains(self) && !isASCIILetter && !isASCIIDigit
  }
}

extension String {
  /// The UTF-8 bytes of the text.
  var bytes: [UInt8] { Array(utf8) }
}
