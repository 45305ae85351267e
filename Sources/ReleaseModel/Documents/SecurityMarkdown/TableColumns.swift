/// Which columns of a table hold what.
struct TableColumns {
  /// The columns of versions, each with what its header promises.
  private(set) var versions: [(column: Int, implied: SupportLevel?)] = []
  /// The columns that tell the status, the one that decides first.
  private(set) var statuses: [Int] = []
  /// Whether the column that decides is about security fixes.
  private(set) var isSecurityStatus = false
  private(set) var end: Int?
  private(set) var fullEnd: Int?
  private(set) var branch: Int?
  private(set) var package: Int?
  private(set) var longTerm: Int?
  private(set) var channel: Int?
  private(set) var notes: [Int] = []
  /// Whether the versions are names of branches.
  private(set) var isBranchTable = false

  /// The columns of a support table; nil when the table is none.
  init?(_ table: MarkupTable) {
    guard !ColumnRole.isAboutFlaws(table.header) else { return nil }
    let roles = table.header.map(ColumnRole.of)
    assignStatuses(roles)
    assignOthers(roles)
    assignVersions(roles, table)
    guard !versions.isEmpty else { return nil }
    let isImplied = versions.contains { $0.implied != nil }
    if statuses.isEmpty, end == nil, fullEnd == nil, !isImplied {
      assignStatusByContent(roles, table)
    }
    guard !statuses.isEmpty || end != nil || fullEnd != nil || isImplied else { return nil }
  }

  /// Without a header for it, the only column in which every cell is a status is that.
  private mutating func assignStatusByContent(_ roles: [ColumnRole], _ table: MarkupTable) {
    let taken = versions.map(\.column)
    let found = roles.indices.filter { column in
      guard !taken.contains(column), roles[column] == .ignored || roles[column] == .note else {
        return false
      }
      let cells = table.rows.prefix(50).map { $0[column] }.filter { !$0.isEmpty }
      return cells.count > 1 && cells.allSatisfy { StatusCell($0).isPlainVerdict }
    }
    guard found.count == 1, let column = found.first else { return }
    statuses = [column]
    notes.removeAll { $0 == column }
  }

  private mutating func assignStatuses(_ roles: [ColumnRole]) {
    var ranked: [(column: Int, rank: Int)] = []
    var ends: [(column: Int, rank: Int)] = []
    for (column, role) in roles.enumerated() {
      if case .status(let rank) = role { ranked.append((column, rank)) }
      if case .end(let rank) = role { ends.append((column, rank)) }
    }
    // The first of the highest rank decides.
    statuses = ranked.sorted { ($1.rank, $0.column) < ($0.rank, $1.column) }.map(\.column)
    isSecurityStatus = ranked.contains { $0.rank == 5 }
    let ranking = ends.sorted { ($1.rank, $0.column) < ($0.rank, $1.column) }
    end = ranking.first?.column
    fullEnd = roles.firstIndex(of: .fullEnd)
    if end == nil, let only = fullEnd {
      end = only
      fullEnd = nil
    } else if fullEnd == nil, ranking.count > 1 {
      fullEnd = ranking[1].column
    }
  }

  private mutating func assignOthers(_ roles: [ColumnRole]) {
    branch = roles.firstIndex(of: .branch)
    package = roles.firstIndex(of: .package)
    longTerm = roles.firstIndex(of: .longTerm)
    channel = roles.firstIndex(of: .channel)
    notes = roles.indices.filter { roles[$0] == .note }
  }

  private mutating func assignVersions(_ roles: [ColumnRole], _ table: MarkupTable) {
    var ranked: [(column: Int, rank: Int, implied: SupportLevel?)] = []
    for (column, role) in roles.enumerated() {
      if case .version(let rank, let implied) = role { ranked.append((column, rank, implied)) }
    }
    let implied = ranked.filter { $0.implied != nil && Self.holdsVersions($0.column, table) }
    if implied.count > 1 {
      versions = implied.map { ($0.column, $0.implied) }
      return
    }
    ranked.sort { ($1.rank, $0.column) < ($0.rank, $1.column) }
    if let best = ranked.first(where: { Self.holdsVersions($0.column, table) }) {
      versions = [(best.column, statuses.isEmpty && end == nil ? best.implied : nil)]
      return
    }
    if let branch {
      versions = [(branch, nil)]
      isBranchTable = true
      self.branch = nil
      return
    }
    assignByContent(roles, table)
    if package == nil, let first = ranked.first?.column, versions.first?.column != first {
      package = first
    }
  }

  /// Without a header for it, the column that holds versions is the version column.
  private mutating func assignByContent(_ roles: [ColumnRole], _ table: MarkupTable) {
    for (column, role) in roles.enumerated() where Self.holdsVersions(column, table) {
      switch role {
      case .status:
        // `| Package | Currently supported |` with ranges below.
        let tokens = PolicyLexer.tokens(of: table.header[column])
        let isNegative = StatusWords.isNegative(tokens)
        versions.append((column, isNegative ? SupportLevel.none : .full))
        statuses.removeAll { $0 == column }
      case .ignored, .note, .channel, .package:
        guard versions.isEmpty else { continue }
        versions = [(column, nil)]
        notes.removeAll { $0 == column }
        if package == column { package = nil }
        return
      default: continue
      }
    }
  }

  /// Whether most cells of the column read as version expressions.
  private static func holdsVersions(_ column: Int, _ table: MarkupTable) -> Bool {
    var total = 0
    var count = 0
    for row in table.rows.prefix(50) where !row[column].isEmpty {
      total += 1
      if VersionCell(row[column]) != nil { count += 1 }
    }
    return count > 0 && count * 2 >= total
  }
}
