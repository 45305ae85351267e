/// One thing that has to be done by a moment.
public struct CaseDeadline: Codable, Hashable, Sendable {
  /// What has to be done.
  public enum Timer: String, Codable, Hashable, Sendable, CaseIterable {
    /// Tell the reporter that the report came in.
    case acknowledge
    /// Give a detailed answer with the next steps.
    case respond
    /// Tell the reporter how things stand.
    case inform
    /// Release: the embargo ends.
    case release
    /// Publish.
    case disclose
  }

  /// How it stands.
  public enum Standing: String, Codable, Hashable, Sendable, CaseIterable {
    /// It is done.
    case met
    /// There is time left.
    case running
    /// The reporter was asked something, and the time stands still.
    case paused
    /// It is too late.
    case overdue
    /// The case is over: ended, or public.
    case ended
  }

  /// What has to be done.
  public var timer: Timer
  /// By when.
  public var due: Instant
  /// How it stands.
  public var state: Standing
  /// When it was done; nil as long as it is not.
  public var metAt: Instant?
  /// The seconds that are left, or by which it is overdue, or was met late; 0 when met in time.
  public var seconds: Int64
  /// Whether it is the latest possible: the time begins when something else is done.
  public var isLatest: Bool

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(timer, forKey: .timer)
    try container.encode(due, forKey: .due)
    try container.encode(state, forKey: .state)
    try container.encode(metAt, forKey: .metAt)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(isLatest, forKey: .isLatest)
  }
}

extension CaseRecord {
  /// Every deadline as it stands at a moment, the earliest first (release.md 4.4).
  ///
  /// `zone` has the rules of the policy's time zone.
  public func deadlines(at now: Instant, zone: ZoneRules) -> [CaseDeadline] {
    let calendar = BusinessCalendar(zone: zone, holidays: Set(policy.holidays))
    let acknowledged = moment(of: .acknowledge)
    let latestAcknowledgement = policy.acknowledge?.end(from: received.at, in: calendar)
    var deadlines: [CaseDeadline] = []
    func add(
      _ timer: CaseDeadline.Timer, _ due: Instant, met: Instant?, isLatest: Bool = false
    ) {
      deadlines.append(deadline(timer, due, met: met, isLatest: isLatest, now: now))
    }
    if let due = latestAcknowledgement { add(.acknowledge, due, met: acknowledged) }
    if let allowance = policy.respond {
      let isFromReceipt = policy.respondFrom == .received
      let start =
        isFromReceipt ? received.at : acknowledged ?? latestAcknowledgement ?? received.at
      let due = extended(allowance.end(from: start, in: calendar), from: start, now: now)
      add(
        .respond, due, met: moment(of: .respond),
        isLatest: !isFromReceipt && acknowledged == nil)
    }
    if let allowance = policy.inform, let last = lastWord, moment(of: .publish) == nil {
      add(
        .inform, extended(allowance.end(from: last, in: calendar), from: last, now: now), met: nil)
    }
    if let until = embargo?.until { add(.release, until, met: moment(of: .release)) }
    if let allowance = policy.disclose {
      let end = allowance.end(from: received.at, in: calendar)
      add(.disclose, extended(end, from: received.at, now: now), met: moment(of: .publish))
    }
    return deadlines.sorted { ($0.due, $0.timer.rawValue) < ($1.due, $1.timer.rawValue) }
  }

  /// When the reporter was last told anything.
  private var lastWord: Instant? {
    events.last { [.acknowledge, .respond, .inform].contains($0.event) }?.at
  }

  /// Whether what was not done in time can be done no more: the case has ended, or is public.
  private var isOver: Bool { state.isEnded || moment(of: .publish) != nil }

  /// A due time with the pauses added that fell into the time before it.
  private func extended(_ due: Instant, from start: Instant, now: Instant) -> Instant {
    var due = due
    for pause in clock {
      let begin = max(pause.pause, start)
      let end = pause.resume ?? max(now, begin)
      if begin < due, end > begin { due = due.adding(seconds: begin.seconds(until: end)) }
    }
    return due
  }

  private func deadline(
    _ timer: CaseDeadline.Timer, _ due: Instant, met: Instant?, isLatest: Bool, now: Instant
  ) -> CaseDeadline {
    var result = CaseDeadline(
      timer: timer, due: due, state: .running, metAt: met, seconds: 0, isLatest: isLatest)
    let isPaused = clock.last.map { $0.resume == nil } ?? false
    let canPause = timer != .acknowledge && timer != .release
    if let met {
      result.state = .met
      result.seconds = max(0, due.seconds(until: met))
    } else if isOver {
      result.state = .ended
    } else if now > due {
      result.state = .overdue
      result.seconds = due.seconds(until: now)
    } else {
      result.state = isPaused && canPause ? .paused : .running
      result.seconds = now.seconds(until: due)
    }
    return result
  }
}
