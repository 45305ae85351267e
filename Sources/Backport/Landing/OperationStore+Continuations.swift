import GitStore

extension OperationStore {
  private static let prefix = "continuation-"

  static func continuationName(_ number: Int) -> String { prefix + padded(number) + ".json" }

  static func appliedName(_ number: Int) -> String { "applied-" + padded(number) }

  private static func padded(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 3 - "\(number)".count)) + "\(number)"
  }

  /// What was added to an operation, in order; the last may not be landed yet.
  func continuations(of id: String) -> [Continuation] {
    let directory = directory(of: id)
    return directory.names.filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(".json") }
      .compactMap { name in
        directory.contents(of: name).flatMap {
          try? DocumentCoding.decode(Continuation.self, from: $0, named: name)
        }
      }
  }

  /// Whether what was added is landed.
  func isApplied(_ number: Int, _ id: String) -> Bool {
    directory(of: id).contains(Self.appliedName(number))
  }

  /// Records what is about to be added; from here on it is landed or forgotten.
  func record(_ continuation: Continuation, to id: String) throws(BackportError) {
    let bytes = try DocumentCoding.encode(continuation)
    try files { () throws(FileError) in
      try directory(of: id).write(bytes, to: Self.continuationName(continuation.number))
    }
  }
}

extension Operation {
  /// What a run that is not finished was moving.
  var movement: Movement {
    guard let part = continuations.first(where: { $0.number == unfinishedPart }) else {
      return Movement(
        continuation: nil, updates: moves ?? refUpdates, worktrees: worktrees ?? [], pack: pack)
    }
    return Movement(
      continuation: part.number, updates: part.moves, worktrees: part.worktrees, pack: part.pack)
  }

  /// What the operation gave each reference, part by part; a part that is not finished is among them.
  var chains: [RefChain] {
    // Under embargo parts are added without moving anything; disclosed, all of it moves at once.
    if plan.options.embargo || continuations.isEmpty { return RefChain.all([refUpdates]) }
    return RefChain.all([beginning] + continuations.map(\.moves))
  }
}
