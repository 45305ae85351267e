extension LineInventory {
  /// What a project says about its tags.
  public struct Options: Hashable, Sendable {
    /// How versions are read out of names.
    public var pattern: TagPattern
    /// The package to look at; nil for the main one.
    public var package: String?
    /// The name of the repository: a package of that name is the main one.
    public var repositoryName: String?
    /// Versions, or names of tags, that were taken back.
    public var yanked: [String]
    /// Whether pre-releases are releases, for projects that have nothing else.
    public var countsPrereleases: Bool
    /// Tags of lower versions are left out.
    public var since: Version?
    /// Tags that only a remote has: they count for the next version and make no line.
    public var extraTagNames: [String]

    /// Options with these values.
    public init(
      pattern: TagPattern = .automatic, package: String? = nil, repositoryName: String? = nil,
      yanked: [String] = [], countsPrereleases: Bool = false, since: Version? = nil,
      extraTagNames: [String] = []
    ) {
      self.pattern = pattern
      self.package = package
      self.repositoryName = repositoryName
      self.yanked = yanked
      self.countsPrereleases = countsPrereleases
      self.since = since
      self.extraTagNames = extraTagNames
    }
  }
}
