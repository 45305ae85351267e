import GitStore
import ReleaseModel

/// What the project decided about one fix, in `[fix "…"]` of its configuration.
struct FixDecisions {
  /// The reason of each line that is left out.
  var skips: [LineName: String] = [:]
  /// The revision that is the fix in another form, by line.
  var fixed: [LineName: String] = [:]
  /// Revisions that belong to the fix.
  var with: [String] = []
  /// Lines that decisions name and that do not exist.
  var unknownLines: [LineName] = []

  /// Collects the decisions filed under one of the fix's commits or ids.
  init(project: ProjectConfiguration, fix: FixSet, ids: [String], inventory: LineInventory) {
    self.init(
      project: project, names: ids + (fix.named + fix.commits.map(\.id)).map(\.description),
      inventory: inventory)
  }

  /// Collects the decisions filed under one of some commits or ids.
  init(project: ProjectConfiguration, names: [String], inventory: LineInventory) {
    let names = Set(names.map { $0.lowercased() })
    for (name, decision) in project.decisions.sorted(by: { $0.key < $1.key })
    where names.contains(name) {
      for (line, reason) in decision.skip {
        if let line = known(line, inventory) { skips[line] = reason }
      }
      for (line, revision) in decision.fixed {
        if let line = known(line, inventory) { fixed[line] = revision }
      }
      with += decision.with
    }
    unknownLines.sort()
  }

  private mutating func known(_ line: LineName, _ inventory: LineInventory) -> LineName? {
    if let found = inventory.line(named: line) { return found.name }
    unknownLines.append(line)
    return nil
  }
}
