/// Puts another version into a line that was written for one release.
struct VersionRewriter {
  /// The version the line was written for, as it is spelled there.
  let old: WrittenVersion
  let new: WrittenVersion
  /// The version that a link to a comparison starts from.
  let previous: WrittenVersion

  /// A place where the old version stands, and what joins its numbers there.
  private struct Occurrence {
    var range: Range<Int>
    var joint: UInt8
  }

  /// The line with the old version replaced, and the starts of comparisons with it.
  ///
  /// Labels and anchors join the numbers by dashes or underscores; so does what replaces them.
  func rewrite(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = line.startIndex
    while let found = next(in: line, from: index) {
      result += line[index..<found.range.lowerBound]
      if let base = comparisonBase(before: found, in: line, floor: index) {
        let added = found.range.lowerBound - base.upperBound
        result.replaceSubrange(
          (result.count - added - base.count)..<(result.count - added),
          with: Self.joined(previous, by: found.joint))
      }
      result += Self.joined(new, by: found.joint)
      index = found.range.upperBound
    }
    return result + line[index...]
  }

  /// The version with another sign in place of its dots.
  private static func joined(_ version: WrittenVersion, by joint: UInt8) -> [UInt8] {
    version.text.map { $0 == UInt8(ascii: ".") ? joint : $0 }
  }

  /// The next place where the old version stands, not as part of another one.
  private func next(in line: ArraySlice<UInt8>, from start: Int) -> Occurrence? {
    let isShort = old.text.filter { $0 == UInt8(ascii: ".") }.count < 2
    let joints = isShort ? ".".bytes : ".-_".bytes
    return joints.compactMap { joint in
      next(Self.joined(old, by: joint), in: line, from: start).map {
        Occurrence(range: $0, joint: joint)
      }
    }.min { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func next(_ text: [UInt8], in line: ArraySlice<UInt8>, from start: Int) -> Range<Int>? {
    var index = start
    while let found = line.firstRange(of: text, from: index) {
      if isWhole(found, in: line) { return found }
      index = found.lowerBound + 1
    }
    return nil
  }

  private func isWhole(_ range: Range<Int>, in line: ArraySlice<UInt8>) -> Bool {
    let before = line[..<range.lowerBound].suffix(2)
    let after = line[range.upperBound...].prefix(2)
    let dot = UInt8(ascii: ".")
    if let last = before.last {
      if last.isASCIIDigit { return false }
      if last == dot, before.count == 2, before.first?.isASCIIDigit == true { return false }
    }
    guard let first = after.first else { return true }
    if first == UInt8(ascii: "-"),
      Self.prereleases.contains(where: { line[(range.upperBound + 1)...].lowercased.begins($0) })
    {
      return false
    }
    if first.isASCIIDigit || (first.isASCIILetter && first != UInt8(ascii: "x")) { return false }
    return first != dot || after.count < 2 || after.last?.isASCIIDigit != true
  }

  private static let prereleases = [
    "alpha", "beta", "rc", "pre", "dev", "next", "canary", "snapshot",
  ]

  /// The version on the left of `A...B`, when `B` starts with the old version behind a prefix.
  private func comparisonBase(
    before found: Occurrence, in line: ArraySlice<UInt8>, floor: Int
  ) -> Range<Int>? {
    let head = line[floor..<found.range.lowerBound]
    let isReference: (UInt8) -> Bool = { !"/()[]<>\"' \t".utf8.contains($0) }
    let start = head.lastIndex { !isReference($0) }.map { $0 + 1 } ?? head.startIndex
    let reference = head[start...]
    guard let dots = reference.firstRange(of: "..".utf8) else { return nil }
    let base = reference[..<dots.lowerBound]
    let numbers = base.indices.first { index in
      guard base[index].isASCIIDigit, index == start || !base[index - 1].isASCIIDigit else {
        return false
      }
      let spelled = base[index...].map { $0 == found.joint ? UInt8(ascii: ".") : $0 }
      return WrittenVersion(spelled[...]) != nil
    }
    return numbers.map { $0..<base.endIndex }
  }
}
