import Backport

/// A picture of the release lines and of what each releases next, as a Mermaid flowchart.
struct LinesDiagram {
  let document: LinesDocument

  /// The fenced block; empty when there is nothing to draw.
  var markdown: [String] { document.lines.isEmpty ? [] : Diagram.fenced(lines) }

  /// The lines that are drawn, newest first; where there are too many, old ones give way to those that
  /// are supported.
  private var shown: [LinesDocument.Line] {
    let supported = document.lines.filter { $0.supported != "no" }
    let others = document.lines.filter { $0.supported == "no" }
    let names = Set((supported + others).prefix(Diagram.mostLines).map(\.line))
    return document.lines.filter { names.contains($0.line) }
  }

  /// The lines of the flowchart.
  var lines: [String] {
    let shown = shown
    var lines = ["flowchart LR"]
    let trunk = document.repository?.trunk?.shortRef
    if let trunk { lines.append("  trunk([\"\(Diagram.label(trunk))\"]):::fix") }
    for (index, line) in shown.enumerated() {
      lines += drawn(line, index, hasTrunk: trunk != nil)
    }
    let omitted = document.lines.count - shown.count
    if omitted > 0 { lines.append("  more[\"\(omitted) more lines\"]:::plain") }
    return lines + Diagram.classes
  }

  private func drawn(_ line: LinesDocument.Line, _ index: Int, hasTrunk: Bool) -> [String] {
    let kind = line.supported == "yes" ? "good" : line.supported == "no" ? "plain" : "caution"
    let until = line.until.map { "<br/>\(Diagram.label("until " + $0))" } ?? ""
    var lines = [
      "  line\(index)[\"\(Diagram.label(line.line))<br/>"
        + "\(Diagram.label(line.latest.version))\(until)\"]:::\(kind)"
    ]
    // A branch that is still to be made is no more than a wish.
    let isThere = line.branch?.state != "create"
    if hasTrunk { lines.append("  trunk \(isThere ? "-->" : "-.->") line\(index)") }
    guard line.supported != "no" else { return lines }
    let branch = line.branch?.name.map { " on " + $0 } ?? ""
    lines.append(
      "  line\(index) --> next\(index)([\"\(Diagram.label("next " + line.next + branch))\"])"
        + ":::\(kind)")
    return lines
  }
}
