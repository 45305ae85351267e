import GitStore
import TestSupport
import Testing

@Suite struct RefTransactionTests {
  private let repository: TestRepository
  private let program: GitProgram
  private let first: ObjectID
  private let second: ObjectID

  init() throws {
    var history = RepositoryBuilder()
    let first = history.commit("first", files: ["a": "1\n"])
    let second = history.commit("second", files: ["a": "2\n"])
    history.branch("release/1.0", at: first)
    history.branch("release/1.1", at: first)
    repository = try history.write()
    program = try GitProgram(repository.environment)
    self.first = try #require(ObjectID(hex: repository.id(first)))
    self.second = try #require(ObjectID(hex: repository.id(second)))
  }

  /// Runs a transaction and returns why it did not commit.
  private func commit(
    _ edits: [RefEdit], program other: GitProgram? = nil,
    hooks: GitProgram.Options.Hooks = .run, deadline: Duration = .seconds(60),
    check: () async throws -> Void = {}
  ) async -> RefTransactionError? {
    var transaction = RefTransaction(edits, message: "backport apply: test")
    transaction.lockTimeout = .milliseconds(50)
    transaction.hooks = hooks
    transaction.deadline = deadline
    do throws(RefTransactionError) {
      try await transaction.commit(with: other ?? program, at: repository.location, check: check)
      return nil
    } catch {
      return error
    }
  }

  private func hook(_ script: String) throws {
    try repository.environment.write(
      "#!/bin/sh\n" + script, to: repository.gitDirectory + "/hooks/reference-transaction",
      executable: true)
  }

  /// Lock files and what else a transaction may leave behind.
  private var locks: String {
    get throws {
      try ChildProcess.run(
        "/usr/bin/find", [".", "-name", "*.lock"], environment: [:],
        directory: repository.gitDirectory
      ).outputText
    }
  }

  @Test func `refs are created, moved, deleted and verified together`() async throws {
    let error = await commit([
      .verify("refs/heads/main", .exactly(second)), .verify("refs/heads/none", .absent),
      .update("refs/heads/release/1.0", from: first, to: second),
      .delete("refs/heads/release/1.1", at: first), .create("refs/tags/v1.0.1", at: second),
    ])
    #expect(error == nil)
    #expect(
      repository.refs() == [
        "refs/heads/main": "\(second)", "refs/heads/release/1.0": "\(second)",
        "refs/tags/v1.0.1": "\(second)",
      ])
    #expect(
      repository.git("reflog", "refs/tags/v1.0.1", "--format=%gs") == "backport apply: test")
    #expect(try locks == "")
  }

  @Test func `a transaction without edits does nothing`() async {
    #expect(await commit([]) == nil)
  }

  @Test func `the caller's check sees the refs locked and unmoved`() async {
    let before = repository.refs()
    var seen: [String: String]?
    var late: Int32?
    let error = await commit([.update("refs/heads/release/1.0", from: first, to: second)]) {
      seen = repository.refs()
      late = try repository.git.attempt(["update-ref", "refs/heads/release/1.0", "\(second)"])
        .status
    }
    #expect(error == nil)
    #expect(seen == before)
    #expect(late == 128)
  }

  @Test(arguments: [
    RefEdit.create("refs/heads/release/1.1", at: unknown),
    .update("refs/heads/release/1.1", from: unknown, to: unknown),
    .update("refs/heads/none", from: unknown, to: unknown),
    .delete("refs/heads/release/1.1", at: unknown),
    .verify("refs/heads/release/1.1", .absent),
    .verify("refs/heads/release/1.1", .exactly(unknown)),
    .verify("refs/heads/none", .exactly(unknown)),
  ])
  func `one wrong expectation and nothing moves`(edit: RefEdit) async throws {
    let before = repository.refs()
    var edit = edit
    if case .set = edit.change { edit.change = .set(second) }
    let error = await commit([
      .update("refs/heads/release/1.0", from: first, to: second), edit,
      .create("refs/tags/v1.0.1", at: second),
    ])
    #expect(error?.code == .moved)
    #expect(error?.ref == edit.name.description)
    #expect(repository.refs() == before)
    #expect(try locks == "")
  }

  /// An id that no object has.
  private static let unknown = RefEdit.id(String(repeating: "1", count: 40))

  @Test func `an object that is not there is refused and nothing moves`() async {
    let before = repository.refs()
    let error = await commit([
      .update("refs/heads/release/1.0", from: first, to: second),
      .create("refs/tags/v1", at: Self.unknown),
    ])
    #expect(error?.code == .refused)
    #expect(repository.refs() == before)
  }

  @Test(arguments: ["refs/heads/release", "refs/heads/release/1.0/x"])
  func `a ref in the way of a directory is named`(name: String) async {
    let before = repository.refs()
    let error = await commit([.create("refs/tags/v1", at: second), .create(name, at: second)])
    #expect(error?.code == .blockedByRef)
    #expect(error?.ref == name)
    #expect(repository.refs() == before)
  }

  @Test func `two new refs in each other's way are refused`() async {
    let before = repository.refs()
    let error = await commit([
      .create("refs/heads/x", at: second), .create("refs/heads/x/y", at: second),
    ])
    #expect(error?.code == .blockedByRef)
    #expect(repository.refs() == before)
  }

  @Test func `a lock that somebody else holds is named`() async throws {
    let lock = repository.gitDirectory + "/refs/heads/release/1.1.lock"
    try repository.environment.write("", to: lock)
    let before = repository.refs()
    let error = await commit([
      .update("refs/heads/release/1.0", from: first, to: second),
      .update("refs/heads/release/1.1", from: first, to: second),
    ])
    #expect(error?.code == .locked)
    #expect(error?.ref == "refs/heads/release/1.1")
    #expect(error?.message.contains(lock) == true)
    #expect(repository.refs() == before)
    #expect(try locks == "./refs/heads/release/1.1.lock\n")
  }

  @Test func `a hook that says no stops everything, unless hooks are skipped`() async throws {
    try hook("echo not on fridays >&2; test $1 != prepared")
    let before = repository.refs()
    let edits: [RefEdit] = [.update("refs/heads/release/1.0", from: first, to: second)]
    let error = await commit(edits)
    #expect(error?.code == .rejectedByHook)
    #expect(error?.message.contains("not on fridays") == true)
    #expect(repository.refs() == before)
    #expect(await commit(edits, hooks: .skip) == nil)
    #expect(repository.refs()["refs/heads/release/1.0"] == "\(second)")
  }

  @Test func `a check that throws takes everything back`() async throws {
    struct CheckedOut: Error {}
    let before = repository.refs()
    let error = await commit([.update("refs/heads/release/1.0", from: first, to: second)]) {
      throw CheckedOut()
    }
    #expect(error?.code == .vetoed)
    #expect(error?.underlying is CheckedOut)
    #expect(repository.refs() == before)
    #expect(try locks == "")
  }

  @Test func `a cancelled task moves nothing`() async throws {
    let before = repository.refs()
    let (entered, enter) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      await commit([.update("refs/heads/release/1.0", from: first, to: second)]) {
        enter.yield()
        try? await Task.sleep(for: .seconds(60))
      }
    }
    _ = await entered.first { true }
    task.cancel()
    #expect(await task.value?.code == .cancelled)
    #expect(repository.refs() == before)
    #expect(try locks == "")
  }

  @Test func `a hook that hangs is ended by the deadline and nothing moves`() async throws {
    try hook("exec sleep 1000")
    let before = repository.refs()
    let edits: [RefEdit] = [.update("refs/heads/release/1.0", from: first, to: second)]
    let error = await commit(edits, deadline: .milliseconds(500))
    #expect(error?.code == .deadlinePassed)
    #expect(repository.refs() == before)
    #expect(try locks == "")
  }

  @Test func `a check that takes too long moves nothing`() async throws {
    let before = repository.refs()
    let edits: [RefEdit] = [.update("refs/heads/release/1.0", from: first, to: second)]
    let error = await commit(edits, deadline: .milliseconds(300)) {
      try await Task.sleep(for: .seconds(1))
    }
    #expect(error?.code == .deadlinePassed)
    #expect(repository.refs() == before)
    #expect(try locks == "")
  }

  @Test func `a git that is killed before it commits moves nothing and is no success`() async throws
  {
    try hook("test $1 != prepared || kill -9 $PPID")
    let before = repository.refs()
    let error = await commit([.update("refs/heads/release/1.0", from: first, to: second)])
    #expect(error?.code == .failed)
    #expect(error?.message == "")
    #expect(repository.refs() == before)
  }

  @Test func `a git that is killed after it began to commit leaves it open what moved`()
    async throws
  {
    try hook("test $1 != committed || kill -9 $PPID")
    let error = await commit([.update("refs/heads/release/1.0", from: first, to: second)])
    #expect(error?.code == .incomplete)
    #expect(repository.refs()["refs/heads/release/1.0"] == "\(second)")
  }

  @Test func `git's status 0 without its commit line is no success`() async throws {
    let script = """
      case "$*" in *update-ref*) echo start: ok; echo prepare: ok; exec cat > /dev/null ;; esac
      """
    let silent = try GitProgram(script: script, in: repository.environment)
    let edits: [RefEdit] = [.update("refs/heads/release/1.0", from: first, to: second)]
    #expect(await commit(edits, program: silent)?.code == .incomplete)
  }

  @Test func `git's commit line with another status is no success`() async throws {
    let script = "echo start: ok; echo prepare: ok; echo commit: ok; cat > /dev/null; exit 1"
    let failing = try GitProgram(script: script, in: repository.environment)
    let edits: [RefEdit] = [.update("refs/heads/release/1.0", from: first, to: second)]
    #expect(await commit(edits, program: failing)?.code == .incomplete)
  }

  @Test func `a git that ends without preparing is no success, whatever its status`() async throws {
    let gone = try GitProgram(script: "exit 0", in: repository.environment)
    let edits: [RefEdit] = [.update("refs/heads/release/1.0", from: first, to: second)]
    #expect(await commit(edits, program: gone)?.code == .failed)
  }

  @Test func `the deletion of what must be absent never reaches git`() async throws {
    let absent = try GitProgram(script: "echo prepare: ok", in: repository.environment)
    var edit = RefEdit.create("refs/heads/x", at: Self.unknown)
    edit.change = .delete
    #expect(await commit([edit], program: absent)?.code == .invalidEdit)
  }

  @Test func `a ref named twice is refused`() async {
    let error = await commit([
      .create("refs/tags/v1", at: second), .verify("refs/tags/v1", .absent),
    ])
    #expect(error?.code == .invalidEdit)
    #expect(error?.ref == "refs/tags/v1")
  }

  @Test func `a thousand refs move at once`() async {
    let edits = (0..<1000).map {
      RefEdit.create("refs/tags/a-rather-long-name-v1.0.\($0)", at: second)
    }
    #expect(await commit(edits) == nil)
    #expect(repository.refs().count == 1003)
  }

  @Test func `a ref is moved although it is packed`() async {
    repository.git("pack-refs", "--all")
    let error = await commit([
      .update("refs/heads/release/1.0", from: first, to: second),
      .delete("refs/heads/release/1.1", at: first),
    ])
    #expect(error == nil)
    #expect(
      repository.refs() == [
        "refs/heads/main": "\(second)", "refs/heads/release/1.0": "\(second)",
      ])
  }
}

/// Edits with the names of references as text.
extension RefEdit {
  fileprivate static func id(_ hex: String) -> ObjectID {
    guard let id = ObjectID(hex: hex) else { preconditionFailure(hex) }
    return id
  }

  private static func name(_ text: String) -> RefName {
    guard let name = RefName(text) else { preconditionFailure(text) }
    return name
  }

  fileprivate static func create(_ text: String, at id: ObjectID) -> Self {
    create(name(text), at: id)
  }

  fileprivate static func update(_ text: String, from old: ObjectID, to new: ObjectID) -> Self {
    update(name(text), from: old, to: new)
  }

  fileprivate static func delete(_ text: String, at old: ObjectID) -> Self {
    delete(name(text), at: old)
  }

  fileprivate static func verify(_ text: String, _ expected: Expectation) -> Self {
    verify(name(text), expected)
  }
}
