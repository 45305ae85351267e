import Backport
import GitStore
import TestSupport
import Testing

/// Series of picks and the commits they make.
@Suite struct PickerTests {
  private let committer: Signature

  init() throws {
    committer = try Signature(
      name: "R Manager", email: "r@example.com", seconds: 1_700_009_000, offsetMinutes: 60)
  }

  private func id(_ repository: TestRepository, _ mark: Mark) throws -> ObjectID {
    try #require(ObjectID(hex: repository.id(mark)))
  }

  private func pick(
    _ fixes: [Mark], onto: Mark, in repository: TestRepository, skipping: Set<Mark> = [],
    provenance: ProvenanceStyle = .cherryPicked, signOff: Bool = false
  ) throws -> (PickOutcome, Repository) {
    let store = try Repository(gitDirectory: repository.gitDirectory)
    var picker = Picker(
      repository: store,
      options: PickOptions(provenance: provenance, signOff: signOff, committer: committer))
    let series = try fixes.map { PickSource(try store.commit(try id(repository, $0))) }
    let outcome = try picker.pick(
      series, onto: try id(repository, onto),
      skipping: Set(try skipping.map { try id(repository, $0) }))
    return (outcome, store)
  }

  private func message(_ outcome: PickOutcome, _ store: Repository) throws -> String {
    String(decoding: try store.commit(outcome.tip).message, as: UTF8.self)
  }

  @Test func `a series is picked on its own results`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": numbered(9), "b": "b\n"])
    history.branch("1.0", at: base)
    let drift = history.commit("drift", on: "1.0", files: ["b": "c\n"])
    let first = history.commit("one", files: ["a": numbered(9, [5: "first"])])
    let second = history.commit("two", files: ["a": numbered(9, [5: "second"])])
    let (outcome, store) = try pick([first, second], onto: drift, in: try history.write())
    #expect(outcome.commits.map(\.status) == [.picked, .picked])
    #expect(outcome.commits.map(\.fidelity) == [.identical, .identical])
    #expect(outcome.tip == outcome.commits.last?.id)
    #expect(try store.commit(outcome.tip).parents == [try #require(outcome.commits[0].id)])
    #expect(try store.file(at: "b", in: outcome.tree) == Array("c\n".utf8))
  }

  @Test func `a commit that is there is left out and one without effect makes no commit`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": "a\n"])
    history.branch("1.0", at: base)
    let first = history.commit("one", files: ["b": "b\n"])
    let second = history.commit("two", files: ["c": "c\n"])
    let third = history.commit("three", files: ["d": "d\n"])
    let drift = history.commit("has it", on: "1.0", files: ["c": "c\n"])
    let (outcome, _) = try pick(
      [first, second, third], onto: drift, in: try history.write(), skipping: [first])
    #expect(outcome.commits.map(\.status) == [.already, .empty, .picked])
    #expect(outcome.commits[1].id == nil)
    #expect(outcome.isClean)
  }

  @Test func `a conflict ends the series and keeps what was picked before`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": numbered(9)])
    history.branch("1.0", at: base)
    let first = history.commit("one", files: ["b": "b\n"])
    let second = history.commit("two", files: ["a": numbered(9, [5: "fixed"])])
    let third = history.commit("three", files: ["d": "d\n"])
    let drift = history.commit("drift", on: "1.0", files: ["a": numbered(9, [5: "drifted"])])
    let (outcome, _) = try pick([first, second, third], onto: drift, in: try history.write())
    #expect(outcome.commits.map(\.status) == [.picked, .conflict])
    #expect(outcome.tip == outcome.commits[0].id)
    #expect(outcome.tree == outcome.commits[0].tree)
    #expect(outcome.conflicts.map(\.displayPath) == ["a"])
  }

  @Test func `author, dates, encoding and message bytes are the original's`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": "a\n"])
    history.branch("1.0", at: base)
    let body: [UInt8] = Array("caf".utf8) + [0xe9] + Array("\n\n  odd  \n\n\n# kept\n".utf8)
    let fix = history.commit(
      bytes: body, files: ["b": "b\n"], encoding: "ISO-8859-1",
      author: .author(at: 1_600_000_000, zone: "-0330"))
    let repository = try history.write()
    let (outcome, store) = try pick([fix], onto: base, in: repository, provenance: .none)
    let picked = try store.commit(outcome.tip)
    #expect(picked.message == body)
    #expect(picked.encoding == Array("ISO-8859-1".utf8))
    #expect(picked.author == (try store.commit(try id(repository, fix)).author))
    #expect(picked.committer == committer)
  }

  @Test func `the id is the one git gives to the same commit`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": numbered(9)])
    history.branch("1.0", at: base)
    let drift = history.commit("drift", on: "1.0", files: ["b": "b\n"])
    let fix = history.commit("fix it\n\nat last\n", files: ["a": numbered(9, [5: "fixed"])])
    let repository = try history.write(bare: false)
    let (outcome, _) = try pick([fix], onto: drift, in: repository)
    repository.git("checkout", "-q", "1.0")
    repository.git.attemptPick(
      repository.id(fix),
      environment: [
        "GIT_COMMITTER_NAME": "R Manager", "GIT_COMMITTER_EMAIL": "r@example.com",
        "GIT_COMMITTER_DATE": "1700009000 +0100",
      ])
    #expect(repository.git("rev-parse", "HEAD") == outcome.tip.description)
  }

  @Test func `the origin stands above the trailers, which git still reads`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": "a\n"])
    let fix = history.commit(
      "fix it\n\nwhy\n\nReviewed-by: A <a@example.com>\nFixes: 12bd53e\n", files: ["b": "b\n"])
    let repository = try history.write()
    let (outcome, store) = try pick([fix], onto: base, in: repository, signOff: true)
    let text = try message(outcome, store)
    #expect(
      text == """
        fix it

        why

        (cherry picked from commit \(repository.id(fix)))

        Reviewed-by: A <a@example.com>
        Fixes: 12bd53e
        Signed-off-by: R Manager <r@example.com>

        """)
    #expect(
      repository.git("interpret-trailers", "--parse", input: text) == """
        Reviewed-by: A <a@example.com>
        Fixes: 12bd53e
        Signed-off-by: R Manager <r@example.com>
        """)
  }

  @Test func `a pick of a pick names the original`() throws {
    let original = String(repeating: "a", count: 40)
    for message in [
      "fix\n\n(cherry picked from commit \(original))\n",
      "fix\n\nAcked-by: A <a@example.com>\n(cherry picked from commit \(original))\n",
      "fix\n\n(backported from commit \(original))\n\nAcked-by: A <a@example.com>\n",
    ] {
      var history = RepositoryBuilder()
      let base = history.commit("base", files: ["a": "a\n"])
      let fix = history.commit(message, files: ["b": "b\n"])
      let (outcome, store) = try pick([fix], onto: base, in: try history.write())
      #expect(try self.message(outcome, store) == message)
    }
  }

  @Test func `an origin named in running text is not one`() throws {
    var history = RepositoryBuilder()
    let other = String(repeating: "a", count: 40)
    let base = history.commit("base", files: ["a": "a\n"])
    let fix = history.commit(
      "fix\n\n(cherry picked from commit \(other))\n\nwas wrong, so again\n", files: ["b": "b\n"])
    let repository = try history.write()
    let (outcome, store) = try pick([fix], onto: base, in: repository)
    #expect(try message(outcome, store).hasSuffix("commit \(repository.id(fix)))\n"))
  }

  @Test func `fidelity says how near a pick is to its source`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": numbered(20)])
    history.branch("far", at: base)
    history.branch("near", at: base)
    let far = history.commit("far", on: "far", files: ["a": numbered(20, [18: "drifted"])])
    let near = history.commit("near", on: "near", files: ["a": numbered(20, [8: "drifted"])])
    let fix = history.commit("fix", files: ["a": numbered(20, [5: "fixed", 10: "too"])])
    let partly = history.commit(
      "partly", on: "partly", files: ["a": numbered(20, [5: "fixed"])], parents: [base])
    let repository = try history.write()
    let picks = try [base, far, near, partly].map { mark in
      try pick([fix], onto: mark, in: repository).0.commits[0].fidelity
    }
    #expect(picks == [.identical, .identical, .context, .adapted])
  }

  @Test func `a merge is picked against the parent that is named`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": "a\n"])
    history.branch("topic", at: base)
    let topic = history.commit("topic", on: "topic", files: ["t": "t\n"])
    history.commit("main", files: ["m": "m\n"])
    let merge = history.merge(topic, files: ["t": "t\n"])
    let repository = try history.write()
    let (outcome, store) = try pick([merge], onto: base, in: repository)
    #expect(try store.file(at: "t", in: outcome.tree) != nil)
    #expect(try store.file(at: "m", in: outcome.tree) == nil)
  }

  @Test func `a root commit adds its whole tree`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["a": "a\n"])
    let root = history.commit("root", on: "other", files: ["b": "b\n"], parents: [])
    let (outcome, store) = try pick([root], onto: base, in: try history.write())
    #expect(try store.tree(outcome.tree).map(\.name) == [Array("a".utf8), Array("b".utf8)])
  }

  @Test func `what was made is a sound pack`() throws {
    var history = RepositoryBuilder()
    let base = history.commit("base", files: ["src/deep/a": numbered(20), "b": "b\n"])
    history.branch("1.0", at: base)
    let drift = history.commit(
      "drift", on: "1.0", files: ["src/deep/a": numbered(20, [18: "drifted"])])
    let fix = history.commit("fix", files: ["src/deep/a": numbered(20, [2: "fixed"])])
    let repository = try history.write()
    let (outcome, store) = try pick([fix], onto: drift, in: repository)
    let pack = try #require(try store.pack(reachableFrom: [outcome.tip]))
    _ = repository.git.bytes(["index-pack", "--strict", "--stdin"], input: pack.bytes)
    repository.git("update-ref", "refs/heads/1.0", outcome.tip.description)
    repository.git("fsck", "--strict", "--full")
  }
}

extension GitOracle {
  fileprivate func attemptPick(_ commit: String, environment: [String: String]) {
    self("cherry-pick", "-x", commit, environment: environment)
  }
}
