import Foundation
package import Testing

/// A repository written by a ``RepositoryBuilder``, with the real git at hand.
package struct TestRepository: Sendable {
  package let environment: HermeticEnvironment
  /// The worktree, or the repository itself when it is bare.
  package let directory: String
  /// The git directory.
  package let gitDirectory: String
  private var builder: RepositoryBuilder

  /// The real git, running in ``directory``.
  package var git: GitOracle { GitOracle(in: directory, environment: environment) }

  /// The id of a commit or annotated tag; fails the test when the mark is of another repository.
  package func id(_ mark: Mark, sourceLocation: SourceLocation = #_sourceLocation) -> String {
    if let id = builder.ids[mark] { return id }
    Issue.record("no object has mark \(mark.number)", sourceLocation: sourceLocation)
    return String(repeating: "0", count: 40)
  }

  /// Every ref and the id it holds, tags unpeeled.
  package func refs(sourceLocation: SourceLocation = #_sourceLocation) -> [String: String] {
    let lines = git.lines(
      "for-each-ref", "--format=%(refname) %(objectname)", sourceLocation: sourceLocation)
    let pairs = lines.map { $0.split(separator: " ").map(String.init) }
    return Dictionary(pairs.map { ($0[0], $0[1]) }) { $1 }
  }

  /// Adds to the history; commits go on top of the branches as they are now.
  ///
  /// Neither the index nor the worktree follows.
  @discardableResult
  package mutating func extend<Result>(
    _ body: (inout RepositoryBuilder) -> Result
  ) throws -> Result {
    var next = RepositoryBuilder()
    next.now = builder.now
    next.lastMark = builder.lastMark
    next.ids = builder.ids
    next.existingRefs = Set(refs().keys)
    let result = body(&next)
    builder = next
    try importStream()
    return result
  }

  /// A repository that is there already, such as a clone; it has no marks.
  package init(opening directory: String, bare: Bool, environment: HermeticEnvironment) {
    self.init(RepositoryBuilder(), directory: directory, bare: bare, environment: environment)
  }

  fileprivate init(
    _ builder: RepositoryBuilder, directory: String, bare: Bool, environment: HermeticEnvironment
  ) {
    self.builder = builder
    self.environment = environment
    self.directory = directory
    gitDirectory = bare ? directory : directory + "/.git"
  }

  /// Makes an empty repository without a process: what `git init` writes, hooks left out.
  fileprivate func initialize(bare: Bool, head: String) throws {
    for folder in ["objects/info", "objects/pack", "refs/heads", "refs/tags", "info", "hooks"] {
      try FileManager.default.createDirectory(
        atPath: "\(gitDirectory)/\(folder)", withIntermediateDirectories: true)
    }
    try Data("ref: refs/heads/\(head)\n".utf8).write(
      to: URL(fileURLWithPath: gitDirectory + "/HEAD"))
    let config = """
      [core]
      \trepositoryformatversion = 0
      \tfilemode = true
      \tbare = \(bare)
      \(bare ? "" : "\tlogallrefupdates = true\n")
      """
    try Data(config.utf8).write(to: URL(fileURLWithPath: gitDirectory + "/config"))
  }

  /// Sends the builder's stream to `git fast-import` and learns the ids of its marks.
  fileprivate mutating func importStream() throws {
    let marks = gitDirectory + "/test-marks"
    defer { try? FileManager.default.removeItem(atPath: marks) }
    let result = try git.attempt(
      [
        "--git-dir=\(gitDirectory)", "-c", "core.fsync=none",
        // One pack instead of a file for each object: ten times as fast.
        "-c", "fastimport.unpackLimit=1", "fast-import", "--quiet", "--force",
        "--date-format=raw-permissive", "--export-marks=\(marks)",
      ], input: builder.stream.bytes)
    guard result.status == 0 else { throw FastImportFailure(message: result.errorText) }
    builder.stream = FastImportStream()
    let lines = try String(contentsOfFile: marks, encoding: .utf8).split(separator: "\n")
    for line in lines {
      let fields = line.dropFirst().split(separator: " ")
      if let number = fields.first.flatMap({ Int($0) }), let id = fields.last {
        builder.ids[Mark(number: number)] = String(id)
      }
    }
  }
}

/// `git fast-import` refused the stream of a ``RepositoryBuilder``.
package struct FastImportFailure: Error {
  /// What it said.
  package var message: String
}

extension RepositoryBuilder {
  /// Writes the history into a new repository, by default in an environment of its own.
  ///
  /// `name` is its directory below the environment's root and `head` the branch that HEAD names,
  /// which is checked out unless the repository is bare.
  package func write(
    in environment: HermeticEnvironment? = nil, name: String = "repository", bare: Bool = true,
    head: String = "main"
  ) throws -> TestRepository {
    let environment = try environment ?? HermeticEnvironment()
    var repository = TestRepository(
      self, directory: environment.root + "/" + name, bare: bare, environment: environment)
    try repository.initialize(bare: bare, head: head)
    if !stream.bytes.isEmpty { try repository.importStream() }
    if !bare, repository.refs()["refs/heads/\(head)"] != nil { repository.git("reset", "--hard") }
    return repository
  }
}
