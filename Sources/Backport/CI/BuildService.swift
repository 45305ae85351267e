public import GitStore

/// The service that runs a job, and why, as its own variables tell.
///
/// The names are those of the services' documentation:
/// https://docs.github.com/actions/reference/variables-reference,
/// https://docs.gitlab.com/ci/variables/predefined_variables/,
/// https://www.jenkins.io/doc/book/pipeline/jenkinsfile/#using-environment-variables,
/// https://buildkite.com/docs/pipelines/configure/environment-variables,
/// https://learn.microsoft.com/azure/devops/pipelines/build/variables.
public struct BuildService: Equatable, Sendable {
  /// Which service it is.
  public enum Kind: String, Sendable, CaseIterable {
    case github
    case gitlab
    case forgejo
    case gitea
    case jenkins
    case buildkite
    case azure
    /// No service that is known, or a person's own machine.
    case plain
  }

  /// Why the job runs.
  public enum Trigger: String, Sendable {
    case push
    /// A merge request, called a pull request by some, that is open or was just closed.
    case change
    case schedule
    case manual
    case other
  }

  /// Which service it is.
  public var kind: Kind
  /// Why the job runs.
  public var trigger: Trigger
  /// The commit that the job is about.
  public var commit: ObjectID?
  /// The branch it runs for; nil for a tag or a merge request.
  public var branch: String?
  /// The default branch, as the service states it.
  public var defaultBranch: String?
  /// The merge request; nil when the job is not about one.
  public var change: ChangeRequest?
  /// The address of the web pages, without a slash at its end.
  public var server: String?
  /// The address of the API, without a slash at its end.
  public var api: String?
  /// The project there, as `owner/name`.
  public var project: String?
  /// The page of this run.
  public var page: String?
  /// Where a summary in Markdown is added.
  public var summaryFile: String?
  /// Where outputs are added, each with a delimiter of its own.
  public var outputFile: String?

  /// A merge request as the service describes it.
  public struct ChangeRequest: Equatable, Sendable {
    /// Its number.
    public var number: Int?
    /// The branch it goes to.
    public var target: String?
    /// The commit it began from.
    public var base: ObjectID?
    /// Its last commit.
    public var head: ObjectID?
    /// Its labels.
    public var labels: [String] = []
    /// The commit by which it came onto its branch; nil while it is open.
    public var merge: ObjectID?
  }

  /// Reads the variables; `payload` gives the contents of the file that describes the event.
  public init(
    _ environment: [String: String], payload: (String) -> [UInt8]? = { _ in nil }
  ) {
    let variables = ServiceVariables(environment)
    kind = BuildService.kind(of: variables)
    trigger = .other
    switch kind {
    case .github, .forgejo, .gitea:
      readActions(variables)
      if let path = variables["GITHUB_EVENT_PATH"], let bytes = payload(path) {
        EventPayload(bytes)?.complete(&self)
      }
    case .gitlab: readGitLab(variables)
    case .jenkins: readJenkins(variables)
    case .buildkite: readBuildkite(variables)
    case .azure: readAzure(variables)
    case .plain: break
    }
  }

  private static func kind(of variables: ServiceVariables) -> Kind {
    // Runners of Forgejo and Gitea set what GitHub's do, too.
    if variables.isTrue("FORGEJO_ACTIONS") { return .forgejo }
    if variables.isTrue("GITEA_ACTIONS") { return .gitea }
    if variables.isTrue("GITHUB_ACTIONS") { return .github }
    if variables.isTrue("GITLAB_CI") { return .gitlab }
    if variables.isTrue("BUILDKITE") { return .buildkite }
    if variables.isTrue("TF_BUILD") { return .azure }
    return variables["JENKINS_URL"] == nil ? .plain : .jenkins
  }

  private mutating func readActions(_ variables: ServiceVariables) {
    trigger =
      switch variables["GITHUB_EVENT_NAME"] {
      case "push": .push
      case "pull_request", "pull_request_target": .change
      case "schedule": .schedule
      case "workflow_dispatch", "repository_dispatch": .manual
      default: .other
      }
    commit = variables.id("GITHUB_SHA")
    branch = variables["GITHUB_REF"].flatMap { BuildService.branchName($0) }
    server = variables.address("GITHUB_SERVER_URL")
    project = variables["GITHUB_REPOSITORY"]
    api =
      variables.address("GITHUB_API_URL")
      ?? (kind == .github ? nil : server.map { $0 + "/api/v1" })
    if let server, let project, let run = variables["GITHUB_RUN_ID"] {
      page = "\(server)/\(project)/actions/runs/\(run)"
    }
    if trigger == .change { change = ChangeRequest(target: variables["GITHUB_BASE_REF"]) }
    summaryFile = variables["GITHUB_STEP_SUMMARY"]
    outputFile = variables["GITHUB_OUTPUT"]
  }

  private mutating func readGitLab(_ variables: ServiceVariables) {
    trigger =
      switch variables["CI_PIPELINE_SOURCE"] {
      case "push": .push
      case "merge_request_event", "external_pull_request_event": .change
      case "schedule": .schedule
      case "web", "api", "trigger", "chat": .manual
      default: .other
      }
    commit = variables.id("CI_COMMIT_SHA")
    branch = variables["CI_COMMIT_BRANCH"]
    defaultBranch = variables["CI_DEFAULT_BRANCH"]
    server = variables.address("CI_SERVER_URL")
    api = variables.address("CI_API_V4_URL")
    project = variables["CI_PROJECT_PATH"]
    page = variables["CI_JOB_URL"]
    guard let number = variables["CI_MERGE_REQUEST_IID"] else { return }
    change = ChangeRequest(
      number: Int(number), target: variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"],
      base: variables.id("CI_MERGE_REQUEST_DIFF_BASE_SHA"),
      head: variables.id("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA") ?? commit,
      labels: variables.list("CI_MERGE_REQUEST_LABELS"))
  }

  private mutating func readJenkins(_ variables: ServiceVariables) {
    commit = variables.id("GIT_COMMIT")
    page = variables.address("BUILD_URL")
    if let number = variables["CHANGE_ID"] {
      trigger = .change
      change = ChangeRequest(
        number: Int(number), target: variables["CHANGE_TARGET"], head: commit)
      return
    }
    trigger = .push
    let local = variables["GIT_LOCAL_BRANCH"] ?? variables["BRANCH_NAME"]
    branch =
      local
      ?? variables["GIT_BRANCH"].map { name in
        name.hasPrefix("origin/") ? String(name.dropFirst(7)) : name
      }
  }

  private mutating func readBuildkite(_ variables: ServiceVariables) {
    trigger =
      switch variables["BUILDKITE_SOURCE"] {
      case "webhook": .push
      case "schedule": .schedule
      case "ui", "api", "trigger_job": .manual
      default: .other
      }
    commit = variables.id("BUILDKITE_COMMIT")
    branch = variables["BUILDKITE_BRANCH"]
    defaultBranch = variables["BUILDKITE_PIPELINE_DEFAULT_BRANCH"]
    page = variables["BUILDKITE_BUILD_URL"]
    guard let number = variables["BUILDKITE_PULL_REQUEST"].flatMap({ Int($0) }) else { return }
    trigger = .change
    branch = nil
    change = ChangeRequest(
      number: number, target: variables["BUILDKITE_PULL_REQUEST_BASE_BRANCH"], head: commit,
      labels: variables.list("BUILDKITE_PULL_REQUEST_LABELS"))
  }

  private mutating func readAzure(_ variables: ServiceVariables) {
    trigger =
      switch variables["BUILD_REASON"] {
      case "IndividualCI", "BatchedCI": .push
      case "PullRequest": .change
      case "Schedule": .schedule
      case "Manual": .manual
      default: .other
      }
    commit = variables.id("BUILD_SOURCEVERSION")
    branch = variables["BUILD_SOURCEBRANCH"].flatMap { BuildService.branchName($0) }
    project = variables["BUILD_REPOSITORY_NAME"]
    if let collection = variables.address("SYSTEM_COLLECTIONURI"),
      let team = variables["SYSTEM_TEAMPROJECT"], let build = variables["BUILD_BUILDID"]
    {
      page = "\(collection)/\(team)/_build/results?buildId=\(build)"
    }
    guard trigger == .change else { return }
    let number =
      variables["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"]
      ?? variables["SYSTEM_PULLREQUEST_PULLREQUESTID"]
    change = ChangeRequest(
      number: number.flatMap { Int($0) },
      target: variables["SYSTEM_PULLREQUEST_TARGETBRANCH"].map {
        BuildService.branchName($0) ?? $0
      }, head: variables.id("SYSTEM_PULLREQUEST_SOURCECOMMITID"))
  }

  private static func branchName(_ ref: String) -> String? {
    ref.hasPrefix("refs/heads/") ? String(ref.dropFirst(11)) : nil
  }
}

/// Variables of a service, of which an empty one says nothing.
private struct ServiceVariables {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  subscript(name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  func isTrue(_ name: String) -> Bool { self[name]?.lowercased() == "true" }

  func id(_ name: String) -> ObjectID? {
    self[name].flatMap { ObjectID(hex: $0) }
  }

  func list(_ name: String) -> [String] {
    (self[name] ?? "").split(separator: ",").map { String($0.trimmingWhitespace()) }
  }

  func address(_ name: String) -> String? {
    self[name].map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
  }
}
