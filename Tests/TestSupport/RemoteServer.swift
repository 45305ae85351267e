import Foundation

/// A server for the repositories of a test, on a free port of the loopback interface.
///
/// It ends with the last reference to it, and with the test process however that ends: it reads from
/// a pipe that is closed then.
///
/// `@unchecked` since `Process` and `Pipe` are not Sendable: nothing of it changes after `init`, both are
/// touched there and in `deinit` alone, and what tests call reads constants and writes a file.
package final class RemoteServer: @unchecked Sendable {
  /// What it speaks.
  package enum Transport: String, Sendable, CaseIterable {
    /// `git daemon`.
    case daemon
    /// `git http-backend`.
    case http
  }

  /// How a push over HTTP fails.
  package enum Fault: String, Sendable {
    /// The connection is closed before git has seen the request.
    case before
    /// Git does its work, and the connection is closed before the answer.
    case after
    /// Every request is answered with 500.
    case status
  }

  private struct Failure: Error { var message: String }

  private let process = Process()
  private let lifeline = Pipe()
  private let transport: Transport
  private let folder: String
  private let port: Int

  /// Starts to serve what stands below the root of an environment.
  ///
  /// With `credentials`, `user:password`, a server of HTTP asks for them.
  package init(
    _ transport: Transport, _ environment: HermeticEnvironment, credentials: String? = nil
  ) throws {
    self.transport = transport
    folder = environment.root
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Servers/remote-server.py").path
    let variables = ProcessInfo.processInfo.environment
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: ChildProcess.find("python3", in: variables))
    process.arguments = [script, transport.rawValue, folder] + [credentials].compactMap(\.self)
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
  }

  /// The address of a repository by its directory below the root; `user` goes before the host.
  package func address(of name: String, user: String = "") -> String {
    let scheme = transport == .daemon ? "git" : "http"
    return "\(scheme)://\(user.isEmpty ? "" : user + "@")127.0.0.1:\(port)/\(name)"
  }

  /// Breaks the server, or mends it with nil.
  package func set(_ fault: Fault?) throws {
    let file = folder + "/fault"
    guard let fault else { return try FileManager.default.removeItem(atPath: file) }
    try Data(fault.rawValue.utf8).write(to: URL(fileURLWithPath: file))
  }
}
