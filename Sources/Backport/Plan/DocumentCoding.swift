#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes and reads the documents of contract.md 4.
public enum DocumentCoding {
  /// How the keys of a file are spelled.
  enum KeySpelling {
    /// As the documents of the program are.
    case camelCase
    /// As `last_affected`, in files that other programs read too.
    case snakeCase
  }

  /// The document as JSON: `schema` first, then the keys sorted, indented, with a line feed at its
  /// end.
  public static func encode(_ document: some Encodable) throws(BackportError) -> [UInt8] {
    try encode(document, keys: .camelCase)
  }

  /// The same with keys of another spelling.
  static func encode(
    _ document: some Encodable, keys: KeySpelling
  ) throws(BackportError) -> [UInt8] {
    let encoder = JSONEncoder()
    if keys == .snakeCase { encoder.keyEncodingStrategy = .convertToSnakeCase }
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return schemaFirst(Array(try encoder.encode(document)) + [UInt8(ascii: "\n")])
    } catch {
      throw BackportError(.io, ["JSON"], detail: "\(error)")
    }
  }

  /// The document as JSON on one line, `schema` first, then the keys sorted.
  public static func encodeLine(_ document: some Encodable) throws(BackportError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return schemaFirst(onOneLine: Array(try encoder.encode(document)) + [UInt8(ascii: "\n")])
    } catch {
      throw BackportError(.io, ["JSON"], detail: "\(error)")
    }
  }

  /// Moves `schema` to the front; no string of the document can hold its bytes, as a quote in a
  /// string has a backslash before it and a string ends before a comma.
  private static func schemaFirst(onOneLine json: [UInt8]) -> [UInt8] {
    let key = Array(",\"schema\":\"".utf8)
    guard let start = position(of: key, in: json),
      let end = json[(start + key.count)...].firstIndex(of: UInt8(ascii: "\""))
    else { return json }
    let schema = json[(start + 1)...end]
    return json[..<1] + schema + [UInt8(ascii: ",")] + json[1..<start] + json[(end + 1)...]
  }

  /// Where some bytes first stand.
  private static func position(of key: [UInt8], in bytes: [UInt8]) -> Int? {
    var start = 0
    while start + key.count <= bytes.count {
      if bytes[start] == key[0], bytes[start..<(start + key.count)].elementsEqual(key) {
        return start
      }
      start += 1
    }
    return nil
  }

  /// Moves the line of the outermost `schema` to the top; the encoder itself can only sort.
  private static func schemaFirst(_ json: [UInt8]) -> [UInt8] {
    var lines = json.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count > 3,
      let index = lines.firstIndex(where: { $0.starts(with: "  \"schema\" : ".utf8) })
    else { return json }
    var schema = Array(lines.remove(at: index))
    if schema.last != UInt8(ascii: ",") {
      schema.append(UInt8(ascii: ","))
      if index > 1 { lines[index - 1].removeLast() }
    }
    lines.insert(schema[...], at: 1)
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// Reads a document; the name stands in the error.
  public static func decode<Document: Decodable>(
    _ type: Document.Type, from bytes: [UInt8], named name: String
  ) throws(BackportError) -> Document {
    try decode(type, from: bytes, named: name, keys: .camelCase)
  }

  /// The same with keys of another spelling.
  static func decode<Document: Decodable>(
    _ type: Document.Type, from bytes: [UInt8], named name: String, keys: KeySpelling
  ) throws(BackportError) -> Document {
    let decoder = JSONDecoder()
    if keys == .snakeCase { decoder.keyDecodingStrategy = .convertFromSnakeCase }
    do {
      return try decoder.decode(type, from: Data(bytes))
    } catch let DecodingError.keyNotFound(key, _) {
      throw BackportError(.configuration, [name, key.stringValue], detail: "the key is missing")
    } catch let DecodingError.typeMismatch(_, context) {
      throw BackportError(
        .configuration, [name, path(context.codingPath)], detail: context.debugDescription)
    } catch let DecodingError.dataCorrupted(context) {
      throw BackportError(
        .configuration, [name, path(context.codingPath)], detail: context.debugDescription)
    } catch {
      throw BackportError(
        .configuration, [name, ""], detail: "it is not a document of this program")
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
