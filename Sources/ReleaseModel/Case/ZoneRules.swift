/// The rules by which the clocks of one time zone are set.
///
/// The model reads no file: whoever has the bytes of a zone's TZif file makes the rules from them.
public struct ZoneRules: Hashable, Sendable {
  /// A moment from which clocks stand so far ahead of UTC.
  struct Change: Hashable, Sendable {
    /// The moment, in seconds since 1970.
    var at: Int64
    /// Seconds ahead of UTC.
    var offset: Int
  }

  /// Clocks that show UTC.
  public static let utc = ZoneRules(first: 0, changes: [], yearly: nil)

  private let first: Int
  private let changes: [Change]
  private let yearly: YearlyClockRule?

  /// Rules with the offset before the first change, the changes in order, and what holds after them.
  init(first: Int, changes: [Change], yearly: YearlyClockRule?) {
    self.first = first
    self.changes = changes
    self.yearly = yearly
  }

  /// How many seconds clocks are ahead of UTC at a moment.
  public func offset(at instant: Instant) -> Int {
    let isPast = changes.last.map { instant.seconds >= $0.at } ?? true
    if isPast, let yearly { return yearly.offset(at: instant.seconds) }
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= instant.seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : changes[low - 1].offset
  }

  /// The day and the second of the day that clocks show at a moment.
  public func clock(at instant: Instant) -> (day: CalendarDate, second: Int) {
    let local = instant.adding(seconds: Int64(offset(at: instant))).seconds
    return (CalendarDate(unixSeconds: local), Int(((local % 86_400) + 86_400) % 86_400))
  }

  /// The moment at which clocks show this day and second of the day.
  ///
  /// Where they show it twice, the first time. Where they never do, because they are put forward,
  /// the moment that is as long after the change as the time is after the gap's beginning.
  public func instant(of day: CalendarDate, second: Int) -> Instant {
    let local = Int64(day.dayNumber) * 86_400 + Int64(second)
    let before = Int64(offset(at: Instant(seconds: local - 86_400)))
    let after = Int64(offset(at: Instant(seconds: local + 86_400)))
    let early = Instant(seconds: local - before)
    if Int64(offset(at: early)) == before { return early }
    let late = Instant(seconds: local - after)
    return Int64(offset(at: late)) == after ? late : early
  }
}

/// What clocks do every year from some time on: one offset, or two that take turns.
struct YearlyClockRule: Hashable, Sendable {
  /// A day of every year.
  enum Day: Hashable, Sendable {
    /// The n-th such weekday of a month, the last for 5; 0 is Sunday.
    case weekday(month: Int, week: Int, weekday: Int)
    /// The n-th day from 1, as if there were no 29 February.
    case ordinal(Int)
    /// The n-th day from 0.
    case index(Int)

    /// The day in a year, in days since 1970.
    func dayNumber(in year: Int) -> Int {
      let newYear = CalendarDate(year: year, month: 1, day: 1)?.dayNumber ?? 0
      switch self {
      case .index(let index): return newYear + index
      case .ordinal(let ordinal):
        let isLeap = CalendarDate(year: year, month: 2, day: 29) != nil
        return newYear + ordinal - 1 + (isLeap && ordinal > 59 ? 1 : 0)
      case .weekday(let month, let week, let weekday):
        guard let start = CalendarDate(year: year, month: month, day: 1) else { return newYear }
        let ahead = (weekday - start.weekday + 7) % 7
        var day = start.dayNumber + ahead + (week - 1) * 7
        let end = start.adding(months: 1).dayNumber
        while day >= end { day -= 7 }
        return day
      }
    }
  }

  /// When the other offset begins or ends: a day, and seconds from its midnight.
  struct Turn: Hashable, Sendable {
    var day: Day
    var second: Int

    func seconds(in year: Int, offset: Int) -> Int64 {
      Int64(day.dayNumber(in: year)) * 86_400 + Int64(second - offset)
    }
  }

  /// The offset of summer time with its turns.
  struct Summer: Hashable, Sendable {
    var offset: Int
    var start: Turn
    var end: Turn
  }

  var standard: Int
  var summer: Summer?

  /// Seconds ahead of UTC at a moment.
  func offset(at seconds: Int64) -> Int {
    guard let summer else { return standard }
    let year = CalendarDate(unixSeconds: seconds &+ Int64(standard)).year
    let start = summer.start.seconds(in: year, offset: standard)
    let end = summer.end.seconds(in: year, offset: summer.offset)
    let isSummer =
      start < end
      ? start <= seconds && seconds < end : !(end <= seconds && seconds < start)
    return isSummer ? summer.offset : standard
  }
}

extension CalendarDate {
  /// The day of the week, 0 for Sunday to 6 for Saturday.
  var weekday: Int { ((dayNumber + 4) % 7 + 7) % 7 }
}
