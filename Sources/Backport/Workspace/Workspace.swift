public import GitStore
import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A repository with its configuration and trunk, opened for one run.
///
/// Opening costs one git process, and a second one where the trunk has a `.gitbackport`.
public final class Workspace {
  /// The objects and references.
  public let repository: Repository
  /// What the run was given from outside.
  public let surroundings: Surroundings
  /// The default branch.
  public let trunk: TrunkBranch
  /// What the project says about itself.
  public let project: ProjectConfiguration
  /// The name of the upstream remote; nil when there is none.
  public let remote: String?
  /// Where the policy is taken from.
  public let policySource: PolicySource
  /// What was noticed on the way.
  public internal(set) var warnings: [Warning]

  let git: GitProgram
  let settings: GitConfiguration
  /// The addresses of submodules by their paths, as the trunk's `.gitmodules` states them; read only
  /// for a run about a fix.
  private(set) var submodules: [String: String] = [:]

  init(
    repository: Repository, surroundings: Surroundings, trunk: TrunkBranch,
    project: ProjectConfiguration, remote: String?, policySource: PolicySource,
    warnings: [Warning], git: GitProgram, settings: GitConfiguration
  ) {
    self.repository = repository
    self.surroundings = surroundings
    self.trunk = trunk
    self.project = project
    self.remote = remote
    self.policySource = policySource
    self.warnings = warnings
    self.git = git
    self.settings = settings
  }

  /// Where git works on this repository.
  var location: GitLocation { Workspace.location(of: repository) }

  /// Where git works on a repository.
  static func location(of repository: Repository) -> GitLocation {
    .repository(
      gitDirectory: repository.gitDirectory, common: repository.commonDirectory,
      workTree: repository.workTree)
  }

  /// How documents name this repository.
  public var description: RepositoryDescription {
    RepositoryDescription(
      path: repository.workTree ?? repository.gitDirectory, remote: remote,
      trunk: trunk.ref.description, head: repository.headCommit,
      fetchedAt: repository.lastFetch.map { Moment(seconds: $0, offsetMinutes: 0).description })
  }
}

extension Workspace {
  /// Ends the run when the clone is shallow: the job needs history that is not there.
  func refuseShallow() throws(BackportError) {
    let boundary = repository.shallowBoundary
    guard !boundary.isEmpty else { return }
    throw BackportError(
      .shallow, [remote ?? "origin", "\(boundary.count)"],
      detail: "history ends at \(boundary.sorted()[0].abbreviated())")
  }

  /// Opens the repository that a run is about.
  ///
  /// GIT_DIR is honoured as git does; else the directory and its parents are searched. Without
  /// `readsProject` the trunk's `.gitbackport` is not looked at.
  public static func open(
    _ surroundings: Surroundings, options: PlanOptions = PlanOptions(),
    policy: PolicySource = .project, readsProject: Bool = true
  ) async throws(BackportError) -> Workspace {
    var git = try program(surroundings)
    let repository = try await openRepository(surroundings)
    let settings: GitConfiguration
    do {
      settings = try await GitConfiguration.read(with: git, at: location(of: repository))
    } catch {
      throw BackportError(.git, ["config"], detail: error.message)
    }
    git.remotePrograms = RemotePrograms.overrides(settings)
    let remote = try UpstreamRemote.name(in: settings, requested: options.upstreamRemote)
    var finder = TrunkFinder(
      repository: repository, settings: settings, environment: surroundings.environment,
      remote: remote)
    let trunk = try finder.find(requested: options.trunk)
    var warnings = finder.warnings
    if !repository.references(under: "refs/replace/").isEmpty {
      warnings.append(
        Warning("replace-refs", "refs/replace exists; it is ignored, as in what is pushed"))
    }
    var project: ProjectConfiguration
    if !readsProject {
      project = ProjectConfiguration()
    } else if case .policyFile(let path) = policy {
      project = try await configuration(ofFile: path, surroundings, git)
    } else {
      project = try await configuration(
        of: trunk, in: repository,
        extra: options.config.map { $0.hasPrefix("/") ? $0 : surroundings.directory + "/" + $0 },
        git: git)
    }
    try project.decide(options.versionFileChoices)
    let workspace = Workspace(
      repository: repository, surroundings: surroundings, trunk: trunk, project: project,
      remote: remote, policySource: policy, warnings: warnings, git: git, settings: settings)
    if !options.fix.isEmpty { await workspace.readSubmodules() }
    return workspace
  }

  /// Reads `.gitmodules`, with a git process where there is one; what cannot be read names nobody.
  private func readSubmodules() async {
    guard let tree = try? repository.commit(trunk.tip).tree,
      let bytes = try? repository.file(at: ".gitmodules", in: tree),
      let entries = try? await GitConfiguration.read(
        document: bytes, named: ".gitmodules", with: git)
    else { return }
    for name in entries.subsections(of: "submodule").map({ String(decoding: $0, as: UTF8.self) }) {
      guard let path = entries.string(ConfigurationKey("submodule", name, "path")),
        let address = entries.string(ConfigurationKey("submodule", name, "url"))
      else { continue }
      submodules[path] = address
    }
  }

  static func program(_ surroundings: Surroundings) throws(BackportError) -> GitProgram {
    do {
      return try GitProgram(environment: surroundings.environment)
    } catch {
      throw BackportError(.git, ["git"], detail: "git was not found on the PATH")
    }
  }

  /// Opens the repository itself; git is asked only about one that belongs to another user.
  static func openRepository(
    _ surroundings: Surroundings
  ) async throws(BackportError) -> Repository {
    let directory: String
    if let given = surroundings.environment["GIT_DIR"], !given.isEmpty {
      directory = given.hasPrefix("/") ? given : surroundings.directory + "/" + given
    } else {
      directory = try store { () throws(GitError) in
        try Repository.discover(from: surroundings.directory)
      }
      try refuseEmbedded(directory)
    }
    do {
      return try outside(try Repository(gitDirectory: directory))
    } catch {
      guard error.code == .foreignOwner, await gitAccepts(directory, try program(surroundings))
      else {
        throw BackportError(error)
      }
      return try store { () throws(GitError) in
        try Repository(gitDirectory: directory, trustsOwner: true)
      }
    }
  }

  /// The repository itself, where the run began in a worktree that a person resolves a line in.
  ///
  /// Such a worktree stands on no branch and goes when its line is done.
  private static func outside(_ repository: Repository) throws(GitError) -> Repository {
    guard let path = repository.workTree,
      path.hasPrefix(HandWorktrees.folder(in: repository) + "/")
    else { return repository }
    return try Repository(gitDirectory: repository.commonDirectory)
  }

  /// Refuses a bare repository that is checked out with the working tree around it: whoever can get a
  /// commit merged there could bring its configuration, see `safe.bareRepository` of git-config(1).
  private static func refuseEmbedded(_ directory: String) throws(BackportError) {
    guard !directory.hasSuffix("/.git"), !directory.contains("/.git/"),
      let slash = directory.lastIndex(of: "/"), slash != directory.startIndex,
      let outer = try? Repository.discover(from: String(directory[..<slash])),
      outer != directory, let repository = try? Repository(gitDirectory: outer),
      let workTree = repository.workTree, directory.hasPrefix(workTree),
      let head = repository.headCommit, let tree = try? repository.commit(head).tree
    else { return }
    let path = String(directory.dropFirst(workTree.count).drop { $0 == "/" })
    if (try? repository.node(at: path + "/HEAD", in: tree)) != nil {
      throw BackportError(.embeddedRepository, [directory, workTree])
    }
  }

  /// Whether git takes a repository of another owner as safe, which libgit2 1.5 cannot always tell.
  private static func gitAccepts(_ directory: String, _ git: GitProgram) async -> Bool {
    let answer = try? await git.run(["rev-parse", "--git-dir"], at: .directory(directory))
    return answer?.succeeded ?? false
  }

  /// What a file in the form of `.gitbackport` says; no repository is needed.
  static func configuration(
    ofFile path: String, _ surroundings: Surroundings, _ git: GitProgram
  ) async throws(BackportError) -> ProjectConfiguration {
    let bytes = try PolicySource.contents(of: path, in: surroundings)
    do {
      let entries = try await GitConfiguration.read(document: bytes, named: path, with: git)
      return try ConfigurationParser.parse([(path, entries)])
    } catch let error as GitConfigurationError {
      throw BackportError(error, in: path)
    } catch let error as BackportError {
      throw error
    } catch {
      throw BackportError(.configuration, [path, ""], detail: "\(error)")
    }
  }

  private static func configuration(
    of trunk: TrunkBranch, in repository: Repository, extra: String?, git: GitProgram
  ) async throws(BackportError) -> ProjectConfiguration {
    var documents: [(name: String, entries: GitConfiguration)] = []
    do {
      if let extra {
        guard let bytes = FileManager.default.contents(atPath: extra) else {
          throw BackportError(.configuration, [extra, ""], detail: "the file cannot be read")
        }
        documents.append(
          (extra, try await GitConfiguration.read(document: Array(bytes), named: extra, with: git)))
      }
      let tree = try repository.commit(trunk.tip).tree
      if let node = try repository.node(at: ".gitbackport", in: tree), node.mode.isFile {
        let name = ".gitbackport"
        documents.append(
          (
            name,
            try await GitConfiguration.read(
              document: try repository.blob(node.id), named: name, with: git)
          ))
      }
    } catch let error as GitConfigurationError {
      throw BackportError(error, in: ".gitbackport")
    } catch let error as GitError {
      throw BackportError(error)
    } catch let error as BackportError {
      throw error
    } catch {
      throw BackportError(.configuration, [".gitbackport", ""], detail: "\(error)")
    }
    return try ConfigurationParser.parse(documents)
  }
}

/// The remote that stands for where the project publishes.
enum UpstreamRemote {
  /// The one asked for, else `upstream`, else `origin`; nil when there is none of them.
  static func name(
    in settings: GitConfiguration, requested: String?
  ) throws(BackportError) -> String? {
    let names = settings.subsections(of: "remote").map { String(decoding: $0, as: UTF8.self) }
      .filter { settings.string(ConfigurationKey("remote", $0, "url")) != nil }
    if let requested {
      guard names.contains(requested) else {
        throw BackportError(
          .usage, ["--upstream-remote \(requested)"], detail: "there is no remote of that name")
      }
      return requested
    }
    return ["upstream", "origin"].first { names.contains($0) }
  }
}

extension BackportError {
  /// A document that is not in git's syntax.
  fileprivate init(_ error: GitConfigurationError, in document: String) {
    self.init(
      .configuration, [error.document ?? document, error.line.map { "line \($0)" } ?? ""],
      detail: error.message)
  }
}

extension Repository {
  /// The commit that HEAD stands on; nil when it has not been born.
  fileprivate var headCommit: ObjectID? {
    switch head {
    case .branch(let name): target(of: name)
    case .detached(let id): id
    case .broken: nil
    }
  }
}
