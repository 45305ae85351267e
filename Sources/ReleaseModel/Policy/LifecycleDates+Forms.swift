/// The document is in none of the forms that hold release cycles.
public struct LifecycleFormatError: Error, Sendable, Hashable {
  /// The file that was read.
  public let source: String
}

extension LifecycleDates {
  /// Reads the cycles of a document in one of the published forms, told apart by their keys.
  ///
  /// These are endoflife.date's (API 0 and 1), Node's schedule.json and Python's
  /// release-cycle.json. The source is the file's name, for explanations.
  public init(_ tree: JSONTree, source: String) throws(LifecycleFormatError) {
    self.init(source: source)
    switch tree {
    case .array(let cycles):
      addEndOfLifeCycles(cycles)
    case .object(let members):
      if case .array(let releases)? = tree["result"]?["releases"] ?? tree["releases"] {
        addEndOfLifeReleases(releases)
      } else {
        addNamedCycles(members)
      }
    case .string, .number, .boolean, .null:
      break
    }
    guard !entries.isEmpty else { throw LifecycleFormatError(source: source) }
  }

  /// https://endoflife.date/docs/api: `eol` and `support` are a day, true or false.
  private mutating func addEndOfLifeCycles(_ cycles: [JSONTree]) {
    for cycle in cycles {
      guard let name = cycle["cycle"]?.text else { continue }
      add(
        name,
        Entry(
          released: Self.day(cycle["releaseDate"]),
          endOfActive: Self.end(cycle["support"], isOverWhenTrue: false),
          endOfLife: Self.end(cycle["eol"], isOverWhenTrue: true),
          isLTS: cycle["lts"].map(Self.isTrue)))
    }
  }

  /// https://endoflife.date/docs/api/v1: a flag and a day for each end.
  private mutating func addEndOfLifeReleases(_ releases: [JSONTree]) {
    for release in releases {
      guard let name = release["name"]?.text else { continue }
      add(
        name,
        Entry(
          released: Self.day(release["releaseDate"]),
          endOfActive: Self.end(release["eoasFrom"] ?? release["isEoas"], isOverWhenTrue: true),
          endOfLife: Self.end(release["eolFrom"] ?? release["isEol"], isOverWhenTrue: true),
          isLTS: release["isLts"].map(Self.isTrue)))
    }
  }

  /// Node (`"v20": {"start", "lts", "maintenance", "end"}`) and Python (`"3.13": {"status",
  /// "first_release", "end_of_life"}`).
  private mutating func addNamedCycles(_ members: [String: JSONTree]) {
    for (name, cycle) in members.sorted(by: { $0.key < $1.key }) {
      if cycle["first_release"] != nil || cycle["end_of_life"] != nil {
        let isSecurityOnly = cycle["status"]?.text == "security"
        add(
          name,
          Entry(
            released: Self.day(cycle["first_release"]),
            endOfActive: isSecurityOnly ? .past : nil,
            endOfLife: Self.end(cycle["end_of_life"], isOverWhenTrue: true)))
      } else if cycle["start"] != nil || cycle["end"] != nil {
        add(
          name,
          Entry(
            released: Self.day(cycle["start"]),
            endOfActive: Self.end(cycle["maintenance"], isOverWhenTrue: true),
            endOfLife: Self.end(cycle["end"], isOverWhenTrue: true),
            isLTS: cycle["lts"] != nil))
      }
    }
  }

  /// The day of `YYYY-MM-DD…`, or the first of `YYYY-MM`.
  private static func day(_ value: JSONTree?) -> CalendarDate? {
    guard case .string(let text)? = value else { return nil }
    if let date = date(text) { return date }
    return month(text)
  }

  /// A day, the last day of a month, or a flag; nil when it is not readable.
  private static func end(_ value: JSONTree?, isOverWhenTrue: Bool) -> End? {
    switch value {
    case .boolean(let flag): flag == isOverWhenTrue ? .past : .open
    case .string(let text):
      if let date = date(text) {
        .on(date)
      } else {
        month(text).map { .on($0.adding(months: 1).adding(days: -1)) }
      }
    case .object, .array, .number, .null, nil: nil
    }
  }

  private static func date(_ text: String) -> CalendarDate? {
    SentenceValues.date(String(decoding: text.utf8.prefix(10), as: UTF8.self))
  }

  private static func month(_ text: String) -> CalendarDate? {
    text.utf8.count == 7 ? SentenceValues.date(text + "-01") : nil
  }

  /// A flag, or a day or a code name that stands for true.
  private static func isTrue(_ value: JSONTree) -> Bool {
    if case .boolean(let flag) = value { flag } else { true }
  }
}
