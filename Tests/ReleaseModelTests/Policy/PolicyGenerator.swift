import ReleaseModel
import TestSupport

/// Random policies and histories from a seed.
struct PolicyGenerator: RandomNumberGenerator {
  private var source: SeededGenerator

  init(seed: UInt64) { source = SeededGenerator(seed: seed) }

  mutating func next() -> UInt64 { source.next() }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  mutating func chance(_ percent: Int) -> Bool {
    number(0...99) < percent
  }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[number(0...(values.count - 1))]
  }

  mutating func version() -> Version {
    Version(
      VersionNumber(UInt64(number(0...4))), VersionNumber(UInt64(number(0...5))),
      VersionNumber(UInt64(number(0...3))))
  }

  mutating func date() -> CalendarDate {
    CalendarDate(dayNumber: 19_000 + number(0...2_500))
  }

  /// Releases with days; about one in three has none.
  mutating func world() -> PolicyWorld {
    var world = PolicyWorld([])
    for _ in 0..<number(1...25) {
      let version = version().description
      guard !world.tags.contains(version) else { continue }
      world.tags.append(version)
      if chance(67) { world.days[version] = date().description }
    }
    world.asOf = date().description
    return world
  }

  mutating func range() -> VersionRange {
    let (one, other) = (version(), version())
    return switch number(0...6) {
    case 0: .all
    case 1: .below(one)
    case 2: .atLeast(one)
    case 3: .atMost(one)
    case 4: .line([one.major, one.minor])
    case 5: .line([one.major])
    default: .atLeast(min(one, other)).intersection(.below(max(one, other)))
    }
  }

  mutating func subject() -> SupportSubject {
    switch number(0...9) {
    case 0: return .lts(newest: chance(50) ? nil : number(1...3))
    case 1: return .branch(pick(["main", "1.x", "stable/4,2", "support-2", "none"]))
    case 2...5: return .range(range())
    default:
      var selection = LatestSelection(number(1...4), pick(SupportUnit.allCases))
      if chance(30) { selection.group = pick(SupportUnit.allCases) }
      if chance(30) { selection.range = range() }
      if chance(30) { selection.skipping = number(1...2) }
      selection.isAdjacent = chance(20)
      return .latest(selection)
    }
  }

  mutating func period() -> SupportPeriod {
    switch number(0...3) {
    case 0: return .untilDate(date())
    case 1: return .untilVersion(version())
    default:
      let span = CalendarSpan(number(1...40), pick(CalendarSpan.Unit.allCases))
      let unit = chance(50) ? nil : pick(SupportUnit.allCases)
      return .lasting(span, after: pick(SupportEvent.allCases), of: unit)
    }
  }

  mutating func rule() -> SupportRule {
    var rule = SupportRule(subject())
    if chance(25) {
      rule.condition = pick([
        .latestMajor(VersionNumber(UInt64(number(0...4)))), .since(version()), .before(version()),
      ])
    }
    if chance(35) { rule.period = period() }
    if chance(40) { rule.level = pick(SupportLevel.allCases) }
    if chance(15) { rule.floor = pick(SeverityRating.ofFlaws) }
    return rule
  }

  mutating func policy() -> SupportPolicy {
    var policy = SupportPolicy((0..<number(1...5)).map { _ in rule() }, source: "generated")
    policy.lineUnit = pick(LineUnit.allCases)
    policy.releaseOn = pick(SupportPolicy.ReleaseOn.allCases)
    if chance(40) {
      policy.longTermSupport = [
        pick([
          .evenMajors, .lastMinorOfMajor, .minor(2, since: nil), .line([1, 2]), .line([3]),
        ])
      ]
    }
    if chance(20) { policy.newerThanListed = .supported }
    return policy
  }
}
