/// One step of a ``RefTransaction``: what a ref must be now, and what it becomes.
package struct RefEdit: Sendable, Equatable {
  /// What the ref must be when the transaction locks it.
  package enum Expectation: Sendable, Equatable {
    case absent
    case exactly(ObjectID)
  }

  /// What happens to the ref.
  package enum Change: Sendable, Equatable {
    /// Nothing; the whole transaction fails unless the expectation holds.
    case verify
    case set(ObjectID)
    case delete
  }

  package var name: RefName
  package var expected: Expectation
  package var change: Change

  package init(name: RefName, expected: Expectation, change: Change) {
    self.name = name
    self.expected = expected
    self.change = change
  }

  /// Makes a ref that must not exist.
  package static func create(_ name: RefName, at id: ObjectID) -> Self {
    Self(name: name, expected: .absent, change: .set(id))
  }

  /// Moves a ref that must be at `old`.
  package static func update(_ name: RefName, from old: ObjectID, to new: ObjectID) -> Self {
    Self(name: name, expected: .exactly(old), change: .set(new))
  }

  /// Deletes a ref that must be at `old`.
  package static func delete(_ name: RefName, at old: ObjectID) -> Self {
    Self(name: name, expected: .exactly(old), change: .delete)
  }

  /// Only states what a ref must be.
  package static func verify(_ name: RefName, _ expected: Expectation) -> Self {
    Self(name: name, expected: expected, change: .verify)
  }
}

extension RefEdit {
  /// Whether the edit says something: what must be absent cannot be deleted.
  var isMeaningful: Bool { change != .delete || expected != .absent }

  /// The command of `update-ref --stdin -z`, with NUL after each field.
  ///
  /// A ``RefName`` and an ``ObjectID`` hold no byte that would end a field.
  var command: String {
    let old =
      switch expected {
      case .absent: Self.zero
      case .exactly(let id): id.description
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
}
