/// A word behind the numbers of a version, as projects use it.
enum SuffixWord: Equatable {
  /// A pre-release, under its canonical name: `a1` is `alpha`, `c1` and `CR1` are `rc`.
  case prerelease(String)
  /// PEP 440's `.devN`: below every other pre-release.
  case development
  /// A later revision of the same numbers; counted ones are raised by the next release.
  case revision(isCounted: Bool)
  /// A word that says nothing, as in `1.0.0.Final`.
  case release

  /// The meaning of a word; nil when it has none.
  ///
  /// `isNumbered` is whether a number follows; single letters mean nothing without one.
  init?(_ letters: ArraySlice<UInt8>, isNumbered: Bool) {
    guard letters.count <= 12 else { return nil }
    switch String(decoding: letters.map(\.lowercasedASCII), as: UTF8.self) {
    case "alpha": self = .prerelease("alpha")
    case "a" where isNumbered: self = .prerelease("alpha")
    case "beta": self = .prerelease("beta")
    case "b" where isNumbered: self = .prerelease("beta")
    case "rc", "cr": self = .prerelease("rc")
    case "c" where isNumbered: self = .prerelease("rc")
    case "milestone": self = .prerelease("milestone")
    case "m" where isNumbered: self = .prerelease("milestone")
    case let word
    where [
      "pre", "preview", "pr", "snapshot", "nightly", "canary", "next", "test", "ea", "experimental",
      "unstable",
    ].contains(word):
      self = .prerelease(word)
    case "dev": self = .development
    case "post", "rev": self = .revision(isCounted: false)
    case "r" where isNumbered: self = .revision(isCounted: false)
    case "p" where isNumbered: self = .revision(isCounted: true)
    case "pl" where isNumbered: self = .revision(isCounted: true)
    case "sp" where isNumbered: self = .revision(isCounted: true)
    case "patch" where isNumbered: self = .revision(isCounted: true)
    case "final", "release", "ga", "stable": self = .release
    default: return nil
    }
  }
}
