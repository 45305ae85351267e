import Dispatch
import Foundation

/// What a finished program left behind.
package struct ProcessResult: Sendable, Equatable {
  /// The exit status, or the negated number of the signal that ended the program.
  package var status: Int32
  package var output: [UInt8]
  package var errors: [UInt8]

  /// Standard output as text, repaired where it is not UTF-8.
  package var outputText: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text, repaired where it is not UTF-8.
  package var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Runs programs synchronously, as tests want it.
package enum ChildProcess {
  /// Runs a program to its end.
  ///
  /// The three streams are files, not pipes: no amount of output can block, and no other child
  /// that inherits a descriptor can keep this one from ending.
  package static func run(
    _ executable: String, _ arguments: [String], environment: [String: String],
    directory: String, input: [UInt8] = []
  ) throws -> ProcessResult {
    let scratch = URL(
      fileURLWithPath: NSTemporaryDirectory() + "/git-backport-child-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
    try Data(input).write(to: files[0])
    try Data().write(to: files[1])
    try Data().write(to: files[2])

    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    let streams = [
      try FileHandle(forReadingFrom: files[0]), try FileHandle(forWritingTo: files[1]),
      try FileHandle(forWritingTo: files[2]),
    ]
    // Foundation keeps them open as long as the process object lives, which is long after its end,
    // and from some 1,365 open files on its own look at /proc/self/fd reads beyond a buffer.
    defer { for stream in streams { try? stream.close() } }
    process.standardInput = streams[0]
    process.standardOutput = streams[1]
    process.standardError = streams[2]
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()

    let exited = process.terminationReason == .exit
    return ProcessResult(
      status: exited ? process.terminationStatus : -process.terminationStatus,
      output: [UInt8](try Data(contentsOf: files[1])),
      errors: [UInt8](try Data(contentsOf: files[2])))
  }

  /// The path of a program on the PATH of `environment`, or its bare name when it is not there.
  package static func find(_ program: String, in environment: [String: String]) -> String {
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    let candidates = folders.map { "\($0)/\(program)" }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? program
  }
}
