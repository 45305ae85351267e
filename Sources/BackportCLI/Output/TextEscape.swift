/// Makes text from a repository safe to show.
///
/// Names, subjects and file contents are data of whoever wrote them: a terminal obeys escape
/// sequences, and bidirectional controls show text in another order than it is read (CVE-2021-42574).
enum TextEscape {
  /// The text on one line, with everything that is not plainly visible spelled out.
  ///
  /// `##vso[`, `##teamcity[` and `##[` are commands to the machines that run builds, wherever they
  /// stand in a line; the second sign is spelled out.
  static func line(_ text: some StringProtocol) -> String {
    var result = ""
    var signs = CommandSigns(text.unicodeScalars)
    for scalar in text.unicodeScalars {
      let isCommand = signs.isNextCommand()
      if isPlain(scalar), !isCommand {
        result.unicodeScalars.append(scalar)
      } else {
        result += spelled(scalar)
      }
    }
    return result
  }

  /// A whole line as it is about to be written.
  ///
  /// GitHub takes a line for a command when `::` is the first thing in it but blanks.
  static func lineStart(_ line: String) -> String {
    let rest = line.drop { $0.isWhitespace }
    guard rest.hasPrefix("::") else { return line }
    return line.prefix(line.count - rest.count) + spelled(":") + rest.dropFirst()
  }

  /// The same for a line of a file, in which tabs are indentation.
  static func verbatim(_ text: some StringProtocol) -> String {
    var expanded = ""
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        expanded += "    "
      } else {
        expanded.unicodeScalars.append(scalar)
      }
    }
    return line(expanded)
  }

  /// A JSON document whose strings show everything that a terminal would obey or hide.
  ///
  /// The document means the same: such characters can only stand in strings, where `\u` escapes
  /// are another spelling of them.
  static func document(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self)
    var signs = CommandSigns(text.unicodeScalars)
    if signs.isEmpty, bytes.allSatisfy({ $0 < 0x7f }) { return bytes }
    var result = ""
    for scalar in text.unicodeScalars {
      let isCommand = signs.isNextCommand()
      if (isPlain(scalar) && !isCommand) || scalar == "\n" {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 { result += "\\u" + hexadecimal(unit, digits: 4) }
      }
    }
    return Array(result.utf8)
  }

  /// Whether a character shows itself and nothing else.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7e: true
    case 0...0x9f: false
    // Invisible letters that have a width.
    case 0x115f, 0x1160, 0x3164, 0xffa0: false
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
        .unassigned:
        false
      default: true
      }
    }
  }

  /// `\x1b`, `\u202e` or `\u{e0041}`.
  private static func spelled(_ scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0...0xff: "\\x" + hexadecimal(scalar.value, digits: 2)
    case 0...0xffff: "\\u" + hexadecimal(scalar.value, digits: 4)
    default: "\\u{" + hexadecimal(scalar.value, digits: 1) + "}"
    }
  }

  private static func hexadecimal(_ value: some BinaryInteger, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
