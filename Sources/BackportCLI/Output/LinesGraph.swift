import Backport
import ReleaseModel

/// The release lines as a graph: the trunk on top, each line where it leaves it, its releases, and
/// where a fix would land.
struct LinesGraph {
  /// The signs of which it is drawn.
  struct Signs: Equatable, Sendable {
    let release: String
    let landing: String
    let tip: String
    let across: String
    let down: String
    let fork: String
    let bend: String
    let more: String

    static let unicode = Signs(
      release: "○", landing: "◆", tip: "●", across: "─", down: "│", fork: "┬", bend: "└", more: "⋯")
    static let ascii = Signs(
      release: "o", landing: "@", tip: "*", across: "-", down: "|", fork: "+", bend: "`", more: "~")

    /// The signs that the locale can show (POSIX: LC_ALL, else LC_CTYPE, else LANG).
    init(environment: [String: String]) {
      let names = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }
      let locale = names.first { !$0.isEmpty }?.lowercased() ?? ""
      self = locale.contains("utf-8") || locale.contains("utf8") ? .unicode : .ascii
    }

    private init(
      release: String, landing: String, tip: String, across: String, down: String, fork: String,
      bend: String, more: String
    ) {
      self.release = release
      self.landing = landing
      self.tip = tip
      self.across = across
      self.down = down
      self.fork = fork
      self.bend = bend
      self.more = more
    }
  }

  /// A line as it is drawn.
  private struct Lane {
    let line: LinesDocument.Line
    let releaseCount: Int
    /// The column in which it leaves the trunk.
    var start = 0
  }

  private let document: LinesDocument
  private let facts: ReportFacts
  private let signs: Signs
  private var style = TextStyle()

  /// Reads the releases of the lines.
  init(
    _ document: LinesDocument, in workspace: Workspace, asOf day: CalendarDate
  ) throws(BackportError) {
    self.document = document
    facts = try workspace.facts(asOf: day, package: document.lines.first?.package)
    signs = Signs(environment: workspace.surroundings.environment)
  }

  /// The page.
  func text(_ style: TextStyle) -> String {
    var graph = self
    graph.style = style
    return graph.page
  }

  /// The columns of the drawing; the words beside it take the rest.
  private var room: Int { max(18, min((style.width ?? 100) - 46, 60)) }

  private static let mostReleases = 8

  private var page: String {
    var page = TextPage(style)
    let lanes = lanes
    let labels = lanes.map { StyledText($0.line.line, .heading) }
    let trunk = document.repository?.trunk?.shortRef ?? "trunk"
    let labelWidth = min(20, max(StyledText(trunk).width, labels.map(\.width).max() ?? 0)) + 2
    page.verbatim(
      StyledText(trunk, .heading).truncated(to: labelWidth - 2).padded(to: labelWidth)
        + trunkLane(lanes), indent: 0)
    for (index, lane) in lanes.enumerated() {
      let name = labels[index].truncated(to: labelWidth - 2).padded(to: labelWidth)
      let drawing = drawn(lane, below: lanes[(index + 1)...])
      write(
        name, drawing, words(for: lane.line), bars: bars(to: room, lanes[(index + 1)...]),
        to: &page)
    }
    if document.lines.count > lanes.count {
      page.space()
      page.line(
        StyledText("and \(document.lines.count - lanes.count) older lines (-v draws them)", .faint))
    }
    page.space()
    page.line(
      StyledText(
        "\(signs.release) release  \(signs.landing) where a fix lands  \(signs.tip) tip", .faint))
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    return page.text
  }

  /// One lane; what is said of it goes on below where it does not fit, beside the lanes below.
  private func write(
    _ name: StyledText, _ drawing: StyledText, _ words: StyledText, bars: StyledText,
    to page: inout TextPage
  ) {
    let start = name + drawing.padded(to: room + 2)
    guard let width = style.width else { return page.verbatim(start + words, indent: 0) }
    let parts = words.wrapped(to: max(24, width - start.width))
    for (index, part) in parts.enumerated() {
      let lead =
        index == 0
        ? start : StyledText("").padded(to: name.width) + bars.padded(to: room + 2)
      page.verbatim(lead + part, indent: 0)
    }
  }

  /// The lines from the newest to the oldest, each two columns left of the one above.
  private var lanes: [Lane] {
    let counts = Dictionary(facts.lines.map { ($0.name, $0.releases.count) }) { first, _ in first }
    let most = style.isVerbose ? Int.max : max(4, (room - 10) / 2)
    let supported = document.lines.filter { $0.supported != "no" }.map(\.line)
    var left = max(0, most - supported.count)
    let shown = document.lines.filter { line in
      if line.supported != "no" { return true }
      left -= 1
      return left >= 0
    }
    var lanes = shown.map { Lane(line: $0, releaseCount: max(1, counts[$0.line] ?? 1)) }
    // Oldest at the left; what an older line needs to its right decides how far apart they stand.
    let step = max(1, min(6, (room - 12) / max(1, lanes.count)))
    for index in lanes.indices { lanes[index].start = 2 + (lanes.count - 1 - index) * step }
    return lanes
  }

  private func trunkLane(_ lanes: [Lane]) -> StyledText {
    let forks = Set(lanes.map(\.start))
    let end = (forks.max() ?? 0) + 4
    let lands = lanes.contains { $0.line.branch?.state == "trunk" && $0.line.supported != "no" }
    var text = StyledText("")
    for column in 0..<end {
      text = text + StyledText(forks.contains(column) ? signs.fork : signs.across, .faint)
    }
    return text + (lands ? StyledText(signs.landing, .good) : StyledText(signs.tip))
  }

  /// The ways to the lanes below.
  private func bars(to end: Int, _ lanes: ArraySlice<Lane>) -> StyledText {
    let forks = Set(lanes.map(\.start))
    var text = StyledText("")
    for column in 0..<end {
      text = text + StyledText(forks.contains(column) ? signs.down : " ", .faint)
    }
    return text
  }

  private func drawn(_ lane: Lane, below others: ArraySlice<Lane>) -> StyledText {
    var text = bars(to: lane.start, others)
    let link = StyledText(signs.across, .faint)
    text = text + StyledText(signs.bend, .faint) + link
    let space = max(2, (room - lane.start - 6) / 2)
    let shown = min(lane.releaseCount, space, Self.mostReleases)
    if lane.releaseCount > shown {
      text = text + StyledText(signs.release) + link + StyledText(signs.more, .faint) + link
      for index in 0..<max(1, shown - 2) {
        text = text + (index == 0 ? "" : link) + StyledText(signs.release)
      }
    } else {
      for index in 0..<shown { text = text + (index == 0 ? "" : link) + StyledText(signs.release) }
    }
    guard lane.line.supported != "no", lane.line.branch?.state != "trunk" else { return text }
    let meaning: StyledText.Meaning = lane.line.supported == "yes" ? .good : .caution
    return text + link + StyledText(signs.landing, meaning)
  }

  private func words(for line: LinesDocument.Line) -> StyledText {
    let latest = StyledText(line.latest.tag ?? line.latest.version, .faint)
    guard line.supported != "no" else {
      let why = line.coveredBy.map { "covered by \($0)" } ?? "not supported"
      return latest + "  " + StyledText(why, .faint)
    }
    let level = line.level.map { $0 == "full" ? "" : ", \($0)" } ?? ""
    let verdict =
      line.supported == "yes"
      ? StyledText("supported\(level)", .good) : StyledText("not known", .caution)
    let until: StyledText = line.until.map { " until \($0)" } ?? ""
    let next: StyledText = "; next \(line.next) on \(LinesText.branch(line))"
    return latest + "  " + verdict + until + next
  }
}
