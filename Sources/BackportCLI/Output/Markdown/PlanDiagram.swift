import Backport

/// A picture of the fix and of where it lands, as a Mermaid flowchart, which GitHub, GitLab and
/// Forgejo draw.
struct PlanDiagram {
  /// More lines make a picture that nobody reads.
  private static let mostLines = 40
  private static let longestLabel = 48

  let plan: BackportPlan

  /// The fenced block; empty when there is nothing to draw.
  var markdown: [String] { plan.targets.isEmpty ? [] : ["```mermaid"] + lines + ["```"] }

  /// The lines of the flowchart.
  var lines: [String] {
    var lines = ["flowchart LR"]
    let hasFix = plan.options.lines.isEmpty
    if hasFix {
      let id = plan.fixes.first.map { $0.merge ?? $0.commits.last?.id }?.map { "\(ShortID($0))" }
      lines.append(
        "  fix([\"\(label(plan.trunk.ref.shortRef + " " + (id ?? "")))<br/>"
          + "\(label(plan.fixes.first?.entry ?? ""))\"]):::fix")
    }
    for (index, target) in plan.targets.prefix(Self.mostLines).enumerated() {
      lines += drawn(target, index, hasFix: hasFix)
    }
    if plan.targets.count > Self.mostLines {
      lines.append("  more[\"\(plan.targets.count - Self.mostLines) more lines\"]:::plain")
    }
    return lines + Self.classes
  }

  /// Colours with a contrast of at least 4.5 on either background.
  private static let classes = [
    "  classDef fix fill:#0969da,stroke:#0969da,color:#ffffff",
    "  classDef good fill:#1a7f37,stroke:#1a7f37,color:#ffffff",
    "  classDef caution fill:#8a5d00,stroke:#8a5d00,color:#ffffff",
    "  classDef bad fill:#cf222e,stroke:#cf222e,color:#ffffff",
    "  classDef plain fill:#57606a,stroke:#57606a,color:#ffffff",
  ]

  /// A line as a lane: where it stands, what is put on it, the release.
  private func drawn(_ target: Target, _ index: Int, hasFix: Bool) -> [String] {
    let verdict = TargetVerdict(target)
    let base = target.base.map { " at \(ShortID($0))" } ?? ""
    var lines = [
      "  line\(index)[\"\(label(target.line))<br/>\(label((target.branch ?? "tag") + base))\"]:::plain"
    ]
    guard target.status.isWork else {
      let words = label(verdict.words)
      lines.append("  line\(index) --- end\(index)([\"\(words)\"]):::\(name(verdict.meaning))")
      return lines
    }
    let count = target.commits.count
    let picks = count == 1 ? "1 pick" : "\(count) picks"
    let what =
      target.status == .unreleased ? "the fix is there" : count == 0 ? verdict.words : picks
    let state = target.status.needsPerson ? "<br/>\(label(verdict.words))" : ""
    lines.append(
      "  line\(index) --> pick\(index)[\"\(label(what))\(state)\"]:::\(name(verdict.meaning))")
    if hasFix {
      lines.append("  fix \(target.status.needsPerson ? "-.->" : "-->") pick\(index)")
    }
    if let end = target.topic ?? target.release?.tag {
      lines.append("  pick\(index) --> tag\(index)([\"\(label(end))\"]):::good")
    }
    return lines
  }

  private func name(_ meaning: StyledText.Meaning) -> String {
    switch meaning {
    case .good: "good"
    case .caution: "caution"
    case .bad: "bad"
    case .plain, .heading, .faint: "plain"
    }
  }

  private func label(_ text: String) -> String {
    let isLong = text.count > Self.longestLabel
    return TextEscape.mermaid(isLong ? text.prefix(Self.longestLabel - 1) + "…" : text[...])
  }
}
