/// Who made a commit or a tag, and when, as the bytes that stand in the object.
public struct Signature: Hashable, Sendable {
  /// The name; may be empty, may not be UTF-8.
  public var name: [UInt8]
  /// The mail address, without the angle brackets.
  public var email: [UInt8]
  /// Seconds since 1970-01-01T00:00:00Z.
  public var seconds: Int64
  /// Minutes east of UTC.
  public var offsetMinutes: Int

  /// Makes a signature from text; throws when it could break out of its header line.
  ///
  /// libgit2 1.5 accepts a newline in a name, and with it a forged header.
  public init(
    name: String, email: String, seconds: Int64, offsetMinutes: Int
  ) throws(SignatureError) {
    for (field, text) in [("name", name), ("email", email)] {
      for byte in text.utf8
      where byte < 0x20 || byte == 0x7f || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") {
        throw SignatureError(field: field, text: text)
      }
    }
    self.name = Array(name.utf8)
    self.email = Array(email.utf8)
    self.seconds = seconds
    self.offsetMinutes = offsetMinutes
  }

  /// Reads the value of an `author`, `committer` or `tagger` header.
  ///
  /// Damaged ones, which git tolerates, are read as far as they go, by the rules of git's
  /// `split_ident_line`: a missing or impossible date is 0.
  init(header: ArraySlice<UInt8>) {
    guard let open = header.firstIndex(of: UInt8(ascii: "<")),
      let close = header[open...].firstIndex(of: UInt8(ascii: ">")),
      let last = header.lastIndex(of: UInt8(ascii: ">"))
    else {
      name = Array(header)
      email = []
      seconds = 0
      offsetMinutes = 0
      return
    }
    var nameBytes = header[..<open]
    while let byte = nameBytes.last, Signature.isSpace(byte) { nameBytes.removeLast() }
    name = Array(nameBytes)
    email = Array(header[(open + 1)..<close])
    let date = header[(last + 1)...].drop(while: Signature.isSpace)
    let digits = date.prefix(while: Signature.isDigit)
    seconds = Int64(String(decoding: digits, as: UTF8.self)) ?? 0
    let zone = date.dropFirst(digits.count).drop(while: Signature.isSpace)
    offsetMinutes = Signature.offset(zone: zone)
  }

  /// Reads what `git var` prints of a person; nil when no name or no mail address is there.
  package init?(answer: [UInt8]) {
    self.init(header: answer.prefix { $0 != UInt8(ascii: "\n") })
    if name.isEmpty || email.isEmpty { return nil }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0d).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// The minutes that a zone such as `-0330` stands for; 0 for anything that is none.
  private static func offset(zone: ArraySlice<UInt8>) -> Int {
    guard let sign = zone.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return 0
    }
    let digits = zone.dropFirst().prefix(while: isDigit)
    guard let value = Int(String(decoding: digits, as: UTF8.self)), value < 10_000 else {
      return 0
    }
    let minutes = value / 100 * 60 + value % 100
    return sign == UInt8(ascii: "-") ? -minutes : minutes
  }

  /// The bytes of a header's value: `Name <mail> seconds +hhmm`.
  public var headerBytes: [UInt8] {
    let sign = offsetMinutes < 0 ? "-" : "+"
    let distance = offsetMinutes.magnitude
    let zone = String(distance / 60 * 100 + distance % 60)
    let padding = String(repeating: "0", count: max(0, 4 - zone.count))
    return name + Array(" <".utf8) + email
      + Array("> \(seconds) \(sign)\(padding)\(zone)".utf8)
  }

  /// The name for display, with bytes that are not UTF-8 repaired.
  public var displayName: String { String(decoding: name, as: UTF8.self) }

  /// The mail address for display, with bytes that are not UTF-8 repaired.
  public var displayEmail: String { String(decoding: email, as: UTF8.self) }
}

/// A name or mail address with a control character or an angle bracket in it.
public struct SignatureError: Error, Equatable, Sendable {
  /// `name` or `email`.
  public let field: String
  /// The refused text.
  public let text: String
}
