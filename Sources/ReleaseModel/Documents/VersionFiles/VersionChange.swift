/// The change that a release asks of version files.
public struct VersionChange: Sendable, Equatable {
  /// The version of the tag the release follows, without a tag prefix.
  public var from: String
  /// The version to be released.
  public var to: String
  /// The day of the release as `YYYY-MM-DD`; without it dates stay as they are.
  public var date: String?
  /// Names of the project's own packages in a lock file; empty stands for every local package.
  public var packages: Set<String>
  /// Whether a pre-release behind the version stays there, as after `1.1.1-SNAPSHOT` comes
  /// `1.1.2-SNAPSHOT`.
  public var keepsPreRelease = false

  /// Creates a change; a leading `v` of either version is dropped.
  public init(from: String, to: String, date: String? = nil, packages: Set<String> = []) {
    self.from = Self.bare(from)
    self.to = Self.bare(to)
    self.date = date
    self.packages = packages
  }

  /// Creates a change between two versions, in the spelling that they were read with.
  public init(
    from: Version, to: Version, date: String? = nil, packages: Set<String> = []
  ) {
    self.init(from: from.description, to: to.description, date: date, packages: packages)
  }

  private static func bare(_ version: String) -> String {
    guard let spelling = VersionSpelling(Array(version.utf8)) else { return version }
    return String(decoding: spelling.body, as: UTF8.self)
  }
}

/// A version change with both ends taken apart, and the rule which found text it applies to.
struct VersionTransition: Sendable {
  let change: VersionChange
  let from: VersionSpelling
  let to: VersionSpelling
  /// Whether a pre-release stays behind the numbers, as in projects whose tags hold `1.1.0-DEV`.
  var keepsPreRelease = false

  /// Gives nil when either end has no number to work with.
  init?(_ change: VersionChange) {
    guard let from = VersionSpelling(Array(change.from.utf8)),
      let to = VersionSpelling(Array(change.to.utf8))
    else { return nil }
    self.change = change
    keepsPreRelease = change.keepsPreRelease
    // The word may be part of the tag alone: what it is put behind is looked at in the file.
    self.from = to.suffix.isEmpty ? from.withoutWord?.spelling ?? from : from
    self.to = to
  }

  /// The text to put in place of a found version, or nil when the two versions do not fit.
  ///
  /// Fits: the version of the tag, the new version itself, and a pre-release of either, as branches
  /// carry it that are opened early. The form stays: a `v`, and zeros that fill up to four parts.
  /// `1.1` fits `1.1.0` only on request, as beside other versions it names a line.
  func replacement(for found: VersionSpelling, allowsFewerParts: Bool = false) -> [UInt8]? {
    if found.body == to.body { return found.prefix + to.body }
    if found.body == from.body { return found.prefix + to.body }
    if let pre = found.preRelease(behind: from) ?? found.preRelease(behind: to) {
      return found.prefix + to.body + (keepsPreRelease ? Array(pre) : [])
    }
    if from.suffix.isEmpty, to.suffix.isEmpty, let (bare, word) = found.withoutWord {
      guard let text = replacement(for: bare, allowsFewerParts: allowsFewerParts) else {
        return nil
      }
      let numbers = text.prefix(bare.prefix.count + to.body.count)
      return numbers + word + text.dropFirst(numbers.count)
    }
    let isBefore = found.isPreRelease && to.suffix.isEmpty
    if keepsPreRelease, isBefore, found.numbers == from.numbers || found.numbers == to.numbers {
      return found.prefix + to.body + found.suffix
    }
    guard found.suffix.isEmpty || isBefore else { return nil }
    if found.suffix.isEmpty, found.numbers.count < from.numbers.count, !allowsFewerParts {
      return nil
    }
    if found.hasSameNumbers(as: from) {
      guard found.suffix.isEmpty == from.suffix.isEmpty || isBefore else { return nil }
    } else {
      guard found.hasSameNumbers(as: to), to.suffix.isEmpty else { return nil }
    }
    return found.prefix + padded(to: found.suffix.isEmpty ? found.numbers.count : 0)
  }

  /// The same for registries without four-part versions: `7.1.501` or `7.1.5-1` for `7.1.5.1`.
  func threePartReplacement(for found: VersionSpelling) -> [UInt8]? {
    guard from.suffix.isEmpty, to.suffix.isEmpty else { return nil }
    if found.body == dashed(from) || found.body == dashed(to) { return found.prefix + dashed(to) }
    guard found.suffix.isEmpty, found.numbers.count == 3, from.part(2) > 0, to.part(3) < 100
    else { return nil }
    guard found.numbers == folded(from) || found.numbers == folded(to) else { return nil }
    let text = folded(to).map(String.init).joined(separator: ".")
    return found.prefix + Array(text.utf8)
  }

  /// The new version with zeros behind it, where the file always writes so many parts.
  private func padded(to count: Int) -> [UInt8] {
    guard to.suffix.isEmpty, count > to.numbers.count, count > from.numbers.count, count <= 4
    else { return to.body }
    return to.body + Array(String(repeating: ".0", count: count - to.numbers.count).utf8)
  }

  private func folded(_ version: VersionSpelling) -> [Int] {
    [version.part(0), version.part(1), version.part(2) &* 100 &+ version.part(3)]
  }

  private func dashed(_ version: VersionSpelling) -> [UInt8] {
    guard version.numbers.count == 4 else { return version.body }
    let text = version.numbers.prefix(3).map(String.init).joined(separator: ".")
    return Array("\(text)-\(version.numbers[3])".utf8)
  }
}
