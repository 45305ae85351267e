import Backport

/// A labelled statement on a page.
struct Fact: Equatable, Sendable {
  var label: String
  var phrase: Phrase

  init(_ label: String, _ phrase: Phrase) {
    self.label = label
    self.phrase = phrase
  }
}

/// What is said of a plan as a whole, on pages of every form.
struct PlanFacts {
  let plan: BackportPlan

  /// What was asked for, as a title.
  var title: Phrase {
    guard plan.options.lines.isEmpty else {
      return "Release of \(plan.options.lines.joined(separator: ", "))"
    }
    var title: Phrase = "Backport of "
    for (index, word) in plan.fixes.flatMap(\.requested).enumerated() {
      let isID = word.utf8.count == 40 && word.allSatisfy(\.isHexDigit)
      let revision = isID ? ShortID(word).description : word
      title = title + (index == 0 ? "\(code: revision)" : " \(code: revision)")
    }
    let count = plan.targets.count
    let waiting = plan.targets.count { $0.status.needsPerson }
    let open: Phrase =
      waiting == 0 ? "" : waiting == 1 ? ", 1 needs a person" : ", \(waiting) need a person"
    return title + (count == 1 ? " to 1 line" : " to \(count) lines") + open
  }

  /// The fixes, the policy, the date and the signatures.
  var list: [Fact] {
    var facts = plan.fixes.map { Fact("Fix", phrase(for: $0)) }
    let origin: Phrase =
      plan.policy.assumed
      ? "\(strong: "assumed"), as nobody states one" : "from \(code: plan.policy.source)"
    facts.append(
      Fact(
        "Policy",
        "\(plan.policy.rules.joined(separator: "; ")), " + origin + ", as of \(plan.asOf)"))
    facts.append(
      Fact("Dated", "\(plan.releaseDate), by \(plan.committer.name) <\(plan.committer.email)>"))
    if let signing = plan.signing {
      let what = signing.commits ? (signing.tags ? "commits and tags" : "commits") : "tags"
      facts.append(
        Fact("Signing", "\(what), \(signing.format); ids are those before the signatures"))
    }
    return facts
  }

  private func phrase(for fix: Fix) -> Phrase {
    let count = fix.commits.count
    let commits = count == 1 ? "1 commit" : "\(count) commits"
    let ids = fix.ids.filter { !fix.entry.contains($0) }
    let named: Phrase = ids.isEmpty ? "" : " (\(ids.joined(separator: ", ")))"
    let what: Phrase = fix.merge == nil ? "\(commits)" : "a merge of \(commits)"
    let trunk = plan.trunk.ref.shortRef
    let place: Phrase =
      !plan.options.lines.isEmpty
      ? "on the branch"
      : plan.trunk.state == .containsFix
        ? "on \(code: trunk)" : "\(strong: "not on") \(code: trunk)"
    return "\(fix.entry)" + named + ": " + what + ", " + place
  }
}

/// What is said of one line of a plan, on pages of every form.
struct TargetFacts {
  let target: Target

  /// Why, from where, and what is released.
  var list: [Fact] {
    var facts = [Fact("Why", "\(target.reason)")]
    if target.onRequest { facts.append(Fact("Note", "\(strong: "not owed"); done on request")) }
    facts += target.evidence.map { Fact("Evidence", "\($0)") }
    if let branch = target.branch, let base = target.base, target.status.isWork {
      facts.append(
        Fact(
          "Base",
          target.baseKind == .tip
            ? "the tip of \(code: branch), \(code: ShortID(base))"
            : "the line's newest tag, \(code: ShortID(base)); branch \(code: branch)"))
    }
    return facts + (target.release.map { self.facts(of: $0) } ?? [])
  }

  private func facts(of release: PlannedRelease) -> [Fact] {
    let commit: Phrase =
      (release.commit ?? release.unsignedCommit).map { " at \(code: ShortID($0))" } ?? ""
    let what: Phrase =
      target.topic.map { "\(release.version) once \(code: $0) is merged" + commit }
      ?? "\(release.tagKind) \(code: release.tag)" + commit
      + (release.isLatest ? ", the newest release" : "")
    var facts = [Fact("Release", what)]
    facts += release.versionFiles.map {
      Fact("Version", "\(code: $0.path) from \($0.from) to \($0.to)")
    }
    if let development = release.development {
      facts.append(Fact("Then", "the branch is opened for \(development.version)"))
    }
    return facts + release.fragments.map { Fact("Taken up", "\(code: $0), which is removed") }
  }

  /// How many commits are picked, and how near they are to the originals.
  var picks: String {
    guard target.status.isWork, !target.commits.isEmpty else { return "" }
    let picked = target.commits.count { $0.status == .picked || $0.status == .already }
    let kinds = target.commits.compactMap(\.fidelity)
    let nearness = ["adapted", "context", "identical"].first { kinds.contains($0) }
    return "\(picked) of \(target.commits.count)" + (nearness.map { ", \($0)" } ?? "")
  }
}
