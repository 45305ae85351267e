import GitStore

/// A file with conflict markers in it.
enum ConflictText {
  /// The stretches between markers of that size, with the places they have in our version.
  static func hunks(
    of text: [UInt8], markerSize: Int, ours: [UInt8], in repository: Repository
  ) throws(GitError) -> [ConflictHunk] {
    let lines = lines(of: text)
    var places: [Int] = []
    var stretches: [[[UInt8]]] = []
    var start: Int?
    for (number, line) in lines.enumerated() {
      if start == nil, isMarker(line, of: UInt8(ascii: "<"), size: markerSize) {
        start = number
      } else if let first = start, isMarker(line, of: UInt8(ascii: ">"), size: markerSize) {
        places.append(first + 1)
        stretches.append(lines[first...number].map { Array($0) })
        start = nil
      }
    }
    let originals = try originalLines(of: places, from: ours, to: text, in: repository)
    return zip(originals, stretches).map { ConflictHunk(line: $0, lines: $1) }
  }

  /// Where lines of one text, in rising order, stood in the text it was made from.
  private static func originalLines(
    of places: [Int], from old: [UInt8], to new: [UInt8], in repository: Repository
  ) throws(GitError) -> [Int] {
    let changes = try repository.hunks(from: old, to: new, context: 0) ?? []
    var result: [Int] = []
    var shift = 0
    var index = 0
    for place in places {
      var original: Int?
      while index < changes.count, original == nil {
        let change = changes[index]
        let added = change.lines.count { $0.origin == UInt8(ascii: "+") }
        let removed = change.lines.count - added
        // Without context, the place of an insertion is the line before it.
        let newStart = added == 0 ? change.newStart + 1 : change.newStart
        let oldStart = removed == 0 ? change.oldStart + 1 : change.oldStart
        if newStart > place { break }
        if place < newStart + added {
          original = oldStart
        } else {
          shift = (newStart + added) - (oldStart + removed)
          index += 1
        }
      }
      result.append(original ?? max(1, place - shift))
    }
    return result
  }

  private static func isMarker(_ line: ArraySlice<UInt8>, of byte: UInt8, size: Int) -> Bool {
    let head = line.prefix(size + 1)
    return head.count == size + 1 && head.dropLast().allSatisfy { $0 == byte }
      && head.last == UInt8(ascii: " ")
  }

  /// The lines with their line feeds.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in text.enumerated() where byte == UInt8(ascii: "\n") {
      lines.append(text[start...index])
      start = index + 1
    }
    if start < text.count { lines.append(text[start...]) }
    return lines
  }
}
