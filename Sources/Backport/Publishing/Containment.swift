import GitStore

/// Makes sure that a push shows the world the plan's own commits and no others.
///
/// An unpushed commit under a release branch, or one that is under embargo, would otherwise go along
/// unseen: git sends whatever the remote lacks.
struct Containment {
  private static let shownCommits = 5

  let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// Counts the commits that become visible; one that the plan did not make is an error.
  ///
  /// Two walks by git, which end where the remote's references begin.
  func check(
    _ operation: Operation, _ edits: [PushEdit], against listed: [RefName: ObjectID]
  ) async throws(BackportError) -> Int {
    guard !edits.isEmpty else { return 0 }
    let tips = edits.map(\.new)
    let visible = try await commits(from: tips, notIn: Array(Set(listed.values)))
    let own = Set(try await commits(from: tips, notIn: bases(of: operation.plan)))
    let foreign = visible.filter { !own.contains($0) }
    if foreign.isEmpty { return visible.count }
    let shown = foreign.prefix(Self.shownCommits).map { $0.abbreviated() }.joined(separator: " ")
    let names = foreign.count > Self.shownCommits ? shown + " ..." : shown
    throw BackportError(
      isEmbargoed(foreign, besides: operation) ? .embargoed : .foreignCommits,
      [operation.id, "\(foreign.count)"], detail: names)
  }

  /// What the plan found: everything it made stands above these.
  private func bases(of plan: BackportPlan) -> [ObjectID] {
    plan.refUpdates.compactMap(\.old) + plan.targets.compactMap(\.base) + [plan.trunk.old]
  }

  /// Whether a commit is one that another operation keeps under embargo.
  private func isEmbargoed(_ commits: [ObjectID], besides operation: Operation) -> Bool {
    let ids = Set(commits)
    return OperationStore(workspace.repository).all().contains { other in
      other.id != operation.id && other.state == .embargoed
        && other.plan.targets.contains { target in
          target.commits.contains { $0.id.map(ids.contains) ?? false }
            || (target.release?.commit.map(ids.contains) ?? false)
        }
    }
  }

  private func commits(
    from starts: [ObjectID], notIn hidden: [ObjectID]
  ) async throws(BackportError) -> [ObjectID] {
    let input = starts.map { "\($0)\n" } + hidden.map { "^\($0)\n" }
    do {
      let bytes = try await workspace.git.output(
        of: ["rev-list", "--ignore-missing", "--stdin"], at: workspace.location,
        input: Array(input.joined().utf8))
      return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
        ObjectID(hex: String(decoding: $0, as: UTF8.self))
      }
    } catch {
      throw BackportError(.git, ["rev-list"], detail: String(decoding: error.errors, as: UTF8.self))
    }
  }
}
