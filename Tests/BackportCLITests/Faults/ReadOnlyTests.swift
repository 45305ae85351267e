import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs in whose repository a folder cannot be written.
@Suite("A run that meets a read-only folder", .serialized)
struct ReadOnlyTests {
  private let project: FaultProject

  init() throws { project = try FaultProject() }

  /// The folders below the git directory; the last two are there once something has landed.
  static let folders = [
    "", "objects", "objects/pack", "refs", "refs/heads", "refs/tags", "logs", "logs/refs",
    "logs/refs/heads", "backport", "backport/ops",
  ]

  /// Runs the program while a folder is read-only; nil where nothing can make it so.
  ///
  /// Root is not kept from writing by modes: the folder is bound onto itself, read-only, in a mount
  /// namespace that ends with the run.
  private func run(
    _ arguments: [String], in copy: FaultProject.Copy, readOnly folder: String
  ) throws -> ProcessResult? {
    let program = ProgramRun.productsDirectory + "/git-backport"
    let path = copy.gitDirectory + (folder.isEmpty ? "" : "/" + folder)
    let variables = project.environment.variables
    guard getuid() == 0 else {
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: path)
      defer {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      }
      return try ChildProcess.run(
        program, arguments, environment: variables, directory: copy.directory)
    }
    let script = """
      set -e
      mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 125
      cd "$2"
      shift 2
      exec "$@"
      """
    let result = try ChildProcess.run(
      "/bin/sh",
      [
        "-c", "exec unshare -m /bin/sh -c \"$0\" sh \"$@\"", script, path, copy.directory, program,
      ] + arguments, environment: variables, directory: copy.directory)
    return [125, 126, 127].contains(result.status) ? nil : result
  }

  @Test("moves nothing, or all, and the next one is none the worse", arguments: folders)
  func apply(folder: String) throws {
    let copy = try project.copy()
    let path = copy.gitDirectory + "/" + folder
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let fault = "\(folder.isEmpty ? "the git directory" : folder) read-only"
    let check = FaultCheck(project: project, copy: copy, fault: fault)
    guard let result = try run(project.applyArguments, in: copy, readOnly: folder) else {
      print("\(fault): skipped, nothing here can make it so")
      return
    }
    #expect([0, 3, 75].contains(result.status), "\(fault): \(result.status) \(result.errorText)")
    #expect(check.outcome == (result.status == 0 ? .new : .old), "\(fault): \(result.errorText)")
    if result.status != 0 { #expect(result.errorText.contains("error:"), "\(fault)") }
    try check.recover()
    try check.finish()
    project.discard(copy)
  }

  @Test(
    "takes nothing back, or all", arguments: ["refs/heads", "refs/tags", "backport/ops", "logs"])
  func undo(folder: String) throws {
    let copy = try project.copy()
    let landed = try ProgramRun(
      project.applyArguments, in: copy.directory, environment: project.environment)
    try #require(landed.status == 0, "\(landed.errors)")
    let check = FaultCheck(project: project, copy: copy, fault: "\(folder) read-only, undoing")
    guard let result = try run(["undo"], in: copy, readOnly: folder) else {
      print("\(check.fault): skipped, nothing here can make it so")
      return
    }
    #expect(
      [0, 3, 8, 75].contains(result.status), "\(check.fault): \(result.status) \(result.errorText)")
    #expect(check.outcome != .mixed, "\(check.fault): \(result.errorText)")
    try check.recover()
    try check.finish()
    project.discard(copy)
  }
}
