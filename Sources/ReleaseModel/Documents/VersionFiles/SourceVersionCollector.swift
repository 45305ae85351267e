/// Sorts definitions into the places of a version.
struct SourceVersionCollector {
  let bytes: [UInt8]
  private let null: String?
  private var places = VersionPlaces()
  /// The groups of parts that are still open, by what they belong to.
  private var groups: [String: Group] = [:]
  private var order: [String] = []

  private struct Group {
    var parts = VersionParts(numbers: [nil, nil, nil])
    /// The name of the third part, to tell it from a fourth.
    var third: [UInt8] = []
  }

  init(bytes: [UInt8], language: SourceLanguage) {
    self.bytes = bytes
    null = language == .ruby ? "nil" : nil
  }

  /// Takes the definition in if its name speaks of the version.
  mutating func add(_ definition: SourceDefinition) {
    let name = bytes[definition.name]
    switch definition.value {
    case .string(let range):
      let isNumber = VersionSettlement.decimal(bytes[range]) != nil
      guard let name = SourceName(name, isNumber: isNumber) else { return }
      add(name, definition: definition, text: range, isNumber: isNumber)
    case .number(let range):
      guard let name = SourceName(name, isNumber: true) else { return }
      add(name, definition: definition, number: range)
    case .numbers(let ranges):
      guard let name = SourceName(name, isNumber: false), name.role == .version, !name.isVague
      else { return }
      places.parts.append(VersionParts(numbers: ranges))
    case .null(let range):
      guard let name = SourceName(name, isNumber: false), name.role == .suffix else { return }
      add(suffix: VersionParts.Suffix(range: range, isNull: true, null: null), stem: name.stem)
    }
  }

  mutating func add(text range: Range<Int>, name: String) {
    places.texts.append(VersionPlaces.Text(range: range, name: name))
  }

  mutating func add(texts: [VersionPlaces.Text]) { places.texts += texts }

  consuming func finished() -> VersionPlaces {
    for stem in order {
      if let group = groups[stem], group.parts.isVersion { places.parts.append(group.parts) }
    }
    return places
  }

  private mutating func add(
    _ name: SourceName, definition: SourceDefinition, text: Range<Int>, isNumber: Bool
  ) {
    switch name.role {
    case .version:
      places.named.append(
        VersionPlaces.Text(
          range: text, stem: name.stem, name: VersionBytes.text(definition.name, of: bytes)))
    case .part(let part):
      if isNumber { add(part: part, range: text, stem: name.stem, name: definition.name) }
    case .suffix:
      add(suffix: VersionParts.Suffix(range: text, isNull: false, null: null), stem: name.stem)
    }
  }

  private mutating func add(_ name: SourceName, definition: SourceDefinition, number: Range<Int>) {
    let digits = bytes[number]
    switch name.role {
    case .version where digits.contains(UInt8(ascii: ".")):
      places.named.append(
        VersionPlaces.Text(
          range: number, stem: name.stem, name: VersionBytes.text(definition.name, of: bytes)))
    case .version:
      if let packed = packed(number) { places.numbers.append(packed) }
    case .part(let part):
      guard VersionSettlement.decimal(digits) != nil else { return }
      add(part: part, range: number, stem: name.stem, name: definition.name)
    case .suffix:
      return
    }
  }

  /// The digits of a number without its prefix and type suffix.
  private func packed(_ number: Range<Int>) -> VersionPlaces.PackedNumber? {
    let digits = bytes[number]
    if digits.count > 2, digits.first == UInt8(ascii: "0"),
      digits[number.lowerBound + 1] | 0x20 == UInt8(ascii: "x")
    {
      let start = number.lowerBound + 2
      let end =
        (start..<number.upperBound).first { Self.isHexadecimal(bytes[$0]) == false }
        ?? number.upperBound
      return VersionPlaces.PackedNumber(range: start..<end, isHexadecimal: true)
    }
    let end = number.first { !VersionBytes.isDigit(bytes[$0]) } ?? number.upperBound
    guard end > number.lowerBound else { return nil }
    return VersionPlaces.PackedNumber(range: number.lowerBound..<end, isHexadecimal: false)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    VersionBytes.isDigit(byte) || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66
  }

  private mutating func add(part: Int, range: Range<Int>, stem: String, name: Range<Int>) {
    var group = openGroup(stem)
    var part = part
    let name = Array(bytes[name])
    if part == 2, group.parts.numbers[2] != nil, group.parts.numbers.count == 3, group.third != name
    {
      group.parts.numbers.append(nil)
      part = 3
    }
    if group.parts.numbers[part] != nil {
      if group.parts.isVersion { places.parts.append(group.parts) }
      group = Group()
    }
    if part == 2 { group.third = name }
    group.parts.numbers[min(part, group.parts.numbers.count - 1)] = range
    groups[stem] = group
  }

  private mutating func add(suffix: VersionParts.Suffix, stem: String) {
    var group = openGroup(stem)
    if group.parts.suffix == nil { group.parts.suffix = suffix }
    groups[stem] = group
  }

  private mutating func openGroup(_ stem: String) -> Group {
    if let group = groups[stem] { return group }
    order.append(stem)
    return Group()
  }
}
