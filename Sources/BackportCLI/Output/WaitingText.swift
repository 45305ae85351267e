import Backport

/// The lines that wait for a hand, and what to type for them.
struct WaitingText {
  let lines: [WaitingLine]

  /// One block for each line: what does not apply, where, and why it is not taken yet.
  func write(to page: inout TextPage) {
    for line in lines {
      let commit = ShortID.optional(line.commit)
      let paths = line.paths.isEmpty ? "" : " in \(line.paths.joined(separator: ", "))"
      page.line(
        StyledText(line.line, .heading) + "  " + StyledText("waits for a hand", .caution)
          + StyledText(": \(commit) (\(line.subject)) conflicts\(paths)"),
        indent: 2, hanging: 4)
      if let worktree = line.worktree {
        page.verbatim(StyledText(worktree, .faint), indent: 6)
      } else {
        page.line("git backport continue makes its worktree", indent: 6)
      }
      if let obstacle = line.obstacle { page.line(StyledText(obstacle), indent: 6, hanging: 2) }
    }
  }

  /// The commands that go on.
  static func steps(_ lines: [WaitingLine]) -> [StyledText] {
    var steps = lines.compactMap(\.worktree).map { path in
      StyledText("cd \(ShellWord.quoted(path))" + (lines.count > 1 ? " && git mergetool" : ""))
    }
    if steps.count == 1 {
      steps.append(
        "git mergetool" + StyledText("  # or edit, then git add; git diff shows it", .faint))
    }
    let first = lines.first.map { ShellWord.quoted($0.line) } ?? "<line>"
    return steps + [
      "git backport continue" + StyledText("  # takes every line that is resolved", .faint),
      StyledText("git backport skip \(first)=<reason>") + StyledText("  # gives it up", .faint),
      "git backport abort" + StyledText("  # puts everything back", .faint),
    ]
  }
}
