/// Versions without a gap that have the flaw.
public struct AffectedSpan: Hashable, Sendable {
  /// Where a span ends.
  public enum End: Hashable, Sendable {
    /// Before this version, which has the fix.
    case fixed(String)
    /// With this version, for nothing above it has the fix.
    case lastAffected(String)
  }

  /// The lowest version, or `0` when nobody knows where the flaw came in.
  public var start: String
  /// Where it ends.
  public var end: End
  /// The tagged versions in it, ascending; at least one.
  public var versions: [TaggedVersion]

  /// Whether a fixed version ends it.
  public var isFixed: Bool { if case .fixed = end { true } else { false } }

  /// The events that state it.
  var events: [VersionEvents.Event] {
    switch end {
    case .fixed(let version): [.introduced(start), .fixed(version)]
    case .lastAffected(let version): [.introduced(start), .lastAffected(version)]
    }
  }

  /// The spans of some versions, ascending.
  ///
  /// A span goes on until the next version without the flaw: a line that gets no fix and lies between
  /// two that do ends with the higher fix. Where that next version never had the flaw, or there is
  /// none, the span ends with its own last version.
  ///
  /// - Parameters:
  ///   - versions: In ascending order of their ecosystem.
  ///   - isOriginKnown: Whether the lowest span begins with its first version, and not with `0`.
  /// - Returns: The spans, ascending; none without an affected version.
  public static func spans(of versions: [TaggedVersion], isOriginKnown: Bool) -> [AffectedSpan] {
    var spans: [AffectedSpan] = []
    var open: [TaggedVersion] = []
    func close(_ next: TaggedVersion?) {
      guard let first = open.first, let last = open.last else { return }
      let end: End =
        if let next, next.state == .fixed { .fixed(next.text) } else { .lastAffected(last.text) }
      let isFirst = spans.isEmpty && !isOriginKnown
      spans.append(AffectedSpan(start: isFirst ? "0" : first.text, end: end, versions: open))
      open = []
    }
    for version in versions {
      if version.isAffected { open.append(version) } else { close(version) }
    }
    close(nil)
    return spans
  }
}
