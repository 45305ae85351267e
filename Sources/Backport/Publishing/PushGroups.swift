import GitStore

/// How the references of an operation are divided into pushes.
public enum PushGrouping: String, Sendable, CaseIterable {
  /// At most three tags each: GitHub starts no tag workflows for a push of more.
  case auto
  /// Everything in one push.
  case one
  /// One push for each release line.
  case byLine = "by-line"
}

/// The groups of references in which an operation is published.
enum PushGroups {
  /// The most tags for which GitHub starts workflows: a push of more starts none at all
  /// (https://docs.github.com/actions/reference/events-that-trigger-workflows#push).
  static let tagLimit = 3

  /// The groups, oldest line first; in each, branches before tags.
  ///
  /// What belongs to no line, such as the forward-port, comes last, since it tells of the releases;
  /// the trunk comes first, since the fix is meant to be on it before a release has it.
  static func make(_ plan: BackportPlan, _ grouping: PushGrouping) -> [[RefName]] {
    let planned = plan.refUpdates.filter { $0.new != nil }.map(\.ref)
    var waiting = Set(planned)
    var lines: [[RefName]] = []
    for target in plan.targets.reversed() {
      let names = [
        target.branch.flatMap { RefName.branch($0) }, target.topic.flatMap { RefName.branch($0) },
        target.release.flatMap { RefName.tag($0.tag) },
      ]
      let refs = names.compactMap(\.self).filter { waiting.remove($0) != nil }
      if !refs.isEmpty { lines.append(refs) }
    }
    let isTrunk = { (ref: RefName) in ref.description == plan.trunk.ref }
    let first = planned.filter { waiting.contains($0) && isTrunk($0) }
    let last = planned.filter { waiting.contains($0) && !isTrunk($0) }
    var groups = divided(lines, grouping)
    if groups.isEmpty { groups = [[]] }
    groups[0] = first + groups[0]
    groups[groups.count - 1] += last
    return groups.map { branchesFirst($0) }.filter { !$0.isEmpty }
  }

  private static func divided(_ lines: [[RefName]], _ grouping: PushGrouping) -> [[RefName]] {
    switch grouping {
    case .one: return [lines.flatMap(\.self)]
    case .byLine: return lines
    case .auto:
      var groups: [[RefName]] = []
      var tags = 0
      for line in lines {
        let count = line.count { $0.tagName != nil }
        if groups.isEmpty || tags + count > tagLimit {
          groups.append([])
          tags = 0
        }
        groups[groups.count - 1] += line
        tags += count
      }
      return groups
    }
  }

  /// A reader who sees a middle state sees a commit without its tag, never a tag without its branch.
  private static func branchesFirst(_ refs: [RefName]) -> [RefName] {
    refs.filter { $0.tagName == nil } + refs.filter { $0.tagName != nil }
  }
}
