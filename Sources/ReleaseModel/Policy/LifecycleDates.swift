/// When each line was released and when its support ends, from a published file.
///
/// Entries are found by the numbers of a line: an entry for `20` also ends `20.3`, unless the file
/// has an entry of its own for that.
public struct LifecycleDates: Sendable, Hashable {
  /// When something ends.
  public enum End: Sendable, Hashable {
    /// On this day, which is still included.
    case on(CalendarDate)
    /// It has ended; the day is not known.
    case past
    /// It has not ended and has no date.
    case open

    /// Whether it is over on a day.
    func isOver(on day: CalendarDate) -> Bool {
      switch self {
      case .on(let end): end < day
      case .past: true
      case .open: false
      }
    }
  }

  /// The dates of one line.
  public struct Entry: Sendable, Hashable {
    /// The day of the first release.
    public var released: CalendarDate?
    /// When bug fixes end and only security fixes go on.
    public var endOfActive: End?
    /// When all support ends.
    public var endOfLife: End?
    /// Whether the line has long-term support; nil when the file does not say.
    public var isLTS: Bool?

    /// The entry with these dates.
    public init(
      released: CalendarDate? = nil, endOfActive: End? = nil, endOfLife: End? = nil,
      isLTS: Bool? = nil
    ) {
      self.released = released
      self.endOfActive = endOfActive
      self.endOfLife = endOfLife
      self.isLTS = isLTS
    }
  }

  /// Where the dates come from, for explanations.
  public var source: String
  /// The entries by the numbers of their line: `[4, 2]`.
  public private(set) var entries: [[VersionNumber]: Entry]
  /// The names in the file that are no line, in order.
  public private(set) var unreadable: [String] = []

  /// The dates of these lines.
  public init(source: String, entries: [[VersionNumber]: Entry] = [:]) {
    self.source = source
    self.entries = entries
  }

  /// The entry of exactly this line.
  public func entry(exactly numbers: [VersionNumber]) -> Entry? {
    entries[numbers]
  }

  /// The entry of this line or of the widest name it belongs to.
  public func entry(for numbers: [VersionNumber]) -> Entry? {
    nearest(numbers)?.entry
  }

  /// The narrowest entry that these numbers belong to, and its own numbers.
  func nearest(_ numbers: [VersionNumber]) -> (numbers: [VersionNumber], entry: Entry)? {
    var prefix = numbers[...]
    while !prefix.isEmpty {
      if let entry = entries[Array(prefix)] { return (Array(prefix), entry) }
      prefix = prefix.dropLast()
    }
    return nil
  }

  mutating func add(_ name: String, _ entry: Entry) {
    guard let numbers = LineNumbers.parse(name), !numbers.isEmpty else {
      unreadable.append(name)
      return
    }
    entries[numbers] = entry
  }
}
