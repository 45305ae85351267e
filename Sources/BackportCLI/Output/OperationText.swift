import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An operation: what was landed, and what may follow.
struct OperationText {
  let document: OperationDocument
  let style: TextStyle
  /// How picks differ from their originals, by line; empty unless that is to be shown.
  var comparisons: [String: [PickComparison]] = [:]

  /// What a landing, or taking one back, did.
  ///
  /// `listsRefs` unless the plan was shown just before, and `advises` unless the run goes on by
  /// itself. `started` is the directory of a run that may have taken that directory away.
  func outcome(
    listsRefs: Bool = true, advises: Bool = true, started: String? = nil
  ) -> String {
    var page = TextPage(style)
    guard let id = document.id, let state = document.state else {
      if document.plan.targets.contains(where: \.status.needsPerson) {
        page.line("nothing was landed")
        writeBlocked(&page)
        writeNext(NextSteps.unresolved(document.plan), &page)
      } else {
        page.line("nothing to land: every line has what it is owed")
      }
      return page.text
    }
    page.line(heading(id, state))
    if listsRefs { writeRefs(&page, undone: state == .undone) }
    writeSettled(&page)
    if state != .undone { writeBlocked(&page) }
    WaitingText(lines: document.waiting).write(to: &page)
    if advises {
      writeNext(NextSteps.back(from: started, document) + NextSteps.after(document), &page)
    }
    return page.text
  }

  /// The first line of the outcome alone.
  var headline: String {
    guard let id = document.id, let state = document.state else { return summary }
    var page = TextPage(style)
    page.line(heading(id, state))
    return page.text
  }

  private func heading(_ id: String, _ state: Operation.State) -> StyledText {
    let parts = [counts, waitingCount].filter { !$0.isEmpty }
    let what = StyledText(([": operation \(id)"] + parts).joined(separator: ", "))
    return switch state {
    case .embargoed: StyledText("EMBARGOED", .caution) + what + ", seen by nobody"
    case .pending: StyledText("pending", .caution) + what
    case .undone: StyledText("taken back", .good) + what
    case .landed, .pushed: StyledText(state.rawValue, .good) + what
    }
  }

  private var waitingCount: String {
    switch document.waiting.count {
    case 0: ""
    case 1: "1 line waits for a hand"
    default: "\(document.waiting.count) lines wait for a hand"
    }
  }

  /// What was resolved on lines that landed: nothing of it goes in unsaid.
  private func writeSettled(_ page: inout TextPage) {
    guard document.state != .undone else { return }
    for target in document.plan.targets where target.status == .picked {
      for settled in target.settled where settled.isFromHands {
        page.line(
          StyledText(target.line, .heading) + "  " + StyledText(settled.method, .caution)
            + StyledText(settled.path.map { " in \($0)" } ?? "")
            + StyledText(": \(settled.detail)"),
          indent: 2, hanging: 4)
      }
    }
  }

  private func writeNext(_ next: [StyledText], _ page: inout TextPage) {
    guard !next.isEmpty else { return }
    page.space()
    page.labelledCommands("next", next)
  }

  /// The lines that some branch or worktree kept from landing, since the plan need not show them.
  private func writeBlocked(_ page: inout TextPage) {
    for target in document.plan.targets where target.status == .blocked {
      page.line(
        StyledText(target.line, .heading) + "  " + StyledText("blocked", .bad)
          + ": \(target.evidence.last ?? "")", indent: 2, hanging: 4)
      guard let failed = target.verification?.first(where: { $0.status != .passed }) else {
        continue
      }
      for line in failed.tail { page.verbatim(StyledText(verbatim: line), indent: 6) }
      if let log = failed.log {
        page.line(StyledText("all of its output is in \(log)", .faint), indent: 4)
      }
    }
  }

  /// The operation with its plan.
  var whole: String {
    var page = TextPage(style)
    if let id = document.id, let state = document.state {
      page.labelled("operation", "\(id), \(state.rawValue)")
    }
    let states = Dictionary(
      document.refUpdates.map { ("\($0.ref)", $0.state) }
    ) { first, _ in first }
    let plan = PlanText(
      plan: document.plan, style: style, states: states, comparisons: comparisons)
    var waiting = TextPage(style)
    WaitingText(lines: document.waiting).write(to: &waiting)
    return page.text + waiting.text + plan.text(next: NextSteps.after(document))
  }

  /// Where lines were checked out, and how that goes again.
  var checkouts: String {
    var page = TextPage(style)
    let checkouts = document.checkouts ?? []
    var table = TextTable(["line", "commit", "folder"])
    for checkout in checkouts {
      table.add([
        StyledText(checkout.line, .heading), "\(ShortID(checkout.commit))",
        StyledText(checkout.path),
      ])
    }
    table.write(to: &page)
    page.space()
    page.labelledCommands(
      "done with",
      checkouts.map { StyledText("git worktree remove \(ShellWord.quoted($0.path))") })
    return page.text
  }

  /// How the picks differ from those before, line by line.
  var rangeDiffs: String {
    var page = TextPage(style)
    for diff in document.rangeDiff ?? [] {
      page.space()
      page.line(StyledText(diff.line, .heading) + "  from the picks before to those now")
      for line in diff.text.split(separator: "\n") {
        page.verbatim(StyledText(verbatim: line), indent: 2)
      }
    }
    return page.text.isEmpty ? "" : "\n" + page.text
  }

  private var counts: String { RefCounts.text(document.refUpdates.map { "\($0.ref)" }) }

  /// One line for each target.
  var summary: String { PlanText(plan: document.plan, style: style).summary() }

  private func writeRefs(_ page: inout TextPage, undone: Bool) {
    let width = document.refUpdates.map { "\($0.ref)".count }.max() ?? 0
    for update in document.refUpdates {
      let old = update.old.map(ShortID.init)
      let new = update.new.map(ShortID.init)
      page.verbatim(
        StyledText("\(update.ref)").padded(to: width + 2)
          + (undone ? MoveText.text(old: new, new: old) : MoveText.text(old: old, new: new)),
        indent: 2)
    }
  }
}

/// The commands that go on from a document.
enum NextSteps {
  /// What may follow an operation.
  static func after(_ document: OperationDocument) -> [StyledText] {
    if document.state == .embargoed, let id = document.id {
      let time = document.plan.options.notBefore.map { "  # not before \($0)" } ?? ""
      return [
        StyledText("git backport disclose \(id)") + StyledText(time, .faint),
        StyledText("git backport undo \(id)"),
      ]
    }
    if !document.waiting.isEmpty { return WaitingText.steps(document.waiting) }
    guard document.state == .landed, let id = document.id else { return [] }
    var steps: [StyledText] = []
    let names = document.refUpdates.map { "\($0.ref)" }
    if document.repository.remote != nil { steps.append("git backport push \(id)") }
    let forward = names.filter { $0.hasPrefix("refs/heads/backport/forward-port/") }
    for name in forward {
      let trunk = document.repository.trunk?.shortRef ?? "the trunk"
      steps.append(
        "git merge \(ShellWord.quoted(name.shortRef))"
          + StyledText("  # on \(trunk), which then lists the releases", .faint))
    }
    return steps + ["git backport undo \(id)"] + unresolved(document.plan)
  }

  /// What may follow a plan; `arguments` are the command line's.
  static func after(
    _ plan: BackportPlan, savedIn file: String?, arguments: [String], verifying: [String] = []
  ) -> [StyledText] {
    var steps: [StyledText] = []
    let waits =
      !plan.options.allOrNothing && plan.targets.contains { $0.status == .conflict }
    if !plan.refUpdates.isEmpty || waits {
      let words = file.map { ["--plan", $0] + verifying } ?? CommandWords.withoutOutput(arguments)
      let isRelease = !plan.options.lines.isEmpty && file == nil
      steps.append(StyledText(CommandWords.line((isRelease ? [] : ["apply"]) + words)))
    }
    if plan.refUpdates.isEmpty, !plan.targets.contains(where: \.status.needsPerson) {
      return ["nothing to do: every line has what it is owed"]
    }
    return steps + unresolved(plan)
  }

  /// What to do for the lines that need a person.
  static func unresolved(_ plan: BackportPlan) -> [StyledText] {
    plan.targets.filter { $0.status == .conflict }.map { target in
      let option = "--use \(ShellWord.quoted(target.line))=<rev>"
      guard plan.options.allOrNothing else {
        return "\(target.line): apply makes a worktree to resolve it in; or \(option)"
      }
      let base = target.base.map(ShortID.init)?.description ?? "its branch"
      return "\(target.line): make the change on top of \(base) and give it: \(option)"
    }
  }

  /// The way out of a directory that a run has taken away; nothing for others.
  static func back(from directory: String?, _ document: OperationDocument) -> [StyledText] {
    guard let directory, !FileManager.default.fileExists(atPath: directory) else { return [] }
    return [StyledText("cd \(ShellWord.quoted(document.repository.path))")]
  }
}

/// The words of a command line.
enum CommandWords {
  private static let flags: Set = [
    "--json", "-q", "--quiet", "-v", "--verbose", "--no-progress", "-n", "--dry-run",
    "--markdown",
  ]
  private static let options: Set = ["-o", "--output", "--color", "--html"]

  /// The command line of some words, to be copied into a shell.
  static func line(_ words: [String]) -> String {
    (["git", "backport"] + words.map(ShellWord.quoted)).joined(separator: " ")
  }

  /// The words of a `plan` without the verb and without what only concerns its output.
  static func withoutOutput(_ arguments: [String]) -> [String] {
    var words: [String] = []
    var rest = arguments[...]
    var isVerbNext = true
    while let word = rest.popFirst() {
      if word == "--" { return words + [word] + rest }
      if flags.contains(word) { continue }
      if options.contains(word) {
        _ = rest.popFirst()
        continue
      }
      if options.contains(where: { word.hasPrefix($0 + "=") }) { continue }
      if isVerbNext, word == "plan" || word == "apply" {
        isVerbNext = false
        continue
      }
      words.append(word)
      if word == "-C", let directory = rest.popFirst() {
        words.append(directory)
      } else if !word.hasPrefix("-") {
        isVerbNext = false
      }
    }
    return words
  }
}
