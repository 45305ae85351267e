/// The name of a branch, read as that of a release branch.
///
/// `[pkg-](kw[-_/.]){0,2}[v]N([._-]N){0,3}[.x][post]`, as in `release/1.7`, `8-1-stable`, `v7.x`,
/// `tokio-1.47.x`, `REL_16_STABLE`, `18/main`; or one moving `maint` without numbers.
public struct BranchPattern: Hashable, Sendable {
  /// The whole name.
  public let name: String
  /// What stands before the version besides `v` and words for "release"; nil without.
  public let package: String?
  /// The numbers; empty for a moving branch.
  public let numbers: [VersionNumber]
  /// Whether the name ends in `-sec`, `-staging`, `-dev` and the like: not the line's own branch.
  public let isVariant: Bool
  /// The form of the name; nil for a moving branch.
  public let template: BranchTemplate?
  /// Whether a `.x` follows the numbers.
  let hasWildcard: Bool
  /// Whether the package is a folder, as people's names are in `name/1.2`.
  let isInFolder: Bool

  private static let moving: Set<String> = ["maint", "maintenance", "stable"]
  private static let ownEndings: Set<String> = [
    "stable", "maint", "maintenance", "lts", "release", "branch", "support", "series", "main",
  ]
  private static let variantEndings: Set<String> = [
    "sec", "security", "staging", "dev", "devel", "next",
  ]

  /// First words of branches that people and bots work on.
  private static let working: Set<String> = [
    "backport", "backports", "bug", "bugfix", "bump", "cherry", "chore", "ci", "copilot",
    "dependabot", "dependencies", "docs", "feat", "feature", "fix", "fixes", "forward", "gh",
    "issue",
    "issues", "merge", "mergify", "patch", "pr", "pull", "renovate", "revert", "snyk", "task",
    "temp",
    "test", "ticket", "tmp", "topic", "update", "upgrade", "whitesource", "wip",
  ]

  /// The name when it has the form of a release branch; nil when not.
  public init?(parsing name: String) {
    let bytes = Array(name.utf8)
    guard bytes.count <= TagPattern.longestName else { return nil }
    if Self.moving.contains(name) {
      self.init(
        name: name, package: nil, numbers: [], isVariant: false, template: nil,
        hasWildcard: false, isInFolder: false)
      return
    }
    for start in TagScanner.starts(in: bytes).prefix(TagScanner.mostAttempts) {
      guard let prefix = TagScanner.prefix(bytes[..<start], markers: Self.markers),
        !Self.isWork(prefix.package), let body = Body(bytes[start...])
      else { continue }
      self.init(
        name: name, package: prefix.package, numbers: body.numbers, isVariant: body.isVariant,
        template: BranchTemplate(
          start: String(decoding: bytes[..<start], as: UTF8.self), separator: body.separator,
          end: String(decoding: body.end, as: UTF8.self)),
        hasWildcard: body.hasWildcard, isInFolder: prefix.isFolder)
      return
    }
    return nil
  }

  private init(
    name: String, package: String?, numbers: [VersionNumber], isVariant: Bool,
    template: BranchTemplate?, hasWildcard: Bool, isInFolder: Bool
  ) {
    self.isInFolder = isInFolder
    self.name = name
    self.package = package
    self.numbers = numbers
    self.isVariant = isVariant
    self.template = template
    self.hasWildcard = hasWildcard
  }

  private static let markers: Set<String> = [
    "v", "release", "releases", "rel", "stable", "maint", "maintenance", "support", "branch",
    "hotfix", "lts", "series", "version",
  ]

  private static func isWork(_ package: String?) -> Bool {
    guard let package else { return false }
    let word = package.utf8.prefix { !TagScanner.isSeparator($0) }.map(\.lowercasedASCII)
    return working.contains(String(decoding: word, as: UTF8.self))
  }

  /// The part from the first number on.
  private struct Body {
    var numbers: [VersionNumber] = []
    var separator = "."
    var hasWildcard = false
    var isVariant = false
    /// Everything behind the numbers.
    var end: ArraySlice<UInt8>

    init?(_ bytes: ArraySlice<UInt8>) {
      end = bytes
      scanNumbers()
      var rest = end
      while Self.isWildcard(rest.dropFirst().first), rest.first.map(TagScanner.isSeparator) == true,
        rest.count == 2 || rest.dropFirst(2).first.map(TagScanner.isSeparator) == true
      {
        hasWildcard = true
        rest = rest.dropFirst(2)
      }
      while let first = rest.first {
        let word = rest.dropFirst().prefix(while: \.isASCIILetter)
        let text = String(decoding: word.map(\.lowercasedASCII), as: UTF8.self)
        let isVariantWord = BranchPattern.variantEndings.contains(text)
        guard TagScanner.isSeparator(first),
          isVariantWord || BranchPattern.ownEndings.contains(text)
        else { return nil }
        isVariant = isVariant || isVariantWord
        rest = rest.dropFirst(word.count + 1)
      }
    }

    private mutating func scanNumbers() {
      while numbers.count < 4 {
        let digits = end.prefix(while: \.isASCIIDigit)
        guard let number = VersionNumber(digits: digits) else { return }
        numbers.append(number)
        end = end.dropFirst(digits.count)
        guard let byte = end.first, "._-".utf8.contains(byte),
          end.dropFirst().first?.isASCIIDigit == true
        else { return }
        if numbers.count == 1 { separator = String(decoding: [byte], as: UTF8.self) }
        if numbers.count < 4 { end = end.dropFirst() }
      }
    }

    private static func isWildcard(_ byte: UInt8?) -> Bool {
      byte == UInt8(ascii: "x") || byte == UInt8(ascii: "X")
    }
  }
}
