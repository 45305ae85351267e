/// One spelling for characters that people type in several ways.
enum UnicodeSpelling {
  /// Appends `scalar`, or what it stands for: ASCII for full-width forms, a space for every kind
  /// of space, `<=` for `≤`; variation selectors and other invisible characters vanish.
  static func append(_ scalar: Unicode.Scalar, to output: inout String.UnicodeScalarView) {
    if scalar.value < 0x80 {
      output.append(scalar == "\t" ? " " : scalar)
      return
    }
    switch scalar.value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: output.append(" ")
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF, 0xAD: break
    case 0x2010, 0x2011, 0x2012, 0x2212: output.append("-")
    case 0x2264, 0x2A7D, 0x2266: output.append(contentsOf: ["<", "="])
    case 0x2265, 0x2A7E, 0x2267: output.append(contentsOf: [">", "="])
    case 0x3001, 0xFF0C: output.append(contentsOf: [",", " "])
    case 0xFF01...0xFF5E: appendValue(scalar.value - 0xFEE0, to: &output)
    case 0x2018...0x201F: output.append("'")
    case 0x301C: output.append("~")
    case 0x2026: output.append(contentsOf: [".", ".", "."])
    default: output.append(scalar)
    }
  }

  private static func appendValue(_ value: UInt32, to output: inout String.UnicodeScalarView) {
    if let scalar = Unicode.Scalar(value) { output.append(scalar) }
  }
}

/// The HTML character references that occur in policies.
enum HTMLEntity {
  /// The character that `&name;` stands for; nil when it is not one of the known ones.
  static func scalar(named name: String) -> Unicode.Scalar? {
    if name.utf8.first == UInt8(ascii: "#") {
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
      return value.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
    }
    return named[name]
  }

  private static let named: [String: Unicode.Scalar] = [
    "lt": "<", "gt": ">", "amp": "&", "nbsp": " ", "quot": "\"", "apos": "'", "le": "≤",
    "leq": "≤", "ge": "≥", "geq": "≥", "check": "✓", "checkmark": "✓", "cross": "✗",
    "ndash": "–", "mdash": "—", "hyphen": "-", "times": "✗", "starf": "★", "tilde": "~",
    "ast": "*", "period": ".", "comma": ",", "vert": "|", "num": "#", "plus": "+",
  ]
}

/// The HTML elements whose tags are markup in running text.
enum HTMLTag {
  /// Lower-case names; anything else after `<` is text, as in `< v1.0`.
  static let known: Set<String> = [
    "a", "abbr", "b", "big", "blockquote", "body", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "del", "details", "div", "em", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark", "ol", "p", "picture", "pre",
    "q",
    "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
  ]
}

/// Emoji names as GitHub, GitLab and Gitea write them.
enum EmojiName {
  /// The character that `:name:` stands for, when it is a mark that policies use.
  static func mark(named name: String) -> Unicode.Scalar? { marks[name] }

  private static let marks: [String: Unicode.Scalar] = [
    "white_check_mark": "✅", "heavy_check_mark": "✔", "ballot_box_with_check": "☑",
    "check": "✔", "tick": "✔", "+1": "👍", "thumbsup": "👍", "green_circle": "🟢", "ok": "🆗",
    "large_green_circle": "🟢", "green_square": "🟩", "yes": "✅", "green_heart": "💚",
    "x": "❌", "negative_squared_cross_mark": "❎", "heavy_multiplication_x": "✖",
    "no_entry": "⛔", "no_entry_sign": "🚫", "red_circle": "🔴", "-1": "👎", "thumbsdown": "👎",
    "cross_mark": "❌", "stop_sign": "🛑", "red_square": "🟥", "no": "❌", "skull": "💀",
    "warning": "⚠", "yellow_circle": "🟡", "orange_circle": "🟠", "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡", "heavy_exclamation_mark": "❗", "exclamation": "❗",
    "construction": "🚧", "question": "❓", "grey_question": "❓", "hourglass": "⏳",
    "hourglass_flowing_sand": "⏳", "soon": "🔜", "rocket": "🚀", "lock": "🔒", "shield": "🛡",
    "star": "★", "tada": "🎉", "new": "🆕", "wrench": "🔧", "yellow_square": "🟨",
    "black_circle": "⚫", "white_circle": "⚪", "large_blue_circle": "🔵",
  ]
}
