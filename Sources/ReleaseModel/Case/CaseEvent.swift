/// One thing that happened to a case; events are only ever added.
public struct CaseEvent: Hashable, Sendable {
  /// What can happen.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// The report came in.
    case receive
    /// The reporter was told so.
    case acknowledge
    /// Somebody took it on.
    case assign
    /// It is a flaw, and it is known which lines have it.
    case confirm
    /// The code was searched for similar problems.
    case audit
    /// Something about a release line became known.
    case line
    /// Everything is prepared.
    case ready
    /// A day of publication was agreed, or somebody was told before.
    case embargo
    /// The reporter was told how things stand, or asked something.
    case inform
    /// The reporter got a detailed answer with the next steps.
    case respond
    /// It is no flaw.
    case reject
    /// It was reported before.
    case duplicate
    /// It belongs to another project.
    case upstream
    /// The releases go out.
    case release
    /// The advisory is public.
    case publish
    /// The reporter or the project took it back.
    case withdraw
    /// The published advisory was changed.
    case revise
    /// Nothing is left to be done.
    case close
    /// Something about the flaw or its reporter became known.
    case note
  }

  /// When it happened.
  public var at: Instant
  /// Who did it.
  public var by: String
  /// What happened.
  public var event: Kind
  /// What it said, by name; never `at`, `by` or `event`.
  public var data: [String: JSONTree]

  /// Makes an event.
  public init(
    at: Instant, by: String, event: Kind, data: [String: JSONTree] = [:]
  ) {
    self.at = at
    self.by = by
    self.event = event
    self.data = data
  }
}

extension CaseEvent: Codable {
  private struct Key: CodingKey, Hashable {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }

    init?(stringValue: String) { self.init(stringValue) }

    init?(intValue: Int) { nil }
  }

  /// Reads an object; every key besides `at`, `by` and `event` is data.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    at = try container.decode(Instant.self, forKey: Key("at"))
    by = try container.decode(String.self, forKey: Key("by"))
    event = try container.decode(Kind.self, forKey: Key("event"))
    data = [:]
    for key in container.allKeys where !["at", "by", "event"].contains(key.stringValue) {
      data[key.stringValue] = try container.decode(JSONTree.self, forKey: key)
    }
  }

  /// Writes an object with the data beside the other keys.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(at, forKey: Key("at"))
    try container.encode(by, forKey: Key("by"))
    try container.encode(event, forKey: Key("event"))
    for (name, value) in data { try container.encode(value, forKey: Key(name)) }
  }
}
