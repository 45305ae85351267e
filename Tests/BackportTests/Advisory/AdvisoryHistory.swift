import TestSupport

/// A library whose flaw came in with 0.9.1, was carried on to 1.0 and 1.1, and is fixed on 0.9, 1.1
/// and the trunk.
struct AdvisoryHistory {
  static let safe = "read\nuse\nclose\n"
  static let flawed = "read\nread the count\nuse\nclose\n"
  static let fixed = "read\nread the count\ncheck the count\nuse\nclose\n"

  var builder = RepositoryBuilder()
  let flaw: Mark
  let fix: Mark
  /// The fix as it was made on the lines.
  let picks: (on09: Mark, on11: Mark)

  /// The history; `tagsFixes` tells whether the fixed lines are released.
  init(tagsFixes: Bool = true, files: [String: FileChange] = [:]) {
    var history = RepositoryBuilder()
    let start: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n\tsupport = 0.9\n",
      "composer.json": "{\n  \"name\": \"example/tokenkit\"\n}\n", "code.txt": .text(Self.safe),
    ]
    let first = history.commit("Begin", files: start.merging(files) { $1 })
    history.tag("v0.9.0", at: first)
    flaw = history.commit("Read the count", files: ["code.txt": .text(Self.flawed)])
    history.tag("v0.9.1", at: flaw)
    history.branch("0.9", at: flaw)
    let second = history.commit("Add one", files: ["one.txt": "1\n"])
    history.tag("v1.0.0", at: second)
    let third = history.commit("Add two", files: ["two.txt": "2\n"])
    history.tag("v1.1.0", at: third)
    history.branch("1.1", at: third)
    history.tag("v2.0.0-rc.1", at: history.commit("Add three", files: ["three.txt": "3\n"]))
    let repair: [String: FileChange] = ["code.txt": .text(Self.fixed)]
    fix = history.commit("Check the count (CVE-2026-0001)", files: repair)
    picks = (
      history.commit("Check the count, on the old line", on: "0.9", files: repair),
      history.commit("Check the count", on: "1.1", files: repair)
    )
    if tagsFixes {
      history.tag("v0.9.2", at: picks.on09)
      history.tag("v1.1.1", at: picks.on11)
    }
    builder = history
  }
}
