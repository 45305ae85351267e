extension CaseRecord: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case format
    case id
    case state
    case title
    case visibility
    case received
    case report
    case reporter
    case handler
    case policy
    case clock
    case assessment
    case texts
    case lines
    case identifiers
    case embargo
    case events
  }

  /// Reads a record; whether its state follows from its events is checked by ``check()``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let format = try container.decode(Int.self, forKey: .format)
    guard format == CaseRecord.format else {
      throw DecodingError.dataCorruptedError(
        forKey: .format, in: container,
        debugDescription: CaseHistoryError.format(format).description)
    }
    id = try container.decode(CaseID.self, forKey: .id)
    state = try container.decode(CaseState.self, forKey: .state)
    title = try container.decodeIfPresent(String.self, forKey: .title)
    received = try container.decode(CaseReceipt.self, forKey: .received)
    report = try container.decodeIfPresent(CaseReport.self, forKey: .report) ?? CaseReport()
    reporter = try container.decode(CaseReporter.self, forKey: .reporter)
    handler = try container.decodeIfPresent(CaseHandler.self, forKey: .handler)
    policy = try container.decode(CasePolicy.self, forKey: .policy)
    clock = try container.decode([CasePause].self, forKey: .clock)
    assessment = try container.decode(CaseAssessment.self, forKey: .assessment)
    texts = try container.decodeIfPresent(Texts.self, forKey: .texts) ?? Texts()
    lines = try container.decode([CaseLine].self, forKey: .lines)
    identifiers = try container.decode(Identifiers.self, forKey: .identifiers)
    embargo = try container.decodeIfPresent(CaseEmbargo.self, forKey: .embargo)
    events = try container.decode([CaseEvent].self, forKey: .events)
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(CaseRecord.format, forKey: .format)
    try container.encode(id, forKey: .id)
    try container.encode(state, forKey: .state)
    try container.encode(title, forKey: .title)
    try container.encode(visibility, forKey: .visibility)
    try container.encode(received, forKey: .received)
    try container.encode(report, forKey: .report)
    try container.encode(reporter, forKey: .reporter)
    try container.encode(handler, forKey: .handler)
    try container.encode(policy, forKey: .policy)
    try container.encode(clock, forKey: .clock)
    try container.encode(assessment, forKey: .assessment)
    try container.encode(texts, forKey: .texts)
    try container.encode(lines, forKey: .lines)
    try container.encode(identifiers, forKey: .identifiers)
    try container.encode(embargo, forKey: .embargo)
    try container.encode(events, forKey: .events)
  }

  /// The keys that a record writes, in order.
  public static var keys: [String] { CodingKeys.allCases.map(\.rawValue) }

  /// Refuses a record whose state is not the one that its events lead to.
  public func check() throws(CaseHistoryError) {
    let derived = try CaseState(after: events)
    if derived != state { throw CaseHistoryError.state(stored: state, derived: derived) }
  }
}
