/// The contents of a `packed-refs` file, searched in place.
struct PackedReferences {
  private let bytes: [UInt8]

  /// Takes the file; lines are put in order unless its header says that they are.
  init(_ file: [UInt8]) {
    bytes = PackedReferences.claimsOrder(file) ? file : PackedReferences.sorted(file)
  }

  /// Every reference whose name begins with the prefix, in the order of the names.
  func references(under prefix: String) -> [Reference] {
    let wanted = Array(prefix.utf8)
    var found: [Reference] = []
    var position = firstLine(notBefore: wanted)
    while position < bytes.count {
      let end = lineEnd(from: position)
      defer { position = end + 1 }
      guard let name = nameRange(inLineAt: position, end: end) else { continue }
      guard bytes[name].starts(with: wanted) else { break }
      if let reference = reference(at: position, name: name, end: end) { found.append(reference) }
    }
    return found
  }

  /// The reference of that very name; nil when there is none.
  func reference(_ name: RefName) -> Reference? {
    let wanted = Array(name.description.utf8)
    let start = firstLine(notBefore: wanted)
    guard start < bytes.count else { return nil }
    let end = lineEnd(from: start)
    guard let range = nameRange(inLineAt: start, end: end), bytes[range].elementsEqual(wanted)
    else { return nil }
    return reference(at: start, name: range, end: end)
  }

  private func reference(at start: Int, name: Range<Int>, end: Int) -> Reference? {
    guard let text = String(validating: bytes[name], as: UTF8.self), let name = RefName(text)
    else { return nil }
    let digits = bytes[start..<(start + 40)]
    guard let id = ObjectID(hexDigits: digits) else {
      let contents = String(decoding: digits, as: UTF8.self)
      return Reference(name: name, value: .broken(contents), peeled: nil)
    }
    var peeled: ObjectID?
    if end + 1 < bytes.count, bytes[end + 1] == UInt8(ascii: "^") {
      peeled = ObjectID(hexDigits: bytes[(end + 2)..<lineEnd(from: end + 2)])
    }
    return Reference(name: name, value: .direct(id), peeled: peeled)
  }

  /// Where the name stands in a line; nil for headers and peeled ids.
  private func nameRange(inLineAt start: Int, end: Int) -> Range<Int>? {
    PackedReferences.nameRange(in: bytes, lineAt: start, end: end)
  }

  private static func nameRange(in bytes: [UInt8], lineAt start: Int, end: Int) -> Range<Int>? {
    guard end - start > 41, bytes[start + 40] == UInt8(ascii: " "),
      bytes[start] != UInt8(ascii: "#"), bytes[start] != UInt8(ascii: "^")
    else { return nil }
    let last = bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    return (start + 41)..<last
  }

  private func lineEnd(from start: Int) -> Int {
    bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
  }

  /// The start of the first line with a name that does not sort before the one wanted.
  private func firstLine(notBefore wanted: [UInt8]) -> Int {
    var low = 0
    var high = bytes.count
    while low < high {
      let middle = (low + high) / 2
      var start = middle
      while start > low, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      var end = lineEnd(from: start)
      var name = nameRange(inLineAt: start, end: end)
      while name == nil, end + 1 < high {
        start = end + 1
        end = lineEnd(from: start)
        name = nameRange(inLineAt: start, end: end)
      }
      if let name, bytes[name].lexicographicallyPrecedes(wanted) {
        low = end + 1
      } else {
        high = min(start, middle)
      }
    }
    return firstNamedLine(from: low)
  }

  /// Passes headers and peeled ids, which belong to the line before.
  private func firstNamedLine(from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let end = lineEnd(from: position)
      if nameRange(inLineAt: position, end: end) != nil { break }
      position = end + 1
    }
    return position
  }

  /// Whether the first line is git's header and holds the word `sorted`.
  private static func claimsOrder(_ file: [UInt8]) -> Bool {
    let header = file.prefix { $0 != UInt8(ascii: "\n") }
    return header.starts(with: "# pack-refs with:".utf8)
      && header.split(separator: UInt8(ascii: " ")).contains { $0.elementsEqual("sorted".utf8) }
  }

  /// The lines in the order of their names, each with its peeled id; anything else is left out.
  private static func sorted(_ file: [UInt8]) -> [UInt8] {
    var records: [(name: Range<Int>, line: Range<Int>)] = []
    var position = 0
    while position < file.count {
      let end = file[position...].firstIndex(of: UInt8(ascii: "\n")) ?? file.count
      if let name = nameRange(in: file, lineAt: position, end: end) {
        records.append((name, position..<end))
      } else if file[position] == UInt8(ascii: "^"), let last = records.indices.last {
        records[last].line = records[last].line.lowerBound..<end
      }
      position = end + 1
    }
    records.sort { file[$0.name].lexicographicallyPrecedes(file[$1.name]) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(file.count + 1)
    for record in records {
      bytes += file[record.line]
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }
}
