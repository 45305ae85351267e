/// Where a case stands.
public enum CaseState: String, Codable, Hashable, Sendable, CaseIterable {
  case received
  case acknowledged
  case assigned
  case confirmed
  case ready
  case embargoed
  case released
  case published
  case closed
  case rejected
  case duplicate
  case upstream
  case withdrawn

  /// The way from the report to the advisory.
  private static let path: [(state: CaseState, next: CaseEvent.Kind)] = [
    (.received, .acknowledge), (.acknowledged, .assign), (.assigned, .confirm),
    (.confirmed, .ready), (.ready, .release), (.released, .publish), (.published, .close),
  ]

  /// Whether nothing more can happen.
  public var isEnded: Bool {
    switch self {
    case .closed, .rejected, .duplicate, .upstream, .withdrawn: true
    case .received, .acknowledged, .assigned, .confirmed, .ready, .embargoed, .released,
      .published:
      false
    }
  }

  /// Whether everything is prepared, so that lines may be released.
  public var mayRelease: Bool { [.ready, .embargoed, .released, .published].contains(self) }

  /// How far along the way it is; nil off it.
  private var rank: Int? {
    self == .embargoed ? 4 : CaseState.path.firstIndex { $0.state == self }
  }

  /// The step that comes next on the way to the advisory; nil at its end and off it.
  public var next: CaseEvent.Kind? {
    self == .embargoed ? .release : CaseState.path.first { $0.state == self }?.next
  }

  /// The state after an event; nil when the event cannot happen in this one.
  public func after(_ event: CaseEvent.Kind) -> CaseState? {
    guard CaseState.states(before: event).contains(self) else { return nil }
    switch event {
    case .receive: return nil
    case .acknowledge: return .acknowledged
    case .assign: return self == .acknowledged ? .assigned : self
    case .confirm: return .confirmed
    case .ready: return .ready
    case .embargo: return .embargoed
    case .release: return .released
    case .publish: return .published
    case .close: return .closed
    case .reject: return .rejected
    case .duplicate: return .duplicate
    case .upstream: return .upstream
    case .withdraw: return .withdrawn
    case .audit, .line, .inform, .respond, .revise, .note: return self
    }
  }

  /// The states in which an event can happen, the earliest first.
  public static func states(before event: CaseEvent.Kind) -> [CaseState] {
    let open = allCases.filter { !$0.isEnded }
    switch event {
    case .receive: return []
    case .acknowledge: return [.received]
    case .assign: return open.filter { $0 != .received }
    case .confirm: return [.assigned]
    case .audit: return [.confirmed, .ready, .embargoed, .released, .published]
    case .ready: return [.confirmed]
    case .embargo: return [.ready, .embargoed]
    case .release: return [.ready, .embargoed]
    case .publish: return [.released]
    case .revise, .close: return [.published]
    case .reject, .duplicate, .upstream: return [.assigned, .confirmed, .ready, .embargoed]
    case .withdraw: return open.filter { $0 != .published }
    case .respond: return open.filter { $0 != .received }
    case .inform: return allCases.filter { $0 != .received && $0 != .closed }
    case .note: return open.filter { $0 != .published }
    case .line: return open
    }
  }

  /// What has to happen, in order, before an event can; nil when it is too late for it.
  public func steps(before event: CaseEvent.Kind) -> [CaseEvent.Kind]? {
    let possible = CaseState.states(before: event)
    if possible.contains(self) { return [] }
    guard let from = rank, let to = possible.compactMap(\.rank).min(), from < to else {
      return nil
    }
    return CaseState.path[from..<to].map(\.next)
  }

  /// The state to which events lead.
  public init(after events: [CaseEvent]) throws(CaseHistoryError) {
    guard let first = events.first, first.event == .receive else {
      throw CaseHistoryError.beginning
    }
    var state = CaseState.received
    for (index, event) in events.enumerated().dropFirst() {
      guard let next = state.after(event.event) else {
        throw CaseHistoryError.impossible(number: index + 1, event: event.event, in: state)
      }
      state = next
    }
    self = state
  }
}

/// Why a record contradicts its events.
public enum CaseHistoryError: Error, Hashable, Sendable {
  /// The first event is not that a report was received.
  case beginning
  /// An event, counted from 1, cannot happen in the state that the ones before it lead to.
  case impossible(number: Int, event: CaseEvent.Kind, in: CaseState)
  /// The events lead to another state than the one that is stored.
  case state(stored: CaseState, derived: CaseState)
  /// The record is of a later form than this program knows.
  case format(Int)
}

extension CaseHistoryError: CustomStringConvertible {
  /// The contradiction in words.
  public var description: String {
    switch self {
    case .beginning: "its first event is not 'receive'"
    case .impossible(let number, let event, let state):
      "event \(number), '\(event.rawValue)', cannot happen to a case that is \(state.rawValue)"
    case .state(let stored, let derived):
      "it says \(stored.rawValue), but its events lead to \(derived.rawValue)"
    case .format(let format): "it is of form \(format), which this version cannot read"
    }
  }
}
