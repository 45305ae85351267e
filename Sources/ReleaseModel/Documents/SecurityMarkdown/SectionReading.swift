/// Reads one section: its tables, else its lists; and what its sentences propose.
struct SectionReading {
  private let document: MarkupDocument
  private let range: Range<Int>
  private let title: String?
  private let isWhole: Bool
  private(set) var reading = SecurityReading.empty

  /// Reads the lines in `range`; `isWhole` tells that they are not below a fitting heading.
  init(
    _ document: MarkupDocument, _ range: Range<Int>, title: String? = nil, isWhole: Bool = false
  ) {
    self.title = title
    self.document = document
    self.range = range
    self.isWhole = isWhole
    let tables = TableScanner.tables(in: document.lines, range: range)
    let blocks = ProseBlocks(document, range: range, tables: tables.map { $0.start..<$0.end })
    readTables(tables)
    if let preset = PresetText.preset(in: blocks, rules: reading.rules) {
      reading.form = .preset(preset)
      return
    }
    if reading.form == .none, !isWhole { readList(blocks) }
    readProse(blocks)
  }

  private mutating func readTables(_ tables: [MarkupTable]) {
    let unit = defaultUnit
    let readings = tables.compactMap { table in
      TableReading(table, package: nil, defaultUnit: unit).map { (table, $0) }
    }.filter { !$0.1.rules.isEmpty }
    guard !readings.isEmpty else { return }
    reading.form = .table
    for (table, found) in readings {
      let package = readings.count > 1 ? packageName(above: table.start) : nil
      reading.rules += found.rules.map { rule in
        var rule = rule
        if rule.package == nil { rule.package = package }
        return rule
      }
      reading.notUnderstood += found.notUnderstood
      reading.warnings += found.warnings
      // Below no fitting heading only the first table counts.
      if isWhole { break }
    }
    RulePartition.complete(&reading.rules)
    if DefaultTemplate.matches(reading.rules) { reading.form = .template }
    addNotUnderstood()
  }

  private mutating func readList(_ blocks: ProseBlocks) {
    let list = ListReading(blocks, defaultUnit: defaultUnit, title: title)
    guard !list.rules.isEmpty else { return }
    reading.form = .list
    reading.rules = list.rules
    RulePartition.complete(&reading.rules)
    reading.notUnderstood = list.notUnderstood
    addNotUnderstood()
  }

  private mutating func addNotUnderstood() {
    reading.warnings += reading.notUnderstood.map { .init(.notUnderstood, source: $0) }
  }

  private mutating func readProse(_ blocks: ProseBlocks) {
    let listed = reading.rules.filter { $0.level?.isSupported == true }.compactMap(\.range)
    let isMajorTable = !listed.isEmpty && listed.allSatisfy(\.isMajorLine)
    let prose = ProseReading(
      blocks, lineUnit: isMajorTable ? .major : .minor, needsSecurityWord: isWhole)
    if reading.form != .list { reading.proposals = prose.proposals }
    guard reading.form == .none else { return }
    if !prose.proposals.isEmpty {
      reading.form = .prose
    } else if prose.pointsElsewhere, !isWhole {
      reading.form = .elsewhere
    }
  }

  /// The title of the nearest heading inside of the section, when it names no versions.
  private func packageName(above start: Int) -> String? {
    let inside = document.headings.last { $0.start < start && $0.start >= range.lowerBound }
    guard let title = inside?.title else { return nil }
    let tokens = PolicyLexer.tokens(of: title)
    let isGeneral = tokens.contains {
      $0.version != nil || $0.concept == .release || $0.concept == .supported
        || $0.concept == .unsupported || $0.concept == .lts || $0.concept == .older
    }
    return isGeneral || title.isEmpty ? nil : title
  }

  /// What `N-1` counts: majors, when the section speaks of majors and of no minors.
  private var defaultUnit: SupportUnit {
    var hasMajor = false
    for line in document.lines[range] where !line.isCode {
      let bytes = Array(line.text.utf8.lazy.map(\.lowercasedASCII))
      for index in bytes.indices where bytes[index] == UInt8(ascii: "m") {
        let word = bytes[index...].prefix(5)
        if word.elementsEqual("minor".utf8) { return .minor }
        if word.elementsEqual("major".utf8) { hasMajor = true }
      }
    }
    return hasMajor ? .major : .minor
  }
}

/// The table that GitHub offers for a new SECURITY.md.
enum DefaultTemplate {
  private static let rows: [(range: String, level: SupportLevel)] = [
    ("5.1.x", .full), ("5.0.x", .none), ("4.0.x", .full), ("<4.0", .none),
  ]

  /// Lines that a project has when the rows are its own.
  static let lines: [VersionRange] = [.line([5, 1]), .line([4, 0])]

  /// Whether these are the template's rows, all of them and no other.
  static func matches(_ rules: [SecurityRule]) -> Bool {
    guard rules.count == rows.count else { return false }
    return zip(rules, rows).allSatisfy { rule, row in
      guard case .lines(.range(let range)) = rule.subject else { return false }
      return (try? VersionRange(parsing: row.range)) == range && rule.level == row.level
    }
  }
}
