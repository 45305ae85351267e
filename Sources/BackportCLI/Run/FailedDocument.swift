import Backport

/// The documents of the program (contract.md 4) and their keys.
enum DocumentName: String, CaseIterable {
  case lines
  case plan
  case operation
  case log
  case status
  case pick
  case policyCheck = "policy-check"
  case policyFile = "policy-file"
  case initial = "init"
  case doctor
  case audit
  case caseRecord = "case"
  case caseList = "case-list"
  case advisory
  case advisoryCheck = "advisory-check"
  case ci
  case request
  case similar

  /// The value of `schema`.
  var schema: String { "git-backport.\(rawValue)/1" }

  /// The keys besides `schema` and `error`.
  var keys: [String] {
    switch self {
    case .lines: ["repository", "asOf", "policy", "settings", "lines", "advice", "warnings"]
    case .plan:
      [
        "repository", "asOf", "releaseDate", "tool", "committer", "options", "signing", "policy",
        "fixes", "trunk", "targets", "notTargeted", "refUpdates", "documents", "warnings",
      ]
    case .operation:
      ["repository", "id", "state", "plan", "targets", "refUpdates", "pushed", "waiting"]
    case .log: ["repository", "operations"]
    case .status: ["repository", "pending", "unpushed", "embargoed", "waiting"]
    case .pick: ["onto", "fixes", "status", "tree", "commits", "conflicts", "renames"]
    case .policyCheck: ["repository", "asOf", "policy", "findings", "warnings"]
    case .doctor: ["repository", "findings"]
    case .audit:
      [
        "repository", "asOf", "policy", "lines", "notAudited", "fixes", "missing", "unproven",
        "warnings",
      ]
    case .advisory:
      [
        "repository", "operation", "case", "id", "aliases", "title", "severity", "published",
        "modified",
        "revision", "package", "introduced", "fixes", "lines", "affected", "checked", "embargoed",
        "files", "warnings",
      ]
    case .advisoryCheck:
      [
        "repository", "file", "format", "id", "package", "fix", "introduced", "checked", "findings",
        "warnings",
      ]
    case .initial:
      ["repository", "path", "written", "text", "found", "assumed", "problems", "warnings"]
    case .ci:
      ["repository", "service", "mode", "isCheck", "since", "state", "fixes", "warnings"]
    case .request: ["repository", "operation", "forge", "api", "project", "requests"]
    case .similar:
      ["repository", "asOf", "fixes", "patterns", "places", "filesRead", "warnings"]
    case .policyFile: ["repository", "path", "written", "text", "warnings"]
    case .caseRecord: CaseDocument.keys + ["missing"]
    case .caseList: ["repository", "asOf", "cases", "due", "warnings"]
    }
  }

  /// What is true of every run that fails, by key.
  var failed: [String: any Encodable] {
    self == .pick ? ["status": PickDocument.Status.error] : [:]
  }
}

/// The document of a run that failed: what is known, null elsewhere, and the error.
struct FailedDocument: Encodable {
  let name: DocumentName
  let known: [String: any Encodable]
  let error: DocumentError

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: DocumentKey.self)
    try container.encode(name.schema, forKey: DocumentKey("schema"))
    for key in name.keys {
      if let value = known[key] ?? name.failed[key] {
        try container.encode(value, forKey: DocumentKey(key))
      } else {
        try container.encodeNil(forKey: DocumentKey(key))
      }
    }
    try container.encode(error, forKey: DocumentKey("error"))
  }
}

/// A whole document with an error added, for a run that came to its end and failed all the same.
struct DocumentWithError<Document: Encodable>: Encodable {
  let document: Document
  let error: DocumentError

  func encode(to encoder: any Encoder) throws {
    try document.encode(to: encoder)
    var container = encoder.container(keyedBy: DocumentKey.self)
    try container.encode(error, forKey: DocumentKey("error"))
  }
}

/// A key of a document.
struct DocumentKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }

  init?(stringValue: String) { self.init(stringValue) }

  init?(intValue: Int) { nil }
}
