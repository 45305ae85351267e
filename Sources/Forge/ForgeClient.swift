import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Sends requests to the API of a forge, and waits where that asks for it.
struct ForgeClient {
  /// What the API answered.
  struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    /// Whether the request was done.
    var isGood: Bool { (200...299).contains(status) }

    /// The document.
    var json: JSONValue { JSONValue(body) }
  }

  /// How the client is allowed to wait; in seconds.
  struct Patience: Sendable {
    /// For one answer.
    var answer: Int64 = 30
    /// In all, where the forge asks for a pause.
    var pauses: Int64 = 120
  }

  private static let attempts = 4
  private static let answerLimit = 16 << 20
  private static let mostPages = 50

  private let http: HTTPClient
  private let batch: MergeRequestBatch
  private let token: String
  private let authorization: (name: String, value: String)
  private let patience: Patience

  init(
    _ http: HTTPClient, _ batch: MergeRequestBatch, token: String, patience: Patience = Patience()
  ) throws(MergeRequestReport.Failure) {
    guard ForgeAddress.isSafe(batch.api) else {
      throw MergeRequestReport.Failure(
        "unsafe-address", "'\(batch.api)' is no address that a token may be sent to",
        hint: "the API of the forge is an https:// address")
    }
    self.http = http
    self.batch = batch
    self.token = token
    self.patience = patience
    authorization =
      switch batch.forge {
      case .github: ("Authorization", "Bearer \(token)")
      case .gitlab: ("PRIVATE-TOKEN", token)
      case .forgejo: ("Authorization", "token \(token)")
      }
  }

  /// Does one request; a refusal is an answer, and only what gave no answer is an error.
  ///
  /// What reads is tried again when the forge is busy; what writes only when it was told to wait,
  /// since nobody knows what became of it otherwise.
  func send(
    _ method: HTTPMethod, _ path: String, query: [(String, String)] = [], body: JSONValue? = nil
  ) async throws(MergeRequestReport.Failure) -> Answer {
    try await send(method, address: batch.api + path + ForgeAddress.query(query), body: body)
  }

  /// All the pages of a list.
  func list(
    _ path: String, query: [(String, String)]
  ) async throws(MergeRequestReport.Failure) -> [JSONValue] {
    var found: [JSONValue] = []
    var next: String? = batch.api + path + ForgeAddress.query(query)
    var pages = 0
    while let address = next {
      // A page of another host would get the token.
      guard ForgeAddress.origin(of: address) == ForgeAddress.origin(of: batch.api) else {
        throw MergeRequestReport.Failure(
          "bad-answer", "the next page of a list is at another address: \(address)")
      }
      let answer = try await send(.GET, address: address, body: nil)
      guard answer.isGood else { throw refusal(answer, "GET \(path)") }
      guard let elements = answer.json.array else {
        throw MergeRequestReport.Failure("bad-answer", "GET \(path): the answer is no list")
      }
      found += elements
      pages += 1
      next = pages < ForgeClient.mostPages ? ForgeAddress.next(in: answer.headers["Link"]) : nil
    }
    return found
  }

  private func send(
    _ method: HTTPMethod, address: String, body: JSONValue?
  ) async throws(MergeRequestReport.Failure) -> Answer {
    var waited: Int64 = 0
    var attempt = 1
    while true {
      let answer: Answer
      do {
        answer = try await once(method, address, body)
      } catch {
        guard method == .GET, attempt < ForgeClient.attempts else {
          throw MergeRequestReport.Failure(
            "unreachable", "\(batch.api) gave no answer: \(error.reason)",
            hint: "run it again: what is there already is not made twice")
        }
        try? await Task.sleep(for: .milliseconds(200 << attempt))
        attempt += 1
        continue
      }
      guard let pause = pause(asked: answer, method, attempt) else { return answer }
      guard waited + pause <= patience.pauses, attempt < ForgeClient.attempts else {
        throw MergeRequestReport.Failure(
          "rate-limited", "\(batch.api) takes no more requests for now (\(answer.status))",
          hint: "run it again in \(pause) seconds: what is there already is not made twice")
      }
      waited += pause
      attempt += 1
      try? await Task.sleep(for: .seconds(pause))
    }
  }

  /// The seconds to wait before the same request is sent again; nil when it is not.
  private func pause(asked answer: Answer, _ method: HTTPMethod, _ attempt: Int) -> Int64? {
    let retry = answer.headers.first(name: "Retry-After").flatMap { Int64($0) }
    switch answer.status {
    case 429: return retry ?? reset(answer) ?? 1
    case 403:
      if let retry { return retry }
      return answer.headers.first(name: "x-ratelimit-remaining") == "0" ? reset(answer) ?? 60 : nil
    case 502, 503, 504:
      guard method == .GET, attempt < ForgeClient.attempts else { return nil }
      return retry ?? 1
    default: return nil
    }
  }

  private func reset(_ answer: Answer) -> Int64? {
    let moment =
      answer.headers.first(name: "x-ratelimit-reset")
      ?? answer.headers.first(name: "RateLimit-Reset")
    guard let seconds = moment.flatMap({ Int64($0) }) else { return nil }
    return max(1, seconds - Int64(Date().timeIntervalSince1970))
  }

  /// Why there was no answer.
  private struct Silence: Error { let reason: String }

  private func once(
    _ method: HTTPMethod, _ address: String, _ body: JSONValue?
  ) async throws(Silence) -> Answer {
    var request = HTTPClientRequest(url: address)
    request.method = method
    request.headers.add(name: "User-Agent", value: "git-backport-forge")
    request.headers.add(name: authorization.name, value: authorization.value)
    if batch.forge == .github {
      request.headers.add(name: "Accept", value: "application/vnd.github+json")
      request.headers.add(name: "X-GitHub-Api-Version", value: "2022-11-28")
    } else {
      request.headers.add(name: "Accept", value: "application/json")
    }
    if let body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: body.bytes))
    }
    do {
      let response = try await http.execute(request, timeout: .seconds(patience.answer))
      let bytes = try await response.body.collect(upTo: ForgeClient.answerLimit)
      return Answer(
        status: Int(response.status.code), headers: response.headers,
        body: Array(bytes.readableBytesView))
    } catch {
      throw Silence(reason: clean("\(error)"))
    }
  }

  /// The words for a request that was refused.
  func refusal(_ answer: Answer, _ what: String) -> MergeRequestReport.Failure {
    let said = clean(answer.json.errorText)
    let name = batch.tokenVariable
    let words = "\(what): \(answer.status)\(said.isEmpty ? "" : ", \(said)")"
    switch answer.status {
    case 401:
      return MergeRequestReport.Failure(
        "unauthorized", "the forge does not accept the token in \(name)",
        hint: "make a new one, and see that the job is given it")
    case 403:
      return MergeRequestReport.Failure(
        "forbidden", words, hint: Permissions.hint(batch.forge, name))
    case 404:
      return MergeRequestReport.Failure(
        "not-found", words,
        hint: "\(batch.project) is not there, or the token in \(name) may not see it")
    case 300...399:
      return MergeRequestReport.Failure(
        "redirected", "\(what): the forge points to another address, which a token is not sent to",
        hint: "name the project as it is called today: git remote set-url")
    default: return MergeRequestReport.Failure("refused", words)
    }
  }

  /// A text of the forge without the token, on one line.
  func clean(_ text: String) -> String {
    text.replacing(token, with: "***").split(whereSeparator: \.isNewline)
      .joined(separator: " ")
  }
}

/// What a token has to be allowed.
private enum Permissions {
  static func hint(_ forge: MergeRequestBatch.Forge, _ name: String) -> String {
    switch forge {
    case .github:
      "the token in \(name) needs pull-requests: write, and the repository must let workflows open "
        + "pull requests (Settings, Actions, General)"
    case .gitlab: "the token in \(name) needs the scope api and the role Developer"
    case .forgejo: "the token in \(name) needs write:repository and write:issue"
    }
  }
}
