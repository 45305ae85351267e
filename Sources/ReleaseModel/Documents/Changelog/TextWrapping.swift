/// Where a file breaks its lines.
struct TextWrapping: Sendable, Equatable {
  /// The greatest number of characters in a line; nil when lines are not broken.
  var width: Int?
  /// Columns by which continued lines stand right of the text of entries with this start.
  private var hanging: [[UInt8]: Int] = [:]

  /// No breaks.
  init() {}

  /// What the first 600 lines show.
  ///
  /// Six continued lines prove breaking, unless longer unbroken entries outnumber them. Lines with
  /// words of over 40 characters show nothing.
  init(_ source: ChangelogSource) {
    var survey = Survey()
    for index in 0..<min(600, source.lines.count) where !source.literal[index] {
      survey.add(index, source)
    }
    width = survey.width
    hanging = survey.width == nil ? [:] : survey.hanging
  }

  /// The text in lines: the first behind `prefix`, the others indented to its end.
  func wrap(_ text: ArraySlice<UInt8>, prefix: [UInt8]) -> [[UInt8]] {
    let indentation = continuation(of: prefix)
    var lines: [[UInt8]] = []
    var line = prefix
    var column = prefix[...].columnCount
    var isEmpty = true
    for word in text.words {
      if let width, !isEmpty, column + 1 + word.characterCount > width, !Self.startsMarkup(word) {
        lines.append(line)
        line = indentation
        column = indentation[...].columnCount
        isEmpty = true
      }
      if !isEmpty { line.append(UInt8(ascii: " ")) }
      line += word
      column += word.characterCount + (isEmpty ? 0 : 1)
      isEmpty = false
    }
    return lines + [Array(line[...].trimmedEnd)]
  }

  /// The lines with a few more bytes behind the last one, or on a line of their own.
  func adding(_ end: [UInt8], gap: [UInt8], to lines: [[UInt8]], prefix: [UInt8]) -> [[UInt8]] {
    guard let last = lines.last else { return lines }
    let joined = last + gap + end
    if let width, joined[...].columnCount > width {
      return lines + [continuation(of: prefix) + end]
    }
    return lines.dropLast() + [joined]
  }

  /// What stands before the further lines of an entry.
  private func continuation(of prefix: [UInt8]) -> [UInt8] {
    let blank = prefix[...].indentation
    let column = prefix[...].columnCount + (hanging[prefix] ?? 0) - blank.columnCount
    return blank + Array(repeating: UInt8(ascii: " "), count: max(0, column))
  }

  /// Whether the word would begin a list, heading or quote at the start of a line.
  private static func startsMarkup(_ word: ArraySlice<UInt8>) -> Bool {
    Bullet(word) != nil || word.isRule || word.allSatisfy { "#=>|".utf8.contains($0) }
  }
}

/// Counts continued and long lines.
private struct Survey {
  private var continued: [Int] = []
  private var longCount = 0
  private var offsets: [[UInt8]: [Int: Int]] = [:]
  private var bullet: Bullet?

  var width: Int? {
    guard continued.count >= 6, continued.count >= longCount else { return nil }
    let sorted = continued.sorted()
    let covering = sorted[(sorted.count - 1) * 95 / 100]
    if covering <= 80 { return sorted.last { $0 <= 80 } }
    return [84, 88, 92, 100, 120].first { covering <= $0 }
  }

  /// The most frequent distance of a continued line from the text of its entry, by entry start.
  var hanging: [[UInt8]: Int] {
    offsets.compactMapValues { counts in
      counts.max { ($0.value, -abs($0.key)) < ($1.value, -abs($1.key)) }?.key
    }
  }

  mutating func add(_ index: Int, _ source: ChangelogSource) {
    let line = source.lines[index].trimmedEnd
    guard !line.isBlank, !line.isRule, line.count <= HeadingTitle.longest else {
      bullet = line.isBlank ? bullet : nil
      return
    }
    if let found = Bullet(line) { bullet = found }
    let isEntry = Bullet(line) != nil
    let isPlain = line.words.allSatisfy { $0.characterCount <= 40 }
    guard continues(line, below: index, source) else {
      if isPlain, isEntry, line.columnCount > 90 { longCount += 1 }
      return
    }
    if isPlain { continued.append(line.columnCount) }
    if isEntry, let bullet {
      let offset = source.lines[index + 1].indentationWidth - bullet.width
      offsets[bullet.prefix, default: [:]][offset, default: 0] += 1
    }
  }

  /// Whether the line is a heading or sets an attribute.
  private func isMarkup(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "#") || line.first == UInt8(ascii: ":")
  }

  /// Whether the next line goes on with the same paragraph.
  private func continues(
    _ line: ArraySlice<UInt8>, below index: Int, _ source: ChangelogSource
  ) -> Bool {
    let next = source.lines[index + 1]
    guard !next.isBlank, !source.literal[index + 1], Bullet(next) == nil, !next.isRule,
      !LinkDefinition.isDefinition(next), !LinkDefinition.isDefinition(line),
      !isMarkup(line), !isMarkup(next),
      !source.lines[index + 2].isRule
    else { return false }
    if Bullet(line) != nil { return next.indentationWidth > line.indentationWidth }
    return next.indentationWidth == line.indentationWidth
  }
}
