/// The languages whose definitions the source scanner can read.
enum SourceLanguage: Sendable {
  case autoconf
  case c
  case cmake
  case elixir
  case generic
  case gradle
  case meson
  case perl
  case php
  case python
  case ruby
  case rust
  case shell

  var lineComments: [String] {
    switch self {
    case .c, .generic, .gradle, .rust: ["//"]
    case .php: ["//", "#"]
    case .autoconf: ["#", "dnl"]
    case .cmake, .elixir, .meson, .perl, .python, .ruby, .shell: ["#"]
    }
  }

  var blockComment: (open: String, close: String)? {
    switch self {
    case .c, .generic, .gradle, .php, .rust: ("/*", "*/")
    case .cmake: ("#[[", "]]")
    default: nil
    }
  }

  var quotes: [UInt8] {
    switch self {
    case .autoconf: []
    case .rust: Array("\"".utf8)
    case .cmake: Array("\"".utf8)
    case .generic: Array("\"'`".utf8)
    default: Array("\"'".utf8)
    }
  }

  /// The quotes that end only where three of them stand.
  var tripleQuotes: [UInt8] {
    switch self {
    case .python, .gradle, .generic, .meson: Array("\"'".utf8)
    case .elixir: Array("\"".utf8)
    default: []
    }
  }

  var hasHereDocuments: Bool {
    switch self {
    case .perl, .php, .ruby, .shell: true
    default: false
    }
  }

  /// The words at column 0 that open documentation inside the source, and what closes it.
  var embeddedDocumentation: (open: String, close: String)? {
    switch self {
    case .ruby: ("=begin", "=end")
    case .perl: ("=", "=cut")
    default: nil
    }
  }

  /// Whether `__END__` ends the program.
  var hasEndMarker: Bool { self == .ruby || self == .perl }

  /// Whether a version may stand without quotes.
  var hasBareVersions: Bool { self == .cmake || self == .shell || self == .autoconf }
}
