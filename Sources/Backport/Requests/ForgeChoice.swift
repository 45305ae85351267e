import GitStore
public import ReleaseModel

/// Which forge merge requests are made on, and with whose token.
///
/// Told by the user's own git configuration (`backport.forge`, `backport.forgeApi`,
/// `backport.forgeProject`), else by the variables of a CI service, else by the address of the remote
/// that was pushed to. What the clone's own configuration names counts as an address of a remote only,
/// since a token is sent there.
public struct ForgeChoice: Equatable, Sendable {
  /// The kind of forge.
  public var forge: MergeRequestBatch.Forge
  /// The address of its API.
  public var api: String
  /// The project there.
  public var project: String
  /// The variable that holds the token; nil when none of the usual ones does.
  public var tokenVariable: String?

  /// The variables that may hold a token, the first that is set counts.
  public static func tokenVariables(_ forge: MergeRequestBatch.Forge) -> [String] {
    switch forge {
    case .github: ["BACKPORT_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"]
    case .gitlab: ["BACKPORT_TOKEN", "GITLAB_TOKEN"]
    case .forgejo: ["BACKPORT_TOKEN", "FORGEJO_TOKEN", "GITEA_TOKEN"]
    }
  }
}

extension Workspace {
  /// Chooses the forge for merge requests from the branches of a remote.
  public func forge(
    _ service: BuildService, remote name: String?
  ) async throws(BackportError) -> ForgeChoice {
    let named = settings.string(ConfigurationKey("backport", nil, "forge"), in: .trusted)
    let api = settings.string(ConfigurationKey("backport", nil, "forgeapi"), in: .trusted)
    let project = settings.string(ConfigurationKey("backport", nil, "forgeproject"), in: .trusted)
    var kind: MergeRequestBatch.Forge?
    if let named {
      kind = MergeRequestBatch.Forge(rawValue: named == "gitea" ? "forgejo" : named)
      if kind == nil {
        throw BackportError(
          .configuration, ["git config", "backport.forge"],
          detail: "'\(named)' is none of github, gitlab, forgejo")
      }
    }
    if kind == nil || kind == service.forge, let forge = service.forge, let address = service.api,
      let place = service.project
    {
      return choice(forge, api ?? address, project ?? place)
    }
    let place = try await PushRemote.find(name, in: self).address.place
    guard let slash = place.firstIndex(of: "/"), slash > place.startIndex else {
      throw unknownForge(place)
    }
    let host = String(place[..<slash])
    let forge = kind ?? ForgeChoice.known[host]
    guard let forge else { throw unknownForge(host) }
    let usual =
      switch forge {
      case .github: host == "github.com" ? "https://api.github.com" : "https://\(host)/api/v3"
      case .gitlab: "https://\(host)/api/v4"
      case .forgejo: "https://\(host)/api/v1"
      }
    return choice(
      forge, api ?? usual, project ?? String(place[place.index(after: slash)...]))
  }

  /// The forge that is asked by push options: GitLab, at the address of the remote.
  public func pushedForge(remote name: String?) async throws(BackportError) -> ForgeChoice {
    let address = try await PushRemote.find(name, in: self).address
    let place = address.place
    let slash = place.firstIndex(of: "/") ?? place.startIndex
    return ForgeChoice(
      forge: .gitlab, api: address.display, project: String(place[slash...].drop { $0 == "/" }),
      tokenVariable: nil)
  }

  private func choice(
    _ forge: MergeRequestBatch.Forge, _ api: String, _ project: String
  ) -> ForgeChoice {
    var trimmed = api[...]
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    let variables = ForgeChoice.tokenVariables(forge)
    // On a runner of Forgejo the job's own token has the name that it has on GitHub.
    let more = forge == .forgejo && surroundings.environment["GITHUB_ACTIONS"] != nil
    return ForgeChoice(
      forge: forge, api: String(trimmed), project: project,
      tokenVariable: (variables + (more ? ["GITHUB_TOKEN"] : [])).first {
        surroundings.environment[$0]?.isEmpty == false
      })
  }

  private func unknownForge(_ place: String) -> BackportError {
    BackportError(.noForge, [place])
  }
}

extension ForgeChoice {
  fileprivate static let known: [String: MergeRequestBatch.Forge] = [
    "github.com": .github, "gitlab.com": .gitlab, "codeberg.org": .forgejo,
    "gitea.com": .forgejo, "salsa.debian.org": .gitlab, "gitlab.gnome.org": .gitlab,
  ]
}

extension BuildService {
  /// The kind of forge that the service belongs to.
  var forge: MergeRequestBatch.Forge? {
    switch kind {
    case .github: .github
    case .gitlab: .gitlab
    case .forgejo, .gitea: .forgejo
    case .jenkins, .buildkite, .azure, .plain: nil
    }
  }
}
