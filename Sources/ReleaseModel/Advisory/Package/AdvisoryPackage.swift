/// What is published from the repository: a package in an ecosystem.
public struct AdvisoryPackage: Hashable, Sendable {
  /// Where it is published.
  public let ecosystem: Ecosystem
  /// The name as the ecosystem and OSV spell it.
  public let name: String

  /// A package; Python names are folded as PEP 503 says.
  public init(_ ecosystem: Ecosystem, _ name: String) {
    self.ecosystem = ecosystem
    self.name = ecosystem == .pypi ? Self.folded(name) : name
  }

  /// The package that a package URL names; nil when it names none of these ecosystems.
  ///
  /// A version, qualifiers and a subpath are not looked at.
  public init?(purl text: String) {
    guard text.hasPrefix("pkg:") else { return nil }
    var rest = text.dropFirst(4)
    while rest.hasPrefix("/") { rest.removeFirst() }
    rest = rest.prefix { $0 != "?" && $0 != "#" }
    if let at = rest.lastIndex(of: "@"), !rest[at...].contains("/") { rest = rest[..<at] }
    let parts = rest.split(separator: "/").map { Self.unescaped(String($0)) }
    guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty }),
      let ecosystem = Ecosystem.allCases.first(where: { $0.packageType == parts[0].lowercased() })
    else { return nil }
    let separator = ecosystem == .maven ? ":" : "/"
    self.init(ecosystem, parts.dropFirst().joined(separator: separator))
  }

  /// The package URL, without a version.
  public var purl: String {
    var parts = name.split(separator: ecosystem == .maven ? ":" : "/").map(String.init)
    if ecosystem == .packagist { parts = parts.map { $0.lowercased() } }
    return "pkg:\(ecosystem.packageType)/"
      + parts.map(Self.escaped).joined(separator: "/")
  }

  /// The part of the name that a person would use.
  public var shortName: String {
    let last = name.split { $0 == "/" || $0 == ":" }.last.map(String.init) ?? name
    let isMajorSuffix = last.hasPrefix("v") && last.dropFirst().allSatisfy(\.isNumber)
    guard ecosystem == .go, last.count > 1, isMajorSuffix else { return last }
    return name.split(separator: "/").dropLast().last.map(String.init) ?? last
  }

  /// Who publishes it, as far as the name says; else the short name.
  var vendor: String {
    let parts = name.split { $0 == "/" || $0 == ":" }.map(String.init)
    if ecosystem == .go || ecosystem == .swift, parts.count > 2 { return parts[1] }
    guard parts.count > 1, let first = parts.first else { return shortName }
    return first.hasPrefix("@") ? String(first.dropFirst()) : first
  }

  /// The page of the package.
  var page: String {
    switch ecosystem {
    case .packagist: "\(ecosystem.site)/packages/\(name)"
    case .cargo: "\(ecosystem.site)/crates/\(name)"
    case .pypi: "\(ecosystem.site)/project/\(name)"
    case .rubygems: "\(ecosystem.site)/gems/\(name)"
    case .maven: "https://central.sonatype.com/artifact/\(slashed)"
    case .go: "\(ecosystem.site)/\(name)"
    case .hex, .pub: "\(ecosystem.site)/packages/\(name)"
    case .swift: "https://\(name)"
    case .nuget: "\(ecosystem.site)/packages/\(name)"
    case .npm: "\(ecosystem.site)/package/\(name)"
    }
  }

  private var slashed: String { name.split(separator: ":").joined(separator: "/") }

  /// Whether two names mean one package; letter case tells some apart and others not, so it is
  /// ignored.
  public func isSame(as other: AdvisoryPackage) -> Bool {
    ecosystem == other.ecosystem && name.lowercased() == other.name.lowercased()
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().split { "-_.".contains($0) }.joined(separator: "-")
  }

  /// A part of a package URL with everything spelled out that is no plain sign.
  static func escaped(_ part: String) -> String {
    part.utf8.map { byte in
      let isPlain = byte.isASCIIDigit || byte.isASCIILetter || "-._~".utf8.contains(byte)
      if isPlain { return String(decoding: [byte], as: UTF8.self) }
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
    }.joined()
  }

  private static func unescaped(_ part: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(part.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
