/// What to write into a changelog.
public struct ChangelogJob: Sendable, Equatable {
  /// Where the entry goes.
  public enum Mode: String, Sendable, Equatable, Codable, CaseIterable {
    /// Into a section of the version, on the branch that is released.
    case release
    /// Into a section of the version, on the trunk, where newer sections may stand above it.
    case forwardPort = "forward-port"
    /// Into the section of what is not released yet.
    case unreleased
  }

  /// Where the entry goes.
  public var mode: Mode
  /// The version that is released.
  public var version: Version
  /// The highest tag of the line below it: the strongest clue to the style of the file.
  public var previous: Version?
  /// The day of the release.
  public var date: CalendarDate
  /// The kind of change, in any case; written as the file spells it.
  public var category: String
  /// The text of the entry in one paragraph; line breaks count as spaces.
  public var text: String
  /// Who made the change, `Name <mail>`, for files that name authors.
  public var author: String?
  /// The component it belongs to, for files that sort entries so.
  public var component: String?
  /// The entry with placeholders, for styles that cannot be learnt.
  public var entryTemplate: String?
  /// The whole section with placeholders, heading included.
  public var sectionTemplate: String?
  /// Whether an Unreleased heading stays above a section that took its entries over.
  ///
  /// True when the changelog at the previous tag has that heading. Nil keeps it.
  public var keepUnreleased: Bool?

  /// A job with what every one needs.
  public init(
    mode: Mode = .release, version: Version, previous: Version?, date: CalendarDate,
    category: String = "Security", text: String, author: String? = nil
  ) {
    self.mode = mode
    self.version = version
    self.previous = previous
    self.date = date
    self.category = category
    self.text = text
    self.author = author
  }
}
