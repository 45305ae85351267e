/// The verification of the lines of a run, one job for each, in the form in which a CI service takes
/// its jobs.
public struct VerificationMatrix: Equatable, Sendable {
  /// The services whose form is known.
  public enum Form: String, Sendable, CaseIterable {
    /// The value of `strategy.matrix`.
    case github
    /// A child pipeline; each job extends `.backport-verify`.
    case gitlab
  }

  /// One job.
  public struct Job: Codable, Equatable, Sendable {
    /// The release line.
    public var line: String
    /// The version that it would be released as.
    public var version: String
    /// The release branch; empty where none is left behind.
    public var branch: String
    /// The revisions of the fix, separated by blanks.
    public var fix: String
  }

  /// The jobs, in the order of the fixes and of their lines.
  public let jobs: [Job]

  /// The lines of a run that are ready to be verified.
  public init(_ document: CIDocument) {
    jobs = document.fixes.flatMap { fix in
      fix.lines.filter { $0.status == .picked || $0.status == .unreleased }.map { line in
        Job(
          line: line.line, version: line.version ?? "", branch: line.branch ?? "",
          fix: fix.requested.joined(separator: " "))
      }
    }
  }

  /// The text on one line of JSON, which is YAML as well.
  public func text(_ form: Form) throws(BackportError) -> [UInt8] {
    switch form {
    case .github: try DocumentCoding.encodeLine(["include": jobs])
    case .gitlab: try DocumentCoding.encodeLine(pipeline)
    }
  }

  /// A variable whose text is taken as it stands, whatever dollar signs it holds.
  private struct Variable: Encodable {
    let value: String
    let expand = false

    private enum CodingKeys: CodingKey { case value, expand }
  }

  private struct ChildJob: Encodable {
    let extends = ".backport-verify"
    let variables: [String: Variable]

    private enum CodingKeys: CodingKey { case extends, variables }
  }

  /// A pipeline needs a job: with nothing to verify it has one that says so.
  private var pipeline: [String: ChildJob] {
    var pipeline: [String: ChildJob] = [:]
    for job in jobs {
      pipeline["verify \(job.line) \(job.fix.prefix(12))"] = ChildJob(variables: [
        "BACKPORT_LINE": Variable(value: job.line),
        "BACKPORT_VERSION": Variable(value: job.version),
        "BACKPORT_BRANCH": Variable(value: job.branch), "BACKPORT_FIX": Variable(value: job.fix),
      ])
    }
    if pipeline.isEmpty {
      pipeline["nothing to verify"] = ChildJob(
        variables: ["BACKPORT_LINE": Variable(value: "")])
    }
    return pipeline
  }
}
