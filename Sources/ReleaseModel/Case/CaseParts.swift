/// Somebody who works on a case.
public struct CaseHandler: Codable, Hashable, Sendable {
  /// The name.
  public var name: String
  /// The mail address; nil where it is not known.
  public var email: String?

  /// Names somebody.
  public init(name: String, email: String?) {
    self.name = name
    self.email = email
  }

  /// Reads `Name <mail>` or a name; nil when there is neither.
  public init?(parsing text: String) {
    var name = text[...]
    if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
      let mail = text[text.index(after: start)...].dropLast()
      email = mail.isEmpty ? nil : String(mail)
      name = text[..<start]
    }
    while name.last == " " { name.removeLast() }
    while name.first == " " { name.removeFirst() }
    if name.isEmpty, let email { name = email[...] }
    if name.isEmpty { return nil }
    self.name = String(name)
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(email, forKey: .email)
  }
}

/// How a report came in.
public struct CaseReceipt: Codable, Hashable, Sendable {
  /// When.
  public var at: Instant
  /// By what: `mail`, `form`, `chat`; nil where it was not said.
  public var channel: String?
  /// The id of the mail; nil for anything else.
  public var messageId: String?

  /// Makes a receipt.
  public init(at: Instant, channel: String? = nil, messageId: String? = nil) {
    self.at = at
    self.channel = channel
    self.messageId = messageId
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(at, forKey: .at)
    try container.encode(channel, forKey: .channel)
    try container.encode(messageId, forKey: .messageId)
  }
}

/// What a report has to say at least.
public struct CaseReport: Codable, Hashable, Sendable {
  /// The version, and what it runs on.
  public var environment: String?
  /// How to see it happen.
  public var steps: String?
  /// Anything else.
  public var other: String?

  /// A report of which nothing is known.
  public init() {}

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(environment, forKey: .environment)
    try container.encode(steps, forKey: .steps)
    try container.encode(other, forKey: .other)
  }
}

/// Who reported it, and as whom they are thanked.
public struct CaseReporter: Codable, Hashable, Sendable {
  /// How the reporter is named in public.
  public enum Credit: String, Codable, Hashable, Sendable, CaseIterable {
    /// By their name.
    case name
    /// By the alias.
    case alias
    /// As somebody who is not named.
    case anonymous
    /// Not at all.
    case none
  }

  /// The name; nil where it is not known.
  public var name: String?
  /// A mail or web address; nil where none is known.
  public var contact: String?
  /// The choice; nil until it is made.
  public var credit: Credit?
  /// The name for ``Credit/alias``.
  public var alias: String?
  /// Whether nobody found it before.
  public var discoveredFirst = true

  private enum CodingKeys: String, CodingKey {
    case name
    case contact
    case credit
    case alias
    case discoveredFirst
  }

  /// A reporter of whom nothing is known.
  public init() {}

  /// Whether the choice is made, and the name that it asks for is there.
  public var isCreditSettled: Bool {
    switch credit {
    case .name: !(name ?? "").isEmpty
    case .alias: !(alias ?? "").isEmpty
    case .anonymous, .some(.none): true
    case nil: false
    }
  }

  /// What stands in the advisory: a name, `anonymous`, or nil when nothing does.
  public var publicName: String? {
    switch credit {
    case .name: name
    case .alias: alias
    case .anonymous: "anonymous"
    case .some(.none), nil: nil
    }
  }

  /// Reads an object; a report is the first one unless it says otherwise.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decodeIfPresent(String.self, forKey: .name)
    contact = try container.decodeIfPresent(String.self, forKey: .contact)
    credit = try container.decodeIfPresent(Credit.self, forKey: .credit)
    alias = try container.decodeIfPresent(String.self, forKey: .alias)
    discoveredFirst = try container.decodeIfPresent(Bool.self, forKey: .discoveredFirst) ?? true
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(contact, forKey: .contact)
    try container.encode(credit, forKey: .credit)
    try container.encode(alias, forKey: .alias)
    try container.encode(discoveredFirst, forKey: .discoveredFirst)
  }
}

/// A time in which the deadlines do not run, because the reporter was asked something.
public struct CasePause: Codable, Hashable, Sendable {
  /// When it began.
  public var pause: Instant
  /// When it ended; nil while it lasts.
  public var resume: Instant?
  /// Why.
  public var why: String

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(pause, forKey: .pause)
    try container.encode(resume, forKey: .resume)
    try container.encode(why, forKey: .why)
  }
}

/// Who is to be silent until when.
public struct CaseEmbargo: Codable, Hashable, Sendable {
  /// Somebody who was told before.
  public struct Told: Codable, Hashable, Sendable {
    /// Whom.
    public var who: String
    /// When.
    public var at: Instant
  }

  /// The moment of publication.
  public var until: Instant
  /// Who was told before.
  public var told: [Told]
}
