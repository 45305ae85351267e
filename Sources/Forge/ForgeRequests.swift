import AsyncHTTPClient
import NIOCore
import NIOHTTP1
public import ReleaseModel

/// Makes the merge requests of a batch, or brings those that are there up to date.
///
/// A request is found by its two branches, so that a rerun makes none twice.
public struct ForgeRequests {
  private let client: ForgeClient
  private let dialect: ForgeDialect
  private let batch: MergeRequestBatch

  private init(_ client: ForgeClient, _ batch: MergeRequestBatch) {
    self.client = client
    self.batch = batch
    dialect = ForgeDialect(forge: batch.forge, project: batch.project)
  }

  /// Does a whole batch; the first request that fails ends it, and what was made is in the report.
  ///
  /// `pauses` is how many seconds may be spent on waiting in all, where the forge asks for it.
  public static func make(
    _ batch: MergeRequestBatch, token: String, pauses: Int64 = 120, answer: Int64 = 30,
    proxy: ForgeProxy? = nil
  ) async -> MergeRequestReport {
    var configuration = HTTPClient.Configuration()
    // A forge that points elsewhere would be sent the token there.
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = .seconds(10)
    if let proxy { configuration.proxy = .server(host: proxy.host, port: proxy.port) }
    let http = HTTPClient(
      eventLoopGroupProvider: .singleton, configuration: configuration)
    var report = MergeRequestReport()
    do {
      let client = try ForgeClient(
        http, batch, token: token,
        patience: ForgeClient.Patience(answer: answer, pauses: pauses))
      let forge = ForgeRequests(client, batch)
      for request in batch.requests {
        report.entries.append(try await forge.make(request, &report.notes))
      }
    } catch {
      report.failure = error
    }
    try? await http.shutdown()
    return report
  }

  private func make(
    _ request: MergeRequest, _ notes: inout [String]
  ) async throws(MergeRequestReport.Failure) -> MergeRequestReport.Entry {
    if let found = try await find(request) {
      return try await update(found, request, &notes)
    }
    guard let made = try await create(request, &notes) else {
      guard let found = try await find(request) else {
        throw MergeRequestReport.Failure(
          "refused",
          "\(request.head): the forge says that it is there already, and does not list it")
      }
      return try await update(found, request, &notes)
    }
    try await label(made, request, &notes)
    return MergeRequestReport.Entry(
      head: request.head, number: made.number, url: made.url, action: .created)
  }

  private func find(
    _ request: MergeRequest
  ) async throws(MergeRequestReport.Failure) -> ForgeDialect.Found? {
    let list = try await client.list(dialect.path, query: dialect.listQuery(request))
    return list.lazy.compactMap { dialect.found($0, request) }.first
  }

  /// Makes a request; nil when somebody else has just made it.
  private func create(
    _ request: MergeRequest, _ notes: inout [String]
  ) async throws(MergeRequestReport.Failure) -> ForgeDialect.Found? {
    let answer: ForgeClient.Answer
    do {
      answer = try await client.send(
        .POST, dialect.path, body: dialect.creation(request))
    } catch {
      // It may have been made all the same.
      if error.code == "unreachable", try await find(request) != nil { return nil }
      throw error
    }
    if answer.isGood {
      guard let made = dialect.found(answer.json) else {
        throw MergeRequestReport.Failure(
          "bad-answer", "POST \(dialect.path): the answer is no merge request")
      }
      return made
    }
    let words = answer.json.errorText.lowercased()
    if answer.status == 409 || words.contains("already exists") { return nil }
    if request.isDraft, answer.status == 422, words.contains("draft") {
      notes.append("\(request.head): the forge has no drafts here; it is ready, and needs a look")
      var ready = request
      ready.isDraft = false
      return try await create(ready, &notes)
    }
    if answer.status >= 500, try await find(request) != nil { return nil }
    throw client.refusal(answer, "\(request.head) into \(request.base)")
  }

  private func update(
    _ found: ForgeDialect.Found, _ request: MergeRequest, _ notes: inout [String]
  ) async throws(MergeRequestReport.Failure) -> MergeRequestReport.Entry {
    var isChanged = false
    if let fields = dialect.update(found, to: request) {
      let answer = try await client.send(
        dialect.updateMethod, "\(dialect.path)/\(found.number)", body: fields)
      guard answer.isGood else {
        throw client.refusal(answer, "merge request \(found.number) of \(request.head)")
      }
      isChanged = true
    }
    if try await label(found, request, &notes) { isChanged = true }
    return MergeRequestReport.Entry(
      head: request.head, number: found.number, url: found.url,
      action: isChanged ? .updated : .unchanged)
  }

  // MARK: - Labels

  /// Adds the labels that are missing; whether there were any.
  ///
  /// What fails here is only noted.
  @discardableResult
  private func label(
    _ found: ForgeDialect.Found, _ request: MergeRequest, _ notes: inout [String]
  ) async throws(MergeRequestReport.Failure) -> Bool {
    let missing = dialect.missingLabels(found, request)
    guard !missing.isEmpty, let path = dialect.labelPath(found.number) else { return false }
    var labels: [JSONValue] = missing.map { .string($0) }
    if let list = dialect.projectLabelPath {
      labels = try await numbers(of: missing, in: list, &notes)
      if labels.isEmpty { return false }
    }
    let answer = try await client.send(.POST, path, body: .object(["labels": .array(labels)]))
    if answer.isGood { return true }
    notes.append(
      "merge request \(found.number) gets no labels: \(client.refusal(answer, "labels").message)")
    return false
  }

  private func numbers(
    of names: [String], in list: String, _ notes: inout [String]
  ) async throws(MergeRequestReport.Failure) -> [JSONValue] {
    let known = try await client.list(list, query: [("limit", "50")])
    var numbers: [JSONValue] = []
    for name in names {
      let label = known.first { $0["name"].text?.lowercased() == name.lowercased() }
      if let number = label?["id"].integer {
        numbers.append(.integer(number))
      } else {
        notes.append("the project has no label '\(name)'")
      }
    }
    return numbers
  }
}

/// A proxy through which the forge is reached.
public struct ForgeProxy: Equatable, Sendable {
  /// Its host.
  public let host: String
  /// Its port.
  public let port: Int

  /// Reads `http://host:port`; nil for anything else.
  public init?(parsing text: String) {
    let rest = text.hasPrefix("http://") ? text.dropFirst(7) : text[...]
    let authority = rest.prefix { $0 != "/" }
    let parts = authority.split(separator: ":")
    guard parts.count == 2, let port = Int(parts[1]), (1...65_535).contains(port) else {
      return nil
    }
    host = String(parts[0])
    self.port = port
  }

  /// The proxy that the usual variables name for an address; nil for none.
  public init?(for address: String, _ environment: [String: String]) {
    guard address.hasPrefix("https://"),
      let text = environment["https_proxy"] ?? environment["HTTPS_PROXY"]
    else { return nil }
    let host = address.dropFirst(8).prefix { !"/:".contains($0) }
    let exceptions = (environment["no_proxy"] ?? environment["NO_PROXY"] ?? "")
      .split { ", ".contains($0) }
    let isExcepted = exceptions.contains { exception in
      let name = exception.drop { $0 == "." || $0 == "*" }
      return exception == "*" || host == name || host.hasSuffix("." + name)
    }
    if isExcepted { return nil }
    self.init(parsing: text)
  }
}
