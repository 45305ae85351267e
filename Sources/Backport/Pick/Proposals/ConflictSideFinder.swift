import GitStore

/// The three sides of one stretch in conflict, each as lines with their line ends.
struct ConflictSides: Hashable, Sendable {
  /// What the fix started from; empty where it had nothing.
  var base: [[UInt8]]
  /// What the target has.
  var ours: [[UInt8]]
  /// What the fix made of it.
  var theirs: [[UInt8]]
}

/// Finds the three sides of the stretches that a merge has put between markers.
///
/// The markers of git's usual style hold two sides; the part of the common version between them is
/// what the lines just outside of the stretch stand next to there.
struct ConflictSideFinder {
  private let baseLines: [[UInt8]]
  private let ours: LineMap
  private let theirs: LineMap

  /// Takes the three versions of a file.
  init(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], in repository: Repository
  ) throws(GitError) {
    baseLines = LineText.lines(of: base)
    self.ours = try LineMap(from: base, to: ours, in: repository)
    self.theirs = try LineMap(from: base, to: theirs, in: repository)
  }

  /// The sides of the stretches of a merged text, in order.
  func sides(of hunks: [ConflictHunk]) -> [ConflictSides] {
    var theirStart = 0
    var last = (ours: 0, shift: 0)
    return hunks.map { hunk in
      let (mine, others) = ConflictSideFinder.split(hunk)
      let start = hunk.line - 1
      // Between two stretches both sides are merged, so theirs is found by its own lines.
      let place = theirs.place(of: others, near: max(theirStart, start + last.shift))
      theirStart = place + others.count
      last = (start, place - start)
      let (one, other) = (
        ours.baseRange(start..<(start + mine.count)),
        theirs.baseRange(place..<(place + others.count))
      )
      let range = min(one.lowerBound, other.lowerBound)..<max(one.upperBound, other.upperBound)
      let base = baseLines[range.clamped(to: baseLines.indices)]
      return ConflictSides(base: Array(base), ours: mine, theirs: others)
    }
  }

  /// The two sides between the markers.
  private static func split(_ hunk: ConflictHunk) -> (ours: [[UInt8]], theirs: [[UInt8]]) {
    let size = hunk.lines.first.map { $0.prefix { $0 == UInt8(ascii: "<") }.count } ?? 7
    let inner = hunk.lines.dropFirst().dropLast()
    let middle = inner.firstIndex { line in
      let head = line.prefix { $0 == UInt8(ascii: "=") }
      return head.count == size && line.dropFirst(size).allSatisfy { $0 <= UInt8(ascii: " ") }
    }
    guard let middle else { return (Array(inner), []) }
    return (Array(inner[..<middle]), Array(inner[(middle + 1)...]))
  }
}

/// Which lines of a version stand for which lines of the one it was made from.
private struct LineMap {
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  private let lines: [[UInt8]]
  private var changes: [Change] = []

  init(from old: [UInt8], to new: [UInt8], in repository: Repository) throws(GitError) {
    lines = LineText.lines(of: new)
    for hunk in try repository.hunks(from: old, to: new, context: 0) ?? [] {
      let added = hunk.lines.count { $0.origin == UInt8(ascii: "+") }
      let removed = hunk.lines.count { $0.origin == UInt8(ascii: "-") }
      // Without context, the place of an insertion is the line before it.
      let oldStart = removed == 0 ? hunk.oldStart : hunk.oldStart - 1
      let newStart = added == 0 ? hunk.newStart : hunk.newStart - 1
      changes.append(
        Change(old: oldStart..<(oldStart + removed), new: newStart..<(newStart + added)))
    }
  }

  /// The lines of the old version for lines of the new one; changes that they touch count whole.
  func baseRange(_ range: Range<Int>) -> Range<Int> {
    var (first, end) = (range.lowerBound, range.upperBound)
    var shiftBefore = 0
    var shiftAfter = 0
    for change in changes {
      let touches =
        change.new.lowerBound <= range.upperBound && change.new.upperBound >= range.lowerBound
      if touches {
        first = min(first, change.new.lowerBound)
        end = max(end, change.new.upperBound)
      }
      if change.new.upperBound <= range.lowerBound, !touches {
        shiftBefore += change.old.count - change.new.count
      }
      if change.new.upperBound <= range.upperBound || touches {
        shiftAfter += change.old.count - change.new.count
      }
    }
    let start = first + shiftBefore
    return start..<max(start, end + shiftAfter)
  }

  /// Where some lines stand, nearest to a place.
  func place(of wanted: [[UInt8]], near start: Int) -> Int {
    let last = lines.count - wanted.count
    guard last >= 0 else { return 0 }
    let start = min(start, last)
    for distance in 0...max(start, last - start) {
      for candidate in [start + distance, start - distance]
      where (0...last).contains(candidate)
        && lines[candidate..<(candidate + wanted.count)].elementsEqual(wanted)
      {
        return candidate
      }
    }
    return start
  }
}
