/// What stands in the way of a release, and what a person does about it: `doctor/1`.
public struct DoctorDocument: Codable, Equatable, Sendable {
  /// How much a finding matters.
  public enum Status: String, Codable, Sendable, CaseIterable {
    /// As it should be.
    case good = "ok"
    /// Could not be looked at, or is only worth knowing.
    case note
    /// May become a problem.
    case warning
    /// A landing or a push would fail.
    case problem
  }

  /// What a check looks at, in the order in which that is done.
  public enum Section: String, Codable, Sendable, CaseIterable {
    case programs
    case repository
    case pending
    case room
    case refs
    case identity
    case signing
    case remote
    case hooks
    case budgets
  }

  /// What one check found.
  public struct Finding: Codable, Equatable, Sendable {
    /// What was looked at.
    public var section: Section
    /// A stable name of the check for machines.
    public var check: String
    /// How much it matters.
    public var status: Status
    /// What was found, on which thing.
    public var message: String
    /// What to do, a command where there is one; nil when nothing has to be done.
    @ExplicitNull public var remedy: String?

    init(
      _ section: Section, _ check: String, _ status: Status, _ message: String,
      remedy: String? = nil
    ) {
      self.section = section
      self.check = check
      self.status = status
      self.message = message
      self.remedy = remedy
    }
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.doctor/1"
  /// Which repository this is about; nil when none could be opened.
  @ExplicitNull public var repository: RepositoryDescription?
  /// What was found, in the order of the checks.
  public var findings: [Finding]

  /// Whether nothing stands in the way.
  public var isHealthy: Bool { !findings.contains { $0.status == .problem } }
}

/// What an examination came to.
public struct Examination: Sendable {
  /// What was found.
  public var document: DoctorDocument
  /// What ended it early; nil when every check was made.
  public var failure: BackportError?
  /// Whether an operation of ours waits for a person.
  public var isPending: Bool
}
