/// The branches and tags of a remote, as it states them itself.
package struct RemoteListing: Sendable, Equatable {
  /// What each reference holds, tags unpeeled.
  package var references: [RefName: ObjectID]

  package init(_ references: [RefName: ObjectID]) { self.references = references }

  /// Asks a remote, by its name or address.
  ///
  /// Costs one connection. References whose names git itself would refuse are left out.
  package static func read(
    _ remote: String, with program: GitProgram, at location: GitLocation,
    options: GitProgram.Options = GitProgram.Options()
  ) async throws(GitProgramError) -> Self {
    let programs = program.remotePrograms[remote]
    let output = try await program.output(
      of: ["ls-remote", "--heads", "--tags", "--refs"]
        + (programs.map { ["--upload-pack=\($0.uploadPack)"] } ?? []) + ["--", remote],
      at: location, options: options)
    return Self(parse(output))
  }

  /// Reads `id TAB name`.
  static func parse(_ bytes: [UInt8]) -> [RefName: ObjectID] {
    var references: [RefName: ObjectID] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")),
        let id = ObjectID(hexDigits: line[..<tab]),
        let text = String(validating: line[(tab + 1)...], as: UTF8.self), let name = RefName(text)
      else { continue }
      references[name] = id
    }
    return references
  }
}
