package import Backport

/// What a plan does on one release line, in Markdown: a section of the plan, or the body of the
/// merge request for that line.
package struct TargetMarkdown {
  private static let shownRiders = 200

  let target: Target
  let plan: BackportPlan
  /// The level of its heading.
  let level: Int
  /// How its picks differ from the originals.
  let comparisons: [PickComparison]

  /// Prepares the section of a line.
  package init(
    target: Target, plan: BackportPlan, level: Int = 3, comparisons: [PickComparison] = []
  ) {
    self.target = target
    self.plan = plan
    self.level = level
    self.comparisons = comparisons
  }

  /// The section alone, of at most that many bytes.
  package func text(limit: Int = PlanMarkdown.summaryLimit) -> String {
    var page = MarkdownPage(limit: limit)
    write(to: &page)
    return page.text
  }

  /// Writes the section.
  func write(to page: inout MarkdownPage) {
    let verdict = TargetVerdict(target)
    page.heading(
      level, MarkdownText("\(target.line): \(verdict.meaning.sign) \(verdict.words)\(verdict.rest)")
    )
    page.list(TargetFacts(target: target).list.map(\.markdown))
    if target.status.isWork {
      page.table(["Commit", "Pick", "Fidelity", "Subject"], target.commits.map(row))
    }
    for comparison in comparisons { write(comparison, &page) }
    for result in target.verification ?? [] { write(result, &page) }
    for conflict in target.conflicts { write(conflict, &page) }
    page.details(
      target.settled.count == 1 ? "1 path was settled by a rule" : "Settled by rules",
      [
        target.settled.map { settled in
          let path: MarkdownText = settled.path.map { "\(code: $0): " } ?? ""
          let item: MarkdownText = "\(path)\(settled.detail) (\(settled.method), \(settled.trust))"
          return "- " + item.source
        }
      ])
    writeRiders(&page)
    for file in target.release?.changelog ?? [] {
      let lines = file.entry.split(separator: "\n", omittingEmptySubsequences: false)
      page.details(
        "Changelog: <code>\(TextEscape.html(file.path))</code>",
        [
          MarkdownPage.code(
            lines.map(String.init), prefix: "+", language: "diff", limit: page.room)
        ])
    }
  }

  private func row(_ commit: TargetCommit) -> [MarkdownText] {
    let subject = plan.fixes.flatMap(\.commits).first { $0.id == commit.source }?.subject ?? ""
    let pick: MarkdownText =
      switch commit.status {
      case .picked:
        (commit.id ?? commit.unsignedId).map { "\(code: ShortID($0))" } ?? "picked"
      case .already: "already there"
      case .empty: "⚠️ empty here"
      case .conflict: "❌ conflict"
      }
    return [
      "\(code: ShortID(commit.source))", pick, MarkdownText(commit.fidelity ?? ""),
      MarkdownText(subject),
    ]
  }

  private func write(_ comparison: PickComparison, _ page: inout MarkdownPage) {
    page.details(
      "How the pick <code>\(ShortID(comparison.pick))</code> differs from "
        + "<code>\(ShortID(comparison.source))</code>",
      [
        MarkdownPage.code(
          comparison.lines.map { String(decoding: $0, as: UTF8.self) }, language: "diff",
          limit: page.room)
      ])
  }

  private func write(_ result: Verification, _ page: inout MarkdownPage) {
    let sign = result.status == .passed ? "✅" : "❌"
    guard !result.tail.isEmpty else {
      return page.list([
        "\(sign) **Verification** \(code: result.command) \(result.outcome), \(result.seconds) s"
      ])
    }
    page.details(
      "\(sign) Verification <code>\(TextEscape.html(result.command))</code> "
        + TextEscape.html(result.outcome), isOpen: true,
      [MarkdownPage.code(result.tail, limit: page.room)])
  }

  private func write(_ conflict: Conflict, _ page: inout MarkdownPage) {
    var items: [MarkdownText] = []
    if let change = conflict.branchChange {
      items.append("**Changed by** \(code: ShortID(change.commit)) \(change.subject)")
    }
    items += conflict.prerequisites.map {
      "**Needs** \(code: ShortID($0.commit)) \($0.subject)"
    }
    if let newer = conflict.newerLine {
      items.append(
        "**On \(newer.line)** \(code: ShortID(newer.commit)): \(newer.outcome.rawValue)")
    }
    for proposal in conflict.hunks.compactMap(\.proposal) + [conflict.proposal].compactMap(\.self) {
      items.append("**Perhaps** \(proposal.detail) (\(proposal.trust))")
    }
    if items.isEmpty, conflict.hunks.isEmpty { items = ["There are no lines to show."] }
    let hunks = conflict.hunks.map { hunk in
      MarkdownPage.code(
        ["line \(hunk.line)"] + hunk.lines, prefix: " ",
        limit: page.room / max(1, conflict.hunks.count))
    }
    page.details(
      "❌ Conflict in <code>\(TextEscape.html(conflict.path))</code> "
        + "(\(TextEscape.html(conflict.kind)))",
      isOpen: target.conflicts.count == 1, [items.map { "- " + $0.source }] + hunks)
  }

  private func writeRiders(_ page: inout MarkdownPage) {
    let count = target.riders.count
    var items = target.riders.prefix(Self.shownRiders).map { rider -> String in
      let item: MarkdownText = "\(code: ShortID(rider.commit)) \(rider.subject)"
      return "- " + item.source
    }
    if count > items.count { items.append("- … and \(count - items.count) more") }
    page.details(
      "⚠️ " + (count == 1 ? "1 commit is" : "\(count) commits are")
        + " unreleased on the branch and would be released along", [items])
  }
}
