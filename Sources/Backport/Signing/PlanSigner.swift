import GitStore

/// Signs what a plan makes, in memory, before anything of it is stored.
struct PlanSigner {
  /// A signed object, for the check afterwards.
  private struct Signed {
    let id: ObjectID
    let isTag: Bool
    let payload: [UInt8]
    let signature: [UInt8]
  }

  private let workspace: Workspace
  private let settings: SigningSettings
  private let signer: Signer
  private var signed: [Signed] = []

  /// A signer that has shown that it works, on a probe; nil when the plan signs nothing.
  init?(_ plan: BackportPlan, _ workspace: Workspace) async throws(BackportError) {
    guard plan.signing != nil else { return nil }
    self.workspace = workspace
    do {
      settings = try SigningSettings(
        workspace.settings, requestedKey: plan.options.signingKey)
      signer = try await settings.signer(
        identity: "\(plan.committer.name) <\(plan.committer.email)>",
        environment: workspace.surroundings.environment)
      _ = try await signer.sign(Array("git-backport probe\n".utf8))
    } catch {
      throw PlanSigner.failure(error, plan.signing?.key)
    }
  }

  /// The warnings that come with how signing is set up.
  var warnings: [Warning] {
    var warnings = settings.ignored.map { key in
      Warning(
        "ignored-setting",
        "\(key) of the repository's own configuration is not followed, since it names a program")
    }
    if settings.format == .ssh, settings.allowedSigners == nil {
      warnings.append(
        Warning(
          "unknown-signer",
          "the signatures were checked, but not whose they are: gpg.ssh.allowedSignersFile is not "
            + "set"))
    }
    return warnings
  }

  /// The plan with the ids that it has once everything is signed.
  mutating func sign(_ plan: BackportPlan) async throws(BackportError) -> BackportPlan {
    let repository = workspace.repository
    let roots = plan.refUpdates.compactMap(\.tip)
    let order = try store { () throws(GitError) in try repository.draftsInOrder(from: roots) }
    let signedTags = Set(plan.targets.compactMap(\.release).filter(\.isTagSigned).map(\.tag))
    var ids: [ObjectID: ObjectID] = [:]
    for id in order {
      let (kind, bytes) = try store { () throws(GitError) in try repository.object(id) }
      var object = SignedObject.renaming(ids, in: bytes)
      let isSigned: Bool
      if kind == .tag {
        let tag = try store { () throws(GitError) in try repository.annotatedTag(id) }
        isSigned = signedTags.contains(String(decoding: tag?.name ?? [], as: UTF8.self))
      } else {
        isSigned = plan.signing?.commits ?? false
      }
      let payload = object
      let signature = isSigned ? try await signature(of: payload, plan) : nil
      if let signature {
        object =
          kind == .tag
          ? SignedObject.tag(payload, signature: signature)
          : SignedObject.commit(payload, signature: signature)
      }
      let made = try store { () throws(GitError) in try repository.make(kind, object) }
      ids[id] = made
      if let signature {
        signed.append(
          Signed(id: made, isTag: kind == .tag, payload: payload, signature: signature))
      }
    }
    return plan.naming(ids)
  }

  private func signature(
    of payload: [UInt8], _ plan: BackportPlan
  ) async throws(BackportError) -> [UInt8] {
    do {
      return try await signer.sign(payload)
    } catch {
      throw PlanSigner.failure(error, plan.signing?.key)
    }
  }

  /// Asks git whether every signature is good, now that the objects are stored.
  func verify() async throws(BackportError) {
    if settings.format == .ssh, settings.allowedSigners == nil {
      for object in signed {
        do {
          try await signer.checkWithoutIdentity(object.signature, of: object.payload)
        } catch {
          throw PlanSigner.failure(error, nil)
        }
      }
      return
    }
    var options = GitProgram.Options()
    options.settings = settings.overrides(environment: workspace.surroundings.environment)
    for (verb, objects) in [
      ("verify-commit", signed.filter { !$0.isTag }), ("verify-tag", signed.filter(\.isTag)),
    ] where !objects.isEmpty {
      do {
        _ = try await workspace.git.output(
          of: [verb, "--raw", "--"] + objects.map(\.id.description), at: workspace.location,
          options: options)
      } catch {
        let words = String(decoding: error.errors, as: UTF8.self).split(separator: "\n")
          .filter { !$0.hasPrefix("[GNUPG:]") }.suffix(2).joined(separator: "; ")
        throw BackportError(.signing, [], detail: "git \(verb) refuses a new signature: \(words)")
      }
    }
  }

  private static func failure(_ error: SigningError, _ key: String?) -> BackportError {
    BackportError(.signing, key.map { [$0] } ?? [], detail: error.message)
  }
}

extension BackportPlan {
  /// The plan with the ids of what was signed.
  fileprivate func naming(_ ids: [ObjectID: ObjectID]) -> BackportPlan {
    func name(_ unsigned: ObjectID?, _ known: ObjectID?) -> ObjectID? {
      known ?? unsigned.flatMap { ids[$0] ?? $0 }
    }
    var plan = self
    for index in plan.targets.indices {
      for place in plan.targets[index].commits.indices {
        let commit = plan.targets[index].commits[place]
        plan.targets[index].commits[place].id = name(commit.unsignedId, commit.id)
      }
      guard var release = plan.targets[index].release else { continue }
      release.commit = name(release.unsignedCommit, release.commit)
      release.tagObject = name(release.unsignedTagObject, release.tagObject)
      if let development = release.development {
        release.development?.commit = name(development.unsignedCommit, development.commit)
      }
      plan.targets[index].release = release
    }
    for index in plan.refUpdates.indices {
      let update = plan.refUpdates[index]
      plan.refUpdates[index].new = name(update.unsignedNew, update.new)
    }
    let trunk = plan.refUpdates.first { $0.ref.description == plan.trunk.ref }
    plan.trunk.new = plan.trunk.new ?? trunk?.new ?? plan.trunk.old
    return plan
  }
}
