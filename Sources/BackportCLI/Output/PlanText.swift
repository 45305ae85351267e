import Backport

/// A plan as a release manager reads it.
struct PlanText {
  let plan: BackportPlan
  let style: TextStyle
  /// What became of each reference since, by name; empty for a plan.
  var states: [String: String] = [:]
  /// How picks differ from their originals, by line; empty unless that is to be shown.
  var comparisons: [String: [PickComparison]] = [:]

  /// The whole plan; `next` are the commands that go on from it.
  func text(next: [StyledText] = []) -> String {
    var page = TextPage(style)
    if plan.options.embargo {
      let time = plan.options.notBefore.map { ", not to be disclosed before \($0)" } ?? ""
      page.line(StyledText("EMBARGOED", .caution) + StyledText(time))
    }
    if plan.options.lines.isEmpty { writeFix(&page) } else { writeReleased(&page) }
    writePolicy(&page)
    writeSigning(&page)
    for target in plan.targets {
      page.space()
      TargetText(target: target, plan: plan, comparisons: comparisons[target.line] ?? [])
        .write(to: &page)
    }
    if plan.targets.isEmpty {
      page.space()
      page.line(plan.options.lines.isEmpty ? "no line is owed the fix" : "no line was named")
    }
    writeNotTargeted(&page)
    writeDocuments(&page)
    writeWarnings(&page)
    writeRefs(&page)
    writeDecisions(&page)
    if !next.isEmpty {
      page.space()
      page.labelledCommands("next", next)
    }
    return page.text
  }

  /// One line for each target.
  func summary() -> String {
    var page = TextPage(style)
    for target in plan.targets {
      let verdict = TargetText(target: target, plan: plan).verdict
      page.verbatim(StyledText(target.line, .heading) + "  " + verdict, indent: 0)
    }
    return page.text
  }

  private func writeFix(_ page: inout TextPage) {
    for fix in plan.fixes {
      page.labelled("fix", heading(of: fix))
      for commit in fix.commits {
        var line = "\(ShortID(commit.id))  \(commit.subject)" as StyledText
        if style.isVerbose { line = line + "  " + StyledText(commit.author, .faint) }
        page.line(line, indent: TextPage.valueColumn + 2, hanging: 9)
      }
      page.labelled("entry", StyledText(fix.entry))
      if !fix.ids.isEmpty { page.labelled("ids", StyledText(fix.ids.joined(separator: ", "))) }
    }
  }

  /// The fixes that are on the branches already.
  private func writeReleased(_ page: inout TextPage) {
    page.labelled("lines", StyledText(plan.options.lines.joined(separator: ", ")))
    for fix in plan.fixes {
      let commits = fix.commits.map { "\(ShortID($0.id))  \($0.subject)" as StyledText }
      page.labelled("fix", commits)
      page.labelled("entry", StyledText(fix.entry))
    }
  }

  private func heading(of fix: Fix) -> StyledText {
    let count = fix.commits.count
    let trunk = plan.trunk.ref.shortRef
    let place: StyledText =
      plan.trunk.state == .containsFix
      ? ", on \(trunk)" : ", " + StyledText("not on \(trunk)", .caution)
    let number = count == 1 ? "1 commit" : "\(count) commits"
    let requested = fix.requested.joined(separator: " ")
    let isOneChange = fix.merge != nil && fix.commits.first?.mainline != nil
    if isOneChange { return "\(requested), a merge taken as one change" + place }
    return fix.merge == nil
      ? "\(requested), \(number)" + place : "\(requested), a merge of \(number)" + place
  }

  private func writePolicy(_ page: inout TextPage) {
    let (rules, source) = PolicyText(plan.policy, asOf: plan.asOf).lines
    page.labelled("policy", [StyledText(rules.joined(separator: "; ")), source])
    page.labelled(
      "release", "dated \(plan.releaseDate), by \(plan.committer.name) <\(plan.committer.email)>")
  }

  private func writeSigning(_ page: inout TextPage) {
    guard let signing = plan.signing else { return }
    let what = signing.commits ? (signing.tags ? "commits and tags" : "commits") : "tags"
    let key = signing.key.map { " with \($0)" } ?? ""
    page.labelled(
      "signing",
      "\(what), \(signing.format)\(key)"
        + StyledText("; ids are those before the signatures", .faint))
  }

  /// What to commit, so that other clones and the CI know what was decided here.
  private func writeDecisions(_ page: inout TextPage) {
    let lines = plan.decisionLines
    guard !lines.isEmpty else { return }
    page.space()
    page.line(StyledText("to be committed to .gitbackport on \(plan.trunk.ref.shortRef)", .faint))
    for line in lines {
      let isKey = line.hasPrefix("\t")
      page.verbatim(StyledText(isKey ? String(line.dropFirst()) : line), indent: isKey ? 6 : 2)
    }
  }

  private func writeNotTargeted(_ page: inout TextPage) {
    guard !plan.notTargeted.isEmpty else { return }
    page.space()
    page.line(StyledText("other lines", .faint))
    let stretches = style.isVerbose ? plan.notTargeted.map { ($0.line, $0.reason) } : stretches
    let names = stretches.map { StyledText($0.0) }
    let width = names.map(\.width).max() ?? 0
    for (name, stretch) in zip(names, stretches) {
      page.line(
        name.padded(to: width + 2) + StyledText(stretch.1), indent: 2, hanging: width + 2)
    }
  }

  /// Neighbouring lines with the same reason together, as `0.8, 0.7 ... 0.1`.
  private var stretches: [(lines: String, reason: String)] {
    var stretches: [(lines: [String], reason: String)] = []
    for other in plan.notTargeted {
      if let last = stretches.indices.last, stretches[last].reason == other.reason {
        stretches[last].lines.append(other.line)
      } else {
        stretches.append(([other.line], other.reason))
      }
    }
    return stretches.map { lines, reason in
      guard lines.count > 3, let last = lines.last else {
        return (lines.joined(separator: ", "), reason)
      }
      return (lines.prefix(2).joined(separator: ", ") + " ... " + last, reason)
    }
  }

  private func writeDocuments(_ page: inout TextPage) {
    guard !plan.documents.isEmpty else { return }
    page.space()
    page.labelledRows(
      "documents",
      plan.documents.map { document in
        StyledText("\(document.path)  \(document.from) -> \(document.to)")
          + StyledText(" on \("\(document.ref)".shortRef)", .faint)
      })
  }

  private func writeWarnings(_ page: inout TextPage) {
    guard !plan.warnings.isEmpty else { return }
    page.space()
    WarningText.write(plan.warnings, to: &page)
  }

  private func writeRefs(_ page: inout TextPage) {
    guard !plan.refUpdates.isEmpty else { return }
    page.space()
    let width = plan.refUpdates.map { "\($0.ref)".count }.max() ?? 0
    page.labelledRows(
      "refs",
      plan.refUpdates.map { update in
        StyledText("\(update.ref)").padded(to: width + 2)
          + MoveText.text(
            old: update.old.map(ShortID.init), new: update.new.map(ShortID.init),
            isSigned: update.new == nil && update.unsignedNew != nil)
          + state(of: "\(update.ref)")
      })
  }

  private func state(of ref: String) -> StyledText {
    switch states[ref] {
    case "old": StyledText("  (put back)", .caution)
    case "absent": StyledText("  (gone again)", .caution)
    case "other": StyledText("  (moved since)", .caution)
    default: ""
    }
  }
}

/// The policy in words.
struct PolicyText {
  /// The rules, and where they come from.
  let lines: (rules: [String], source: StyledText)

  init(_ policy: PolicyDescription, asOf: String) {
    var source = policy.source == "default" ? "nobody states one; assumed" : policy.source
    if let preset = policy.preset { source += ", preset \(preset)" }
    lines = (
      policy.rules,
      StyledText(policy.assumed ? source : "from \(source)", policy.assumed ? .caution : .faint)
        + StyledText(", as of \(asOf)", .faint)
    )
  }
}

/// Warnings, one below the other.
enum WarningText {
  static func write(_ warnings: [Warning], to page: inout TextPage) {
    for warning in warnings {
      page.line(StyledText("warning: ", .caution) + StyledText(warning.message), hanging: 9)
    }
  }
}

/// What becomes of a reference.
enum MoveText {
  static func text(old: ShortID?, new: ShortID?, isSigned: Bool = false) -> StyledText {
    if isSigned { return old.map { "\($0)..signed at apply" } ?? "new, signed at apply" }
    return switch (old, new) {
    case (nil, .some(let new)): "new, \(new)"
    case (.some(let old), .some(let new)): "\(old)..\(new)"
    case (.some(let old), nil): "\(old), gone"
    case (nil, nil): "none"
    }
  }
}

/// The first seven digits of an object id.
struct ShortID: CustomStringConvertible {
  let description: String

  init(_ id: some CustomStringConvertible) { description = String(id.description.prefix(7)) }

  /// The digits of an id; empty where there is none.
  static func optional(_ id: (some CustomStringConvertible)?) -> String {
    id.map { ShortID($0).description } ?? ""
  }
}

extension String {
  /// The name of a reference without `refs/heads/`, `refs/tags/` or `refs/remotes/`.
  var shortRef: String {
    for prefix in ["refs/heads/", "refs/tags/", "refs/remotes/"] where hasPrefix(prefix) {
      return String(dropFirst(prefix.count))
    }
    return self
  }
}
