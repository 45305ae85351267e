/// Works out the replacements for the places a scanner found.
struct VersionSettlement {
  private let bytes: [UInt8]
  private let transition: VersionTransition
  private var spans: [VersionSpan] = []
  private var agreed = false
  private var found: String?

  private init(bytes: [UInt8], transition: VersionTransition) {
    self.bytes = bytes
    self.transition = transition
  }

  /// The outcome for a whole file.
  static func outcome(
    of places: VersionPlaces, in bytes: [UInt8], transition: VersionTransition
  ) -> VersionFileOutcome {
    var settlement = VersionSettlement(bytes: bytes, transition: transition)
    do {
      try settlement.settle(places.texts)
      try settlement.settle(named: places.named)
      for text in places.companions {
        if let replacement = settlement.replacement(for: text) { settlement.replace(replacement) }
      }
      for parts in places.parts { try settlement.settle(parts) }
      for number in places.numbers { try settlement.settle(number) }
    } catch {
      return .refused(error)
    }
    guard settlement.agreed else {
      guard let found = settlement.found else { return .absent }
      return .refused(.mismatch(found: found, expected: transition.change.from))
    }
    settlement.settle(dates: places.dates)
    return VersionFile.applying(settlement.spans, to: bytes)
  }

  private mutating func settle(
    _ texts: [VersionPlaces.Text]
  ) throws(VersionFileRefusal) {
    for text in texts where isVersion(text) {
      guard let span = replacement(for: text, allowsFewerParts: true) else {
        throw mismatch(at: text)
      }
      replace(span)
    }
  }

  /// Takes the texts that agree with the tag: those whose names say only that they are the version
  /// before those that belong to something.
  private mutating func settle(
    named texts: [VersionPlaces.Text]
  ) throws(VersionFileRefusal) {
    let versions = texts.filter { isVersion($0) }
    let own = versions.filter(\.stem.isEmpty)
    let candidates = own.isEmpty ? versions : own
    let agreeing = candidates.filter { replacement(for: $0) != nil }
    guard let first = agreeing.first else {
      if let text = candidates.first, !agreed { throw mismatch(at: text) }
      return
    }
    var names: Set<String> = []
    guard agreeing.allSatisfy({ $0.stem == first.stem && names.insert($0.name).inserted }) else {
      throw .matches(agreeing.count, expected: 1)
    }
    for text in agreeing {
      if let span = replacement(for: text) { replace(span) }
    }
  }

  /// Changes the numbers if together they are the old or the new version.
  private mutating func settle(_ parts: VersionParts) throws(VersionFileRefusal) {
    guard parts.isVersion else { return }
    let values = parts.numbers.map { range in range.flatMap { Self.decimal(bytes[$0]) } }
    let known = values.compactMap { $0 }
    // Two numbers alone may be those of a protocol, and say nothing about a patch release anyhow.
    let isWhole = known.count >= min(3, transition.from.numbers.count)
    if found == nil, isWhole { found = known.map(String.init).joined(separator: ".") }
    guard let isPreRelease = agreement(of: values, suffix: parts.suffix) else { return }
    agreed = agreed || isWhole
    let to = transition.to
    for (index, range) in parts.numbers.enumerated() {
      guard let range, values[index] != to.part(index) else { continue }
      replace(span(range, Array(String(to.part(index)).utf8)))
    }
    if let suffix = parts.suffix, !(isPreRelease && transition.keepsPreRelease) {
      let wanted = suffixText(of: to, fields: parts.numbers.count)
      if isPreRelease || Array(bytes[suffix.range]) != wanted { settle(suffix, to: wanted) }
    }
  }

  /// Whether the parts are the old or the new version, and then whether they are a pre-release of it.
  private func agreement(
    of values: [Int?], suffix: VersionParts.Suffix?
  ) -> Bool? {
    for version in [transition.from, transition.to] {
      let same = values.enumerated().allSatisfy { $1 == nil || $1 == version.part($0) }
      guard same else { continue }
      guard let suffix else { return false }
      let text = suffix.isNull ? [] : Array(bytes[suffix.range])
      if text == suffixText(of: version, fields: values.count) { return false }
      if let word = VersionSpelling(Array("0".utf8) + text), word.isPreRelease {
        return true
      }
    }
    return nil
  }

  /// What the field behind the numbers holds for this version: a part that has no field of its own,
  /// else the pre-release.
  private func suffixText(of version: VersionSpelling, fields: Int) -> [UInt8] {
    if version.numbers.count > fields {
      let rest = version.numbers[fields...].map(String.init).joined(separator: ".")
      return Array(rest.utf8)
    }
    return Array(version.suffix.drop { "-._~+".utf8.contains($0) })
  }

  private mutating func settle(_ suffix: VersionParts.Suffix, to text: [UInt8]) {
    if suffix.isNull {
      guard !text.isEmpty else { return }
      replace(span(suffix.range, Array("\"".utf8) + text + Array("\"".utf8)))
    } else if text.isEmpty, let null = suffix.null {
      let quoted = suffix.range.lowerBound - 1..<suffix.range.upperBound + 1
      replace(span(quoted, Array(null.utf8)))
    } else {
      replace(span(suffix.range, text))
    }
  }

  private mutating func settle(
    _ number: VersionPlaces.PackedNumber
  ) throws(VersionFileRefusal) {
    guard transition.from.suffix.isEmpty || transition.to.suffix.isEmpty else { return }
    let digits = bytes[number.range]
    for packing in VersionPacking.all where packing.isHexadecimal == number.isHexadecimal {
      let values = [transition.from, transition.to].map { packing.digits(of: $0, like: digits) }
      guard values.contains(where: { $0.map { digits.elementsEqual($0) } ?? false }) else {
        continue
      }
      guard let wanted = values[1] else {
        throw .unrepresentable(transition.change.to)
      }
      agreed = true
      replace(span(number.range, wanted))
      return
    }
  }

  private mutating func settle(dates: [Range<Int>]) {
    guard let date = transition.change.date, !spans.isEmpty else { return }
    for range in dates where range.count == date.utf8.count {
      replace(span(range, Array(date.utf8)))
    }
  }

  private func isVersion(_ text: VersionPlaces.Text) -> Bool {
    guard let spelling = VersionSpelling(bytes[core(of: text)]) else { return false }
    return !spelling.isPlaceholder || transition.from.isPlaceholder
  }

  private func replacement(
    for text: VersionPlaces.Text, allowsFewerParts: Bool = false
  ) -> VersionSpan? {
    let range = core(of: text)
    guard let spelling = VersionSpelling(bytes[range]) else { return nil }
    if text.form == .threeParts, let folded = transition.threePartReplacement(for: spelling) {
      return span(range, folded)
    }
    return transition.replacement(for: spelling, allowsFewerParts: allowsFewerParts)
      .map { span(range, $0) }
  }

  /// The version itself within a text of this form.
  private func core(of text: VersionPlaces.Text) -> Range<Int> {
    var range = text.range
    switch text.form {
    case .plain, .threeParts: break
    case .requirement:
      let operators = Array("=^~ ".utf8)
      while let first = bytes[range].first, operators.contains(first) {
        range = range.lowerBound + 1..<range.upperBound
      }
    case .build:
      if let plus = bytes[range].firstIndex(of: UInt8(ascii: "+")) {
        range = range.lowerBound..<plus
      }
    }
    return range
  }

  private func mismatch(at text: VersionPlaces.Text) -> VersionFileRefusal {
    .mismatch(
      found: VersionBytes.text(text.range, of: bytes), expected: transition.change.from)
  }

  private func span(_ range: Range<Int>, _ replacement: [UInt8]) -> VersionSpan {
    VersionSpan(range: range, found: Array(bytes[range]), replacement: replacement)
  }

  private mutating func replace(_ span: VersionSpan) {
    agreed = true
    if span.found != span.replacement { spans.append(span) }
  }

  static func decimal(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count < 17, digits.allSatisfy(VersionBytes.isDigit) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
