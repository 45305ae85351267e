/// Recognises the policy texts that presets are named after.
///
/// The texts belong to their projects, so only fingerprints are kept: FNV-1a over the lower-case
/// words, so that white space, Markdown and punctuation do not count.
enum PresetText {
  /// The preset whose text the section is; nil when it says anything else or anything more.
  ///
  /// - Parameters:
  ///   - blocks: The section's text without its tables.
  ///   - rules: What its tables say.
  /// - Returns: The preset's name.
  static func preset(in blocks: ProseBlocks, rules: [SecurityRule]) -> String? {
    guard !blocks.blocks.isEmpty, blocks.blocks.count <= 12 else { return nil }
    let print = fingerprint(of: blocks.blocks.lazy.map(\.text).joined(separator: " "))
    if rules.isEmpty { return simplejwt.contains(print) ? "simplejwt" : nil }
    guard print == kiipy, rules.count == 1, rules[0].level == .full,
      rules[0].range == .below(Version(1, 0, 0))
    else { return nil }
    return "kiipy"
  }

  /// The whole section, then without its first paragraph, then the list alone.
  private static let simplejwt: Set<UInt64> = [
    0x8790_C5C4_F725_9DEA, 0xBBC1_3CEA_1C0E_EF23, 0x4BC2_D768_DDDE_598A,
  ]
  /// The sentence above the table.
  private static let kiipy: UInt64 = 0xD19A_79E1_81CB_BA0B

  private static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of the letters and digits of a text, in lower case, with a space between words.
  static func fingerprint(of text: String) -> UInt64 {
    var hash = start
    var isPending = false
    for byte in text.utf8.prefix(4_000) {
      if byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 {
        if isPending, hash != start { hash = (hash ^ 0x20) &* 0x100_0000_01B3 }
        isPending = false
        hash = (hash ^ UInt64(byte.lowercasedASCII)) &* 0x100_0000_01B3
      } else {
        isPending = true
      }
    }
    return hash
  }
}
