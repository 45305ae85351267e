/// Where a scanner found the version of a file, in every form the file keeps it.
struct VersionPlaces: Sendable {
  /// Versions spelled out; each of these has to agree with the tag.
  var texts: [Text] = []
  /// Versions spelled out under names of the author's choice, of which one family is meant.
  var named: [Text] = []
  /// Versions that follow when they agree, and are someone else's business when not.
  var companions: [Text] = []
  /// Major, minor and patch kept apart.
  var parts: [VersionParts] = []
  /// Versions packed into one number.
  var numbers: [PackedNumber] = []
  /// Release dates.
  var dates: [Range<Int>] = []

  /// One version spelled out.
  struct Text: Sendable {
    var range: Range<Int>
    var form = Form.plain
    /// What the version belongs to, as its name says: empty for the project itself.
    var stem = ""
    /// The name it stands under, to tell two assignments of one name from two names.
    var name = ""
  }

  /// What may stand around the version in its text.
  enum Form: Sendable {
    case plain
    /// A comparison operator may stand before it.
    case requirement
    /// A build number may stand after it and stays.
    case build
    /// The registry knows no four-part versions.
    case threeParts
  }

  /// A version as one number, decimal or hexadecimal, without prefix.
  struct PackedNumber: Sendable {
    var range: Range<Int>
    var isHexadecimal: Bool
  }

  var isEmpty: Bool {
    texts.isEmpty && named.isEmpty && companions.isEmpty && parts.isEmpty && numbers.isEmpty
  }
}

/// A version kept as separate numbers.
struct VersionParts: Sendable {
  /// Where the numbers stand, most significant first; nil for one that is not kept.
  var numbers: [Range<Int>?]
  /// Where the pre-release, or a fourth part written as text, stands.
  var suffix: Suffix?

  /// The value behind the numbers and how it is quoted.
  struct Suffix: Sendable {
    /// The content of the string, or the word for none.
    var range: Range<Int>
    var isNull: Bool
    /// The word that takes the place of an empty string, with the quotes around it, if one does.
    var null: String?
  }

  /// Enough to be told from an unrelated number.
  var isVersion: Bool { numbers.lazy.filter { $0 != nil }.count >= 2 }
}
