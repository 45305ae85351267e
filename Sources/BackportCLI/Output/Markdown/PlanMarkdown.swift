package import Backport

/// A plan in GitHub-flavoured Markdown: for job summaries, merge requests and comments.
///
/// Everything that comes from the repository is escaped. What does not fit into the limit is left
/// out whole, the least important first, and a note says so.
package struct PlanMarkdown {
  /// What a job summary of GitHub may have, with room for what else stands in it
  /// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#adding-a-job-summary).
  package static let summaryLimit = (1 << 20) - (1 << 14)

  let plan: BackportPlan
  /// What became of each reference since, by name; empty for a plan.
  let states: [String: String]
  /// The commands that go on from it.
  let next: [String]
  /// How picks differ from their originals, by line.
  let comparisons: [String: [PickComparison]]
  /// The level of the first heading.
  let level: Int
  let limit: Int

  /// Prepares the page of a plan.
  ///
  /// `level` is the level of its first heading, counted from 1; `limit` is in bytes.
  package init(
    plan: BackportPlan, states: [String: String] = [:], next: [String] = [],
    comparisons: [String: [PickComparison]] = [:], level: Int = 2,
    limit: Int = PlanMarkdown.summaryLimit
  ) {
    self.plan = plan
    self.states = states
    self.next = next
    self.comparisons = comparisons
    self.level = level
    self.limit = limit
  }

  /// The page.
  package var text: String {
    var page = MarkdownPage(limit: limit)
    page.heading(level, MarkdownText(PlanFacts(plan: plan).title))
    write(to: &page)
    return page.text
  }

  /// Writes everything below the title.
  func write(to page: inout MarkdownPage) {
    if plan.options.embargo {
      let time = plan.options.notBefore.map { ", not to be disclosed before \($0)" } ?? ""
      page.alert(.caution, ["**EMBARGOED**\(time)"])
    }
    page.list(PlanFacts(plan: plan).list.map(\.markdown))
    if plan.targets.isEmpty {
      page.paragraph(
        plan.options.lines.isEmpty ? "No line is owed the fix." : "No line was named.")
    }
    page.table(["Line", "Verdict", "Release", "Picks", "Why"], plan.targets.map(row))
    page.alert(.warning, plan.warnings.map { MarkdownText($0.message) })
    page.block(PlanDiagram(plan: plan).markdown)
    writeFix(&page)
    for target in plan.targets {
      TargetMarkdown(
        target: target, plan: plan, level: level + 1, comparisons: comparisons[target.line] ?? []
      ).write(to: &page)
    }
    writeRefs(&page)
    writeOthers(&page)
    writeDecisions(&page)
    if !next.isEmpty {
      page.heading(level + 1, "Next")
      page.code(next, language: "shell")
    }
  }

  private func row(_ target: Target) -> [MarkdownText] {
    let verdict = TargetVerdict(target)
    let line: MarkdownText = "**\(target.line)**"
    let branch: MarkdownText = target.branch.map { " \(code: $0)" } ?? ""
    let waiting: MarkdownText = target.status.needsPerson ? ", **needs a person**" : ""
    let why = MarkdownText(target.reason) + (target.onRequest ? " (on request)" : "")
    let evidence = MarkdownText.joined(
      ([why] + target.evidence.map { MarkdownText($0) }).filter { !$0.isEmpty }, by: "<br>")
    return [
      line + branch, MarkdownText("\(verdict.meaning.sign) \(verdict.words)") + waiting,
      target.topic.map { "\(code: $0)" } ?? target.release.map { "\(code: $0.tag)" } ?? "",
      MarkdownText(TargetFacts(target: target).picks), evidence,
    ]
  }

  private func writeFix(_ page: inout MarkdownPage) {
    let commits = plan.fixes.flatMap(\.commits)
    guard !commits.isEmpty else { return }
    let summary =
      commits.count == 1 ? "The commit of the fix" : "The \(commits.count) commits of the fix"
    page.details(
      summary,
      [
        MarkdownPage.table(
          ["Commit", "Subject", "Author"],
          commits.prefix(200).map {
            ["\(code: ShortID($0.id))", MarkdownText($0.subject), MarkdownText($0.author)]
          })
      ])
  }

  private func writeRefs(_ page: inout MarkdownPage) {
    guard !plan.refUpdates.isEmpty else { return }
    page.heading(level + 1, "References")
    let hasStates = plan.refUpdates.contains { states["\($0.ref)"] != nil }
    page.table(
      ["Reference", "Before", "After"] + (hasStates ? ["Now"] : []),
      plan.refUpdates.map { update in
        let isSigned = update.new == nil && update.unsignedNew != nil
        let new: MarkdownText =
          isSigned ? "signed at apply" : update.new.map { "\(code: ShortID($0))" } ?? "gone"
        let old: MarkdownText = update.old.map { "\(code: ShortID($0))" } ?? "new"
        let cells: [MarkdownText] = [.code("\(update.ref)"), old, new]
        return hasStates ? cells + [MarkdownText(RefStateWords.of(states["\(update.ref)"]))] : cells
      })
  }

  private func writeOthers(_ page: inout MarkdownPage) {
    let count = plan.notTargeted.count
    page.details(
      count == 1 ? "1 other line" : "\(count) other lines",
      [
        MarkdownPage.table(
          ["Line", "Why not"],
          plan.notTargeted.map { ["**\($0.line)**", MarkdownText($0.reason)] })
      ].filter { _ in count > 0 })
  }

  /// What to commit, so that other clones and the CI know what was decided here.
  private func writeDecisions(_ page: inout MarkdownPage) {
    let lines = plan.decisionLines
    guard !lines.isEmpty else { return }
    page.paragraph(
      "To be committed to \(code: ".gitbackport") on \(code: plan.trunk.ref.shortRef):")
    page.code(lines, language: "ini")
  }
}

extension Fact {
  /// The fact as an item of a list.
  var markdown: MarkdownText { "**\(label)**: " + MarkdownText(phrase) }
}

extension StyledText.Meaning {
  /// A sign for the meaning, where there is no colour.
  var sign: String {
    switch self {
    case .good: "✅"
    case .caution: "⚠️"
    case .bad: "❌"
    case .plain, .heading, .faint: ""
    }
  }
}
