import GitStore
public import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Workspace {
  /// The name of the program that talks to forges.
  private static let program = "git-backport-forge"
  /// Variables that it gets besides the token.
  private static let passed = [
    "GIT_BACKPORT_FORGE_PAUSES", "GIT_BACKPORT_FORGE_TIMEOUT", "HTTPS_PROXY", "NO_PROXY",
    "SSL_CERT_DIR", "SSL_CERT_FILE", "https_proxy", "no_proxy",
  ]
  /// How long a whole batch may take.
  private static let deadline = Duration.seconds(900)

  /// Hands merge requests to the program that talks to forges, and gives its report.
  ///
  /// The token reaches it in its environment and nowhere else.
  public func hand(
    _ requests: [MergeRequest], to choice: ForgeChoice
  ) async throws(BackportError) -> MergeRequestReport {
    guard let variable = choice.tokenVariable,
      let token = surroundings.environment[variable]
    else {
      throw BackportError(.noToken, ForgeChoice.tokenVariables(choice.forge))
    }
    guard
      let program = CompanionProgram(
        Workspace.program, path: surroundings.environment["PATH"] ?? "")
    else { throw BackportError(.noForgeProgram, [Workspace.program]) }
    let batch = MergeRequestBatch(
      forge: choice.forge, api: choice.api, project: choice.project, tokenVariable: variable,
      requests: requests)
    var variables = [variable: token, "LC_ALL": "C"]
    for name in Workspace.passed { variables[name] = surroundings.environment[name] }
    let output: GitProgramOutput
    do {
      output = try await program.run(
        [], input: try DocumentCoding.encodeLine(batch), variables: variables,
        deadline: Workspace.deadline)
    } catch let error as BackportError {
      throw error
    } catch {
      throw BackportError(.git, [Workspace.program, "run"], detail: "\(error)")
    }
    guard
      let report = try? DocumentCoding.decode(
        MergeRequestReport.self, from: output.output, named: Workspace.program)
    else {
      let words = Redaction(secrets: [token]).clean(output.errors)
      throw BackportError(.git, [Workspace.program, "answer"], detail: words)
    }
    return report
  }

  /// Whether the topic branch of a line stands on the remote as the plan has it, as far as was seen
  /// when it was pushed or fetched.
  public func isPublished(_ topic: String) -> Bool {
    guard let there = reference(for: .remote(topic)).flatMap(repository.target) else {
      return false
    }
    let here = RefName.branch(topic).flatMap(repository.target)
    return here == nil || here == there || here.map { repository.holds($0, there) } == true
  }

  /// How the picks of a line differ from the originals, as `git range-diff` shows it; empty where none
  /// differs or where they are not here.
  public func rangeDifference(of target: Target) async throws(BackportError) -> [String] {
    var lines: [String] = []
    for commit in target.commits where commit.status == .picked {
      guard commit.fidelity != "identical", let pick = commit.id, repository.isStored(pick),
        repository.isStored(commit.source)
      else { continue }
      do {
        let bytes = try await git.output(
          of: [
            "range-diff", "--no-color", "--no-ext-diff", "\(commit.source)^!", "\(pick)^!",
          ], at: location)
        lines += String(decoding: bytes, as: UTF8.self)
          .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
      } catch {
        // A merge that was taken as one change is no range.
        continue
      }
    }
    return lines
  }
}

extension Workspace {
  /// The operation of that id, else the newest one that has topic branches.
  public func topicOperation(_ id: String?) throws(BackportError) -> Operation {
    let found = try operation(id) { operation in
      operation.state != .undone && operation.plan.targets.contains { $0.topic != nil }
    }
    guard found.plan.targets.contains(where: { $0.topic != nil }) else {
      throw BackportError(.usage, [found.id], detail: "it has no topic branches; see apply --topic")
    }
    return found
  }
}
