import GitStore
public import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file that was made from a policy: `policy-file/1`.
public struct PolicyFileDocument: Codable, Equatable, Sendable {
  /// The name and version of the document's form.
  public var schema = "git-backport.policy-file/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The path below the worktree; nil where none is meant.
  @ExplicitNull public var path: String?
  /// Whether the file was written now.
  public var written: Bool
  /// The text: of the whole `.gitbackport`, or of the table.
  public var text: String
  /// What a person should know.
  public var warnings: [Warning]
}

extension Workspace {
  private static let policyPath = ".gitbackport"

  /// The document of `policy import`: a `.gitbackport` that says what SECURITY.md says.
  ///
  /// - Throws: `policyExists` when the worktree or the trunk has one and it is to be written.
  public func importedPolicy(
    package: String? = nil, writes: Bool
  ) throws(BackportError) -> PolicyFileDocument {
    let path: String
    let reading: SecurityReading
    if case .securityFile(let file) = policySource {
      path = file
      reading = SecurityReading(try PolicySource.contents(of: file, in: surroundings))
    } else if let found = try securityDocument() {
      (path, reading) = found
    } else {
      throw BackportError(.noSecurityPolicy, SecurityDocument.paths)
    }
    var document = PolicyFileDocument(
      repository: description, path: Workspace.policyPath, written: false,
      text: reading.gitBackportFile(source: path, package: package),
      warnings: warnings + reading.warnings.map { Warning($0.code.rawValue, $0.message) })
    if reading.policy(package: package, source: path) == nil {
      document.warnings.append(
        Warning(
          "nothing-decided",
          "\(path) has no table or list that can be used; what it seems to say is in the comments"))
    }
    guard writes else { return document }
    if try trunkFile(at: Workspace.policyPath) != nil {
      throw BackportError(.policyExists, [Workspace.policyPath, trunk.name])
    }
    let file = try worktreePath(Workspace.policyPath)
    do {
      try Data(document.text.utf8).write(
        to: URL(filePath: file), options: .withoutOverwriting)
    } catch {
      guard FileManager.default.fileExists(atPath: file) else {
        throw BackportError(.io, [file, "write"], detail: "the file cannot be made")
      }
      throw BackportError(.policyExists, [Workspace.policyPath])
    }
    document.written = true
    return document
  }

  /// The document of `policy table`: the table of supported versions, in SECURITY.md when it is to
  /// be written.
  ///
  /// Only the bytes between the markers change.
  public func policyTable(
    asOf: CalendarDate, package: String? = nil, writes: Bool
  ) throws(BackportError) -> PolicyFileDocument {
    let survey = try survey(asOf: asOf, package: package)
    let table = SupportedVersionsTable(survey.coverage, inventory: survey.inventory)
    var document = PolicyFileDocument(
      repository: description, path: nil, written: false, text: table.markdown,
      warnings: warnings + survey.warnings)
    guard writes else { return document }
    if survey.policy.isAssumed || survey.reading.document != nil {
      throw BackportError(.policyNotDeclared, [survey.policy.source])
    }
    let root = try worktreePath("")
    guard let path = SecurityDocument.paths.first(where: { isFile(root + $0) }) else {
      throw BackportError(.noSecurityPolicy, SecurityDocument.paths)
    }
    guard let data = FileManager.default.contents(atPath: root + path) else {
      throw BackportError(.io, [root + path, "read"], detail: "the file cannot be read")
    }
    let written: [UInt8]
    do {
      written = try table.replacing(in: Array(data))
    } catch {
      throw BackportError(error, in: path)
    }
    document.path = path
    guard written != Array(data) else { return document }
    let mode = try? FileManager.default.attributesOfItem(atPath: root + path)[.posixPermissions]
    do {
      try Data(written).write(to: URL(filePath: root + path), options: .atomic)
      if let mode {
        try FileManager.default.setAttributes(
          [.posixPermissions: mode], ofItemAtPath: root + path)
      }
    } catch {
      throw BackportError(.io, [root + path, "write"], detail: "the file cannot be replaced")
    }
    document.written = true
    return document
  }

  /// The full path of a file in the worktree.
  private func worktreePath(_ path: String) throws(BackportError) -> String {
    guard let root = repository.workTree else { throw BackportError(.noWorktree, [path]) }
    return root.hasSuffix("/") ? root + path : root + "/" + path
  }

  /// Whether an ordinary file is there; links are not followed.
  private func isFile(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes?[.type] as? FileAttributeType == .typeRegular
  }
}

extension BackportError {
  fileprivate init(_ error: SupportedVersionsTableError, in path: String) {
    switch error {
    case .noMarkers: self.init(.noTableMarkers, [path])
    case .unbalancedMarkers(let line):
      self.init(.noTableMarkers, [path], detail: "the marker on line \(line) has no partner")
    }
  }
}
