/// One piece of a cell or sentence of a support policy.
enum PolicyToken: Equatable {
  case version(VersionShape)
  case comparison(Comparison)
  /// A lower-case word with what it means, if anything.
  case word(String, PolicyConcept?)
  /// `N`, `N-1`: how far behind the newest.
  case behind(Int)
  /// An emoji or tick mark.
  case mark(StatusMark)
  case punctuation(Punctuation)

  enum Comparison: Equatable {
    case less, lessOrEqual, greater, greaterOrEqual, equal, caret, tilde, pessimistic
  }

  enum Punctuation: Equatable {
    case dash, longDash, slash, comma, semicolon, colon, plus, stop, open, close, bar
  }

  var concept: PolicyConcept? {
    if case .word(_, let concept) = self { concept } else { nil }
  }

  var word: String? {
    if case .word(let word, _) = self { word } else { nil }
  }

  var version: VersionShape? {
    if case .version(let version) = self { version } else { nil }
  }
}

/// A version as a policy writes it: numbers, perhaps a wild card, perhaps more.
struct VersionShape: Equatable {
  /// The numbers that are spelled, one to four.
  var numbers: [VersionNumber]
  /// Whether `x`, `*` or the like stands for what follows.
  var hasWildcard = false
  /// Whether letters stand where a number is counted from the newest: `1.N.x`.
  var isSymbolic = false
  /// Whether a `v` or a tag's prefix stands before the numbers.
  var hasPrefix = false
  /// What follows the numbers, without its separator: `rc.1`, `dev`; empty for none.
  var suffix = ""
  /// Whether a `+` follows: this version and newer.
  var hasPlus = false
  /// The text as it is written.
  var text = ""

  /// Whether the version names a whole line rather than one release.
  var isLine: Bool { hasWildcard || numbers.count < 3 }

  /// Whether the suffix is that of a pre-release.
  var isPrerelease: Bool {
    guard !suffix.isEmpty else { return false }
    return (try? Version(parsing: "1.0.0-\(suffix)"))?.isPrerelease ?? true
      && Self.prereleaseWords.contains(String(suffix.prefix { $0.isLetter }))
  }

  /// Words that say nothing about which releases are meant.
  static let emptySuffixes: Set<String> = [
    "lts", "stable", "final", "ga", "release", "line", "series",
  ]
  private static let prereleaseWords: Set<String> = [
    "alpha", "beta", "rc", "pre", "preview", "dev", "snapshot", "nightly", "canary", "next", "a",
    "b", "c", "m", "milestone", "cr", "unstable", "development", "prerelease", "experimental",
  ]
}

/// What an emoji or tick says.
enum StatusMark: Equatable {
  case yes, no, limited, planned, other

  /// The meaning of the character; nil for one that is no mark.
  static func of(_ scalar: Unicode.Scalar) -> StatusMark? {
    switch scalar {
    case "✅", "✔", "☑", "✓", "🟢", "👍", "🆗", "🟩", "💚", "🗸", "√", "⭕", "◯", "○", "◎", "🔵": .yes
    case "❌", "✗", "✘", "❎", "✖", "⛔", "🚫", "🔴", "👎", "🛑", "🟥", "💀", "☒", "✕", "╳", "🗙", "×":
      .no
    case "⚠", "🟡", "🟠", "🟨", "🟧", "△", "❗": .limited
    case "🚧", "⏳", "🔜", "🔮", "❓", "❔", "⌛": .planned
    case "⚫", "⚪", "🚀", "🔒", "🛡", "★", "🎉", "🆕", "🔧", "🔄", "🛠", "📦", "⭐", "🌟": .other
    default: nil
    }
  }
}
