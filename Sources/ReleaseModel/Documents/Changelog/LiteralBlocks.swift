/// The lines that only quote: fenced code and comments that span lines.
struct LiteralBlocks: Sendable, Equatable {
  private var isLiteral: [Bool]

  init(_ lines: ChangelogLines, format: ChangelogFormat) {
    isLiteral = Array(repeating: false, count: lines.count)
    guard format == .markdown || format == .plainText else { return }
    var unclosed = UnclosedFences()
    var index = 0
    while index < lines.count {
      let line = lines[index].trimmedStart
      var last: Int?
      let isUnderline =
        line.first == UInt8(ascii: "~") && index > 0 && !lines.isBlank(index - 1)
      if !isUnderline, let fence = Fence(opening: line), unclosed.mayClose(fence) {
        last = (index + 1..<lines.count).first { fence.isClosed(by: lines[$0].trimmed) }
        if last == nil { unclosed.add(fence) }
      } else if line.begins("<!--"), !unclosed.comment, !line.holds("-->") {
        last = (index + 1..<lines.count).first { lines[$0].holds("-->") }
        unclosed.comment = last == nil
      }
      guard let last else {
        index += 1
        continue
      }
      for literal in index...last { isLiteral[literal] = true }
      index = last + 1
    }
  }

  /// Whether the line is inside such a block or one of its borders.
  subscript(index: Int) -> Bool { isLiteral.indices.contains(index) && isLiteral[index] }
}

/// The border of fenced code.
private struct Fence {
  let character: UInt8
  let count: Int

  init?(opening line: ArraySlice<UInt8>) {
    guard let first = line.first, first == UInt8(ascii: "`") || first == UInt8(ascii: "~") else {
      return nil
    }
    let run = line.prefix { $0 == first }
    guard run.count >= 3, !line.dropFirst(run.count).contains(UInt8(ascii: "`")) else { return nil }
    (character, count) = (first, run.count)
  }

  func isClosed(by line: ArraySlice<UInt8>) -> Bool {
    line.count >= count && line.allSatisfy { $0 == character }
  }
}

/// What was looked for up to the end of the file in vain, so that it is not looked for again.
private struct UnclosedFences {
  var comment = false
  private var shortest: [UInt8: Int] = [:]

  func mayClose(_ fence: Fence) -> Bool {
    shortest[fence.character].map { fence.count < $0 } ?? true
  }

  mutating func add(_ fence: Fence) { shortest[fence.character] = fence.count }
}
