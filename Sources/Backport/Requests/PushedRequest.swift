public import ReleaseModel

/// What a remote said of the merge request that it was asked for as a branch was pushed.
///
/// GitLab answers in words for people, of which only the page of the request is taken
/// (https://docs.gitlab.com/topics/git/commit/#push-options-for-merge-requests).
public struct PushedRequest: Equatable, Sendable {
  /// What was asked for.
  public let request: MergeRequest
  /// Its number; nil when the remote named none.
  public let number: Int?
  /// Its page; nil when the remote named none.
  public let url: String?
  /// `created`, or `updated` when the branch was there already.
  public let action: MergeRequestReport.Action
  /// What the remote said when it made none; nil when it did.
  public let complaint: String?

  /// Reads the words of a remote, as git prints them.
  init(_ request: MergeRequest, isNew: Bool, answer: String) {
    self.request = request
    action = isNew ? .created : .updated
    let lines = answer.split(separator: "\n").map { PushedRequest.plain($0) }
    let page = lines.lazy.compactMap(PushedRequest.page).first
    number = page?.number
    url = page?.url
    let isRefused = lines.contains { $0.contains("Error encountered with push options") }
    complaint =
      page == nil || isRefused
      ? lines.filter { line in line.contains { $0.isLetter } }.joined(separator: "\n") : nil
  }

  /// A line without the word that git puts before what a remote says, and without blanks around it.
  private static func plain(_ line: Substring) -> Substring {
    var rest = line.hasPrefix("remote:") ? line.dropFirst("remote:".count) : line
    rest = rest.drop { $0.isWhitespace }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return rest
  }

  /// The page that a line is the address of, with its number.
  private static func page(_ line: Substring) -> (url: String, number: Int)? {
    guard line.hasPrefix("https://") || line.hasPrefix("http://"), !line.contains(" "),
      let slash = line.lastIndex(of: "/"), line[..<slash].hasSuffix("/merge_requests"),
      let number = Int(line[line.index(after: slash)...]), number > 0
    else { return nil }
    return (String(line), number)
  }
}

extension MergeRequest {
  /// The most characters of a description that go along with a push.
  private static let longestDescription = 8_000

  /// The push options by which GitLab makes the request, or changes the one that the branch has.
  ///
  /// An option is one line, and so the description is what stands first in it, and what it was made
  /// from.
  var pushOptions: [String] {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    let introduction = lines.prefix { !$0.isEmpty }.joined(separator: " ")
    let origins = lines.filter { $0.hasPrefix("(cherry picked from commit ") }.map(String.init)
    let description = ([introduction] + origins).joined(separator: "<br>")
    let options =
      [
        "merge_request.create", "merge_request.target=\(base)",
        "merge_request.title=\(isDraft ? "Draft: " : "")\(title)",
        "merge_request.description=\(description.prefix(MergeRequest.longestDescription))",
      ] + labels.map { "merge_request.label=\($0)" }
    return options.map { option in
      String(
        String.UnicodeScalarView(
          option.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 }))
    }
  }
}

extension CIDocument.Request {
  /// What became of a request that a remote was asked for.
  init(_ pushed: PushedRequest) {
    self.init(number: pushed.number, url: pushed.url, action: pushed.action.rawValue)
  }
}

extension PushOutcome {
  /// An error when the remote made no merge request of a branch that it took.
  public func refuseMissingRequests() throws(BackportError) {
    guard let missing = requests.first(where: { $0.complaint != nil }) else { return }
    throw BackportError(
      .noRequestMade, [preview.remote, missing.request.head], detail: missing.complaint ?? "")
  }
}
