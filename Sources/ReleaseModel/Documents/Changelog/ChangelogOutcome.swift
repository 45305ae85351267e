/// What came of inserting into a changelog.
public enum ChangelogOutcome: Sendable, Equatable {
  /// The changed file.
  case edited(ChangelogRevision)
  /// The entry is there already.
  case unchanged
  /// A new file: the project writes one for each release.
  case newFile([UInt8])
  /// Nothing can be written that would be right.
  case refused(ChangelogRefusal)
}

/// A changelog after its edits.
public struct ChangelogRevision: Sendable, Equatable {
  /// The whole new file.
  public let bytes: [UInt8]
  /// The edits from top to bottom; all other bytes are as they were.
  public let edits: [ChangelogEdit]
}

/// The replacement of some lines by others.
public struct ChangelogEdit: Sendable, Equatable {
  /// The old lines, counted from 0; empty for an insertion before its lower bound.
  public let lines: Range<Int>
  /// The new lines without their endings.
  public let replacement: [[UInt8]]
}

/// Why nothing was written.
public enum ChangelogRefusal: Error, Sendable, Equatable, CustomStringConvertible {
  /// No line is the heading of a version.
  case noVersionHeadings
  /// The headings stop at minor releases.
  case minorOnly
  /// The file describes one release and is rewritten for each.
  case singleRelease
  /// The file only says where the changes are.
  case pointer
  /// Two sections are called Unreleased.
  case twoUnreleasedSections
  /// The version has two sections.
  case twoSections(Version)
  /// A date is written in a way that cannot be written again.
  case unknownDateFormat
  /// The section would not be found again, so that a second run would repeat it.
  case notRecognized

  /// The reason in a few words.
  public var description: String {
    switch self {
    case .noVersionHeadings: "no version headings"
    case .minorOnly: "minor-only"
    case .singleRelease: "single-release"
    case .pointer: "pointer"
    case .twoUnreleasedSections: "ambiguous: two Unreleased sections"
    case .twoSections(let version): "ambiguous: version \(version) has two sections"
    case .unknownDateFormat: "unknown date format"
    case .notRecognized: "unrecognizable section"
    }
  }

  /// What the reason means, to go behind it; nil when it says all.
  public var explanation: String? {
    switch self {
    case .minorOnly: "no heading has a patch level"
    case .singleRelease: "the file describes one release and is rewritten each time"
    case .pointer: "no version heading, points elsewhere"
    case .unknownDateFormat: "the date of the section before cannot be rendered again"
    case .notRecognized: "the new section would not be found again"
    case .noVersionHeadings, .twoUnreleasedSections, .twoSections: nil
    }
  }
  /// The reason with what it means.
  public var text: String { explanation.map { "\(self): \($0)" } ?? description }
}
