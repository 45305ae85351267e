#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Kinds of text that can be checked cheaply and without running anything.
enum TextSyntax {
  case json
  case toml
  case xml

  private static let endings: [String: TextSyntax] = [
    "json": .json, "toml": .toml, "xml": .xml, "csproj": .xml, "props": .xml, "pom": .xml,
    "svg": .xml, "xsd": .xml, "plist": .xml,
  ]

  /// The kind of a file by its name; nil for one that is not checked.
  init?(path: [UInt8]) {
    let name = String(decoding: path, as: UTF8.self).lowercased()
    guard let dot = name.lastIndex(of: "."),
      let kind = TextSyntax.endings[String(name[name.index(after: dot)...])]
    else { return nil }
    self = kind
  }

  /// How people call it.
  var name: String {
    switch self {
    case .json: "JSON"
    case .toml: "TOML"
    case .xml: "XML"
    }
  }

  /// What is wrong with a text; nil when nothing was found.
  func fault(in text: [UInt8]) -> String? {
    switch self {
    case .json: TextSyntax.jsonFault(in: text)
    case .toml: TOMLCheck(text).fault
    case .xml: XMLCheck(text).fault
    }
  }

  /// Any value; the decoder has read the whole document before it asks for one.
  private struct AnyValue: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  private static func jsonFault(in text: [UInt8]) -> String? {
    do {
      _ = try JSONDecoder().decode(AnyValue.self, from: Data(text))
      return openComma(in: text).map { "line \($0): a comma stands before the end of a list" }
    } catch {
      return "it is no JSON document"
    }
  }

  /// The line of a comma behind which a list or an object ends, which the decoder lets pass.
  private static func openComma(in text: [UInt8]) -> Int? {
    var line = 1
    var comma: Int?
    var isQuoted = false
    var isEscaped = false
    for byte in text {
      if byte == UInt8(ascii: "\n") { line += 1 }
      if isQuoted {
        isQuoted = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
      } else if byte == UInt8(ascii: ",") {
        comma = line
      } else if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") {
        if let comma { return comma }
      } else if byte > UInt8(ascii: " ") {
        comma = nil
        isQuoted = byte == UInt8(ascii: "\"")
      }
    }
    return nil
  }
}
