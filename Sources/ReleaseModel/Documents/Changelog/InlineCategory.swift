/// A category at the start of an entry, such as `Fixed: ` or `[Security] `.
struct InlineCategory: Sendable, Equatable {
  var name: [UInt8]
  var form: CategoryForm

  /// The category at the start of an entry's text; nil when it starts with none.
  init?(_ text: ArraySlice<UInt8>) {
    guard let found = Self.enclosed(text) ?? Self.plain(text), ChangeType.isPrefix(found.name[...])
    else { return nil }
    self = found
  }

  private init(name: ArraySlice<UInt8>, prefix: ArraySlice<UInt8>, suffix: ArraySlice<UInt8>) {
    self.name = Array(name)
    form = CategoryForm(prefix: Array(prefix), suffix: Array(suffix), isInline: true)
  }

  /// Reads `Fixed: text`, `Fix - text`.
  private static func plain(_ text: ArraySlice<UInt8>) -> InlineCategory? {
    let name = text.prefix(40).prefix { $0.isASCIILetter || $0 == UInt8(ascii: " ") }.trimmedEnd
    let rest = text[name.endIndex...]
    var separator = rest.prefix { $0.isBlankByte }
    guard let sign = rest.dropFirst(separator.count).first,
      sign == UInt8(ascii: ":") || (sign == UInt8(ascii: "-") && !separator.isEmpty)
    else { return nil }
    separator = rest.prefix(separator.count + 1)
    return ended(name, text[..<name.startIndex], separator, text)
  }

  /// Reads `**Fixed:** text`, `**Fixed**: text`, `[Fixed] text`, `[FIX]: text`.
  private static func enclosed(_ text: ArraySlice<UInt8>) -> InlineCategory? {
    for (open, close) in [("**", "**"), ("[", "]"), ("(", ")"), ("`", "`"), ("*", "*")]
    where text.begins(open) {
      let inner = text.dropFirst(open.utf8.count)
      guard let end = inner.prefix(40).firstRange(of: close.utf8) else { return nil }
      let content = inner[..<end.lowerBound]
      let name = content.ends(":") ? content.dropLast() : content
      guard inner[end.upperBound...].first != UInt8(ascii: "(") else { return nil }
      let closing = inner[name.endIndex..<end.upperBound]
      let colon = inner[end.upperBound...].prefix { $0 == UInt8(ascii: ":") }
      return ended(
        name, text[..<name.startIndex], inner[closing.startIndex..<colon.endIndex], text)
    }
    return nil
  }

  private static func ended(
    _ name: ArraySlice<UInt8>, _ prefix: ArraySlice<UInt8>, _ separator: ArraySlice<UInt8>,
    _ text: ArraySlice<UInt8>
  ) -> InlineCategory? {
    let gap = text[separator.endIndex...].prefix(while: \.isBlankByte)
    guard !gap.isEmpty || separator.endIndex == text.endIndex else { return nil }
    return InlineCategory(
      name: name, prefix: prefix,
      suffix: gap.isEmpty
        ? ArraySlice(Array(separator) + [UInt8(ascii: " ")])
        : text[separator.startIndex..<gap.endIndex])
  }
}
