/// A name with a constant value in program source.
struct SourceDefinition: Sendable {
  enum Value: Sendable {
    /// The content of a string.
    case string(Range<Int>)
    case number(Range<Int>)
    /// Several numbers in brackets.
    case numbers([Range<Int>])
    /// The word for no value.
    case null(Range<Int>)
  }

  var name: Range<Int>
  var value: Value
}

/// Reads definitions out of tokens.
struct SourceDefinitionReader {
  let bytes: [UInt8]
  let tokens: [SourceToken]

  func token(_ index: Int) -> SourceToken? {
    tokens.indices.contains(index) ? tokens[index] : nil
  }

  func isWord(_ index: Int, _ text: String) -> Bool {
    guard let token = token(index), token.kind == .word else { return false }
    return VersionBytes.equals(token.range, text, in: bytes)
  }

  func isSymbol(_ index: Int, _ character: Unicode.Scalar) -> Bool {
    token(index)?.isSymbol(character) ?? false
  }

  /// The index of the value that is assigned to the name at this index, or nil.
  ///
  /// Passes over a type: `name: Type =`, `name Type =`, `name[] =`.
  func assignedValue(after index: Int) -> Int? {
    var next = index + 1
    if isSymbol(next, "["), isSymbol(next + 1, "]") { next += 2 }
    if isSymbol(next, ":"), !isSymbol(next + 1, "=") {
      let limit = next + 10
      while next < limit, let token = token(next), !token.isSymbol("="), !token.isFirstOnLine,
        !token.isSymbol(","), !token.isSymbol(")")
      {
        next += 1
      }
    } else if isSymbol(next, ":") {
      next += 1
    } else if isWord(next, "string"), isSymbol(next + 1, "=") {
      next += 1
    }
    guard isSymbol(next, "="), !isSymbol(next + 1, "="), !isSymbol(next + 1, ">"),
      !isSymbol(next + 1, "~")
    else { return nil }
    return next + 1
  }

  /// The constant at this index, or nil for an expression.
  func value(at index: Int) -> SourceDefinition.Value? {
    guard let token = token(index) else { return nil }
    switch token.kind {
    case .string:
      return .string(token.content)
    case .number:
      guard let next = self.token(index + 1), next.kind == .symbol, !next.isFirstOnLine,
        "+-*/<>|&%^".utf8.contains(next.first)
      else { return .number(token.range) }
      return nil
    case .word:
      if let string = self.token(index + 1), string.kind == .string, token.range.count == 1,
        string.range.lowerBound == token.range.upperBound
      {
        return .string(string.content)
      }
      let isNull = ["nil", "NULL", "null", "None", "undef"].contains { isWord(index, $0) }
      return isNull ? .null(token.range) : nil
    case .symbol:
      return numbers(at: index).map { .numbers($0) }
    }
  }

  /// The numbers at the head of a tuple or an array.
  private func numbers(at index: Int) -> [Range<Int>]? {
    guard isSymbol(index, "(") || isSymbol(index, "[") || isSymbol(index, "{") else { return nil }
    var numbers: [Range<Int>] = []
    var next = index + 1
    while numbers.count < 4, let token = token(next), token.kind == .number {
      numbers.append(token.range)
      guard isSymbol(next + 1, ",") else { break }
      next += 2
    }
    return numbers.count >= 2 ? numbers : nil
  }
}
