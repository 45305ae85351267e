/// Release branches that count otherwise than the tags, as Cargo's `rust-1.98.0` for 0.99.0.
struct ForeignBranches {
  /// A form with fewer branches shows no system.
  private static let fewest = 3
  private static let mostQuestions = 64

  /// The branches in ascending order.
  private let names: [String]
  private let newer: [LineName: ReleaseLine]
  /// Newer lines have the branches above.
  private var top: Int
  private var questions = 0

  init(_ detector: BranchDetector) {
    let lines = detector.inventory.lines
    let known = Set(lines.compactMap(\.name.numbers.first))
    let all = detector.references.candidates.values.joined()
      .filter { $0.pattern.numbers.count > 1 && !$0.pattern.isVariant }
    let systems = Dictionary(grouping: all, by: \.pattern.template).values.filter { system in
      system.count >= Self.fewest
        && system.allSatisfy { $0.pattern.numbers.first.map(known.contains) == false }
    }
    let largest = systems.max { one, other in
      one.count == other.count
        ? (one.first?.pattern.name ?? "") > (other.first?.pattern.name ?? "")
        : one.count < other.count
    }
    names = (largest ?? []).sorted {
      $0.pattern.numbers.lexicographicallyPrecedes($1.pattern.numbers)
    }.map(\.pattern.name)
    newer = Dictionary(
      uniqueKeysWithValues: zip(lines.dropFirst(), lines).map { ($0.name, $1) })
    top = names.count - 1
  }

  /// The lowest branch that holds the line's newest tag, unless it goes on to the next line.
  mutating func branch(
    of line: ReleaseLine, holds: (_ branch: String, _ tagName: String) -> Bool
  ) -> String? {
    var found: Int?
    var index = top
    while index >= 0, questions < Self.mostQuestions {
      questions += 1
      if holds(names[index], line.newest.tagName) {
        found = index
      } else if found != nil {
        break
      }
      index -= 1
    }
    guard let found else { return nil }
    top = found
    if let next = newer[line.name], holds(names[found], next.first.tagName) { return nil }
    return names[found]
  }
}
