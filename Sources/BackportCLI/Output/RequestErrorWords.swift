import Backport

/// The words for what keeps a merge request from being made.
struct RequestErrorWords {
  let error: BackportError

  private var first: String { error.operands.first ?? "" }
  private var second: String { error.operands.count > 1 ? error.operands[1] : "" }

  /// What failed, on which thing.
  var message: String {
    switch error.code {
    case .noForge: "what kind of forge '\(first)' is, is not known"
    case .noForgeProgram: "\(first) is not installed"
    case .noToken: "there is no token for the forge in the environment"
    case .notPublished: "\(first) is not on \(second), where it is to be merged"
    case .noRequestMade:
      "\(first) took \(second) and made no merge request"
        + (error.detail.isEmpty ? "" : ": \(error.detail)")
    default: first
    }
  }

  /// What to do.
  var hint: String? {
    switch error.code {
    case .noForge: "git config --global backport.forge github|gitlab|forgejo"
    case .noForgeProgram: "install it beside git-backport: Scripts/install does"
    case .noToken: "set one of " + error.operands.joined(separator: ", ")
    case .notPublished: "git backport push sends it"
    case .noRequestMade: "git backport request without --push-options asks by the forge's API"
    default: second.isEmpty ? nil : second
    }
  }
}

/// How the checkout of each CI service is told to bring all of the history.
enum CheckoutRemedy {
  /// The remedy for a service by its name; nil for one that is not known.
  static func text(_ service: String) -> String? {
    switch BuildService.Kind(rawValue: service) {
    case .github, .forgejo, .gitea:
      "in the workflow file, under the step that uses actions/checkout: with: fetch-depth: 0 (and "
        + "no filter:); or let the job fetch: --allow-fetch"
    case .gitlab:
      "in .gitlab-ci.yml, for the job: variables: GIT_DEPTH: \"0\"; or let the job fetch: --allow-fetch"
    case .jenkins:
      "in the Jenkinsfile: checkout scmGit(..., extensions: [cloneOption(shallow: false, noTags: "
        + "false)]); or let the job fetch: --allow-fetch"
    case .buildkite:
      "in the pipeline: env: BUILDKITE_GIT_CLONE_FLAGS: \"-v\" and BUILDKITE_GIT_FETCH_FLAGS: \"-v "
        + "--tags\", without --depth; or let the job fetch: --allow-fetch"
    case .azure:
      "in azure-pipelines.yml: steps: - checkout: self, with fetchDepth: 0 and fetchTags: true; or "
        + "let the job fetch: --allow-fetch"
    case .plain, nil: "git fetch --unshallow --tags; or let the job fetch: --allow-fetch"
    }
  }
}
