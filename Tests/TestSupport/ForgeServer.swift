import Foundation

/// A forge's API on a free port of the loopback interface, which checks what it is asked.
///
/// It ends with the last reference to it, and with the test process however that ends.
package final class ForgeServer: @unchecked Sendable {
  private struct Failure: Error { var message: String }

  private let process = Process()
  private let lifeline = Pipe()
  private let folder: URL
  private let port: Int
  /// The kind of forge: `github`, `gitlab` or `forgejo`.
  package let kind: String
  /// The token that it accepts.
  package let token = "f0rge-t0ken-of-the-test"

  /// Starts a server of a kind.
  package init(_ kind: String) throws {
    self.kind = kind
    folder = URL(
      fileURLWithPath: NSTemporaryDirectory() + "/git-backport-forge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Servers/forge-server.py").path
    let output = Pipe()
    process.executableURL = URL(
      fileURLWithPath: ChildProcess.find("python3", in: ProcessInfo.processInfo.environment))
    process.arguments = [script, kind, folder.path, token]
    process.standardInput = lifeline
    process.standardOutput = output
    try process.run()
    var line = ""
    while !line.hasSuffix("\n") {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { break }
      line += String(decoding: data, as: UTF8.self)
    }
    guard let port = Int(line.dropLast()) else {
      throw Failure(message: "the server did not start: \(line)")
    }
    self.port = port
  }

  deinit {
    try? lifeline.fileHandleForWriting.close()
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The address of the API.
  package var api: String { "http://127.0.0.1:\(port)/api" }

  /// The project that it knows.
  package var project: String { kind == "gitlab" ? "group/sub/project" : "own/er-ship" }

  /// Breaks the server, or mends it with nil.
  package func set(_ fault: String?) throws {
    let file = folder.appendingPathComponent("fault")
    guard let fault else { return try FileManager.default.removeItem(at: file) }
    try Data(fault.utf8).write(to: file)
  }

  /// What was asked, as `GET /path`.
  package var requests: [String] { lines(of: "requests") }

  /// What was asked otherwise than the API's description has it.
  package var violations: [String] { lines(of: "violations") }

  private func lines(of name: String) -> [String] {
    let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    return (text ?? "").split(separator: "\n").map(String.init)
  }
}
