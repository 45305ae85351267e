/// A policy that has a name.
public enum PolicyPreset: Sendable, Hashable {
  /// Only the newest patch before 1.0; then the newest line of the two most recent majors.
  case simplejwt
  /// Every line before 1.0.
  case kiipy
  /// The line of the newest release.
  case latest
  /// The newest minor.
  case latestMinor
  /// The so many newest minors.
  case newestMinors(Int)
  /// Every line of the so many newest majors.
  case newestMajors(Int)
  /// The newest minor of each of the so many newest majors.
  case minorPerMajor(Int)
  /// The newest major; the one before gets security fixes for so many months.
  case previousMajorWindow(months: Int)
  /// The newest minor; the one before gets security fixes for so many months.
  case previousMinorWindow(months: Int)
  /// The two newest minors and the two newest of the X.2 lines, as Django.
  case django
  /// Eight months for each minor, three and four years for X.4, as Symfony.
  case symfony
  /// Eighteen months of fixes and two years of security fixes for each major, as Laravel.
  case laravel
  /// The newest major, and even majors for three years, as Node.js.
  case node
  /// The three newest minors, as Kubernetes.
  case kubernetes

  /// How the names are written, for help and for the nearest one.
  public static let spellings = [
    "simplejwt", "kiipy", "latest", "latest-minor", "n-minors N", "n-majors N",
    "minor-per-major N", "prev-major-window MONTHS", "prev-minor-window MONTHS", "django",
    "symfony", "laravel", "node", "kubernetes",
  ]

  /// The preset that the words name; nil when there is none or its number is missing or not 1–999.
  public init?(parsing text: String) {
    let words = text.lowercased().split { $0.isWhitespace }
    guard let name = words.first, words.count <= 2 else { return nil }
    if words.count == 1 {
      guard let preset = Self.plain[String(name)] else { return nil }
      self = preset
      return
    }
    guard let number = Int(words[1]), 1...999 ~= number else { return nil }
    switch name {
    case "n-minors": self = .newestMinors(number)
    case "n-majors": self = .newestMajors(number)
    case "minor-per-major": self = .minorPerMajor(number)
    case "prev-major-window": self = .previousMajorWindow(months: number)
    case "prev-minor-window": self = .previousMinorWindow(months: number)
    default: return nil
    }
  }

  private static let plain: [String: PolicyPreset] = [
    "simplejwt": .simplejwt, "kiipy": .kiipy, "latest": .latest, "latest-minor": .latestMinor,
    "django": .django, "symfony": .symfony, "laravel": .laravel, "node": .node,
    "kubernetes": .kubernetes,
  ]
}

extension PolicyPreset: CustomStringConvertible {
  /// The name as it stands in the configuration.
  public var description: String {
    switch self {
    case .simplejwt: "simplejwt"
    case .kiipy: "kiipy"
    case .latest: "latest"
    case .latestMinor: "latest-minor"
    case .newestMinors(let count): "n-minors \(count)"
    case .newestMajors(let count): "n-majors \(count)"
    case .minorPerMajor(let count): "minor-per-major \(count)"
    case .previousMajorWindow(let months): "prev-major-window \(months)"
    case .previousMinorWindow(let months): "prev-minor-window \(months)"
    case .django: "django"
    case .symfony: "symfony"
    case .laravel: "laravel"
    case .node: "node"
    case .kubernetes: "kubernetes"
    }
  }

  /// The policy itself, said by the file that names the preset.
  public func policy(source: String) -> SupportPolicy {
    var policy = SupportPolicy(rules, source: source)
    policy.preset = description
    switch self {
    case .simplejwt, .minorPerMajor, .previousMajorWindow:
      policy.releaseOn = .newestPerMajor
    case .laravel, .node:
      policy.lineUnit = .major
    default:
      break
    }
    switch self {
    case .django: policy.longTermSupport = [.minor(2, since: Version(2, 0, 0))]
    case .symfony: policy.longTermSupport = [.minor(4, since: Version(3, 0, 0))]
    case .node: policy.longTermSupport = [.evenMajors]
    default: break
    }
    return policy
  }

  private var rules: [SupportRule] {
    switch self {
    case .simplejwt:
      [
        SupportRule(.latest(LatestSelection(.patch)), while: .latestMajor(0)),
        SupportRule(.latest(LatestSelection(2, .major)), while: .since(Version(1, 0, 0))),
      ]
    case .kiipy: [SupportRule(.range(Self.belowOne))]
    case .latest: [SupportRule(.latest(LatestSelection(.patch)))]
    case .latestMinor: [SupportRule(.latest(LatestSelection(.minor)))]
    case .newestMinors(let count): [SupportRule(.latest(LatestSelection(count, .minor)))]
    case .newestMajors(let count), .minorPerMajor(let count):
      [SupportRule(.latest(LatestSelection(count, .major)))]
    case .previousMajorWindow(let months): Self.window(months, .major, of: .major)
    case .previousMinorWindow(let months): Self.window(months, .minor, of: nil)
    case .django:
      [
        SupportRule(.latest(LatestSelection(2, .minor))),
        SupportRule(.lts(newest: 2)),
      ]
    case .symfony: Self.symfonyRules
    case .laravel: Self.laravelRules
    case .node: Self.nodeRules
    case .kubernetes: [SupportRule(.latest(LatestSelection(3, .minor)))]
    }
  }

  /// Spelled as in kiipy's own table; the canonical form would be `0.x`.
  private static let belowOne =
    SentenceValues.range("<1.0.0") ?? VersionRange.below(Version(1, 0, 0))

  private static func window(
    _ months: Int, _ unit: SupportUnit, of event: SupportUnit?
  ) -> [SupportRule] {
    [
      SupportRule(.latest(LatestSelection(unit))),
      SupportRule(
        .latest(.previous(unit)),
        for: .lasting(CalendarSpan(months, .months), after: .superseded, of: event),
        level: .security),
    ]
  }

  private static func afterRelease(_ months: Int) -> SupportPeriod {
    .lasting(CalendarSpan(months, .months), after: .release, of: nil)
  }

  /// https://symfony.com/releases: a minor every six months, kept for eight; X.4 is long-term.
  private static let symfonyRules = [
    SupportRule(.latest(LatestSelection(.minor))),
    SupportRule(.range(.all), for: afterRelease(8)),
    SupportRule(.lts(newest: nil), for: afterRelease(36)),
    SupportRule(.lts(newest: nil), for: afterRelease(48), level: .security),
  ]

  /// https://laravel.com/docs/releases: a major a year.
  private static let laravelRules = [
    SupportRule(.range(.all), for: afterRelease(18)),
    SupportRule(.range(.all), for: afterRelease(24), level: .security),
  ]

  /// https://github.com/nodejs/release: ends fall on the last day of a month, up to two weeks
  /// after the anniversary, hence the month more; `dates = schedule.json` makes them exact.
  private static let nodeRules = [
    SupportRule(.latest(LatestSelection(.major))),
    SupportRule(.lts(newest: nil), for: afterRelease(18)),
    SupportRule(.lts(newest: nil), for: afterRelease(37), level: .security),
    SupportRule(
      .latest(.previous(.major)),
      for: .lasting(CalendarSpan(2, .months), after: .superseded, of: nil), level: .security),
  ]
}
