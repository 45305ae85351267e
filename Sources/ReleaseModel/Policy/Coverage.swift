/// What a policy says about every line on a given day.
public struct Coverage: Sendable, Hashable {
  /// The policy that was asked.
  public let policy: SupportPolicy
  /// The day it was asked for.
  public let asOf: CalendarDate
  /// One verdict for each line that has a release, newest line first.
  public let verdicts: [LineVerdict]
  /// What a person should know about the policy, in the order of the rules, then of the lines.
  public let warnings: [PolicyFinding]

  /// The verdict on a line; nil when the line has no release.
  public subscript(line: LineName) -> LineVerdict? {
    verdicts.first { $0.line == line }
  }

  /// The verdicts on the lines that are owed fixes, newest first.
  public var supported: [LineVerdict] {
    verdicts.filter { $0.supported == .yes }
  }
}

/// Whether a line is supported.
public enum SupportAnswer: String, Sendable, Hashable, CaseIterable {
  /// The policy says so.
  case yes
  /// The policy says no, or another line covers this one.
  case no
  /// Something that decides is not known.
  case unknown
}

/// What a policy says about one line.
public struct LineVerdict: Sendable, Hashable {
  /// The line.
  public let line: LineName
  /// Whether it is supported.
  public internal(set) var supported: SupportAnswer
  /// What it is promised on this day: `none` when not supported, nil when that is not known.
  public internal(set) var level: SupportLevel?
  /// The mildest flaw that is still fixed; nil for all.
  public internal(set) var floor: SeverityRating?
  /// The last day of support; nil when it has no end, or none that is known.
  public internal(set) var until: CalendarDate?
  /// The last day of the present level when a lesser one follows it; nil otherwise.
  public internal(set) var levelUntil: CalendarDate?
  /// The newer line that is released in its place.
  public internal(set) var coveredBy: LineName?
  /// The index of the rule that decided; nil when none did.
  public internal(set) var rule: Int?
  /// Why, in words for a person.
  public internal(set) var reason: String
  /// What would change the verdict, in words for a person; nil when nothing foreseeable would.
  public internal(set) var whatWouldChange: String?

  /// Whether a flaw of this severity has to be fixed on the line.
  public func isOwed(_ severity: SeverityRating?) -> Bool {
    guard supported == .yes else { return false }
    let levelFloor: SeverityRating? = level == .critical ? .critical : nil
    guard let severity, let least = [floor, levelFloor].compactMap(\.self).max() else {
      return true
    }
    return severity >= least
  }
}

/// What the rules may ask about a repository; dates are asked for only when one decides.
public struct PolicyFacts {
  /// The line that a branch releases.
  public enum BranchLine: Sendable, Hashable {
    /// This line.
    case line(LineName)
    /// There is no such branch, or it releases nothing.
    case nothing
    /// Nobody looked.
    case unknown
  }

  /// The day the policy is asked for.
  public var asOf: CalendarDate
  /// Published dates, which go before the dates of tags.
  public var dates: LifecycleDates?
  /// The day a release was made; nil when it is not known.
  ///
  /// A coverage calls this at most once for each release.
  public var releaseDate: (Release) -> CalendarDate?
  /// The line that is released from a branch of this name.
  public var lineOfBranch: (String) -> BranchLine

  /// The facts for one day.
  public init(
    asOf: CalendarDate, dates: LifecycleDates? = nil,
    releaseDate: @escaping (Release) -> CalendarDate? = { _ in nil },
    lineOfBranch: @escaping (String) -> BranchLine = { _ in .unknown }
  ) {
    self.asOf = asOf
    self.dates = dates
    self.releaseDate = releaseDate
    self.lineOfBranch = lineOfBranch
  }
}
