import Backport

/// What a plan does on one release line.
struct TargetText {
  private static let indent = 4
  private static let shownRiders = 8

  let target: Target
  let plan: BackportPlan
  /// How the picks differ from their originals, where that is to be shown.
  var comparisons: [PickComparison] = []

  /// Writes the block of the line.
  func write(to page: inout TextPage) {
    page.line(StyledText(target.line, .heading) + "  " + verdict, hanging: 4)
    var why = [StyledText(target.reason)]
    if target.onRequest { why.append(StyledText("not owed; done on request", .caution)) }
    why += target.evidence.map { StyledText($0) }
    page.labelled("why", why, indent: TargetText.indent)
    if let branch = target.branch, let base = target.base, target.status.isWork {
      page.labelled("base", baseText(branch, ShortID(base)), indent: TargetText.indent)
    }
    writeCommits(&page)
    ComparisonText(comparisons: comparisons).write(to: &page, indent: TargetText.indent)
    writeSettled(&page)
    for conflict in target.conflicts {
      ConflictDescription(conflict: conflict).write(to: &page, indent: TargetText.indent)
    }
    writeRiders(&page)
    writeRelease(&page)
    if let verification = target.verification {
      VerificationText(results: verification).write(to: &page, indent: TargetText.indent)
    }
  }

  /// The verdict, and the version in which it ends.
  var verdict: StyledText {
    let verdict = TargetVerdict(target)
    return StyledText(verdict.words, verdict.meaning) + StyledText(verdict.rest)
  }

  private func baseText(_ branch: String, _ base: ShortID) -> StyledText {
    switch target.baseKind {
    case .tip: "tip of \(branch), \(base)"
    case .tag: "newest tag of the line, \(base); branch \(branch)"
    }
  }

  private func writeCommits(_ page: inout TextPage) {
    guard target.status.isWork, !target.commits.isEmpty else { return }
    let subjects = Dictionary(
      plan.fixes.flatMap(\.commits).map { ("\($0.id)", $0.subject) }
    ) { first, _ in first }
    let lines = target.commits.map { commit in
      let subject = StyledText(subjects["\(commit.source)"] ?? "")
      return "\(ShortID(commit.source)) " + result(of: commit) + "  " + subject
    }
    page.labelledRows("picks", lines, indent: TargetText.indent)
  }

  private func result(of commit: TargetCommit) -> StyledText {
    let width = 20
    let text: StyledText =
      switch commit.status {
      case .picked:
        "-> \(ShortID.optional(commit.id ?? commit.unsignedId)) "
          + StyledText(commit.fidelity ?? "", commit.fidelity == "adapted" ? .caution : .faint)
      case .already: "-- " + StyledText("already there", .faint)
      case .empty: "-- " + StyledText("empty here", .caution)
      case .conflict: "-- " + StyledText("conflict", .bad)
      }
    return text.padded(to: width)
  }

  private func writeSettled(_ page: inout TextPage) {
    guard !target.settled.isEmpty else { return }
    let lines = target.settled.map { settled in
      StyledText(settled.method, .caution)
        + StyledText(settled.path.map { "  \($0)" } ?? "") + StyledText(": \(settled.detail)")
        + StyledText(" (\(settled.trust))", .faint)
    }
    page.labelled("settled", lines, indent: TargetText.indent)
  }

  private func writeRiders(_ page: inout TextPage) {
    guard !target.riders.isEmpty else { return }
    let limit = page.style.isVerbose ? Int.max : TargetText.shownRiders
    var lines = target.riders.prefix(limit).map { rider in
      "\(ShortID(rider.commit))  \(rider.subject)" as StyledText
    }
    if target.riders.count > limit {
      lines.append("and \(target.riders.count - limit) more (-v lists them)")
    }
    let heading = StyledText(
      "unreleased on the branch, released along (--base tag leaves them out)", .caution)
    page.labelled("riders", [heading] + lines, indent: TargetText.indent)
  }

  private func writeRelease(_ page: inout TextPage) {
    guard let release = target.release else { return }
    let commit = (release.commit ?? release.unsignedCommit).map { " at \(ShortID($0))" } ?? ""
    let what: StyledText =
      target.topic == nil
      ? "\(release.tagKind) \(release.tag)\(commit)"
        + (release.isLatest ? ", the newest release" : "")
      : "\(release.version) once \(target.topic ?? "") is merged\(commit)"
    page.labelled("release", what, indent: TargetText.indent)
    for change in release.versionFiles {
      page.labelled(
        "version", "\(change.path)  \(change.from) -> \(change.to)", indent: TargetText.indent)
    }
    if let development = release.development {
      let id = ShortID.optional(development.commit ?? development.unsignedCommit)
      page.labelled(
        "then", "\(id) opens the branch for \(development.version)", indent: TargetText.indent)
    }
    for path in release.fragments {
      page.labelled("taken up", "\(path), which is removed", indent: TargetText.indent)
    }
    for file in release.changelog {
      page.labelled("changelog", StyledText(file.path), indent: TargetText.indent)
      for line in file.entry.split(separator: "\n", omittingEmptySubsequences: false) {
        page.verbatim(
          StyledText(verbatim: "+ " + line, .good), indent: TargetText.indent + TextPage.valueColumn
        )
      }
    }
  }
}
