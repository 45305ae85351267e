/// How one release line, or the trunk, stands in a case.
public struct CaseLine: Codable, Hashable, Sendable {
  /// What has become of the fix on a line.
  public enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    case unknown
    case notAffected = "not-affected"
    case picked
    case tested
    case released
    case noFix = "no-fix"
    case merged
  }

  /// The name of the line; the branch for the trunk.
  public var line: String
  /// The branch; nil when none is left.
  public var branch: String?
  /// Whether the policy covers it.
  public var maintained: Bool
  /// Whether it has the flaw; nil while that is not known.
  public var affected: Bool?
  /// The newest release that has it.
  public var lastAffected: String?
  /// The commit that repairs it, in full.
  public var fix: String?
  /// The first version without it.
  public var fixed: String?
  /// The tag of that version.
  public var tag: String?
  /// How far it is.
  public var status: Status
  /// What users of it should do, where it gets no fix.
  public var advice: String?
  /// Whether it is the trunk.
  public var trunk: Bool

  private enum CodingKeys: String, CodingKey {
    case line
    case branch
    case maintained
    case affected
    case lastAffected
    case fix
    case fixed
    case tag
    case status
    case advice
    case trunk
  }

  /// A line of which nothing is known.
  public init(line: String, branch: String?, maintained: Bool, trunk: Bool = false) {
    self.line = line
    self.branch = branch
    self.maintained = maintained
    self.trunk = trunk
    status = .unknown
  }

  /// Whether it has to get a release.
  public var isOwedRelease: Bool { maintained && affected == true && !trunk }

  /// Reads an object; what is not named as a line is, is the trunk.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    line = try container.decode(String.self, forKey: .line)
    branch = try container.decodeIfPresent(String.self, forKey: .branch)
    maintained = try container.decode(Bool.self, forKey: .maintained)
    affected = try container.decodeIfPresent(Bool.self, forKey: .affected)
    lastAffected = try container.decodeIfPresent(String.self, forKey: .lastAffected)
    fix = try container.decodeIfPresent(String.self, forKey: .fix)
    fixed = try container.decodeIfPresent(String.self, forKey: .fixed)
    tag = try container.decodeIfPresent(String.self, forKey: .tag)
    status = try container.decode(Status.self, forKey: .status)
    advice = try container.decodeIfPresent(String.self, forKey: .advice)
    trunk =
      try container.decodeIfPresent(Bool.self, forKey: .trunk)
      ?? (LineName(parsing: line) == nil)
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(line, forKey: .line)
    try container.encode(branch, forKey: .branch)
    try container.encode(maintained, forKey: .maintained)
    try container.encode(affected, forKey: .affected)
    try container.encode(lastAffected, forKey: .lastAffected)
    try container.encode(fix, forKey: .fix)
    try container.encode(fixed, forKey: .fixed)
    try container.encode(tag, forKey: .tag)
    try container.encode(status, forKey: .status)
    try container.encode(advice, forKey: .advice)
    try container.encode(trunk, forKey: .trunk)
  }
}

/// What becomes known of a line; nil leaves what is recorded.
public struct CaseLineChange: Hashable, Sendable {
  /// The line.
  public var line: String
  /// The branch.
  public var branch: String?
  /// Whether the policy covers it.
  public var maintained: Bool?
  /// Whether it has the flaw.
  public var affected: Bool?
  /// The newest release that has it.
  public var lastAffected: String?
  /// The commit that repairs it, in full.
  public var fix: String?
  /// The first version without it.
  public var fixed: String?
  /// The tag of that version.
  public var tag: String?
  /// How far it is.
  public var status: CaseLine.Status?
  /// What users of it should do.
  public var advice: String?
  /// Whether it is the trunk.
  public var trunk: Bool?
  /// Whether its fix and its release are there no more.
  public var isTakenBack = false

  /// A change of nothing yet.
  public init(line: String) { self.line = line }

  /// Whether it makes anything of a line other than what is recorded.
  public func changes(_ line: CaseLine) -> Bool { applied(to: line) != line }

  /// The line after the change.
  ///
  /// What is picked, tested, released or merged has the flaw; what has not, needs no fix.
  func applied(to old: CaseLine?) -> CaseLine {
    var result =
      old
      ?? CaseLine(
        line: line, branch: nil, maintained: false, trunk: LineName(parsing: line) == nil)
    if isTakenBack {
      (result.fix, result.fixed, result.tag) = (nil, nil, nil)
      if result.status != .notAffected { result.status = .unknown }
    }
    if let trunk { result.trunk = trunk }
    if let branch { result.branch = branch }
    if let maintained { result.maintained = maintained }
    if let lastAffected { result.lastAffected = lastAffected }
    if let fix { result.fix = fix }
    if let fixed { result.fixed = fixed }
    if let tag { result.tag = tag }
    if let advice { result.advice = advice }
    if result.trunk, fix != nil, status == nil { result.status = .merged }
    if let status { result.status = status }
    switch status ?? (fix == nil ? nil : result.status) {
    case .picked, .tested, .released, .merged, .noFix: result.affected = true
    case .notAffected: result.affected = false
    case .unknown, nil: break
    }
    if let affected {
      result.affected = affected
      if !affected { result.status = .notAffected }
      if affected, result.status == .notAffected { result.status = .unknown }
    }
    return result
  }

  /// What an event keeps of the change: `1.1=tested`, `1.1=affected`.
  var words: [String] {
    var words = isTakenBack ? ["\(line) taken back"] : []
    func add(_ name: String, _ value: String?) {
      if let value { words.append("\(line) \(name) \(value)") }
    }
    add("affected", affected.map { $0 ? "yes" : "no" })
    add("status", status?.rawValue)
    add("maintained", maintained.map { $0 ? "yes" : "no" })
    add("branch", branch)
    add("last-affected", lastAffected)
    add("fix", fix)
    add("fixed", fixed)
    add("tag", tag)
    add("advice", advice)
    return words
  }
}
