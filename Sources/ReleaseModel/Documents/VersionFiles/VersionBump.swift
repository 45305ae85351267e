/// All version edits of one release: which files, by which rule, and what stands in the way.
public struct VersionBump: Sendable, Equatable {
  /// Where a rule comes from, in the order in which they are asked.
  public enum Source: String, Sendable {
    /// From the project's configuration.
    case configured
    /// From the line's last patch release.
    case precedent
    /// From the kind of the file.
    case builtIn = "built-in"
  }

  /// A file with the new version.
  public struct Edit: Sendable, Equatable {
    /// The path in the repository.
    public var path: String
    /// Where the rule came from.
    public var source: Source
    /// The whole new content.
    public var bytes: [UInt8]
    /// What was replaced; never empty.
    public var spans: [VersionSpan]
  }

  /// A file that was left as it is.
  public struct Refusal: Sendable, Equatable {
    /// The path in the repository.
    public var path: String
    /// Where the rule came from.
    public var source: Source
    /// Why.
    public var reason: VersionFileRefusal
  }

  /// A rule from the configuration.
  public struct Configured: Sendable, Equatable {
    /// The path in the repository.
    public var path: String
    /// The rule.
    public var rule: VersionFileRule
    /// Whether a branch without the file, or without the version in it, is no error.
    public var isOptional: Bool

    /// Creates a configured rule.
    public init(path: String, rule: VersionFileRule, isOptional: Bool = false) {
      self.path = path
      self.rule = rule
      self.isOptional = isOptional
    }
  }

  /// What a branch has at a path.
  public enum Content: Sendable, Equatable {
    /// A regular file.
    case file([UInt8])
    /// A symbolic link.
    case symbolicLink
    /// A submodule.
    case submodule
    /// A file that the project's attributes mark as generated.
    case generated
    /// Nothing, or a folder.
    case missing
  }

  /// The files to write.
  public private(set) var edits: [Edit] = []
  /// Files that a configured rule or the precedent asks for and that cannot be edited; any of them
  /// stops the release of the line.
  public private(set) var blocked: [Refusal] = []
  /// Files of a built-in kind that disagree with the tag; they stay, with a warning.
  public private(set) var drift: [Refusal] = []
  /// Edits that a built-in kind would make and the last release did not, although it had the file; not
  /// among `edits`, and somebody has to decide.
  public private(set) var disagreements: [Edit] = []

  /// Works out the edits of a release.
  ///
  /// - Parameters:
  ///   - change: The version of the last tag and the version to be released.
  ///   - configured: The project's own rules; they replace whatever else is known of their paths.
  ///   - precedent: What the line's last patch release did; nil if there was none.
  ///   - candidates: Paths to try by their kind, such as those of `VersionFile.wellKnownPaths`.
  ///   - isNew: Whether the last release could not raise a path, since it was not there yet.
  ///   - content: Reads a path of the branch.
  public init(
    change: VersionChange, configured: [Configured] = [], precedent: VersionPrecedent? = nil,
    candidates: [String] = [], isNew: (String) -> Bool = { _ in false },
    content: (String) -> Content
  ) {
    var seen: Set<String> = []
    for rule in configured where seen.insert(rule.path).inserted {
      take(
        Self.outcome(rule.path, change: change, rule: rule.rule, content: content(rule.path)),
        path: rule.path, source: .configured, isOptional: rule.isOptional)
    }
    for (path, rule) in (precedent?.rules ?? [:]).sorted(by: { $0.key < $1.key })
    where seen.insert(path).inserted {
      take(
        Self.outcome(path, change: change, rule: rule, content: content(path)),
        path: path, source: .precedent, isOptional: false)
    }
    for path in candidates where seen.insert(path).inserted {
      guard let kind = VersionFileKind(path: path) else { continue }
      let found = content(path)
      guard found != .missing else { continue }
      let outcome = Self.outcome(path, change: change, rule: .kind(kind), content: found)
      if precedent != nil, case .edited(let bytes, let spans) = outcome, !isNew(path) {
        if !spans.isEmpty {
          disagreements.append(Edit(path: path, source: .builtIn, bytes: bytes, spans: spans))
        }
      } else {
        take(outcome, path: path, source: .builtIn, isOptional: false)
      }
    }
  }

  /// Whether a text in a version file is a pre-release of a version, such as `1.1.1-SNAPSHOT`.
  public static func isPreRelease(_ text: [UInt8], of version: Version) -> Bool {
    guard let found = VersionSpelling(text),
      let release = VersionSpelling(Array(version.description.utf8))
    else { return false }
    if found.preRelease(behind: release) != nil { return true }
    if let (bare, _) = found.withoutWord {
      return bare.isPreRelease && bare.hasSameNumbers(as: release)
    }
    return found.isPreRelease && found.hasSameNumbers(as: release)
  }

  private mutating func take(
    _ outcome: VersionFileOutcome, path: String, source: Source, isOptional: Bool
  ) {
    switch outcome {
    case .absent: return
    case .edited(let bytes, let spans):
      if !spans.isEmpty {
        edits.append(Edit(path: path, source: source, bytes: bytes, spans: spans))
      }
    case .refused(let reason):
      if isOptional, reason == .missing || reason == .notFound { return }
      let refusal = Refusal(path: path, source: source, reason: reason)
      if source == .builtIn { drift.append(refusal) } else { blocked.append(refusal) }
    }
  }

  private static func outcome(
    _ path: String, change: VersionChange, rule: VersionFileRule, content: Content
  ) -> VersionFileOutcome {
    if rule == .none { return .absent }
    return switch content {
    case .file(let bytes): VersionFile.edit(path: path, bytes: bytes, change: change, rule: rule)
    case .symbolicLink: .refused(.symbolicLink)
    case .submodule: .refused(.submodule)
    case .generated: .refused(.generated)
    case .missing: .refused(.missing)
    }
  }
}
