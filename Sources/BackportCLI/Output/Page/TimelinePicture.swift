import Backport
import ReleaseModel

/// The release lines over time as an SVG: support windows, releases, the fix and where it lands.
///
/// Everything it says stands in a table beside it as well.
struct TimelinePicture {
  private static let mostLanes = 24

  let facts: ReportFacts
  let plan: BackportPlan?
  /// The width in pixels; a narrow picture has names above its lanes.
  let width: Double
  /// Sets the names within this picture apart from those of another.
  let name: String

  private var isNarrow: Bool { width < 500 }
  private var laneHeight: Double { isNarrow ? 52 : 42 }
  private var top: Double { 40 }

  /// The lines that are drawn: the targets, those that are supported, and the newest others.
  private var lanes: [ReportFacts.Line] {
    let targets = Set(plan?.targets.map(\.line) ?? [])
    let first = facts.lines.filter { targets.contains($0.name) || $0.supported != .no }
    let names = Set(first.map(\.name))
    let others = facts.lines.filter { !names.contains($0.name) }
    let chosen = (first + others).prefix(Self.mostLanes).map(\.name)
    let shown = Set(chosen)
    return facts.lines.filter { shown.contains($0.name) }
  }

  /// How many lines are left to the table.
  var omittedCount: Int { facts.lines.count - lanes.count }

  private var scale: TimeScale {
    let known = lanes.flatMap { $0.releases.map(\.date) } + [facts.fixDate].compactMap(\.self)
    let first = known.min() ?? facts.asOf
    let past = max(60, first.days(until: facts.asOf))
    let ends = lanes.compactMap(\.until).max() ?? facts.asOf
    let future = min(max(facts.asOf.days(until: ends), past / 12), past / 2)
    return TimeScale(
      start: facts.asOf.adding(days: -past - past / 40), end: facts.asOf.adding(days: future),
      left: isNarrow ? 10 : 112, right: width - (isNarrow ? 10 : 16))
  }

  /// The picture.
  var svg: HTML {
    let lanes = lanes
    let scale = scale
    let trunk = plan == nil ? 0 : 1
    let height = top + Double(lanes.count + trunk) * laneHeight + 8
    var content = axis(scale, height)
    if plan != nil { content += trunkLane(scale) }
    for (index, line) in lanes.enumerated() {
      content += lane(line, y: middle(index + trunk), scale)
    }
    if let plan {
      for target in plan.targets {
        guard let index = lanes.firstIndex(where: { $0.name == target.line }) else { continue }
        content += landing(target, y: middle(index + trunk), scale)
      }
      content += fixMark(scale)
    }
    return """
      <svg class="timeline \(isNarrow ? "narrow" : "wide")" viewBox="0 0 \(at: width) \(at: height)" \
      width="\(at: width)" height="\(at: height)" role="img" aria-labelledby="\(name)-title \
      \(name)-text"><title id="\(name)-title">Release lines over time</title>\
      <desc id="\(name)-text">\(description)</desc>\(content)</svg>
      """
  }

  private var description: String {
    var sentences = ["\(lanes.count) release lines as of \(facts.asOf)."]
    for target in plan?.targets ?? [] {
      let verdict = TargetVerdict(target)
      sentences.append("\(target.line): \(verdict.words)\(verdict.rest).")
    }
    return (sentences + ["The table below says the same."]).joined(separator: " ")
  }

  private func middle(_ lane: Int) -> Double {
    top + (Double(lane) + (isNarrow ? 0.66 : 0.5)) * laneHeight
  }

  private func axis(_ scale: TimeScale, _ height: Double) -> HTML {
    var marks: HTML = ""
    for (day, label) in scale.ticks(most: isNarrow ? 4 : 9) {
      let x = scale.x(day)
      marks += """
        <line class="grid" x1="\(at: x)" x2="\(at: x)" y1="\(at: top - 8)" y2="\(at: height)"/>
        """
      // Names at the edges would be cut off.
      if x > scale.left + 14, x < width - 22, abs(x - scale.x(facts.asOf)) > 68 {
        marks += "<text class=\"tick\" x=\"\(at: x)\" y=\"\(at: top - 14)\">\(label)</text>"
      }
    }
    let today = scale.x(facts.asOf)
    return marks + """
      <line class="today" x1="\(at: today)" x2="\(at: today)" y1="\(at: top - 8)" y2="\(at: height)"/>\
      <text class="tick now" x="\(at: min(today, width - 40))" y="\(at: top - 14)">\(facts.asOf)</text>
      """
  }

  private func label(_ name: String, _ y: Double, _ scale: TimeScale, class kind: String) -> HTML {
    let text = name.count > 14 ? String(name.prefix(13)) + "…" : name
    return isNarrow
      ? "<text class=\"\(kind)\" x=\"\(at: scale.left)\" y=\"\(at: y - 16)\">\(text)</text>"
      : "<text class=\"\(kind)\" x=\"4\" y=\"\(at: y + 5)\">\(text)</text>"
  }

  private func trunkLane(_ scale: TimeScale) -> HTML {
    guard let plan else { return "" }
    let y = middle(0)
    return label(plan.trunk.ref.shortRef, y, scale, class: "name")
      + """
      <line class="trunk" x1="\(at: scale.left)" x2="\(at: scale.x(facts.asOf))" y1="\(at: y)" \
      y2="\(at: y)"/>
      """
  }

  private func lane(_ line: ReportFacts.Line, y: Double, _ scale: TimeScale) -> HTML {
    var content = label(line.name, y, scale, class: line.supported == .no ? "name past" : "name")
    let first = line.releases.first?.date ?? facts.asOf
    let last = line.releases.last?.date ?? facts.asOf
    if line.supported == .no {
      content += """
        <line class="over" x1="\(at: scale.x(first))" x2="\(at: scale.x(last))" y1="\(at: y)" \
        y2="\(at: y)"/>
        """
    } else {
      let end = line.until ?? scale.end
      let full = line.levelUntil ?? end
      let kind = line.supported == .unknown ? "window unknown" : "window"
      content += bar(kind, first, full, y, scale)
      if full < end { content += bar("window less", full, end, y, scale) }
    }
    for release in line.releases {
      content += """
        <circle class="release" cx="\(at: scale.x(release.date))" cy="\(at: y)" r="3.5"><title>\
        \(release.version), \(release.date)</title></circle>
        """
    }
    return content
  }

  private func bar(
    _ kind: String, _ from: CalendarDate, _ to: CalendarDate, _ y: Double, _ scale: TimeScale
  ) -> HTML {
    let x = scale.x(from)
    let length = max(4, scale.x(to) - x)
    return """
      <rect class="\(kind)" x="\(at: x)" y="\(at: y - 8)" width="\(at: length)" height="16" rx="4"/>
      """
  }

  private func fixMark(_ scale: TimeScale) -> HTML {
    guard let day = facts.fixDate else { return "" }
    let (x, y) = (scale.x(day), middle(0))
    return """
      <path class="fix" d="M\(at: x) \(at: y - 8)L\(at: x + 8) \(at: y)L\(at: x) \(at: y + 8)\
      L\(at: x - 8) \(at: y)Z"><title>the fix, \(day)</title></path>
      """
  }

  /// The way from the fix to a line, and what becomes of it there.
  private func landing(_ target: Target, y: Double, _ scale: TimeScale) -> HTML {
    let verdict = TargetVerdict(target)
    let kind = verdict.meaning.pageClass
    let x = scale.x(facts.asOf)
    var content: HTML = ""
    if let day = facts.fixDate {
      let (fromX, fromY) = (scale.x(day), middle(0))
      let half = (fromX + x) / 2
      content += """
        <path class="way \(kind)" d="M\(at: fromX) \(at: fromY)C\(at: half) \(at: fromY) \
        \(at: half) \(at: y) \(at: x) \(at: y)"/>
        """
    }
    let words = target.release?.version ?? verdict.words
    // On the side that has room.
    let fits = x + 14 + Double(words.count) * 7.5 < width
    let (place, anchor) = fits ? (x + 14, "start") : (x - 14, "end")
    return content + """
      <g class="landing \(kind)"><circle cx="\(at: x)" cy="\(at: y)" r="9"/>\
      \(sign(verdict.meaning, x, y))<title>\(target.line): \(verdict.words)\(verdict.rest)</title>\
      <text class="result" text-anchor="\(anchor)" x="\(at: place)" y="\(at: y + 5)">\(words)\
      </text></g>
      """
  }

  private func sign(_ meaning: StyledText.Meaning, _ x: Double, _ y: Double) -> HTML {
    switch meaning {
    case .good:
      return "<path d=\"M\(at: x - 4) \(at: y)l3 3.5l5 -7\"/>"
    case .bad:
      return "<path d=\"M\(at: x - 3.5) \(at: y - 3.5)l7 7m0 -7l-7 7\"/>"
    case .caution, .plain, .heading, .faint:
      return "<path d=\"M\(at: x - 4) \(at: y)h8\"/>"
    }
  }
}

extension StyledText.Meaning {
  /// The class of what has this meaning.
  var pageClass: String {
    switch self {
    case .good: "good"
    case .caution: "caution"
    case .bad: "bad"
    case .plain, .heading, .faint: "plain"
    }
  }

  /// A sign that is read without colour.
  var glyph: String {
    switch self {
    case .good: "✓"
    case .caution: "–"
    case .bad: "✕"
    case .plain, .heading, .faint: "·"
    }
  }
}
