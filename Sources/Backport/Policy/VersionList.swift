public import ReleaseModel

/// Versions with the days of their release, in place of a repository's tags.
public struct VersionList: Equatable, Sendable {
  /// The most bytes of a list.
  public static let longest = 64 << 20

  /// The versions as they are written, in the order of the list.
  public private(set) var names: [String] = []
  /// The day of each version that has one.
  public private(set) var dates: [String: CalendarDate] = [:]

  /// Reads one `version[<TAB>YYYY-MM-DD]` a line; blank lines and those that begin with `#` are
  /// passed over.
  ///
  /// - Throws: `usage` with the number of the line, where a day is no day.
  public init(parsing bytes: [UInt8], named name: String) throws(BackportError) {
    guard bytes.count <= Self.longest else {
      throw BackportError(.usage, ["--versions \(name)"], detail: "the list is too long")
    }
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      var rest = line
      if number == 1, rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
      let words = rest.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      guard let first = words.first, first.first != UInt8(ascii: "#") else { continue }
      let version = String(decoding: first, as: UTF8.self)
      names.append(version)
      guard words.count > 1 else { continue }
      guard words.count == 2,
        let day = try? CalendarDate(parsing: String(decoding: words[1], as: UTF8.self))
      else {
        throw BackportError(
          .usage, ["--versions \(name), line \(number)"],
          detail: "a line is VERSION or VERSION<TAB>YYYY-MM-DD")
      }
      dates[version] = day
    }
  }
}
