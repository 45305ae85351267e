import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `git-backport-forge`: reads a batch from standard input and writes its report to standard output.
///
/// It is run by `git backport request` and `git backport ci`. The token comes from the environment alone,
/// and stands in no argument and no output.
public enum ForgeProgram {
  /// The most bytes of a batch.
  private static let limit = 64 << 20

  /// Runs the program and gives its exit status: 0 when all was done, 1 when something failed, 2 for
  /// a command line or an input that is not understood.
  public static func run(
    arguments: [String], environment: [String: String]
  ) async -> Int32 {
    if arguments == ["--version"] {
      send("git-backport-forge 0.1.0\n", to: 1)
      return 0
    }
    guard arguments.isEmpty else {
      send(
        "usage: git-backport-forge < batch.json\n"
          + "This is the part of git backport that talks to forges; use git backport request.\n",
        to: 2)
      return 2
    }
    guard let batch = batch(from: input()) else {
      return answer(
        MergeRequestReport(
          failure: .init("bad-batch", "standard input is no batch of this version")), 2)
    }
    guard let token = environment[batch.tokenVariable], isPlain(token) else {
      return answer(
        MergeRequestReport(
          failure: .init(
            "no-token", "\(batch.tokenVariable) holds no token",
            hint: "give the job a token in \(batch.tokenVariable)")), 1)
    }
    let seconds = { (name: String) in environment[name].flatMap { Int64($0) } }
    let report = await ForgeRequests.make(
      batch, token: token, pauses: seconds("GIT_BACKPORT_FORGE_PAUSES") ?? 120,
      answer: max(1, seconds("GIT_BACKPORT_FORGE_TIMEOUT") ?? 30),
      proxy: ForgeProxy(for: batch.api, environment))
    return answer(report, report.failure == nil ? 0 : 1)
  }

  private static func batch(from bytes: [UInt8]) -> MergeRequestBatch? {
    let batch = try? JSONDecoder().decode(MergeRequestBatch.self, from: Data(bytes))
    return batch?.schema == MergeRequestBatch.schemaName ? batch : nil
  }

  /// A token with a line end in it would end the header.
  private static func isPlain(_ token: String) -> Bool {
    !token.isEmpty && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
  }

  private static func answer(_ report: MergeRequestReport, _ status: Int32) -> Int32 {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let bytes = (try? encoder.encode(report)).map { Array($0) } ?? []
    send(String(decoding: bytes, as: UTF8.self) + "\n", to: 1)
    return status
  }

  private static func input() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = unsafe buffer.withUnsafeMutableBytes { room in
        unsafe read(0, room.baseAddress, room.count)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  private static func send(_ text: String, to stream: Int32) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        return unsafe write(stream, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return }
      start += count
    }
  }
}
