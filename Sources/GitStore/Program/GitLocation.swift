/// Where a child git works.
package enum GitLocation: Sendable, Equatable {
  /// A directory from which git finds the repository by itself, checking its ownership.
  case directory(String)
  /// A repository that is known, and trusted, already.
  ///
  /// `common` is the directory that linked worktrees share, and `workTree`, when there is one, is
  /// the directory git runs in, so that hooks find what they expect.
  case repository(gitDirectory: String, common: String, workTree: String?)

  /// The repository at a git directory that shares nothing with others.
  package static func repository(_ gitDirectory: String, workTree: String? = nil) -> Self {
    .repository(gitDirectory: gitDirectory, common: gitDirectory, workTree: workTree)
  }

  /// The folder of the objects; only a known repository tells.
  var objects: String {
    switch self {
    case .directory(let path): path + "/objects"
    case .repository(_, let common, _): common + "/objects"
    }
  }

  /// The child's working directory.
  var workingDirectory: String {
    switch self {
    case .directory(let path): path
    case .repository(let gitDirectory, _, let workTree): workTree ?? gitDirectory
    }
  }
}
