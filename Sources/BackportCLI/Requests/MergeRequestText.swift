import Backport
import ReleaseModel

/// The merge request of one topic branch: its title and its description.
struct MergeRequestText {
  /// What GitHub takes of a description is 65,536 characters; some room is left.
  private static let limit = 60_000
  private static let titleLimit = 200

  let plan: BackportPlan
  let target: Target
  /// What `git range-diff` shows of the picks that differ from their originals.
  let difference: [String]

  /// The request; nil where there is no topic branch or no branch that it could go to.
  var request: MergeRequest? {
    guard let head = target.topic, let base = target.branch else { return nil }
    return MergeRequest(
      line: target.line, head: head, base: base, title: title, body: body,
      labels: isDraft ? ["backport", "needs review"] : ["backport"], isDraft: isDraft)
  }

  /// Whether a person has to look at the picks before they may be merged.
  var isDraft: Bool {
    !target.settled.isEmpty || target.commits.contains { $0.fidelity == "adapted" }
      || plan.warnings.contains {
        $0.code == "unknown-name" && $0.message.hasPrefix(target.line + ":")
      }
  }

  private var title: String {
    let entry = plan.fixes.first?.entry ?? "backport"
    let text = "[\(target.line)] " + TextEscape.line(entry)
    return text.count > Self.titleLimit ? text.prefix(Self.titleLimit - 3) + "..." : text
  }

  private var body: String {
    var page = MarkdownPage(limit: Self.limit)
    page.paragraph(introduction)
    if isDraft {
      page.alert(
        .warning, ["The change is not the same as on the trunk. Look at it before it is merged."])
    }
    let others = plan.targets.filter { $0.line != target.line && $0.status.needsPerson }
    page.alert(
      .caution,
      others.map { other -> MarkdownText in
        let paths = other.conflicts.map(\.path).joined(separator: ", ")
        let place = paths.isEmpty ? "" : " in \(paths)"
        return "**\(other.line)** still needs a person: \(other.status.rawValue)\(place)"
      })
    TargetMarkdown(target: target, plan: plan, level: 3).write(to: &page)
    if !difference.isEmpty {
      page.heading(3, "What differs from the trunk's commits")
      page.code(difference, prefix: " ", language: "diff")
    }
    if let release = target.release {
      page.heading(3, "Once it is merged")
      page.paragraph(
        "Merged in any way (merge, squash or rebase), this makes release \(release.version):")
      page.code(["git backport release \(ShellWord.quoted(target.line)) --push --yes"])
    }
    page.block([MergeRequestText.marker] + origins)
    return page.text
  }

  /// Says to readers of the page's source whose words these are.
  private static let marker = "<!-- made by git backport; a rerun replaces this description -->"

  private var introduction: MarkdownText {
    let ids = plan.fixes.first?.ids.joined(separator: ", ") ?? ""
    let named: MarkdownText = ids.isEmpty ? "" : " (\(ids))"
    return "The security fix \(plan.fixes.first?.entry ?? "")\(named) for the release line "
      + "**\(target.line)**: \(target.reason)."
  }

  /// The lines by which a squashed merge, too, says what it was made from.
  private var origins: [String] {
    target.commits.filter { $0.status == .picked }
      .map { "(cherry picked from commit \($0.source))" }
  }
}

/// The merge request of the branch that carries the changelogs to the trunk.
struct ForwardPortRequest {
  private static let prefix = "refs/heads/backport/forward-port/"

  let plan: BackportPlan

  /// The request; nil when the plan has no such branch.
  var request: MergeRequest? {
    guard let update = plan.refUpdates.first(where: { "\($0.ref)".hasPrefix(Self.prefix) }),
      let trunk = plan.repository.trunk?.shortRef
    else { return nil }
    let versions = plan.targets.compactMap { target in
      target.release?.changelog.isEmpty == false ? target.release?.version : nil
    }
    let remote = plan.repository.remote.map { $0 + "/" } ?? ""
    let base = trunk.hasPrefix(remote) ? String(trunk.dropFirst(remote.count)) : trunk
    var page = MarkdownPage(limit: 60_000)
    page.paragraph(
      "The changelog sections of \(versions.joined(separator: ", ")), in their places on the trunk. "
        + "To be merged once the releases are made.")
    return MergeRequest(
      line: "", head: String("\(update.ref)".dropFirst("refs/heads/".count)), base: base,
      title: "Add the changelog of \(versions.joined(separator: ", "))", body: page.text,
      labels: ["backport"], isDraft: false)
  }
}
