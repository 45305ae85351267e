public import ReleaseModel

/// What the `[case]` section states; nil and empty where it states nothing.
public struct CaseSettings: Equatable, Sendable {
  /// The keys of the section.
  static let keys = [
    "acknowledge", "respond", "respond-from", "inform", "disclose", "timezone", "holiday",
  ]

  /// The times that it promises.
  public var times: [CaseDeadline.Timer: TimeAllowance] = [:]
  /// From when the detailed answer is counted.
  public var respondFrom: CasePolicy.Start?
  /// The time zone in which days are counted.
  public var timezone: String?
  /// Days off besides Saturdays and Sundays.
  public var holidays: [CalendarDate] = []

  /// Nothing.
  public init() {}

  /// The document in which the section stands.
  static let document = ".gitbackport"
}

extension Workspace {
  /// What the project promises to those who report a flaw, and where it says so: `.gitbackport`,
  /// else SECURITY.md, else what is usual.
  public func casePolicy() throws(BackportError) -> CasePolicy {
    var policy = CasePolicy()
    let promises = try reportingPromises()
    let stated: [(CaseDeadline.Timer, WritableKeyPath<CasePolicy, TimeAllowance?>)] = [
      (.acknowledge, \.acknowledge), (.respond, \.respond), (.inform, \.inform),
      (.disclose, \.disclose),
    ]
    for (timer, path) in stated {
      if let time = project.cases.times[timer] {
        policy[keyPath: path] = time
        policy.origins.append("\(timer.rawValue) \(time): from \(CaseSettings.document)")
      } else if let (file, reading) = promises, let promise = reading.promise(timer) {
        policy[keyPath: path] = promise.allowance
        policy.origins.append(
          "\(timer.rawValue) \(promise.allowance): from \(file), line \(promise.source.line): "
            + "\"\(promise.source.text)\"")
      } else if let time = policy[keyPath: path] {
        policy.origins.append("\(timer.rawValue) \(time): assumed, as nothing states it")
      }
    }
    if let (file, reading) = promises {
      if let handler = reading.handler {
        policy.origins.append(
          "a primary handler: from \(file), line \(handler.line): \"\(handler.text)\"")
      }
      if let contact = reading.contacts.first {
        policy.origins.append("reports go to \(contact): from \(file)")
      }
    }
    if let start = project.cases.respondFrom { policy.respondFrom = start }
    if let zone = project.cases.timezone { policy.timezone = zone }
    policy.holidays = project.cases.holidays
    return policy
  }

  /// What the SECURITY.md on the trunk promises: of the first one that promises anything, else of
  /// the first there is.
  func reportingPromises() throws(BackportError) -> (path: String, reading: ReportingPromises)? {
    var first: (path: String, reading: ReportingPromises)?
    for path in SecurityDocument.paths {
      guard let bytes = try trunkFile(at: path) else { continue }
      let reading = ReportingPromises(bytes)
      if reading.promisesAnything { return (path, reading) }
      if first == nil { first = (path, reading) }
    }
    return first
  }
}

extension ReportingPromises {
  /// What is promised for one deadline; nil when nothing is.
  func promise(_ timer: CaseDeadline.Timer) -> Promise? {
    switch timer {
    case .acknowledge: acknowledge
    case .respond: respond
    case .disclose: disclose
    case .inform, .release: nil
    }
  }

  fileprivate var promisesAnything: Bool {
    acknowledge != nil || respond != nil || disclose != nil || !contacts.isEmpty
      || confidential != nil
  }
}
