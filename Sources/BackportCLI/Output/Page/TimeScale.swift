import ReleaseModel

/// Maps days to places on a line, and finds days to be named there.
struct TimeScale {
  let start: CalendarDate
  let end: CalendarDate
  let left: Double
  let right: Double

  /// Where a day is; a day outside is put at the nearer end.
  func x(_ day: CalendarDate) -> Double {
    let span = Double(max(1, start.days(until: end)))
    let share = Double(start.days(until: day)) / span
    return left + min(1, max(0, share)) * (right - left)
  }

  /// The first days of months or years, at most that many.
  func ticks(most: Int) -> [(day: CalendarDate, label: String)] {
    let months = (end.year - start.year) * 12 + end.month - start.month
    let step = [1, 2, 3, 6, 12, 24, 60, 120, 240].first { months / $0 < most } ?? 1200
    var index = (start.year * 12 + start.month - 1 + step - 1) / step * step
    var ticks: [(CalendarDate, String)] = []
    while let day = CalendarDate(year: index / 12, month: index % 12 + 1, day: 1), day <= end {
      if day >= start {
        let full = day.description
        ticks.append((day, String(step % 12 == 0 ? full.prefix(4) : full.prefix(7))))
      }
      index += step
    }
    return ticks
  }
}
