/// Turns the rows of a support table into rules.
struct TableReading {
  private(set) var rules: [SecurityRule] = []
  private(set) var notUnderstood: [SecuritySource] = []
  private(set) var warnings: [SecurityWarning] = []
  private let columns: TableColumns
  private let table: MarkupTable
  private let defaultUnit: SupportUnit
  private let order: DateText.Order?
  private let isSchedule: Bool

  /// Reads a table; nil when it is no support table.
  ///
  /// `package` is what the whole table is about, `defaultUnit` what `N-1` counts.
  init?(_ table: MarkupTable, package: String? = nil, defaultUnit: SupportUnit = .minor) {
    var table = table
    if let turned = table.transposed, TableColumns(table) == nil { table = turned }
    guard let columns = TableColumns(table) else { return nil }
    self.table = table
    self.columns = columns
    self.defaultUnit = defaultUnit
    let dates = [columns.end, columns.fullEnd].compactMap(\.self) + columns.statuses
    order =
      table.rows.lazy.flatMap { row in dates.compactMap { DateText.order(in: row[$0]) } }.first
    isSchedule = columns.end != nil && columns.statuses.isEmpty || columns.longTerm != nil
    for row in table.rows { read(row, package) }
    if table.rows.count >= MarkupTable.rowLimit, let last = table.rows.last {
      notUnderstood.append(SecuritySource("rows after this one are not read", line: last.line))
    }
    if isSchedule { widenExactVersions() }
  }

  private mutating func read(_ row: MarkupTable.Row, _ package: String?) {
    guard row.cells.contains(where: { !$0.isEmpty }) else { return }
    for (column, implied) in columns.versions {
      if row[column].isEmpty, columns.versions.count > 1 { continue }
      read(row, column, implied, package)
    }
  }

  private mutating func read(
    _ row: MarkupTable.Row, _ column: Int, _ implied: SupportLevel?, _ package: String?
  ) {
    let source = SecuritySource(row.source, line: row.line)
    guard
      let cell = VersionCell(
        row[column], isBranchColumn: columns.isBranchTable, defaultUnit: defaultUnit)
    else {
      notUnderstood.append(source)
      return
    }
    let promise = promise(of: row, implied)
    if promise.isNotUnderstood { notUnderstood.append(source) }
    if promise.hasUnclearEnd { warnings.append(.init(.endNotUnderstood, source: source)) }
    for item in cell.items {
      var rule = SecurityRule(item.subject, level: promise.level, source: source)
      rule.period = Self.period(promise.period, for: item)
      rule.fullUntil = promise.fullUntil
      rule.isBoundedAbove = item.isBoundedAbove
      rule.isLongTerm = cell.isLongTerm || promise.isLongTerm
      rule.branch = columns.branch.flatMap { name(row[$0]) } ?? promise.branch
      rule.package = columns.package.flatMap { name(row[$0]) } ?? package
      if isPrereleaseRow(row), case .lines(.range(let range)) = rule.subject {
        rule.subject = .prereleases(range)
      }
      rules.append(rule)
      if let open = item.openLine { addOpenLine(open, to: rule) }
    }
  }

  /// `> 2.6` does not say whether it takes 2.6.3 in.
  private mutating func addOpenLine(_ line: VersionRange, to rule: SecurityRule) {
    var open = rule
    open.subject = .lines(.range(line))
    open.level = nil
    rules.append(open)
  }

  private func isPrereleaseRow(_ row: MarkupTable.Row) -> Bool {
    guard let channel = columns.channel else { return false }
    let tokens = PolicyLexer.tokens(of: row[channel])
    return tokens.contains { $0.concept == .nightly }
  }

  private func name(_ cell: String) -> String? {
    let text = cell.trimmedSpaces
    return text.isEmpty || text == "-" || text == "–" || text == "—" ? nil : String(text)
  }

  /// A time without a unit of its own counts from what the row is about.
  private static func period(_ period: SupportPeriod?, for item: VersionItem) -> SupportPeriod? {
    guard case .lasting(let span, let event, nil) = period else { return period }
    switch item.subject {
    case .lines(.range(let range)) where range.isMajorLine:
      return .lasting(span, after: event, of: .major)
    case .lines(.latest(let selection)) where selection.unit != .patch:
      return .lasting(span, after: event, of: selection.unit)
    default: break
    }
    return period
  }

  /// In a schedule, `1.33.0` stands for the line 1.33, unless it lists more of that line.
  private mutating func widenExactVersions() {
    var lines: [VersionRange: Int] = [:]
    for rule in rules { if let line = rule.exactLine { lines[line, default: 0] += 1 } }
    for index in rules.indices {
      if let line = rules[index].exactLine, lines[line] == 1 {
        rules[index].subject = .lines(.range(line))
      }
    }
  }
}

extension TableReading {
  /// What a row promises, all its columns taken together.
  private struct Promise {
    var level: SupportLevel?
    var period: SupportPeriod?
    var fullUntil: CalendarDate?
    var branch: String?
    var isLongTerm = false
    var isNotUnderstood = false
    var hasUnclearEnd = false
  }

  private func promise(of row: MarkupTable.Row, _ implied: SupportLevel?) -> Promise {
    var promise = Promise()
    readStatus(of: row, implied, into: &promise)
    readEnd(of: row, into: &promise)
    if let column = columns.fullEnd,
      case .end(.untilDate(let date)) = EndText.column(row[column], order: order)
    {
      promise.fullUntil = date
    }
    if let column = columns.longTerm {
      promise.isLongTerm =
        promise.isLongTerm || StatusCell(row[column]).verdict == .supported(.full)
    }
    if promise.level == nil, notesSayNo(row) {
      promise.level = SupportLevel.none
      promise.isNotUnderstood = false
    }
    refine(by: row, &promise)
    if promise.level == SupportLevel.none {
      promise.period = nil
      promise.hasUnclearEnd = false
    }
    return promise
  }

  private func notesSayNo(_ row: MarkupTable.Row) -> Bool {
    columns.notes.contains { column in
      let clauses = StatusClauses(PolicyLexer.tokens(of: row[column]))
      return clauses.outside.first.map(StatusWords.isNegative) ?? false
    }
  }

  private func readStatus(
    of row: MarkupTable.Row, _ implied: SupportLevel?, into promise: inout Promise
  ) {
    if let implied {
      promise.level = implied
      return
    }
    guard !columns.statuses.isEmpty else { return }
    for column in columns.statuses {
      let cell = StatusCell(row[column], order: order)
      promise.isLongTerm = promise.isLongTerm || cell.isLongTerm
      guard promise.level == nil else { continue }
      promise.branch = cell.branch
      promise.period = cell.period
      promise.hasUnclearEnd = cell.hasUnclearEnd
      switch cell.verdict {
      case .supported(let level): promise.level = level
      case .unsupported: promise.level = SupportLevel.none
      case .planned: return
      case .notUnderstood: continue
      }
    }
    promise.isNotUnderstood = promise.level == nil
  }

  private func readEnd(of row: MarkupTable.Row, into promise: inout Promise) {
    guard let column = columns.end else { return }
    let hasStatus = !columns.statuses.isEmpty
    switch EndText.column(row[column], order: order) {
    case .end(let period):
      promise.period = period
      if !hasStatus || promise.isNotUnderstood {
        promise.level = .full
        promise.isNotUnderstood = false
      }
    case .open:
      if !hasStatus { promise.level = .full }
    case .ended:
      if !hasStatus {
        promise.level = SupportLevel.none
      } else if promise.level?.isSupported == true {
        promise.level = nil
        promise.isNotUnderstood = true
      }
    case .status:
      let cell = StatusCell(row[column], order: order)
      if !hasStatus {
        switch cell.verdict {
        case .supported(let level): promise.level = level
        case .unsupported: promise.level = SupportLevel.none
        case .planned, .notUnderstood: promise.isNotUnderstood = true
        }
      } else if promise.level == .full, case .supported(let level) = cell.verdict {
        promise.level = level
      }
    case .blank: break
    case .notUnderstood:
      if hasStatus { promise.hasUnclearEnd = true } else { promise.isNotUnderstood = true }
    }
  }

  /// A day that a note gives: `until 2027-01`.
  private func endInNotes(of row: MarkupTable.Row) -> SupportPeriod? {
    for column in columns.notes {
      let tokens = PolicyLexer.tokens(of: row[column])
      if case .period(.untilDate(let day))? = EndText.within(
        row[column], tokens: tokens, order: order)
      {
        return .untilDate(day)
      }
    }
    return nil
  }

  /// Notes and further status columns limit what the status says, and never widen it.
  private func refine(by row: MarkupTable.Row, _ promise: inout Promise) {
    guard let level = promise.level, level.isSupported else { return }
    if promise.period == nil { promise.period = endInNotes(of: row) }
    for column in columns.notes + columns.statuses.dropFirst() {
      let clauses = StatusClauses(PolicyLexer.tokens(of: row[column]))
      let limit = (clauses.outside + clauses.notes).lazy.compactMap(StatusWords.onlyLevel).first
      if level == .full || level == .bestEffort, let limit {
        promise.level = limit
        if promise.period == nil { promise.period = SpanText.span(in: clauses.all) }
        return
      }
      let isNegative =
        clauses.mark == .no || clauses.outside.contains(where: StatusWords.isNegative)
      guard isNegative else { continue }
      if level == .bestEffort {
        promise.level = SupportLevel.none
      } else if columns.statuses.contains(column), columns.isSecurityStatus {
        promise.level = .security
      } else if columns.statuses.contains(column) {
        promise.level = nil
        promise.isNotUnderstood = true
      }
      return
    }
  }
}

extension VersionRange {
  /// Whether the range is that of one major.
  var isMajorLine: Bool {
    guard let version = intervals.first?.lower.version else { return false }
    return self == .line([version.major])
  }
}

extension SecurityRule {
  /// The line `X.Y` of a rule for one release `X.Y.Z`.
  fileprivate var exactLine: VersionRange? {
    guard case .lines(.range(let range)) = subject, let low = range.intervals.first?.lower.version,
      range == .exactly(low)
    else { return nil }
    return .line([low.major, low.minor])
  }
}
