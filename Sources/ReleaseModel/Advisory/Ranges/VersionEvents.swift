/// A range of versions as OSV states it: where a flaw comes in and where it ends.
///
/// See <https://ossf.github.io/osv-schema/#affectedrangesevents-fields>.
public struct VersionEvents: Hashable, Sendable {
  /// One event; the version `0` is before all others.
  public enum Event: Hashable, Sendable {
    case introduced(String)
    case fixed(String)
    case lastAffected(String)
    case limit(String)

    /// The version, or commit.
    public var version: String {
      switch self {
      case .introduced(let version), .fixed(let version), .lastAffected(let version),
        .limit(let version):
        version
      }
    }

    /// The name of the event in OSV.
    var name: String {
      switch self {
      case .introduced: "introduced"
      case .fixed: "fixed"
      case .lastAffected: "last_affected"
      case .limit: "limit"
      }
    }

    /// Of events at one version, the flaw first ends before it, then comes in, then ends with it.
    private var rank: Int {
      switch self {
      case .fixed, .limit: 0
      case .introduced: 1
      case .lastAffected: 2
      }
    }

    static func precedes(_ left: Event, _ right: Event, _ order: VersionOrder) -> Bool {
      if order.precedes(left.version, right.version) == true { return true }
      if order.precedes(right.version, left.version) == true { return false }
      return left.rank < right.rank
    }
  }

  /// The events, in any order.
  public var events: [Event]

  /// A range of these events.
  public init(_ events: [Event]) { self.events = events }

  /// Whether a version is in the range, by OSV's own algorithm (`IncludedInRanges`); nil when one of
  /// the versions cannot be compared.
  public func contains(_ version: String, in order: VersionOrder) -> Bool? {
    var isAffected = false
    var limits: [Bool] = []
    for event in events {
      if event == .limit("*") {
        limits.append(true)
        continue
      }
      guard let isBelow = order.precedes(version, event.version) else { return nil }
      if case .limit = event { limits.append(isBelow) }
    }
    guard limits.isEmpty || limits.contains(true) else { return false }
    for event in events.sorted(by: { Event.precedes($0, $1, order) }) {
      let isBelow = order.precedes(version, event.version) ?? true
      let isAbove = order.precedes(event.version, version) ?? false
      switch event {
      case .introduced where !isBelow: isAffected = true
      case .fixed where !isBelow: isAffected = false
      case .lastAffected where isAbove: isAffected = false
      default: continue
      }
    }
    return isAffected
  }

  /// Events that do not stand in ascending order; readers that do not sort misunderstand them.
  public func firstOutOfOrder(in order: VersionOrder) -> Event? {
    zip(events, events.dropFirst()).first { Event.precedes($1, $0, order) }?.1
  }
}
