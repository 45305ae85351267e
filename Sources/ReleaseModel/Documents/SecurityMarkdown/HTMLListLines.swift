/// Turns HTML lists into lines that begin with a bullet, as they are read in Markdown.
struct HTMLListLines {
  private var depth = 0
  private var isInTable = false

  /// The lines that one line of a document stands for; most stand for themselves.
  mutating func lines(of text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "<")) else { return [text] }
    let bytes = Array(text.utf8)
    var lines: [String] = []
    var bullet = ""
    var start = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "<") {
      guard startsItem(bytes[index...].prefix(7)) else { continue }
      lines.append(bullet + String(decoding: bytes[start..<index], as: UTF8.self))
      bullet = String(repeating: " ", count: max(0, depth - 1) * 2) + "- "
      start = index
    }
    lines.append(bullet + String(decoding: bytes[start...], as: UTF8.self))
    let isEmpty = lines.count > 1 && lines[0].utf8.allSatisfy { $0 == 0x20 }
    return isEmpty ? Array(lines.dropFirst()) : lines
  }

  /// Whether a tag begins an item; others change what is around it.
  private mutating func startsItem(_ bytes: ArraySlice<UInt8>) -> Bool {
    let tag = String(decoding: bytes.map(\.lowercasedASCII), as: UTF8.self)
    if tag.hasPrefix("<table") { isInTable = true }
    if tag == "</table" { isInTable = false }
    if tag.hasPrefix("<ul") || tag.hasPrefix("<ol") { depth = min(depth + 1, 20) }
    if tag.hasPrefix("</ul") || tag.hasPrefix("</ol") { depth = max(depth - 1, 0) }
    return !isInTable && (tag.hasPrefix("<li>") || tag.hasPrefix("<li "))
  }
}
