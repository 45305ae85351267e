import GitStore

/// Looks at the remote to which a push would go.
struct RemoteChecks {
  private let workspace: Workspace
  private let options: PlanOptions
  private let isOffline: Bool

  init(_ workspace: Workspace, _ options: PlanOptions, isOffline: Bool) {
    self.workspace = workspace
    self.options = options
    self.isOffline = isOffline
  }

  func findings() async -> [DoctorDocument.Finding] {
    guard workspace.remote != nil else {
      return [
        .init(
          .remote, "remote", .note, "there is no remote; nothing can be pushed",
          remedy: "git remote add origin <url>")
      ]
    }
    let remote: PushRemote
    do {
      remote = try await PushRemote.find(nil, in: workspace)
    } catch {
      return [
        .init(
          .remote, "address", .problem,
          ["\(error.operands.last ?? "remote")", error.detail].joined(separator: ": "),
          remedy: "git config --unset-all \(ShellWord.quoted(error.operands.last ?? ""))")
      ]
    }
    let known = DoctorDocument.Finding(
      .remote, "address", .good,
      "\(remote.name) is \(remote.address.display), seen by "
        + (remote.visibility == .few ? "few" : "everyone"))
    guard !isOffline else {
      return [known, .init(.remote, "reach", .note, "\(remote.name) was not asked")]
    }
    return [known] + (await ask(remote))
  }

  private func ask(_ remote: PushRemote) async -> [DoctorDocument.Finding] {
    let name = ShellWord.quoted(remote.name)
    let listing: RemoteListing
    do {
      listing = try await RemoteListing.read(
        remote.listed, with: workspace.git, at: workspace.location)
    } catch {
      return [
        .init(
          .remote, "reach", .problem,
          "\(remote.name) cannot be asked: " + remote.redaction.clean(error.errors),
          remedy: "git ls-remote \(name) must work without asking anything")
      ]
    }
    return [
      .init(.remote, "reach", .good, "\(remote.name) has \(listing.references.count) references")
    ]
      + unknownTags(listing, remote) + (await rehearsal(remote))
  }

  private func unknownTags(
    _ listing: RemoteListing, _ remote: PushRemote
  ) -> [DoctorDocument.Finding] {
    let unknown = listing.references.filter { name, id in
      name.tagName != nil && workspace.repository.reference(name)?.target != id
    }.keys.sorted()
    guard let first = unknown.first else { return [] }
    return [
      .init(
        .remote, "tags", .problem,
        unknown.count == 1
          ? "tag \(first.shorthand) on \(remote.name) is not the one here"
          : "\(unknown.count) tags on \(remote.name), such as \(first.shorthand), are not those here",
        remedy: "git fetch --tags \(ShellWord.quoted(remote.name))")
    ]
  }

  /// A push that is not sent: whether we may push, and whether the server takes a group as one.
  private func rehearsal(_ remote: PushRemote) async -> [DoctorDocument.Finding] {
    guard let ref = RefName("refs/heads/backport/doctor") else { return [] }
    var push = Push(
      [PushEdit(ref: ref, expected: nil, new: workspace.trunk.tip)], to: remote.name)
    push.isRehearsal = true
    guard let report = try? await push.run(with: workspace.git, at: workspace.location) else {
      return [.init(.remote, "push", .problem, "git could not be run")]
    }
    if report.succeeded || report.isOutdated {
      return [.init(.remote, "push", .good, "\(remote.name) takes atomic pushes")]
    }
    if report.isAtomicMissing {
      return [
        .init(
          .remote, "push", .problem, "\(remote.name) does not take several refs as one",
          remedy: "ask its owner for receive.advertiseAtomic")
      ]
    }
    return [
      .init(
        .remote, "push", .problem,
        "\(remote.name) would not take a push: " + remote.redaction.clean(report.errors),
        remedy:
          "git push --dry-run \(ShellWord.quoted(remote.name)) must work without asking anything")
    ]
  }
}
