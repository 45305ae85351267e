/// A version of git, as `git version` prints it.
package struct GitVersion: Sendable, Comparable, CustomStringConvertible {
  /// The oldest git whose `update-ref --stdin` has transactions and runs their hook.
  ///
  /// See https://git-scm.com/docs/githooks#_reference_transaction (2.28).
  package static let minimum = Self(major: 2, minor: 28, patch: 0)

  package var major: Int
  package var minor: Int
  package var patch: Int

  package init(major: Int, minor: Int, patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `git version 2.39.5`, `git version 2.39.5 (Apple Git-154)` or `git version 2.50.0.rc1`.
  package init?(parsing text: some StringProtocol) {
    let words = text.split { $0 == " " || $0 == "\n" }
    guard words.count >= 3, words[0] == "git", words[1] == "version" else { return nil }
    let numbers = words[2].split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count >= 2, let major = numbers[0], let minor = numbers[1] else { return nil }
    self.init(major: major, minor: minor, patch: numbers.count > 2 ? numbers[2] ?? 0 : 0)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  package var description: String { "\(major).\(minor).\(patch)" }
}
