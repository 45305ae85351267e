/// Finds the commands to build machines in a text: `##[…]`, `##vso[…]` and `##teamcity[…]`.
///
/// See https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands and
/// https://www.jetbrains.com/help/teamcity/service-messages.html.
struct CommandSigns {
  /// Where the second `#` of each command stands, counted in scalars, the last one first.
  private var places: [Int] = []
  private var position = -1

  /// Whether there is none.
  var isEmpty: Bool { places.isEmpty }

  /// Looks through a text once.
  init(_ text: some Sequence<Unicode.Scalar>) {
    // The `#` before the one whose word is being read.
    var candidate: Int?
    var previous: Unicode.Scalar?
    for (index, scalar) in text.enumerated() {
      if scalar == "#" {
        candidate = previous == "#" ? index : nil
      } else if scalar == "[" {
        if let candidate { places.append(candidate) }
        candidate = nil
      } else if candidate != nil, !scalar.properties.isAlphabetic, scalar != "-", scalar != "_" {
        candidate = nil
      }
      previous = scalar
    }
    places.reverse()
  }

  /// Steps to the next scalar and tells whether it is one that makes a command.
  mutating func isNextCommand() -> Bool {
    position += 1
    guard let next = places.last, next == position else { return false }
    places.removeLast()
    return true
  }
}
