/// One step of a ``RefTransaction``: what a ref must be now, and what it becomes.
package struct RefEdit: Sendable, Equatable {
  /// What the ref must be when the transaction locks it.
  package enum Expectation: Sendable, Equatable {
    case absent
    /// A full object id in lower case hexadecimal.
    case exactly(String)
  }

  /// What happens to the ref.
  package enum Change: Sendable, Equatable {
    /// Nothing; the whole transaction fails unless the expectation holds.
    case verify
    case set(String)
    case delete
  }

  /// The full name, starting with `refs/`.
  package var name: String
  package var expected: Expectation
  package var change: Change

  package init(name: String, expected: Expectation, change: Change) {
    self.name = name
    self.expected = expected
    self.change = change
  }

  /// Makes a ref that must not exist.
  package static func create(_ name: String, at id: String) -> Self {
    Self(name: name, expected: .absent, change: .set(id))
  }

  /// Moves a ref that must be at `old`.
  package static func update(_ name: String, from old: String, to new: String) -> Self {
    Self(name: name, expected: .exactly(old), change: .set(new))
  }

  /// Deletes a ref that must be at `old`.
  package static func delete(_ name: String, at old: String) -> Self {
    Self(name: name, expected: .exactly(old), change: .delete)
  }

  /// Only states what a ref must be.
  package static func verify(_ name: String, _ expected: Expectation) -> Self {
    Self(name: name, expected: expected, change: .verify)
  }
}

extension RefEdit {
  /// Whether the edit can be said in the language of `update-ref --stdin -z` without changing the
  /// meaning of what follows, and states full names and ids only.
  var isWellFormed: Bool {
    guard name.hasPrefix("refs/"), !name.utf8.contains(0), !name.utf8.contains(0x0a) else {
      return false
    }
    if case .exactly(let id) = expected, !Self.isID(id) { return false }
    if case .set(let id) = change { return Self.isID(id) }
    return change == .verify || expected != .absent
  }

  /// The command, with NUL after each field.
  var command: String {
    let old =
      switch expected {
      case .absent: Self.zero
      case .exactly(let id): id
      }
    switch change {
    case .verify: return "verify \(name)\0\(old)\0"
    case .delete: return "delete \(name)\0\(old)\0"
    case .set(let new):
      return expected == .absent
        ? "create \(name)\0\(new)\0" : "update \(name)\0\(new)\0\(old)\0"
    }
  }

  /// The id that stands for no object: git's word for "must not exist".
  private static let zero = String(repeating: "0", count: 40)

  private static func isID(_ text: String) -> Bool {
    guard text.utf8.count == 40 || text.utf8.count == 64 else { return false }
    let isHex = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    return isHex && text.utf8.contains { $0 != UInt8(ascii: "0") }
  }
}
