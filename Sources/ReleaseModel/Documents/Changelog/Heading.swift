/// The heading of a section: all lines that belong to it, and what its title says.
struct Heading: Sendable, Equatable {
  /// The way headings are marked.
  enum Family: Sendable, Hashable {
    /// `## 1.2.3`
    case hash
    /// `== 1.2.3` and `= 1.2.3 =`
    case equalsSign
    /// A line of punctuation below the title, and above it too, perhaps.
    case underlined
    /// `* Version 1.2.3` at the start of a line
    case star
    /// `package (1.2.3-1) unstable; urgency=medium`
    case debian
    /// A line of its own.
    case bare
  }

  var family: Family
  /// The number of marks, or the underline character; 0 for a bare line.
  var level: Int
  /// The line with the title.
  var title: Int
  /// The lines of the heading: labels, overline, title, underline.
  var block: Range<Int>
  var underline: Int?
  var overline: Int?
  /// The text of the title line.
  var text: ArraySlice<UInt8>
  /// The versions it names, the one it is about first; empty for Unreleased.
  var versions: [VersionToken]
  /// The versions that it counts the changes from.
  var bases: [VersionToken]
  var dates: [WrittenDate]
  /// Whether it announces what is not released yet, with or without a version.
  var isUnreleased: Bool
  /// The words before the version in lower case, dates left out: what headings of one file share.
  var signature: [[UInt8]]

  /// The version it is about.
  var version: WrittenVersion? { versions.first?.version }

  /// Whether it names this version.
  func names(_ version: WrittenVersion) -> Bool { versions.contains { $0.version == version } }

  /// Whether other markup of the same family may stand for the same rank.
  func hasRank(of other: Heading) -> Bool { family == other.family && level == other.level }
}
