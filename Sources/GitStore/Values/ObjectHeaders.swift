/// The header lines of a commit or tag object, taken one after the other, and the message.
///
/// git reads the first headers by their place: a second `tree` or a `parent` further down is
/// just a header that it does not know. Reading them by name would show another history than
/// git's.
struct ObjectHeaders {
  private let object: [UInt8]
  private var position = 0

  init(of object: [UInt8]) { self.object = object }

  /// The value of the next line when it has that key; the line is then passed.
  mutating func take(_ key: StaticString) -> ArraySlice<UInt8>? {
    guard let end = lineEnd else { return nil }
    let line = object[position..<end]
    let count = key.utf8CodeUnitCount
    let hasKey = key.withUTF8Buffer { line.prefix(count).elementsEqual($0) }
    guard hasKey, line.count > count, line[position + count] == UInt8(ascii: " ") else {
      return nil
    }
    position = min(end + 1, object.count)
    return line[(line.startIndex + count + 1)...]
  }

  /// The value of the first of the remaining lines that has that key; all lines are passed.
  mutating func find(_ key: StaticString) -> ArraySlice<UInt8>? {
    var found: ArraySlice<UInt8>?
    while let end = lineEnd {
      let value = take(key)
      found = found ?? value
      if value == nil { position = min(end + 1, object.count) }
    }
    return found
  }

  /// What follows the empty line after the headers; lines not yet taken are passed.
  mutating func message() -> [UInt8] {
    while let end = lineEnd { position = min(end + 1, object.count) }
    return position < object.count ? Array(object[(position + 1)...]) : []
  }

  /// The end of the line at which we stand; nil at the empty line or at the end.
  private var lineEnd: Int? {
    guard position < object.count, object[position] != UInt8(ascii: "\n") else { return nil }
    return object[position...].firstIndex(of: UInt8(ascii: "\n")) ?? object.count
  }
}
