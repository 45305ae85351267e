import Backport
import ReleaseModel

/// A plan, an operation or the lines as one page that stands for itself.
struct ReportPage {
  let facts: ReportFacts
  let plan: BackportPlan?
  /// The operation, where there is one.
  var operation: OperationDocument?
  /// The lines, where there is no plan.
  var lines: LinesDocument?

  /// The page of a plan.
  init(plan: BackportPlan, facts: ReportFacts) {
    self.plan = plan
    self.facts = facts
  }

  /// The page of an operation.
  init(operation: OperationDocument, facts: ReportFacts) {
    self.operation = operation
    plan = operation.plan
    self.facts = facts
  }

  /// The page of the lines.
  init(lines: LinesDocument, facts: ReportFacts) {
    self.lines = lines
    plan = nil
    self.facts = facts
  }

  /// The file.
  var bytes: [UInt8] { Array(frame.html.source.utf8) }

  private var frame: PageFrame {
    let warnings = plan?.warnings ?? lines?.warnings ?? []
    let notes =
      embargo + failure + PagePart.note("Warnings", warnings.map { HTML($0.message) })
    let tool = plan.map { "Made by \($0.tool)" } ?? "Made by \(Program.description)"
    return PageFrame(
      title: title, kind: kind, heading: heading, lead: lead + notes,
      sections: [
        ("picture", "Release lines over time", figure),
        ("lines", plan == nil ? "Lines" : "Each line", plan == nil ? linesTable : targets),
        ("fix", "The fix", fix),
        ("refs", "References", references),
        ("others", "Other lines", others),
      ], footer: "<p>\(tool), for \(facts.asOf). Nothing on this page is loaded from elsewhere.</p>"
    )
  }

  private var kind: String {
    if let operation, let state = operation.state { return "Operation, \(state.rawValue)" }
    return plan == nil ? "Release lines" : "Plan; nothing is written yet"
  }

  private var title: String {
    guard let plan else { return "Release lines as of \(facts.asOf)" }
    let names = plan.options.lines.isEmpty ? plan.fixes.flatMap(\.requested) : plan.options.lines
    return (plan.options.lines.isEmpty ? "Backport of " : "Release of ")
      + names.joined(separator: " ")
  }

  private var heading: HTML {
    plan.map { HTML(PlanFacts(plan: $0).title) } ?? "Release lines as of \(facts.asOf)"
  }

  private var lead: HTML {
    guard let plan else {
      guard let policy = lines?.policy else { return "" }
      let origin: Phrase =
        policy.assumed
        ? "\(strong: "assumed"), as nobody states one" : "from \(code: policy.source)"
      return PagePart.facts([
        Fact("Policy", "\(policy.rules.joined(separator: "; ")), " + origin)
      ])
    }
    let chips = plan.targets.enumerated().map { index, target -> HTML in
      let verdict = TargetVerdict(target)
      return """
        <li><a class="chip \(verdict.meaning.pageClass)" href="#line-\(index)"><span \
        aria-hidden="true">\(verdict.meaning.glyph)</span>\(target.line) \(verdict.words)</a></li>
        """
    }
    let list: HTML = chips.isEmpty ? "" : "<ul class=\"chips\">\(chips.joined())</ul>\n"
    return list + PagePart.facts(PlanFacts(plan: plan).list)
  }

  private var embargo: HTML {
    guard let plan, plan.options.embargo else { return "" }
    let time = plan.options.notBefore.map { "not to be disclosed before \($0)" } ?? "not to be seen"
    return PagePart.note("EMBARGOED", [HTML(time)], isBad: true)
  }

  private var failure: HTML {
    guard let error = operation?.error else { return "" }
    return PagePart.note(
      "Error", [HTML(error.message)] + (error.hint.map { [HTML($0)] } ?? []), isBad: true)
  }

  private var figure: HTML {
    guard !facts.lines.isEmpty else { return "" }
    let wide = TimelinePicture(facts: facts, plan: plan, width: 1000, name: "wide")
    let narrow = TimelinePicture(facts: facts, plan: plan, width: 358, name: "narrow")
    let left = wide.omittedCount
    let omitted: HTML =
      left == 0
      ? "" : "<span>\(left == 1 ? "1 more line" : "\(left) more lines") in the table</span>"
    let fixWords: HTML =
      plan == nil ? "" : "<span>diamond: the fix</span><span>✓ lands, ✕ needs a person</span>"
    return """
      <figure>\(wide.svg)\(narrow.svg)<figcaption><span>bar: support window</span><span>dot: \
      release</span>\(fixWords)<span>dashed: \(facts.asOf)</span>\(omitted)</figcaption></figure>
      \(PagePart.details("The picture as a table", timeTable))
      """
  }

  private var timeTable: HTML {
    let rows = facts.lines.map { line -> [HTML] in
      let target = plan?.targets.first { $0.line == line.name }
      let verdict = target.map(TargetVerdict.init)
      let first = line.releases.first.map { "\($0.version), \($0.date)" } ?? "not known"
      let last = line.releases.last.map { "\($0.version), \($0.date)" } ?? "not known"
      return [
        HTML(line.name), HTML(first), HTML(last), HTML(line.supported.rawValue),
        HTML(line.until?.description ?? (line.supported == .yes ? "no known end" : "")),
        HTML(verdict.map { $0.words + $0.rest } ?? ""),
      ]
    }
    return PagePart.table(
      "Release lines over time",
      ["Line", "First release", "Newest release", "Supported", "Until", "The fix"], rows)
  }

  private var targets: HTML {
    guard let plan else { return "" }
    if plan.targets.isEmpty { return "<p>No line is owed the fix.</p>" }
    return plan.targets.enumerated().map { index, target in
      TargetPage(target: target, plan: plan, facts: facts, anchor: "line-\(index)").html
    }.joined()
  }

  private var linesTable: HTML {
    let rows = (lines?.lines ?? []).map { line -> [HTML] in
      let words =
        line.supported == "yes" ? line.level.map { "yes, \($0)" } ?? "yes" : line.supported
      let meaning: StyledText.Meaning =
        line.supported == "yes" ? .good : line.supported == "no" ? .plain : .caution
      let branch = line.branch?.name ?? "none"
      let state = line.branch.map { $0.state == "exists" ? "" : " (\($0.state))" } ?? ""
      return [
        HTML(line.line), PagePart.chip(words, meaning), HTML(line.until ?? ""),
        "\(line.latest.version)<br>\(line.latest.date ?? "")", HTML(line.next),
        "<code>\(branch)</code>\(state)", HTML(line.reason),
      ]
    }
    return PagePart.table(
      "Release lines", ["Line", "Supported", "Until", "Newest", "Next", "Branch", "Why"], rows)
  }

  private var fix: HTML {
    guard let plan else { return "" }
    let commits = plan.fixes.flatMap(\.commits)
    let table = PagePart.table(
      "Commits of the fix", ["Commit", "Subject", "Author"],
      commits.map {
        ["<code>\(ShortID($0.id))</code>", HTML($0.subject), HTML($0.author)]
      })
    let patches = commits.map { commit -> HTML in
      guard let patch = facts.patches[commit.id] else { return "" }
      return PagePart.details(
        "The change of <code>\(ShortID(commit.id))</code> \(commit.subject)",
        isOpen: commits.count == 1, PagePart.patch("Change of \(ShortID(commit.id))", patch))
    }
    return table + patches.joined()
  }

  private var references: HTML {
    guard let plan else { return "" }
    let states = Dictionary(
      (operation?.refUpdates ?? []).map { ("\($0.ref)", $0.state) }
    ) { first, _ in first }
    let rows = plan.refUpdates.map { update -> [HTML] in
      let isSigned = update.new == nil && update.unsignedNew != nil
      let old: HTML = update.old.map { "<code>\(ShortID($0))</code>" } ?? "new"
      let new: HTML =
        isSigned ? "signed at apply" : update.new.map { "<code>\(ShortID($0))</code>" } ?? "gone"
      let cells: [HTML] = ["<code>\(update.ref)</code>", old, new]
      return operation == nil ? cells : cells + [HTML(RefStateWords.of(states["\(update.ref)"]))]
    }
    return PagePart.table(
      "References", ["Reference", "Before", "After"] + (operation == nil ? [] : ["Now"]), rows)
  }

  private var others: HTML {
    PagePart.table(
      "Lines that are not targets", ["Line", "Why not"],
      (plan?.notTargeted ?? []).map { [HTML($0.line), HTML($0.reason)] })
  }
}

/// What has become of a reference since, in words.
enum RefStateWords {
  static func of(_ state: String?) -> String {
    switch state {
    case "new": "in place"
    case "old": "put back"
    case "absent": "gone again"
    case "other": "moved since"
    default: ""
    }
  }
}
