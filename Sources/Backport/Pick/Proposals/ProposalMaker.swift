import GitStore

/// Makes proposals from the three sides of a stretch.
struct ProposalMaker {
  let repository: Repository

  /// What the first rule that fits makes of a stretch; nil when none does.
  func proposal(for sides: ConflictSides) throws(GitError) -> HunkProposal? {
    if let lines = try touching(sides) {
      return HunkProposal(kind: .touchingEdits, lines: lines)
    }
    if isAbsent(sides) { return HunkProposal(kind: .absentBlock, lines: sides.ours) }
    if let lines = try words(sides) { return HunkProposal(kind: .words, lines: lines) }
    return nil
  }

  private struct Edit {
    var old: Range<Int>
    var new: [[UInt8]]
  }

  /// Both sides' edits, one behind the other, where none changes a line of the other.
  private func touching(_ sides: ConflictSides) throws(GitError) -> [[UInt8]]? {
    guard !sides.base.isEmpty else { return nil }
    let mine = try edits(from: sides.base, to: sides.ours)
    let others = try edits(from: sides.base, to: sides.theirs)
    let all = (mine + others).sorted { left, right in
      (left.old.lowerBound, left.old.upperBound) < (right.old.lowerBound, right.old.upperBound)
    }
    var result: [[UInt8]] = []
    var position = 0
    for (index, edit) in all.enumerated() {
      if index > 0 {
        let before = all[index - 1].old
        // Two insertions at one place have no order.
        if edit.old.lowerBound < before.upperBound || (edit.old.isEmpty && before == edit.old) {
          return nil
        }
      }
      result += sides.base[position..<edit.old.lowerBound] + edit.new
      position = edit.old.upperBound
    }
    return result + sides.base[position...]
  }

  private func edits(from old: [[UInt8]], to new: [[UInt8]]) throws(GitError) -> [Edit] {
    let hunks = try repository.hunks(
      from: Array(old.joined()), to: Array(new.joined()), context: 0)
    return (hunks ?? []).map { hunk in
      let added = hunk.lines.filter { $0.origin == UInt8(ascii: "+") }.map(\.content)
      let removed = hunk.lines.count { $0.origin == UInt8(ascii: "-") }
      let start = removed == 0 ? hunk.oldStart : hunk.oldStart - 1
      return Edit(old: start..<(start + removed), new: added)
    }
  }

  /// Whether the target has only taken lines away, all of those among them that the fix changes.
  private func isAbsent(_ sides: ConflictSides) -> Bool {
    var rest = sides.base[...]
    for line in sides.ours {
      guard let place = rest.firstIndex(of: line) else { return false }
      rest = rest[(place + 1)...]
    }
    let kept = Set(sides.ours)
    let after = Set(sides.theirs)
    let changed = sides.base.filter { line in
      !after.contains(line) && line.contains { $0 > UInt8(ascii: " ") }
    }
    if changed.isEmpty { return false }
    return changed.allSatisfy { !kept.contains($0) }
  }

  /// The stretch merged word by word; nil when the same words were changed.
  private func words(_ sides: ConflictSides) throws(GitError) -> [[UInt8]]? {
    guard !sides.base.isEmpty, !sides.ours.isEmpty, !sides.theirs.isEmpty else { return nil }
    let texts = [sides.base, sides.ours, sides.theirs].map { Array($0.joined()) }
    // One byte stands for line feeds while words take their place as lines.
    if texts.contains(where: { $0.contains(0x01) || $0.contains(0) }) { return nil }
    let tokens = texts.map(ProposalMaker.tokens)
    let merge = try BlobMerge(base: tokens[0], ours: tokens[1], theirs: tokens[2])
    guard merge.isClean else { return nil }
    let text = merge.contents.filter { $0 != UInt8(ascii: "\n") }.map { byte in
      byte == 0x01 ? UInt8(ascii: "\n") : byte
    }
    return LineText.lines(of: text)
  }

  /// Words, stretches of blanks, and every other sign by itself, one on each line.
  private static func tokens(_ text: [UInt8]) -> [UInt8] {
    enum Kind { case word, blank, sign }
    var result: [UInt8] = []
    result.reserveCapacity(text.count * 2)
    var last: Kind?
    for byte in text {
      let isWord =
        byte >= 0x80 || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      let kind: Kind =
        isWord ? .word : byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") ? .blank : .sign
      if let last, last != kind || kind == .sign { result.append(UInt8(ascii: "\n")) }
      result.append(byte == UInt8(ascii: "\n") ? 0x01 : byte)
      last = kind
    }
    result.append(UInt8(ascii: "\n"))
    return result
  }
}
