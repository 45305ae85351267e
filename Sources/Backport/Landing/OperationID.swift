/// Makes the ids of operations: ULIDs, which sort by time (https://github.com/ulid/spec).
enum OperationID {
  private static let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// A new id for a moment in seconds since 1970, above the last one made even in the same second
  /// or after the clock was put back.
  static func make(seconds: Int64, after last: String? = nil) -> String {
    let fresh = random(seconds: seconds)
    guard let last, last.utf8.count == fresh.utf8.count, last >= fresh else { return fresh }
    return successor(of: last) ?? fresh
  }

  private static func successor(of id: String) -> String? {
    var text = Array(id)
    for index in text.indices.reversed() {
      guard let value = digits.firstIndex(of: text[index]) else { return nil }
      if value + 1 < digits.count {
        text[index] = digits[value + 1]
        return String(text)
      }
      text[index] = digits[0]
    }
    return nil
  }

  private static func random(seconds: Int64) -> String {
    var generator = SystemRandomNumberGenerator()
    var time = UInt64(max(0, seconds)) * 1000
    var text: [Character] = []
    for _ in 0..<10 {
      text.insert(digits[Int(time % 32)], at: 0)
      time /= 32
    }
    for _ in 0..<16 { text.append(digits[Int(generator.next() % 32)]) }
    return String(text)
  }
}
