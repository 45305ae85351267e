import Foundation
import GitStore
import TestSupport
import Testing

extension TestRepository {
  /// The repository as our wrapper opens it.
  func open() throws -> Repository { try Repository(gitDirectory: gitDirectory) }

  /// The id of a mark as a value.
  func objectID(_ mark: Mark) throws -> ObjectID { try #require(ObjectID(hex: id(mark))) }

  /// The id that git finds for a revision.
  func objectID(_ revision: String) throws -> ObjectID {
    try #require(ObjectID(hex: git("rev-parse", "--verify", revision)))
  }

  /// Writes an object with git, without its checks.
  func write(_ kind: String, _ bytes: [UInt8]) throws -> ObjectID {
    let output = git.bytes(
      ["hash-object", "-t", kind, "-w", "--literally", "--stdin"], input: bytes)
    return try #require(ObjectID(hex: String(decoding: output, as: UTF8.self).prefix(40)))
  }

  /// Writes a file below the git directory.
  func writeControl(_ contents: String, to name: String) throws {
    try TestFiles.write(Data(contents.utf8), to: gitDirectory + "/" + name)
  }

  /// Runs a line of shell in the environment's root, for what Swift cannot do to files.
  func shell(_ line: String) throws {
    let result = try ChildProcess.run(
      "/bin/sh", ["-ec", line], environment: environment.variables, directory: environment.root)
    #expect(result.status == 0, "\(result.errorText)")
  }

  /// Every file below the git directory with its contents.
  func controlFiles() throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: gitDirectory)
    let pairs = names.map { ($0, FileManager.default.contents(atPath: gitDirectory + "/" + $0)) }
    return Dictionary(uniqueKeysWithValues: pairs.map { ($0, $1 ?? Data()) })
  }
}

/// A repository with one commit.
func smallRepository(bare: Bool = true) throws -> TestRepository {
  var history = RepositoryBuilder()
  history.commit("root", files: ["a.txt": "one\n"])
  return try history.write(bare: bare)
}

/// The code of the error with which an operation ends; nil when it succeeds.
func errorCode(_ operation: () throws -> some Any) -> GitError.Code? {
  do {
    _ = try operation()
    return nil
  } catch {
    return (error as? GitError)?.code ?? .other(0)
  }
}
