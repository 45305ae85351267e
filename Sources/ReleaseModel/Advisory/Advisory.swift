/// What a project tells the world about a flaw: one value, of which every format is made.
public struct Advisory: Sendable {
  /// The home id: `x_<PROJECT>-SA-YYYY-NNNN`, or a GHSA id where that is the home.
  public var id: String
  /// Other ids of the same flaw, in order.
  public var aliases: [String]
  /// One line that names the flaw.
  public var title: String
  /// What it lets somebody do, in Markdown.
  public var impact: String
  /// What to do besides an update, in Markdown; nil for nothing.
  public var workaround: String?
  /// The kinds of mistake.
  public var weaknesses: [Weakness] = []
  /// The CVSS vectors.
  public var vectors: [SeverityVector] = []
  /// How bad it is, where no vector says so.
  public var statedRating: SeverityRating?
  /// The name of the project, for people.
  public var project: String
  /// The package; nil when the project publishes none.
  public var package: AdvisoryPackage?
  /// The address of the repository, as anybody may fetch it; nil when it has none.
  public var repository: WebRepository?
  /// Every tagged version, in the order of the ecosystem.
  public var versions: [TaggedVersion]
  /// Whether it is known what introduced the flaw.
  public var isOriginKnown: Bool
  /// The commits that introduced the flaw, each on its branch; empty when nobody knows.
  public var introduced: [String]
  /// The commits that complete the fix, each on its branch, lowest line first, the trunk last.
  public var fixes: [AdvisoryFix]
  /// Where the fix was taken back for a while, and the flaw with it came back.
  public var relapses: [AdvisoryRelapse] = []
  /// The release lines that have the flaw, lowest first.
  public var lines: [AdvisoryLine]
  /// Who is thanked.
  public var credits: [AdvisoryCredit] = []
  /// Further addresses.
  public var references: [AdvisoryReference] = []
  /// When it is published, ISO 8601 in UTC with `Z`.
  public var published: String
  /// When it was changed last, the same.
  public var modified: String
  /// Which edition it is, counted from 1; one more each time a published one is changed.
  public var revision = 1
  /// What happened when, in order.
  public var timeline: [AdvisoryEvent] = []
  /// Who publishes it.
  public var publisher: AdvisoryPublisher

  /// Makes an advisory of what every one has.
  public init(
    id: String, aliases: [String], title: String, impact: String, project: String,
    versions: [TaggedVersion], isOriginKnown: Bool, introduced: [String], fixes: [AdvisoryFix],
    lines: [AdvisoryLine], published: String, publisher: AdvisoryPublisher
  ) {
    self.id = id
    self.aliases = aliases
    self.title = title
    self.impact = impact
    self.project = project
    self.versions = versions
    self.isOriginKnown = isOriginKnown
    self.introduced = introduced
    self.fixes = fixes
    self.lines = lines
    self.published = published
    modified = published
    self.publisher = publisher
  }
}

extension Advisory {
  /// The affected versions as spans, ascending.
  public var spans: [AffectedSpan] {
    AffectedSpan.spans(of: versions, isOriginKnown: isOriginKnown)
  }

  /// How bad it is, by the first of the vectors; nil when nothing says so.
  public var rating: SeverityRating? { vectors.first?.rating ?? statedRating }

  /// The id without the mark of a home that OSV does not know.
  public var shortID: String { id.hasPrefix("x_") ? String(id.dropFirst(2)) : id }

  /// The home id and the others, without repetition.
  var allIDs: [String] { [id] + aliases.filter { $0 != id } }

  /// The CVE id; nil while none is assigned.
  public var cveID: String? { allIDs.first { $0.hasPrefix("CVE-") } }

  /// GitHub's id; nil when it has none.
  public var gitHubID: String? { allIDs.first { $0.hasPrefix("GHSA-") } }

  /// How versions are compared.
  public var order: VersionOrder { package?.ecosystem.order ?? .project }

  /// The versions that end spans with a fix, ascending.
  var fixedVersions: [String] {
    spans.compactMap { span in
      if case .fixed(let version) = span.end { version } else { nil }
    }
  }

  /// The lines that were released with the fix, lowest first.
  var releasedLines: [AdvisoryLine] { lines.filter { $0.fixed != nil } }
}

/// A commit that took the fix back on a branch.
public struct AdvisoryRelapse: Hashable, Sendable {
  /// The commit, full hex.
  public var commit: String
  /// The commits that complete the fix in histories that hold it, in the advisory's order.
  public var fixes: [String]

  /// Makes a relapse.
  public init(commit: String, fixes: [String]) {
    self.commit = commit
    self.fixes = fixes
  }
}

/// A line of releases in an advisory.
public struct AdvisoryLine: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The lowest version of the line that has the flaw.
  public var introduced: String
  /// The highest version of the line that has it.
  public var lastAffected: String
  /// The version that repairs it; nil while there is none.
  public var fixed: String?
  /// The commit that completes the fix on the line, full hex.
  public var commit: String?
  /// The tag of the fixed version.
  public var tag: String?
  /// Whether the project still maintains the line.
  public var isMaintained: Bool
  /// What its users should do, where somebody has said it.
  public var advice: String?

  /// Makes a line.
  public init(
    name: String, introduced: String, lastAffected: String, fixed: String?, commit: String?,
    tag: String?, isMaintained: Bool, advice: String? = nil
  ) {
    self.name = name
    self.introduced = introduced
    self.lastAffected = lastAffected
    self.fixed = fixed
    self.commit = commit
    self.tag = tag
    self.isMaintained = isMaintained
    self.advice = advice
  }
}

/// A commit that completes the fix on a branch.
public struct AdvisoryFix: Hashable, Sendable {
  /// The branch, without `refs/heads/`.
  public var branch: String
  /// The commit, full hex.
  public var commit: String
  /// The first tag that holds it; nil while none does.
  public var tag: String?

  /// Makes a fix.
  public init(branch: String, commit: String, tag: String?) {
    self.branch = branch
    self.commit = commit
    self.tag = tag
  }
}

/// Something that happened on the way.
public struct AdvisoryEvent: Hashable, Sendable {
  /// When: a day, or a moment in UTC.
  public var moment: String
  /// What.
  public var text: String

  /// Makes an event.
  public init(moment: String, text: String) {
    self.moment = moment
    self.text = text
  }
}

/// Who publishes advisories.
public struct AdvisoryPublisher: Hashable, Sendable {
  /// The name.
  public var name: String
  /// An address of their own, as CSAF asks for.
  public var namespace: String?
  /// Where problems are reported.
  public var contact: String?

  /// Makes a publisher.
  public init(name: String, namespace: String? = nil, contact: String? = nil) {
    self.name = name
    self.namespace = namespace
    self.contact = contact
  }
}
