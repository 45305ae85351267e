import GitStore

/// Looks at everything that a landing and a push need, without changing anything (safety.md 7.2).
public struct Doctor {
  let surroundings: Surroundings
  let options: PlanOptions
  /// Whether the remote is not asked.
  let isOffline: Bool
  private(set) var findings: [DoctorDocument.Finding] = []

  /// Makes an examination of the repository that a plan with these options would be about.
  public init(_ surroundings: Surroundings, options: PlanOptions, isOffline: Bool) {
    self.surroundings = surroundings
    self.options = options
    self.isOffline = isOffline
  }

  /// Makes every check that can be made, in order; a check that fails is a finding.
  public mutating func examine() async -> Examination {
    let git = await examineGit()
    let workspace: Workspace
    do {
      workspace = try await Workspace.open(surroundings, options: options)
    } catch {
      return end(nil, failure: error)
    }
    findings += ProgramChecks.libgit2()
    findings += RepositoryChecks(workspace).findings
    let pending = PendingChecks(workspace).findings
    findings += pending
    findings += RoomChecks(workspace).findings
    findings += RefChecks(workspace, options).findings
    findings.append(identity(workspace))
    findings += await SigningChecks(workspace, git: git).findings()
    let remote = RemoteChecks(workspace, options, isOffline: isOffline)
    findings += await remote.findings()
    findings += HookChecks(workspace).findings
    findings += BudgetChecks(workspace).findings
    let isPending = pending.contains { $0.status == .problem }
    return end(workspace, failure: nil, isPending: isPending)
  }

  private func end(
    _ workspace: Workspace?, failure: BackportError?, isPending: Bool = false
  ) -> Examination {
    Examination(
      document: DoctorDocument(repository: workspace?.description, findings: findings),
      failure: failure, isPending: isPending)
  }

  private mutating func examineGit() async -> GitVersion? {
    do {
      let program = try GitProgram(environment: surroundings.environment)
      let version = try await program.version()
      findings.append(.init(.programs, "git", .good, "git \(version)"))
      return version
    } catch {
      let message =
        error.code == .unsupportedVersion
        ? "git \(error.message) is too old" : "git was not found on the PATH"
      findings.append(
        .init(
          .programs, "git", .problem, message,
          remedy: "install git \(GitVersion.minimum) or newer"))
      return nil
    }
  }

  private func identity(_ workspace: Workspace) -> DoctorDocument.Finding {
    do {
      let identity = try workspace.identity()
      return .init(
        .identity, "committer", .good,
        "commits are made by \(String(decoding: identity.name, as: UTF8.self)) <\(String(decoding: identity.email, as: UTF8.self))>"
      )
    } catch {
      return .init(
        .identity, "committer", .problem,
        "there is no name or mail address to commit with"
          + (error.detail.isEmpty ? "" : ": \(error.detail)"),
        remedy: "git config user.name '<name>' && git config user.email '<mail>'")
    }
  }
}
