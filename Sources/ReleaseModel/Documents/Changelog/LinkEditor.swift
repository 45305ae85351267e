/// Keeps the link definitions of version headings complete.
struct LinkEditor {
  private let definitions: [LinkDefinition]
  private let source: ChangelogSource
  private let version: WrittenVersion
  private let previous: WrittenVersion?

  init(_ source: ChangelogSource, version: WrittenVersion, previous: WrittenVersion?) {
    self.source = source
    self.version = version
    self.previous = previous
    definitions = (0..<source.lines.count).compactMap { index in
      let line = source.lines[index]
      guard line.trimmedStart.first == UInt8(ascii: "["), !source.literal[index] else { return nil }
      return LinkDefinition(line, line: index).flatMap {
        $0.isUnreleased || $0.version != nil ? $0 : nil
      }
    }
  }

  /// Whether headings like this one are linked by a definition.
  static func isLinked(_ heading: Heading) -> Bool {
    guard let token = heading.versions.first else { return false }
    let (before, after) = (
      heading.text[..<token.range.lowerBound], heading.text[token.range.upperBound...]
    )
    guard let open = before.lastIndex(of: UInt8(ascii: "[")),
      !before[open...].contains(UInt8(ascii: "]")),
      let close = after.firstIndex(of: UInt8(ascii: "]"))
    else { return false }
    return after[(close + 1)...].first != UInt8(ascii: "(")
  }

  /// The line of the definition of the greatest version below the new one.
  var lowerDefinitionLine: Int? { lower?.line }

  /// The new definition in the form of the others; nil when there is no model.
  var newDefinition: [UInt8]? {
    guard !definitions.contains(where: { $0.version == version }) else { return nil }
    if let lower, isComparison(lower) || !hasComparisons { return rewritten(lower) }
    if let unreleased, let line = promoted(unreleased) { return line }
    return (definitions.first { $0.version != nil && isComparison($0) } ?? lower)
      .flatMap { rewritten($0) }
  }

  /// Adds the new definition above that of the greatest lower version.
  func addDefinition(to edits: inout LineEdits) {
    guard let line = newDefinition else { return }
    if let lower {
      edits.insert([line], before: isAscending(lower) ? lower.line + 1 : lower.line)
    } else if let unreleased {
      edits.insert([line], before: unreleased.line + 1)
    } else if let last = definitions.last {
      edits.insert([line], before: last.line + 1)
    }
  }

  /// Moves the start of the Unreleased comparison up to the new version.
  func raiseUnreleased(in edits: inout LineEdits) {
    guard let unreleased, let raised = Self.raised(source.lines[unreleased.line], to: version)
    else {
      return
    }
    edits.replace(unreleased.line..<unreleased.line + 1, by: [raised])
  }

  /// Turns the Unreleased definition into that of the version.
  func renameUnreleased(in edits: inout LineEdits) {
    guard let unreleased, let line = newDefinition else { return addDefinition(to: &edits) }
    edits.replace(unreleased.line..<unreleased.line + 1, by: [line])
  }

  /// A line with a comparison `A...HEAD` from a lower version, starting at `version` instead.
  static func raised(_ line: ArraySlice<UInt8>, to version: WrittenVersion) -> [UInt8]? {
    let text = ArraySlice(Array(line))
    guard let base = ComparisonBase(in: text), base.token.version < version else { return nil }
    return text[..<base.token.range.lowerBound] + version.text
      + text[base.token.range.upperBound...]
  }

  private var unreleased: LinkDefinition? { definitions.first(where: \.isUnreleased) }

  private var lower: LinkDefinition? {
    var greatest: (definition: LinkDefinition, version: WrittenVersion)?
    for definition in definitions {
      guard let other = definition.version, other < version else { continue }
      if let best = greatest, !(best.version < other) { continue }
      greatest = (definition, other)
    }
    return greatest?.definition
  }

  private var hasComparisons: Bool {
    definitions.contains { isComparison($0) }
  }

  private func isComparison(_ definition: LinkDefinition) -> Bool {
    ComparisonBase(in: ArraySlice(Array(definition.address))) != nil
  }

  /// Whether the next definition is that of a greater version: the list goes up.
  private func isAscending(_ lower: LinkDefinition) -> Bool {
    guard let old = lower.version else { return false }
    let versioned = definitions.filter { $0.version != nil }
    guard let index = versioned.firstIndex(of: lower) else { return false }
    if index + 1 < versioned.count, let next = versioned[index + 1].version {
      return old < next
    }
    guard index > 0, let above = versioned[index - 1].version else { return false }
    return above < old
  }

  private func rewritten(_ definition: LinkDefinition) -> [UInt8]? {
    guard let old = definition.version else { return nil }
    return VersionRewriter(old: old, new: version, previous: previous ?? old)
      .rewrite(source.lines[definition.line].trimmedEnd)
  }

  /// `[Unreleased]: …A...HEAD` as the definition of the version.
  private func promoted(_ definition: LinkDefinition) -> [UInt8]? {
    let address = ArraySlice(Array(definition.address))
    guard let base = ComparisonBase(in: address) else { return nil }
    let label = definitions.first { $0.version != nil }?.label
    let isPrefixed = label?.first.map { $0 | 0x20 == UInt8(ascii: "v") } ?? false
    let name = (isPrefixed ? "v".bytes : []) + version.text
    return "[".bytes + name + "]: ".bytes + address[..<base.token.range.lowerBound]
      + (previous ?? base.token.version).text + base.separator + base.prefix + version.text
  }
}

/// The left side of `A...B` in an address.
struct ComparisonBase {
  /// The version in `A`.
  let token: VersionToken
  /// What stands before it, such as `v`.
  let prefix: [UInt8]
  /// Two or three dots.
  let separator: [UInt8]

  init?(in address: ArraySlice<UInt8>) {
    guard let dots = address.firstRange(of: "..".utf8) else { return nil }
    let head = address[..<dots.lowerBound]
    let start = head.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? head.startIndex
    let reference = head[start...]
    guard
      let first = reference.indices.first(where: { index in
        reference[index].isASCIIDigit
          && reference[index...].dropFirst(reference[index...].prefix(while: \.isASCIIDigit).count)
            .first == UInt8(ascii: ".")
      }), let version = WrittenVersion(reference[first...])
    else { return nil }
    token = VersionToken(range: first..<dots.lowerBound, version: version)
    prefix = Array(reference[..<first])
    separator = Array(address[dots.lowerBound...].prefix { $0 == UInt8(ascii: ".") })
  }
}
