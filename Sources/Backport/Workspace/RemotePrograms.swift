import GitStore

extension RemotePrograms {
  /// Keeps the clone from naming the programs that answer for its remotes.
  ///
  /// For a remote on this machine git runs `remote.<name>.uploadpack` here. It is taken from the user's
  /// configuration alone, and is git's own program otherwise.
  static func overrides(_ settings: GitConfiguration) -> [String: RemotePrograms] {
    var overrides: [String: RemotePrograms] = [:]
    for remote in settings.subsections(of: "remote") {
      let name = String(decoding: remote, as: UTF8.self)
      let keys = ["uploadpack", "receivepack"].map { ConfigurationKey("remote", name, $0) }
      let isNamedHere = keys.contains { key in
        settings.all(key).contains { !Set.trusted.contains($0.scope) }
      }
      guard isNamedHere else { continue }
      var programs = RemotePrograms()
      if let own = settings.string(keys[0], in: .trusted) { programs.uploadPack = own }
      if let own = settings.string(keys[1], in: .trusted) { programs.receivePack = own }
      overrides[name] = programs
    }
    return overrides
  }
}
