public import GitStore
public import ReleaseModel

/// An advisory that was written, or would be: `advisory/1`.
public struct AdvisoryDocument: Codable, Equatable, Sendable {
  /// The package that it is about.
  public struct Package: Codable, Equatable, Sendable {
    /// The ecosystem, as OSV names it.
    public var ecosystem: String
    /// The name.
    public var name: String
    /// The package URL, without a version.
    public var purl: String

    /// A package in the words of a document.
    init(_ package: AdvisoryPackage) {
      ecosystem = package.ecosystem.rawValue
      name = package.name
      purl = package.purl
    }
  }

  /// A release line that has the flaw.
  public struct Line: Codable, Equatable, Sendable {
    /// The line.
    public var line: String
    /// The lowest version that has the flaw.
    public var introduced: String
    /// The highest version that has it.
    public var lastAffected: String
    /// The version that repairs it; nil while there is none.
    @ExplicitNull public var fixed: String?
    /// The commit that completes the fix on the line.
    @ExplicitNull public var commit: ObjectID?
    /// The tag of the fixed version.
    @ExplicitNull public var tag: String?
    /// Whether the project maintains the line.
    public var maintained: Bool
  }

  /// A commit that completes the fix on a branch.
  public struct Completion: Codable, Equatable, Sendable {
    /// The branch.
    public var branch: String
    /// The commit.
    public var commit: ObjectID
    /// The first tag that holds it; nil while none does.
    @ExplicitNull public var tag: String?
  }

  /// A file of the advisory.
  public struct File: Codable, Equatable, Sendable {
    /// Its form.
    public var format: AdvisoryFormat
    /// Where it is.
    public var path: String
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.advisory/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The operation that it tells of; nil for a fix that was named by its revisions.
  @ExplicitNull public var operation: String?
  /// The case that it tells of; nil for none.
  @ExplicitNull public var `case`: String?
  /// The home id.
  public var id: String
  /// Other ids of the flaw.
  public var aliases: [String]
  /// What it is about, in a line.
  public var title: String
  /// `none`, `low`, `medium`, `high` or `critical`; nil when nothing says so.
  @ExplicitNull public var severity: SeverityRating?
  /// When it is published, ISO 8601.
  public var published: String
  /// When it was changed last, ISO 8601.
  public var modified: String
  /// Which edition it is, counted from 1.
  public var revision: Int
  /// The package; nil when the project publishes none.
  @ExplicitNull public var package: Package?
  /// The commits that introduced the flaw; empty when nobody knows.
  public var introduced: [ObjectID]
  /// The commits that complete the fix, on every branch.
  public var fixes: [Completion]
  /// The lines that have the flaw, lowest first.
  public var lines: [Line]
  /// The tagged versions that have the flaw, ascending.
  public var affected: [String]
  /// How many tagged versions were compared with what the files say.
  public var checked: Int
  /// Whether it must not be seen yet.
  public var embargoed: Bool
  /// The files.
  public var files: [File]
  /// What a person should know.
  public var warnings: [Warning]
}

/// An advisory with the files that are to be written.
public struct AdvisoryOutcome: Sendable {
  /// One file.
  public struct File: Sendable {
    /// Its form.
    public var format: AdvisoryFormat
    /// Its path below the folder.
    public var name: String
    /// What it holds.
    public var text: String

    /// Whether it is JSON.
    public var isJSON: Bool { format != .markdown && format != .announcement }
  }

  /// What is said of it.
  public var document: AdvisoryDocument
  /// The folder, absolute.
  public var folder: String
  /// The files, in the order of the forms.
  public var files: [File]
  /// Where its case and git part; none without a case.
  public var contradictions: [CaseAdvisoryProblem]
}
