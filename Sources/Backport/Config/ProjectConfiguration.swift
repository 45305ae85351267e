public import ReleaseModel

/// What a project says about itself in `.gitbackport` on its trunk (contract.md 6).
///
/// Nothing here names a program, a remote or a key: those come from the user's own configuration.
public struct ProjectConfiguration: Equatable, Sendable {
  /// Where the picks of a line are put.
  public enum Base: String, Sendable, CaseIterable {
    case tip
    case tag
    case auto
  }

  /// Where the newest line without a branch of its own is released.
  public enum TrunkRelease: String, Sendable, CaseIterable {
    case auto
    case trunk
    case branch
  }

  /// The kind of tag that is made.
  public enum TagKind: String, Sendable, CaseIterable {
    case auto
    case annotated
    case lightweight
    case signed
  }

  /// Where the new changelog sections go besides their own lines.
  public enum ForwardPort: String, Sendable, CaseIterable {
    case branch
    case trunk
    case off
  }

  /// A decision on one fix that outlives this clone.
  public struct Decision: Equatable, Sendable {
    /// Why each of these lines is left out.
    public var skip: [LineName: String] = [:]
    /// The revision in which each of these lines holds the fix in another form.
    public var fixed: [LineName: String] = [:]
    /// Revisions that belong to the fix.
    public var with: [String] = []
  }

  /// A version file that detection would not find.
  public struct VersionFileRule: Equatable, Sendable {
    /// The path in the tree.
    public var path: String
    /// The text around `{version}`; nil takes the file's own kind.
    public var pattern: String?
    /// How many times it occurs; nil means once.
    public var count: Int?
    /// Whether a line may lack the file.
    public var isOptional = false
    /// Whether releases raise it; nil where that is not said.
    public var isRaised: Bool?
  }

  /// The keys of `[policy]`, in order.
  public var policy: [PolicySetting] = []
  /// The pattern of tags, such as `v{version}`.
  public var tagPattern: TagPattern?
  /// The package of a monorepo.
  public var tagPackage: String?
  /// Versions that were taken back.
  public var yanked: [String] = []
  /// Whether pre-releases count as releases.
  public var countsPrereleases = false
  /// The first version that counts.
  public var tagsSince: Version?
  /// How branches that are created are named, if any are.
  public var branchCreation = BranchDetector.Creation.detected
  /// The branch of lines whose branch cannot be guessed.
  public var branchNames: [LineName: String] = [:]
  /// The trailers that mark a security fix.
  public var fixTrailers = ["CVE", "CVE-ID", "Fixes-CVE"]
  /// What the subject of a security fix contains.
  public var fixSubjects = ["[security]"]
  /// The subjects of merges that bring security fixes.
  public var fixMergeSubjects = ["Merge commit from fork"]
  /// The labels of merge requests that bring security fixes.
  public var fixLabels = ["security"]
  /// Decisions by full commit id, CVE or GHSA id, in lower case.
  public var decisions: [String: Decision] = [:]
  /// Where picks are put.
  public var base = Base.tip
  /// The changelog files; empty looks for the usual names.
  public var changelogFiles: [String] = []
  /// The category of the entry.
  public var changelogCategory = "Security"
  /// The template of an entry, for styles that cannot be learnt.
  public var changelogEntryTemplate: String?
  /// The template of a section, for styles that cannot be learnt.
  public var changelogSectionTemplate: String?
  /// Where new sections are carried.
  public var forwardPort = ForwardPort.branch
  /// Whether fragments are removed when their text is in the changelog.
  public var consumesFragments = true
  /// The version files that were named.
  public var versionFiles: [VersionFileRule] = []
  /// The template of the release commit's message.
  public var releaseMessage: String?
  /// Where the newest line without a branch is released.
  public var trunkRelease = TrunkRelease.auto
  /// The kind of tag.
  public var tagKind = TagKind.auto
  /// `direct`, `topic`, `request` or `report`.
  public var publishMode: String?
  /// `hold` or `push`.
  public var publishPartial = "hold"
  /// How far back `ci` looks, as in `30 days`.
  public var ciWindow = "30 days"
  /// Path patterns of third-party code.
  public var thirdPartyPaths: [String] = []
  /// What is promised to those who report a flaw.
  public var cases = CaseSettings()

  /// The configuration of a project that states nothing.
  public init() {}
}

extension ProjectConfiguration {
  /// Takes what the command line says of version files, `PATH=raise` or `PATH=leave`, over the rest.
  ///
  /// A line that lacks a file so named is none the worse for it.
  mutating func decide(_ choices: [String]) throws(BackportError) {
    for choice in choices {
      guard let sign = choice.lastIndex(of: "="), sign != choice.startIndex,
        ["raise", "leave"].contains(choice[sign...].dropFirst())
      else {
        throw BackportError(
          .usage, ["--version-file \(choice)"], detail: "it is written PATH=raise or PATH=leave")
      }
      let path = String(choice[..<sign])
      let known = versionFiles.first { $0.path == path }
      var rule = known ?? VersionFileRule(path: path, isOptional: true)
      rule.isRaised = choice.hasSuffix("raise")
      versionFiles.removeAll { $0.path == path }
      versionFiles.append(rule)
    }
  }
}
