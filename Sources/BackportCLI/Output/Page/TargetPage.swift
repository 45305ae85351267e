import Backport

/// What a plan does on one line, as a part of a page.
struct TargetPage {
  let target: Target
  let plan: BackportPlan
  let facts: ReportFacts
  /// The anchor of its heading.
  let anchor: String

  var html: HTML {
    let verdict = TargetVerdict(target)
    var content: HTML = """
      <article aria-labelledby="\(anchor)">
      <h3 id="\(anchor)">\(target.line) \(PagePart.chip(verdict.words + verdict.rest, verdict.meaning))</h3>

      """
    content += PagePart.facts(TargetFacts(target: target).list)
    content += commits + verification
    for conflict in target.conflicts { content += html(of: conflict) }
    content += settled + riders + changelog + releasePatch
    return content + "</article>\n"
  }

  private var commits: HTML {
    guard target.status.isWork, !target.commits.isEmpty else { return "" }
    let originals = Dictionary(plan.fixes.flatMap(\.commits).map { ($0.id, $0) }) { first, _ in
      first
    }
    let rows = target.commits.map { commit -> [HTML] in
      [
        "<code>\(ShortID(commit.source))</code>", result(of: commit),
        HTML(commit.fidelity ?? ""), HTML(originals[commit.source]?.subject ?? ""),
      ]
    }
    let table = PagePart.table(
      "Commits picked to \(target.line)", ["Commit", "Becomes", "Fidelity", "Subject"], rows)
    let patches = target.commits.map { commit -> HTML in
      guard let id = commit.id ?? commit.unsignedId, commit.fidelity != "identical",
        let patch = facts.patches[id]
      else { return "" }
      return PagePart.details(
        "The change as picked: <code>\(ShortID(id))</code>, \(commit.fidelity ?? "picked")",
        PagePart.patch("Change of \(ShortID(id))", patch))
    }
    return "<h4>Commits</h4>\n" + table + patches.joined() + comparisons
  }

  private var comparisons: HTML {
    (facts.comparisons[target.line] ?? []).map { comparison -> HTML in
      let lines = comparison.lines.map { bytes -> (String, String) in
        let kind =
          switch bytes.first {
          case UInt8(ascii: "+"): "add"
          case UInt8(ascii: "-"): "del"
          case UInt8(ascii: "@"): "meta"
          default: "same"
          }
        return (String(decoding: bytes, as: UTF8.self), kind)
      }
      let pick = ShortID(comparison.pick)
      return PagePart.details(
        "How <code>\(pick)</code> differs from <code>\(ShortID(comparison.source))</code>",
        isOpen: true, PagePart.code("How \(pick) differs from the original", lines))
    }.joined()
  }

  private var verification: HTML {
    guard let results = target.verification, !results.isEmpty else { return "" }
    let items = results.map { result -> HTML in
      let meaning: StyledText.Meaning =
        switch result.status {
        case .passed: .good
        case .notRun: .caution
        case .failed, .timedOut: .bad
        }
      let time: HTML = result.status == .notRun ? "" : " \(result.seconds) s"
      return
        "<p>\(PagePart.chip(result.outcome, meaning))\(time) <code>\(result.command)</code></p>\n"
    }
    let tails = results.filter { !$0.tail.isEmpty }.map { result -> HTML in
      PagePart.details(
        "The end of what it wrote", isOpen: true,
        PagePart.code("Output of \(result.command)", result.tail.map { ($0, "same") }))
    }
    return "<h4>Verification</h4>\n" + items.joined() + tails.joined()
  }

  private func result(of commit: TargetCommit) -> HTML {
    switch commit.status {
    case .picked: (commit.id ?? commit.unsignedId).map { "<code>\(ShortID($0))</code>" } ?? "picked"
    case .already: "already there"
    case .empty: PagePart.chip("empty here", .caution)
    case .conflict: PagePart.chip("conflict", .bad)
    }
  }

  private func html(of conflict: Conflict) -> HTML {
    var content: HTML = ""
    var causes: [Fact] = []
    if let change = conflict.branchChange {
      causes.append(Fact("Changed by", "\(code: ShortID(change.commit)) \(change.subject)"))
    }
    causes += conflict.prerequisites.map {
      Fact("Needs", "\(code: ShortID($0.commit)) \($0.subject)")
    }
    if let newer = conflict.newerLine {
      causes.append(
        Fact("On \(newer.line)", "\(code: ShortID(newer.commit)): \(newer.outcome.rawValue)"))
    }
    for proposal in conflict.hunks.compactMap(\.proposal) + [conflict.proposal].compactMap(\.self) {
      causes.append(Fact("Perhaps", "\(proposal.detail) (\(proposal.trust))"))
    }
    content += PagePart.facts(causes)
    for hunk in conflict.hunks {
      let lines = hunk.lines.map { line -> (String, String) in
        let isMark = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains { line.hasPrefix($0) }
        return (line, isMark ? "mark" : "same")
      }
      content += PagePart.code(
        "Conflict at line \(hunk.line) of \(conflict.path)",
        [("line \(hunk.line)", "meta")] + lines)
    }
    if content.isEmpty { content = "<p>There are no lines to show.</p>" }
    return PagePart.details(
      "Conflict in <code>\(conflict.path)</code> (\(conflict.kind))", isOpen: true, content)
  }

  private var settled: HTML {
    let items = target.settled.map { settled -> HTML in
      let path: HTML = settled.path.map { "<code>\($0)</code>: " } ?? ""
      return "<li>\(path)\(settled.detail) (\(settled.method), \(settled.trust))</li>"
    }
    return PagePart.details(
      "Settled by rules", items.isEmpty ? "" : "<ul>\(items.joined())</ul>")
  }

  private var riders: HTML {
    let items = target.riders.map { rider -> HTML in
      "<li><code>\(ShortID(rider.commit))</code> \(rider.subject)</li>"
    }
    let count = items.count == 1 ? "1 commit" : "\(items.count) commits"
    return PagePart.details(
      "\(PagePart.chip("released along", .caution)) \(count) unreleased on the branch",
      items.isEmpty ? "" : "<ul>\(items.joined())</ul>")
  }

  private var changelog: HTML {
    let files = (target.release?.changelog ?? []).map { file -> HTML in
      let lines = file.entry.split(separator: "\n", omittingEmptySubsequences: false)
      return "<h4>Changelog <code>\(file.path)</code></h4>\n"
        + PagePart.code(
          "Changelog entry in \(file.path)", lines.map { ("+ " + $0, "add") })
    }
    return files.joined()
  }

  private var releasePatch: HTML {
    guard let release = target.release, let id = release.commit ?? release.unsignedCommit,
      let patch = facts.patches[id]
    else { return "" }
    return PagePart.details(
      "The release commit <code>\(ShortID(id))</code>",
      PagePart.patch("Change of the release commit \(ShortID(id))", patch))
  }
}
