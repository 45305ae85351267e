/// How a category is written: what stands around its name.
struct CategoryForm: Sendable, Hashable {
  var prefix: [UInt8] = []
  var suffix: [UInt8] = []
  /// The character of the line below the name.
  var underline: UInt8?
  var hasOverline = false
  /// Whether the name stands at the start of each entry, behind its bullet.
  var isInline = false
  /// Whether the prefix is a bullet, so that the entries are nested below it.
  var isBullet = false
  /// Whether underlines are as long as the name.
  var isFitted = true
}

/// A category where it occurs.
struct Category: Sendable, Equatable {
  var name: [UInt8]
  var form: CategoryForm
  /// Its lines; for an inline one the first line of the entry.
  var lines: Range<Int>

  /// Whether the name is one of a kind of change.
  var isChangeType: Bool { ChangeType.isChangeType(name[...]) }
}

/// Finds the categories in the body of a section.
struct CategoryScanner {
  let lines: ChangelogLines
  let literal: LiteralBlocks
  let format: ChangelogFormat
  /// The family of the section headings.
  let family: Heading.Family

  /// The categories that stand on lines of their own, in order.
  func categories(in body: Range<Int>) -> [Category] {
    var found: [Category] = []
    var index = body.lowerBound
    while index < body.upperBound {
      guard !literal[index], let category = category(at: index, in: body) else {
        index += 1
        continue
      }
      found.append(category)
      index = category.lines.upperBound
    }
    return found
  }

  private func category(at index: Int, in body: Range<Int>) -> Category? {
    let line = lines[index].trimmedEnd
    guard !line.isEmpty, line.count <= 120 else { return nil }
    if let category = underlined(line, index, body) { return category }
    if let form = Self.marked(line, family, format) {
      return Category(
        name: Array(form.name), form: form.form, lines: index..<index + 1)
    }
    if let category = bulleted(line, index, body) { return category }
    return colon(line, index, body)
  }

  private func underlined(
    _ line: ArraySlice<UInt8>, _ index: Int, _ body: Range<Int>
  ) -> Category? {
    let below = lines[index + 1].trimmedEnd
    guard index + 1 < body.upperBound, let character = below.ruleCharacter, !line.isRule,
      !line.first.isBlank, Bullet(line) == nil,
      format != .markdown || "=-".utf8.contains(character),
      below.count * 2 >= line.characterCount, line.first != UInt8(ascii: "#"),
      format != .asciiDoc || below.count + 3 >= line.characterCount
    else { return nil }
    let hasOverline =
      index > body.lowerBound && lines[index - 1].trimmedEnd.ruleCharacter == character
      && lines[index - 1].trimmedEnd.count == below.count
    let form = CategoryForm(
      underline: character, hasOverline: hasOverline, isFitted: below.count == line.characterCount)
    return Category(
      name: Array(line), form: form, lines: (hasOverline ? index - 1 : index)..<index + 2)
  }

  /// Reads `### Name`, `=== Name`, `.Name`, `** Name`, `**Name**`, `__Name__`.
  private static func marked(
    _ line: ArraySlice<UInt8>, _ family: Heading.Family, _ format: ChangelogFormat
  ) -> (name: ArraySlice<UInt8>, form: CategoryForm)? {
    guard let first = line.first else { return nil }
    let run = line.prefix { $0 == first }.count
    let rest = line.dropFirst(run)
    switch first {
    case UInt8(ascii: "#"), UInt8(ascii: "="):
      guard run <= 6, rest.first?.isBlankByte == true else { return nil }
      let closing = rest.reversed().prefix { $0 == first }.count
      return split(line, rest.dropLast(closing))
    case UInt8(ascii: "*"), UInt8(ascii: "_"):
      if run == 2, line.ends("**:") || line.ends("**") || line.ends("__") {
        let inner = rest.dropLast(line.ends(":") ? 3 : 2)
        let name = inner.ends(":") ? inner.dropLast() : inner
        guard !name.contains(UInt8(ascii: "*")), name.words.count <= 6 else { return nil }
        return split(line, name)
      }
      guard run == 2, family == .star, rest.first?.isBlankByte == true, !line.ends("."),
        rest.words.count <= 6
      else { return nil }
      return split(line, rest)
    case UInt8(ascii: "."):
      guard run == 1, format == .asciiDoc, rest.first?.isASCIILetter == true else { return nil }
      return split(line, rest)
    default: return nil
    }
  }

  /// A line that is cut into a name and what stands around it.
  private static func split(
    _ line: ArraySlice<UInt8>, _ part: ArraySlice<UInt8>
  ) -> (name: ArraySlice<UInt8>, form: CategoryForm)? {
    let name = part.trimmed
    guard !name.isEmpty, name.contains(where: { $0.isASCIILetter || $0 >= 0x80 }) else {
      return nil
    }
    return (
      name,
      CategoryForm(
        prefix: Array(line[line.startIndex..<name.startIndex]),
        suffix: Array(line[name.endIndex..<line.endIndex]))
    )
  }

  /// `* Name:` and `   - Name:` above deeper entries.
  private func bulleted(
    _ line: ArraySlice<UInt8>, _ index: Int, _ body: Range<Int>
  ) -> Category? {
    guard let bullet = Bullet(line), line.ends(":"), !line.ends("::") else { return nil }
    let name = line.dropFirst(bullet.prefix.count).dropLast()
    let next = lines.firstText(from: index + 1, to: body.upperBound)
    guard (1...5).contains(name.words.count), !name.contains(UInt8(ascii: "`")),
      next < body.upperBound
    else { return nil }
    let isNested =
      Bullet(lines[next]) != nil && lines[next].indentationWidth > line.indentationWidth
    let isAboveText =
      Bullet(lines[next]) == nil && next == index + 1 && ChangeType.isUsualName(name)
    guard isNested || isAboveText else { return nil }
    let form = CategoryForm(prefix: bullet.prefix, suffix: [UInt8(ascii: ":")], isBullet: true)
    return Category(name: Array(name), form: form, lines: index..<index + 1)
  }

  /// `Name:`, `Name::` and a bare `Name` that is a kind of change, on a line of their own.
  private func colon(
    _ line: ArraySlice<UInt8>, _ index: Int, _ body: Range<Int>
  ) -> Category? {
    let text = line.trimmedStart
    let colons = text.reversed().prefix { $0 == UInt8(ascii: ":") }.count
    let name = text.dropLast(colons)
    guard text.startIndex - line.startIndex <= 4, colons <= 2, Bullet(line) == nil,
      text.first?.isASCIILetter == true, (1...6).contains(name.words.count),
      !name.contains(where: { "`.;:/<>\"=".utf8.contains($0) }),
      index == body.lowerBound || lines.isBlank(index - 1) || colons > 0
    else { return nil }
    let next = lines.firstText(from: index + 1, to: body.upperBound)
    guard next < body.upperBound else { return nil }
    if colons == 0 {
      guard name.words.count <= 3, ChangeType.isChangeType(name),
        Bullet(lines[next]) != nil || lines[next].indentationWidth > line.indentationWidth
      else { return nil }
    } else {
      guard
        Bullet(lines[next]) != nil || lines[next].indentationWidth > line.indentationWidth
          || (ChangeType.isChangeType(name) && next > index + 1)
      else { return nil }
    }
    let form = CategoryForm(
      prefix: Array(line.indentation), suffix: Array(text.suffix(colons)))
    return Category(name: Array(name), form: form, lines: index..<index + 1)
  }
}

extension UInt8? {
  /// Whether there is a byte and it is a space or a tab.
  fileprivate var isBlank: Bool { self?.isBlankByte ?? false }
}
