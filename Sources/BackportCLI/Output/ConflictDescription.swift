import Backport

/// What a plan says of one path in conflict: the three sides, where they come from, what may help.
struct ConflictDescription {
  private static let shownLines = 24

  let conflict: Conflict

  /// Writes it below its line.
  func write(to page: inout TextPage, indent: Int) {
    page.labelled(
      "conflict", StyledText(conflict.path) + StyledText("  \(conflict.kind)", .bad),
      indent: indent)
    for hunk in conflict.hunks { write(hunk, &page, indent) }
    if let change = conflict.branchChange {
      page.labelled(
        "changed by", "\(ShortID(change.commit))  \(change.subject)", indent: indent)
    }
    for commit in conflict.prerequisites {
      page.labelled("needs", "\(ShortID(commit.commit))  \(commit.subject)", indent: indent)
    }
    if let newer = conflict.newerLine {
      page.labelled("newer", ConflictDescription.words(for: newer), indent: indent)
    }
    if let proposal = conflict.proposal { write(proposal, &page, indent) }
    if let command { page.labelledCommands("look", [StyledText(command)], indent: indent) }
  }

  private func write(_ hunk: Conflict.Hunk, _ page: inout TextPage, _ indent: Int) {
    let column = indent + TextPage.valueColumn
    page.verbatim(StyledText("line \(hunk.line)", .faint), indent: column)
    write(lines: ConflictDescription.lines(of: hunk), &page, column + 2)
    if let proposal = hunk.proposal { write(proposal, &page, indent) }
  }

  private func write(_ proposal: Conflict.Proposal, _ page: inout TextPage, _ indent: Int) {
    page.labelled(
      "perhaps",
      StyledText(proposal.kind, .caution) + ": \(proposal.detail)"
        + StyledText(" (\(proposal.trust))", .faint), indent: indent)
    write(
      lines: proposal.lines.map { ($0, StyledText.Meaning.plain) }, &page,
      indent + TextPage.valueColumn + 2)
  }

  private func write(
    lines: [(String, StyledText.Meaning)], _ page: inout TextPage, _ column: Int
  ) {
    let limit = page.style.isVerbose ? Int.max : ConflictDescription.shownLines
    for (line, meaning) in lines.prefix(limit) {
      page.verbatim(StyledText(verbatim: line, meaning), indent: column)
    }
    if lines.count > limit {
      page.line(
        StyledText("more: \(lines.count - limit) of \(lines.count) lines (-v shows them)", .faint),
        indent: column)
    }
  }

  /// The stretch with its three sides, as git shows it with `merge.conflictStyle = diff3`.
  private static func lines(of hunk: Conflict.Hunk) -> [(String, StyledText.Meaning)] {
    guard let base = hunk.base, let ours = hunk.ours, let theirs = hunk.theirs,
      let first = hunk.lines.first, let last = hunk.lines.last
    else { return hunk.lines.map { ($0, meaning(of: $0)) } }
    let size = first.prefix { $0 == "<" }.count
    func plain(_ lines: [String]) -> [(String, StyledText.Meaning)] { lines.map { ($0, .plain) } }
    return [(first, .bad)] + plain(ours)
      + [(String(repeating: "|", count: size) + " base", .bad)] + plain(base)
      + [(String(repeating: "=", count: size), .bad)] + plain(theirs) + [(last, .bad)]
  }

  private static func meaning(of line: String) -> StyledText.Meaning {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains { line.hasPrefix($0) } ? .bad : .plain
  }

  private static func words(for newer: Conflict.NewerLine) -> StyledText {
    let place = "\(newer.line) (\(ShortID(newer.commit)))" as StyledText
    return switch newer.outcome {
    case .clean: "the trunk's change applied as it was on " + place
    case .resolvedSame: "the same lines were in conflict, and resolved, on " + place
    case .resolvedOther: "other lines of it were in conflict, and resolved, on " + place
    case .ownForm: place + " has it in a form of its own"
    case .leftOut: place + " has the fix without a change to this file"
    }
  }

  /// The command that shows the commits behind the conflict.
  private var command: String? {
    var commits: [String] = []
    if let change = conflict.branchChange { commits.append(ShortID(change.commit).description) }
    commits += conflict.prerequisites.map { ShortID($0.commit).description }
    if let newer = conflict.newerLine { commits.append(ShortID(newer.commit).description) }
    if commits.isEmpty { return nil }
    return (["git", "show"] + commits + ["--", ShellWord.quoted(conflict.path)])
      .joined(separator: " ")
  }
}
