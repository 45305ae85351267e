import Backport

/// A picture of the fix and of where it lands, as a Mermaid flowchart, which GitHub, GitLab and
/// Forgejo draw.
struct PlanDiagram {
  let plan: BackportPlan

  /// The fenced block; empty when there is nothing to draw.
  var markdown: [String] { plan.targets.isEmpty ? [] : Diagram.fenced(lines) }

  /// The lines of the flowchart.
  var lines: [String] {
    var lines = ["flowchart LR"]
    let hasFix = plan.options.lines.isEmpty
    if hasFix {
      let id = plan.fixes.first.map { $0.merge ?? $0.commits.last?.id }?.map { "\(ShortID($0))" }
      lines.append(
        "  fix([\"\(Diagram.label(plan.trunk.ref.shortRef + " " + (id ?? "")))<br/>"
          + "\(Diagram.label(plan.fixes.first?.entry ?? ""))\"]):::fix")
    }
    for (index, target) in plan.targets.prefix(Diagram.mostLines).enumerated() {
      lines += drawn(target, index, hasFix: hasFix)
    }
    if plan.targets.count > Diagram.mostLines {
      lines.append("  more[\"\(plan.targets.count - Diagram.mostLines) more lines\"]:::plain")
    }
    return lines + Diagram.classes
  }

  /// A line as a lane: where it stands, what is put on it, the release.
  private func drawn(_ target: Target, _ index: Int, hasFix: Bool) -> [String] {
    let verdict = TargetVerdict(target)
    let base = target.base.map { " at \(ShortID($0))" } ?? ""
    var lines = [
      "  line\(index)[\"\(Diagram.label(target.line))<br/>\(Diagram.label((target.branch ?? "tag") + base))\"]:::plain"
    ]
    guard target.status.isWork else {
      let words = Diagram.label(verdict.words)
      lines.append(
        "  line\(index) --- end\(index)([\"\(words)\"]):::\(Diagram.name(verdict.meaning))")
      return lines
    }
    let count = target.commits.count
    let picks = count == 1 ? "1 pick" : "\(count) picks"
    let what =
      target.status == .unreleased ? "the fix is there" : count == 0 ? verdict.words : picks
    let state = target.status.needsPerson ? "<br/>\(Diagram.label(verdict.words))" : ""
    lines.append(
      "  line\(index) --> pick\(index)[\"\(Diagram.label(what))\(state)\"]:::\(Diagram.name(verdict.meaning))"
    )
    if hasFix {
      lines.append("  fix \(target.status.needsPerson ? "-.->" : "-->") pick\(index)")
    }
    if let end = target.topic ?? target.release?.tag {
      lines.append("  pick\(index) --> tag\(index)([\"\(Diagram.label(end))\"]):::good")
    }
    return lines
  }
}
