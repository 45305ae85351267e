import GitStore
import Testing

@testable import Backport

@Suite("What the variables of CI services say")
struct BuildServiceTests {
  private static let id = "0123456789abcdef0123456789abcdef01234567"
  private static let other = "89abcdef0123456789abcdef0123456789abcdef"

  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var variables: [String: String]
    var kind: BuildService.Kind
    var trigger: BuildService.Trigger
    var branch: String?
    var defaultBranch: String?
    var change: Int?
    var head: String?
    var labels: [String] = []
    var project: String?
    var api: String?
    var page: String?
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(
      name: "GitHub, push",
      variables: [
        "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_SHA": id,
        "GITHUB_REF": "refs/heads/main", "GITHUB_REPOSITORY": "o/n", "GITHUB_RUN_ID": "5",
        "GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": "https://api.github.com",
      ], kind: .github, trigger: .push, branch: "main", project: "o/n",
      api: "https://api.github.com", page: "https://github.com/o/n/actions/runs/5"),
    Row(
      name: "GitHub, a tag",
      variables: [
        "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/tags/v1",
      ], kind: .github, trigger: .push),
    Row(
      name: "GitHub, schedule",
      variables: ["GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule"], kind: .github,
      trigger: .schedule),
    Row(
      name: "Forgejo, by hand",
      variables: [
        "GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true", "FORGEJO_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "workflow_dispatch", "GITHUB_REPOSITORY": "o/n",
        "GITHUB_SERVER_URL": "https://codeberg.org/",
      ], kind: .forgejo, trigger: .manual, project: "o/n", api: "https://codeberg.org/api/v1"),
    Row(
      name: "Gitea",
      variables: ["GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true"], kind: .gitea, trigger: .other),
    Row(
      name: "GitLab, push",
      variables: [
        "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_SHA": id,
        "CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main", "CI_PROJECT_PATH": "g/s/n",
        "CI_API_V4_URL": "https://gitlab.example/api/v4",
        "CI_JOB_URL": "https://gitlab.example/j/1",
      ], kind: .gitlab, trigger: .push, branch: "main", defaultBranch: "main", project: "g/s/n",
      api: "https://gitlab.example/api/v4", page: "https://gitlab.example/j/1"),
    Row(
      name: "GitLab, merge request",
      variables: [
        "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event", "CI_COMMIT_SHA": id,
        "CI_MERGE_REQUEST_IID": "31", "CI_MERGE_REQUEST_LABELS": "a, b",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": other,
      ], kind: .gitlab, trigger: .change, change: 31, head: other, labels: ["a", "b"]),
    Row(
      name: "Jenkins, branch",
      variables: [
        "JENKINS_URL": "https://ci/", "GIT_COMMIT": id, "GIT_BRANCH": "origin/main",
        "BUILD_URL": "https://ci/job/1/",
      ], kind: .jenkins, trigger: .push, branch: "main", page: "https://ci/job/1"),
    Row(
      name: "Jenkins, change",
      variables: ["JENKINS_URL": "https://ci/", "GIT_COMMIT": id, "CHANGE_ID": "8"],
      kind: .jenkins, trigger: .change, change: 8, head: id),
    Row(
      name: "Buildkite, push",
      variables: [
        "BUILDKITE": "true", "BUILDKITE_SOURCE": "webhook", "BUILDKITE_BRANCH": "main",
        "BUILDKITE_PULL_REQUEST": "false", "BUILDKITE_PIPELINE_DEFAULT_BRANCH": "main",
      ], kind: .buildkite, trigger: .push, branch: "main", defaultBranch: "main"),
    Row(
      name: "Buildkite, pull request",
      variables: [
        "BUILDKITE": "true", "BUILDKITE_SOURCE": "webhook", "BUILDKITE_PULL_REQUEST": "9",
        "BUILDKITE_COMMIT": id, "BUILDKITE_PULL_REQUEST_LABELS": "security",
      ], kind: .buildkite, trigger: .change, change: 9, head: id, labels: ["security"]),
    Row(
      name: "Azure, push",
      variables: [
        "TF_BUILD": "True", "BUILD_REASON": "IndividualCI", "BUILD_SOURCEBRANCH": "refs/heads/main",
        "SYSTEM_COLLECTIONURI": "https://dev.azure.com/o/", "SYSTEM_TEAMPROJECT": "p",
        "BUILD_BUILDID": "3",
      ], kind: .azure, trigger: .push, branch: "main",
      page: "https://dev.azure.com/o/p/_build/results?buildId=3"),
    Row(
      name: "Azure, pull request",
      variables: [
        "TF_BUILD": "True", "BUILD_REASON": "PullRequest",
        "SYSTEM_PULLREQUEST_PULLREQUESTID": "6", "SYSTEM_PULLREQUEST_SOURCECOMMITID": id,
      ], kind: .azure, trigger: .change, change: 6, head: id),
    Row(name: "no service", variables: ["CI": "true"], kind: .plain, trigger: .other),
  ]

  @Test("are read for each service", arguments: rows)
  func service(row: Row) {
    let service = BuildService(row.variables)
    #expect(service.kind == row.kind)
    #expect(service.trigger == row.trigger)
    #expect(service.branch == row.branch)
    #expect(service.defaultBranch == row.defaultBranch)
    #expect(service.change?.number == row.change)
    #expect(service.change?.head?.description == row.head)
    #expect(service.change?.labels ?? [] == row.labels)
    #expect(service.project == row.project)
    #expect(service.api == row.api)
    #expect(service.page == row.page)
  }

  @Test("an event that is no document tells nothing, and neither does one with other types")
  func payload() {
    let variables = [
      "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": "/x",
    ]
    for text in ["", "[]", "{\"pull_request\": 3}", "{\"pull_request\": {\"labels\": [3, {}]}}"] {
      let service = BuildService(variables) { _ in Array(text.utf8) }
      #expect(service.change?.number == nil)
      #expect(service.change?.labels == [])
      #expect(service.defaultBranch == nil)
    }
  }

  @Test(
    "a window is a number and a unit",
    arguments: [
      ("30 days", 30 * 86_400), ("1 day", 86_400), ("2 Weeks", 14 * 86_400),
      ("3 months", 93 * 86_400), ("1 year", 366 * 86_400), ("0 days", nil), ("days", nil),
      ("30", nil), ("-1 days", nil), ("30 minutes", nil), ("30  days", 30 * 86_400),
    ] as [(String, Int64?)])
  func window(text: String, seconds: Int64?) {
    #expect(CIWindow(parsing: text)?.seconds == seconds)
  }

  @Test("the jobs of a matrix keep every text a text")
  func matrix() throws {
    let line = CIDocument.Line(
      line: "1.1", status: .picked, state: .owed, version: "1.1.1", tag: nil, branch: "$(x)",
      topic: nil, isLatest: true, reason: "", request: nil)
    let fix = CIDocument.FixReport(
      name: "", ids: [], subject: "", requested: [Self.id], reasons: [], state: .owed,
      operation: nil, lines: [line], plan: nil, error: nil)
    let document = CIDocument(
      repository: RepositoryDescription(path: "/"), service: .init(BuildService([:])),
      mode: "report", isCheck: false, since: nil, state: .owed, fixes: [fix], warnings: [])
    let matrix = VerificationMatrix(document)
    #expect(
      String(decoding: try matrix.text(.github), as: UTF8.self)
        == "{\"include\":[{\"branch\":\"$(x)\",\"fix\":\"\(Self.id)\",\"line\":\"1.1\","
        + "\"version\":\"1.1.1\"}]}\n")
    let child = String(decoding: try matrix.text(.gitlab), as: UTF8.self)
    #expect(child.contains("\"verify 1.1 0123456789ab\":{\"extends\":\".backport-verify\""))
    #expect(child.contains("\"BACKPORT_BRANCH\":{\"expand\":false,\"value\":\"$(x)\"}"))
  }
}
