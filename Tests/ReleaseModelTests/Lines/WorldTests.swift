import Foundation
import ReleaseModel
import Testing

/// Real projects: their lines, branches and next tags, checked by hand.
@Suite struct WorldTests {
  private struct World: Decodable {
    var head: String
    var tags: [[String]]
    var branches: [String]

    var tagNames: [String] { tags.compactMap(\.first) }
  }

  private struct Fact {
    var project: String
    var line: String
    var newest: String
    var next: String
    var branch: String
    var holders: [String]

    init?(_ row: Substring) {
      let cells = row.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard cells.count >= 5 else { return nil }
      (project, line, newest, next, branch) = (cells[0], cells[1], cells[2], cells[3], cells[4])
      holders = cells.count > 5 ? cells[5].split(separator: " ").map(String.init) : []
    }
  }

  private static func facts() -> [String: [Fact]] {
    Dictionary(grouping: WorldFacts.table.split(separator: "\n").compactMap(Fact.init)) {
      $0.project
    }
  }

  /// What the table itself says of a project: the newest tag of each line, and the branches.
  private func world(of facts: [Fact]) -> World {
    let trunk = facts.first { $0.branch == "trunk" }?.holders.first ?? "main"
    let named = facts.compactMap { fact in
      fact.branch.hasPrefix("exists ") ? String(fact.branch.dropFirst(7)) : nil
    }
    // Names that no line may take: other people's work, and lines without a release.
    let decoys = ["dependabot/npm/x-9.9", "backport/fix-to-1.2", "feature/7", "99.99", "gh-pages"]
    // Where tags name packages, others are tagged too.
    let others = facts.filter { $0.newest.hasPrefix("@") }
      .map { [$0.newest.replacing("/cli@", with: "/types@")] }
    return World(
      head: trunk, tags: facts.map { [$0.newest] } + others + [["nightly-build"]],
      branches: Array(Set(named + facts.flatMap(\.holders) + decoys + [trunk])))
  }

  private func worlds() throws -> [String: World] {
    let folder = try #require(WorldFacts.folder)
    let file = URL(fileURLWithPath: folder).appendingPathComponent("policies/worlds.json")
    return try JSONDecoder().decode([String: World].self, from: Data(contentsOf: file))
  }

  private func inventory(_ project: String, _ world: World) throws -> LineInventory {
    let repository = project.split(separator: "/").last.map(String.init)
    return try LineInventory(
      tagNames: world.tagNames, unit: project.contains("systemd") ? .major : .minor,
      options: .init(
        package: project.contains("changesets") ? "@changesets/cli" : nil,
        repositoryName: repository))
  }

  private func text(_ state: LineBranch.State) -> String {
    switch state {
    case .exists(let name): "exists \(name)"
    case .remote(let name): "remote \(name)"
    case .trunk: "trunk"
    case .create(let name): "create \(name ?? "-")"
    }
  }

  @Test func linesBranchesAndNextTagsAreThoseOfTheProject() throws {
    let facts = Self.facts()
    #expect(facts.count == 24)
    for (project, known) in facts { try expect(known, in: world(of: known), project) }
  }

  @Test(.enabled(if: WorldFacts.folder != nil))
  func theWholeHistoriesOfTheProjectsGiveTheSame() throws {
    let facts = Self.facts()
    let worlds = try worlds()
    #expect(Set(facts.keys) == Set(worlds.keys))
    for (project, world) in worlds { try expect(facts[project] ?? [], in: world, project) }
  }

  private func expect(_ known: [Fact], in world: World, _ project: String) throws {
    let expected = known.filter { $0.line != "-" }
    let inventory = try inventory(project, world)
    let holders = Dictionary(uniqueKeysWithValues: known.map { ($0.newest, Set($0.holders)) })
    let detector = BranchDetector(
      inventory: inventory, local: world.branches, trunk: .local(world.head))
    let lines = Array(inventory.lines.prefix(expected.count))
    let branches = detector.branches(of: lines) { holders[$0]?.contains($1.name) ?? false }
    #expect(lines.count == expected.count)
    for ((line, branch), fact) in zip(zip(lines, branches), expected) {
      #expect(line.name.description == fact.line)
      #expect(line.newest.tagName == fact.newest)
      #expect(line.nextTagName == fact.next)
      #expect(text(branch.state) == fact.branch, "\(project) \(line.name): \(branch.reason)")
    }
  }

  @Test(.enabled(if: WorldFacts.folder != nil))
  func nearlyEveryTagOfAReleaseIsRead() throws {
    var (read, missed) = (0, [String]())
    for (project, world) in try worlds() {
      let inventory = try inventory(project, world)
      read += world.tags.count - inventory.unmatchedTagNames.count
      missed += inventory.unmatchedTagNames.filter {
        $0.contains(where: \.isNumber) && !$0.contains("SNAPSHOT")
      }
    }
    #expect(read > 8000)
    #expect(Double(missed.count) < 0.005 * Double(read), "\(missed)")
  }
}
