/// How versions are read out of the names of tags.
public struct TagPattern: Hashable, Sendable, CustomStringConvertible {
  /// Longer names than this are no versions.
  static let longestName = 512

  private struct Template: Hashable {
    var start: [UInt8]
    var end: [UInt8]
  }

  private let template: Template?

  /// The grammar that fits nearly all projects, see `TagScanner`.
  public static let automatic = TagPattern(template: nil)

  private init(template: Template?) {
    self.template = template
  }

  /// A pattern such as `v{version}` or `release-{version}-final`; `auto` is the common grammar.
  ///
  /// Nil when `{version}` is not in the text just once.
  public init?(parsing text: String) {
    if text == "auto" {
      self = .automatic
      return
    }
    let bytes = Array(text.utf8)
    let placeholder = Array("{version}".utf8)
    let places = bytes.indices.filter { bytes[$0...].starts(with: placeholder) }
    guard let place = places.first, places.count == 1 else { return nil }
    template = Template(
      start: Array(bytes[..<place]), end: Array(bytes[(place + placeholder.count)...]))
  }

  /// The text that gives this pattern.
  public var description: String {
    guard let template else { return "auto" }
    return String(decoding: template.start + Array("{version}".utf8) + template.end, as: UTF8.self)
  }

  /// The tag with this name; nil when it holds no version in this pattern.
  public func parse(_ name: String) -> VersionTag? {
    guard name.utf8.count <= Self.longestName else { return nil }
    let bytes = Array(name.utf8)
    guard let template else { return TagScanner.scan(name, bytes: bytes) }
    let middle = bytes.dropFirst(template.start.count).dropLast(template.end.count)
    guard bytes.count >= template.start.count + template.end.count,
      bytes.starts(with: template.start), bytes.suffix(template.end.count) == template.end[...],
      middle.first?.isASCIIDigit == true
    else { return nil }
    return TagScanner.tag(
      name, package: nil, prefix: bytes.prefix(template.start.count), version: middle,
      end: template.end)
  }
}
