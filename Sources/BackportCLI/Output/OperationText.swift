import Backport

/// An operation: what was landed, and what may follow.
struct OperationText {
  let document: OperationDocument
  let style: TextStyle

  /// What a landing, or taking one back, did; `listsRefs` unless the plan was shown just before,
  /// and `advises` unless the run goes on by itself.
  func outcome(listsRefs: Bool = true, advises: Bool = true) -> String {
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
    if state == .embargoed {
      page.line(StyledText("EMBARGOED", .caution) + ": operation \(id), \(counts), seen by nobody")
    } else {
      page.line(
        StyledText(state == .undone ? "taken back" : state.rawValue, .good)
          + ": operation \(id), \(counts)")
    }
    if listsRefs { writeRefs(&page, undone: state == .undone) }
    writeBlocked(&page)
    if advises { writeNext(NextSteps.after(document), &page) }
    return page.text
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
    let plan = PlanText(plan: document.plan, style: style, states: states)
    return page.text + plan.text(next: NextSteps.after(document))
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
    _ plan: BackportPlan, savedIn file: String?, arguments: [String]
  ) -> [StyledText] {
    var steps: [StyledText] = []
    if !plan.refUpdates.isEmpty {
      let words = file.map { ["--plan", $0] } ?? CommandWords.withoutOutput(arguments)
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
      let base = target.base.map(ShortID.init)?.description ?? "its branch"
      return "\(target.line): make the change on top of \(base) and give it: "
        + "--use \(target.line)=<rev>"
    }
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
