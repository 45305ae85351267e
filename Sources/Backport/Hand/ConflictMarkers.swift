import GitStore

/// Looks for conflict markers in what a change brings.
///
/// A line that one of the sides has counts as theirs: texts about git hold such lines.
struct ConflictMarkers {
  private static let size = 7

  let repository: Repository

  /// Where the first marker stands, as `path:line`; nil when there is none.
  func first(
    from before: ObjectID, to after: ObjectID, theirs: ObjectID
  ) throws(GitError) -> String? {
    for change in try repository.changes(from: before, to: after) {
      guard let new = change.new, new.mode.isFile, let text = try repository.text(new.id) else {
        continue
      }
      let places = ConflictMarkers.places(in: text)
      if places.isEmpty { continue }
      var known: Set<[UInt8]> = []
      let other = try repository.node(at: change.path, in: theirs)
      for node in [change.old, other] {
        guard let node, node.mode.isFile, let text = try repository.text(node.id) else { continue }
        known.formUnion(ConflictMarkers.places(in: text).map(\.text))
      }
      if let place = places.first(where: { !known.contains($0.text) }) {
        return "\(change.displayPath):\(place.line)"
      }
    }
    return nil
  }

  /// The lines of a text that look like markers, counted from 1; none in a binary file.
  static func places(in bytes: [UInt8]) -> [(line: Int, text: [UInt8])] {
    if bytes.prefix(8000).contains(0) { return [] }
    var found: [(line: Int, text: [UInt8])] = []
    var before = 0
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if isMarker(text, below: before) { found.append((number, Array(text))) }
      before = text.count
    }
    return found
  }

  /// Whether a line is a marker; one of equals signs may also underline a heading of its length.
  private static func isMarker(_ line: ArraySlice<UInt8>, below length: Int) -> Bool {
    guard let first = line.first, line.count >= size else { return false }
    let run = line.prefix { $0 == first }.count
    guard run >= size else { return false }
    switch first {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"):
      return run == line.count || line[line.startIndex + run] == UInt8(ascii: " ")
    case UInt8(ascii: "="): return run == size && run == line.count && length != size
    default: return false
    }
  }
}
