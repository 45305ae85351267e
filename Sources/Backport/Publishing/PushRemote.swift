import GitStore

/// A remote to which something is to be published, and what may go there.
struct PushRemote: Equatable, Sendable {
  /// Who can see what a remote holds.
  enum Visibility: String, Sendable {
    case everyone = "public"
    case few = "private"
  }

  /// The name in the configuration.
  let name: String
  /// Where a push goes, after every rewriting that git's configuration asks for.
  let address: RemoteAddress
  /// What `ls-remote` is asked, so that it looks where the push goes.
  let listed: String
  /// Who can see it; everyone unless the user's configuration says otherwise.
  let visibility: Visibility

  /// What must not appear in any message about it.
  var redaction: Redaction { Redaction(secrets: address.secrets) }

  /// Finds the remote of that name, else the upstream one.
  ///
  /// Costs two processes. Refused are remotes to which a push would send more than it is told, or to
  /// several places one after the other.
  static func find(
    _ requested: String?, in workspace: Workspace
  ) async throws(BackportError) -> PushRemote {
    guard let name = requested ?? workspace.remote else {
      throw BackportError(.noRemote)
    }
    let settings = workspace.settings
    guard names(in: settings).contains(name) else { throw BackportError(.noRemote, [name]) }
    let mirror = ConfigurationKey("remote", name, "mirror")
    if settings.last(mirror) != nil, (try? settings.bool(mirror)) != false {
      throw BackportError(
        .unsafeRemote, [name, "remote.\(name).mirror"],
        detail: "a push to it would send every reference there is")
    }
    let push = try await addresses(of: name, ["--push", "--all"], in: workspace)
    guard push.count == 1, let address = push.first else {
      throw BackportError(
        .unsafeRemote, [name, "remote.\(name).pushurl"],
        detail: "it has \(push.count) addresses to push to, which cannot be moved as one")
    }
    let fetch = try await addresses(of: name, [], in: workspace).first
    return PushRemote(
      name: name, address: address, listed: fetch == address ? name : address.text,
      visibility: visibility(of: name, address, in: settings))
  }

  /// The remotes that are configured.
  static func names(in settings: GitConfiguration) -> [String] {
    settings.subsections(of: "remote").map { String(decoding: $0, as: UTF8.self) }
      .filter { name in
        ["url", "pushurl"].contains {
          settings.string(ConfigurationKey("remote", name, $0)) != nil
        }
      }
  }

  private static func addresses(
    of name: String, _ options: [String], in workspace: Workspace
  ) async throws(BackportError) -> [RemoteAddress] {
    do {
      let bytes = try await workspace.git.output(
        of: ["remote", "get-url"] + options + ["--", name], at: workspace.location)
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        .map { RemoteAddress(String($0)) }
    } catch {
      throw BackportError(
        .git, ["remote get-url", name], detail: Redaction.hidingCredentials(in: error.errors))
    }
  }

  /// What `backport.remote.<name>.class` says, unless another remote with the same address is not
  /// said to be private, or `backport.remote.<name>.url` pins it to another address.
  private static func visibility(
    of name: String, _ address: RemoteAddress, in settings: GitConfiguration
  ) -> Visibility {
    func isPrivate(_ name: String) -> Bool {
      settings.string(ConfigurationKey("backport", "remote.\(name)", "class")) == "private"
    }
    guard isPrivate(name) else { return .everyone }
    let pin = settings.string(ConfigurationKey("backport", "remote.\(name)", "url"))
    if let pin, RemoteAddress(pin).place != address.place { return .everyone }
    for other in names(in: settings) where !isPrivate(other) {
      let texts = ["url", "pushurl"].flatMap { key in
        settings.all(ConfigurationKey("remote", other, key)).map(\.text)
      }
      if texts.contains(where: { RemoteAddress($0).place == address.place }) { return .everyone }
    }
    return .few
  }
}
