import ArgumentParser
import Backport

/// Which policy is asked.
struct PolicySourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take the policy of this .gitbackport instead of every other.", valueName: "file"),
    completion: .file())
  var policy: String?

  @Option(
    name: .customLong("security-md"),
    help: ArgumentHelp(
      "Take the policy of this SECURITY.md instead of every other.", valueName: "file"),
    completion: .file())
  var securityDocument: String?

  mutating func validate() throws {
    if policy != nil, securityDocument != nil {
      throw ValidationError("--policy and --security-md exclude each other")
    }
  }

  /// The source that these options name.
  var source: PolicySource {
    if let policy { return .policyFile(policy) }
    return securityDocument.map(PolicySource.securityFile) ?? .project
  }
}
