import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The machine's time zone database.
///
/// FoundationEssentials knows no zones but fixed offsets, and full Foundation is not linked.
enum TimeZoneFile {
  private static let folders = [
    "/usr/share/zoneinfo", "/var/db/timezone/zoneinfo", "/usr/lib/zoneinfo",
  ]

  /// The rules of a zone such as `Europe/Berlin`; `document` is where it is named.
  static func rules(of name: String, namedIn document: String) throws(BackportError) -> ZoneRules {
    if ["UTC", "Z"].contains(name) { return .utc }
    if isName(name) {
      for folder in folders {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)"),
          let rules = ZoneRules(tzif: Array(data))
        else { continue }
        return rules
      }
    }
    throw BackportError(
      .configuration, [document, "case.timezone"],
      detail: "'\(name)' is not in the time zone database of this machine (\(folders[0]))")
  }

  /// Whether a text can name a zone, and no other file.
  private static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return text.utf8.count <= 64
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.first != UInt8(ascii: ".")
          && part.utf8.allSatisfy {
            0x30...0x39 ~= $0 || 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 || "_+-".utf8.contains($0)
          }
      }
  }
}
