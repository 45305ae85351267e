import NIOHTTP1
import ReleaseModel

/// How one kind of forge speaks of merge requests.
///
/// https://docs.github.com/rest/pulls/pulls, https://docs.gitlab.com/api/merge_requests/,
/// https://codeberg.org/api/swagger#/repository/repoListPullRequests.
struct ForgeDialect {
  /// A merge request as the forge has it.
  struct Found: Equatable {
    var number: Int
    var url: String
    var title: String
    var body: String
    var labels: [String]
    var isDraft: Bool
  }

  let forge: MergeRequestBatch.Forge
  let project: String

  /// Where merge requests are listed and made.
  var path: String {
    switch forge {
    case .github, .forgejo: "/repos/\(projectPath)/pulls"
    case .gitlab: "/projects/\(ForgeAddress.encoded(project))/merge_requests"
    }
  }

  private var projectPath: String {
    project.split(separator: "/").map { ForgeAddress.encoded(String($0)) }.joined(separator: "/")
  }

  /// Asks for the open requests of two branches, as far as the forge can be asked so.
  func listQuery(_ request: MergeRequest) -> [(String, String)] {
    switch forge {
    case .github:
      let owner = project.split(separator: "/").first.map(String.init) ?? ""
      return [
        ("state", "open"), ("head", "\(owner):\(request.head)"), ("base", request.base),
        ("per_page", "100"),
      ]
    case .gitlab:
      return [
        ("state", "opened"), ("source_branch", request.head), ("target_branch", request.base),
        ("per_page", "100"),
      ]
    case .forgejo: return [("state", "open"), ("limit", "50")]
    }
  }

  /// The request in an element of the list; nil when it is that of other branches, or of a fork.
  func found(_ element: JSONValue, _ request: MergeRequest) -> Found? {
    switch forge {
    case .github, .forgejo:
      guard element["head"]["ref"].text == request.head,
        element["base"]["ref"].text == request.base, isOwn(element["head"]["repo"])
      else { return nil }
    case .gitlab:
      guard element["source_branch"].text == request.head,
        element["target_branch"].text == request.base,
        element["source_project_id"] == element["target_project_id"]
      else { return nil }
    }
    return found(element)
  }

  private func isOwn(_ repository: JSONValue) -> Bool {
    repository["full_name"].text.map { $0.lowercased() == project.lowercased() } ?? false
  }

  /// A request in the answer of the forge; nil when that is none.
  func found(_ element: JSONValue) -> Found? {
    let names =
      forge == .gitlab ? ("iid", "web_url", "description") : ("number", "html_url", "body")
    guard let number = element[names.0].integer, let url = element[names.1].text,
      let title = element["title"].text
    else { return nil }
    let labels = (element["labels"].array ?? []).compactMap { $0.text ?? $0["name"].text }
    var isDraft = element["draft"] == .boolean(true)
    if let prefix = draftPrefix, title.hasPrefix(prefix) { isDraft = true }
    return Found(
      number: number, url: url, title: title, body: element[names.2].text ?? "", labels: labels,
      isDraft: isDraft)
  }

  /// What a title begins with where that makes it a draft.
  private var draftPrefix: String? {
    switch forge {
    case .github: nil
    case .gitlab: "Draft: "
    case .forgejo: "WIP: "
    }
  }

  /// The title as the forge takes it.
  func title(_ request: MergeRequest) -> String {
    request.isDraft ? (draftPrefix ?? "") + request.title : request.title
  }

  /// What makes a request.
  func creation(_ request: MergeRequest) -> JSONValue {
    switch forge {
    case .github:
      return .object([
        "title": .string(title(request)), "head": .string(request.head),
        "base": .string(request.base), "body": .string(request.body),
        "draft": .boolean(request.isDraft),
      ])
    case .forgejo:
      return .object([
        "title": .string(title(request)), "head": .string(request.head),
        "base": .string(request.base), "body": .string(request.body),
      ])
    case .gitlab:
      return .object([
        "title": .string(title(request)), "source_branch": .string(request.head),
        "target_branch": .string(request.base), "description": .string(request.body),
        "labels": .string(request.labels.joined(separator: ",")),
        "remove_source_branch": .boolean(true),
      ])
    }
  }

  /// What brings a request up to date; nil when it is so already.
  ///
  /// A draft that somebody has made ready stays ready, and one that we made a draft once stays one
  /// until somebody looks at it.
  func update(_ found: Found, to request: MergeRequest) -> JSONValue? {
    var fields: [String: JSONValue] = [:]
    let title = (found.isDraft ? draftPrefix ?? "" : "") + request.title
    if found.title != title { fields["title"] = .string(title) }
    if ForgeDialect.plain(found.body) != ForgeDialect.plain(request.body) {
      fields[forge == .gitlab ? "description" : "body"] = .string(request.body)
    }
    let missing = missingLabels(found, request)
    if forge == .gitlab, !missing.isEmpty {
      fields["add_labels"] = .string(missing.joined(separator: ","))
    }
    return fields.isEmpty ? nil : .object(fields)
  }

  /// Labels that a request should have and has not.
  func missingLabels(_ found: Found, _ request: MergeRequest) -> [String] {
    let there = Set(found.labels.map { $0.lowercased() })
    return request.labels.filter { !there.contains($0.lowercased()) }
  }

  /// The method of an update.
  var updateMethod: HTTPMethod { forge == .gitlab ? .PUT : .PATCH }

  /// Where labels are added to a request; nil where they go with the request itself.
  func labelPath(_ number: Int) -> String? {
    forge == .gitlab ? nil : "/repos/\(projectPath)/issues/\(number)/labels"
  }

  /// Where the labels of the project are listed, for a forge that wants their numbers.
  var projectLabelPath: String? {
    forge == .forgejo ? "/repos/\(projectPath)/labels" : nil
  }

  /// A description without what forges change in it by themselves.
  private static func plain(_ text: String) -> String {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
