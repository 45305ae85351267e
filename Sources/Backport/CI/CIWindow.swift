/// How far back a job looks for fixes, as in `30 days`.
struct CIWindow: Equatable {
  private static let days = ["day": 1, "week": 7, "month": 31, "year": 366]

  /// The length in seconds.
  let seconds: Int64

  /// Reads a number and a unit; nil for anything else.
  ///
  /// A month has 31 days, so that none is cut short.
  init?(parsing text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, let number = Int64(words[0]), (1...100_000).contains(number) else {
      return nil
    }
    var unit = words[1].lowercased()
    if unit.hasSuffix("s") { unit.removeLast() }
    guard let days = CIWindow.days[unit] else { return nil }
    seconds = number * Int64(days) * 86_400
  }
}
