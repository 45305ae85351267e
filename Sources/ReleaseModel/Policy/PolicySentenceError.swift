/// Why a sentence of a policy could not be read, precise enough to draw a caret.
public struct PolicySentenceError: Error, Sendable, Hashable {
  /// The sentence as it was given.
  public let text: String
  /// The wrong word, as offsets into the text's UTF-8; empty where a word is missing.
  public let bytes: Range<Int>
  /// The wrong word; empty where the sentence ends too early.
  public let found: String
  /// What could have stood there: keywords as they are written, and in words what is no keyword.
  public let expected: [Expectation]
  /// The keyword that was probably meant.
  public let nearestWord: String?

  /// Something that would have been right.
  public enum Expectation: Sendable, Hashable, CustomStringConvertible {
    /// A keyword.
    case keyword(String)
    /// A kind of value, in words: "a version", "a number from 1".
    case value(String)

    /// The keyword in quotes, or the words.
    public var description: String {
      switch self {
      case .keyword(let word): "\"\(word)\""
      case .value(let words): words
      }
    }
  }

  /// The nearest whole sentence that is valid; nil when none is near.
  ///
  /// Worked out on each call.
  public var nearestSentence: String? { SentenceRepair.nearest(to: self) }

  /// How many characters stand before the wrong word, for drawing the caret.
  public var column: Int {
    text[..<index(bytes.lowerBound)].count
  }

  /// How many characters the wrong word has, at least one.
  public var width: Int {
    max(1, text[index(bytes.lowerBound)..<index(bytes.upperBound)].count)
  }

  /// A line of carets to print under the text.
  public var caretLine: String {
    String(repeating: " ", count: column) + String(repeating: "^", count: width)
  }

  private func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: offset, limitedBy: text.endIndex) ?? text.endIndex
  }
}

extension PolicySentenceError: CustomStringConvertible {
  /// One line: what was expected, what was found, and the nearest valid form.
  public var description: String {
    let wanted = Self.list(expected.map(\.description))
    var line = "expected \(wanted), "
    line += found.isEmpty ? "found the end of the sentence" : "found \"\(found)\""
    if let nearestSentence {
      line += "; did you mean \"\(nearestSentence)\"?"
    } else if let nearestWord {
      line += "; did you mean \"\(nearestWord)\"?"
    }
    return line
  }

  /// Joins alternatives as a person would.
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nothing more" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
