import GitStore

/// The records of applied plans, in the common git directory, which is never pushed.
///
/// An operation is a directory with `intent.json`, the commit point, and empty marker files that
/// are only ever added (safety.md 2.3).
struct OperationStore {
  private static let intent = "intent.json"

  /// `<common git directory>/backport`.
  let root: DurableDirectory

  init(_ repository: Repository) {
    root = DurableDirectory(path: repository.commonDirectory + "/backport")
  }

  private var operations: DurableDirectory { root.subdirectory("ops") }

  /// Where an operation's own files stand.
  func directory(of id: String) -> DurableDirectory { operations.subdirectory(id) }

  /// Facts about an operation that are added as it goes on.
  enum Marker: String, CaseIterable {
    case applied
    /// The embargo has ended; the references are about to move.
    case disclosed
    case pushing
    case pushed
    case undoing
    case undone
  }

  /// The highest id there is; nil before the first operation.
  var lastID: String? { operations.names.last }

  /// The id of every operation, oldest first, without reading any.
  var ids: [String] { operations.names }

  /// Every operation, oldest first; records that cannot be read are left out.
  func all() -> [Operation] {
    operations.names.compactMap { operation($0) }
  }

  /// The operation of that id, or the only one whose id begins so.
  func operation(_ id: String) -> Operation? {
    let names = operations.names
    guard let name = names.first(where: { $0 == id }) ?? only(names.filter { $0.hasPrefix(id) })
    else { return nil }
    let directory = operations.subdirectory(name)
    guard let bytes = directory.contents(of: OperationStore.intent),
      var operation = try? DocumentCoding.decode(
        Operation.self, from: bytes, named: OperationStore.intent)
    else { return nil }
    operation.beginning = operation.plan.refUpdates
    operation.continuations = continuations(of: name)
    let added = operation.continuations.filter { isApplied($0.number, name) }
    operation.unfinishedPart = operation.continuations.first { !added.contains($0) }?.number
    if let last = added.last { operation.plan = last.plan }
    operation.isUnfinished = isUnfinished(name, isWhole: operation.unfinishedPart == nil)
    operation.state = state(of: name, isUnfinished: operation.isUnfinished)
    let isKept = operation.plan.options.embargo && !has(.disclosed, name)
    if isKept, operation.state == .pending, operation.unfinishedPart == nil, !has(.undoing, name) {
      operation.isUnfinished = false
      operation.state = .embargoed
    }
    if operation.state == .landed, !operation.waitingLines.isEmpty { operation.state = .pending }
    return operation
  }

  /// The newest operation some of whose lines wait for a hand, but for those under embargo.
  var waiting: Operation? {
    all().last { $0.state == .pending && !$0.isUnfinished }
  }

  /// Refuses to begin something while lines of an earlier operation wait for a hand.
  func refuseWaiting(besides id: String? = nil) throws(BackportError) {
    guard let waiting, waiting.id != id else { return }
    throw BackportError(
      .operationPending, [waiting.id] + waiting.waitingLines.map(\.line),
      detail: BackportError.waitsForHand)
  }

  private func only(_ names: [String]) -> String? { names.count == 1 ? names[0] : nil }

  /// Whether references have yet to be moved, or put back.
  private func isUnfinished(_ id: String, isWhole: Bool) -> Bool {
    if has(.undone, id) { return false }
    return has(.undoing, id) || !has(.applied, id) || !isWhole
  }

  private func state(of id: String, isUnfinished: Bool) -> Operation.State {
    if has(.undone, id) { return .undone }
    if isUnfinished { return .pending }
    return has(.pushed, id) ? .pushed : .landed
  }

  /// Whether an operation has a marker.
  func has(_ marker: Marker, _ id: String) -> Bool {
    operations.subdirectory(id).contains(marker.rawValue)
  }

  /// Records what is about to be done; from here on it is finished or taken back.
  func record(_ operation: Operation) throws(BackportError) {
    let bytes = try DocumentCoding.encode(operation)
    try files { () throws(FileError) in
      try operations.create()
      try operations.subdirectory(operation.id).write(bytes, to: OperationStore.intent)
    }
  }

  /// Marks as done what a run was moving.
  ///
  /// An operation whose place this one takes counts as undone from then on.
  func finish(_ operation: Operation) throws(BackportError) {
    if let number = operation.movement.continuation {
      try files { () throws(FileError) in
        try operations.subdirectory(operation.id).write([], to: OperationStore.appliedName(number))
      }
      return
    }
    if let other = operation.replaces { try mark(.undone, other) }
    try mark(.applied, operation.id)
  }

  /// Forgets what a run was to move, when nothing of it has happened.
  func forgetMovement(of operation: Operation) throws(BackportError) {
    guard let number = operation.movement.continuation else { return try forget(operation.id) }
    try files { () throws(FileError) in
      try operations.subdirectory(operation.id).remove(OperationStore.continuationName(number))
    }
  }

  /// Adds a marker.
  func mark(_ marker: Marker, _ id: String) throws(BackportError) {
    try files { () throws(FileError) in
      try operations.subdirectory(id).write([], to: marker.rawValue)
    }
  }

  /// Announces that an operation is taken back, with the worktrees that go along.
  func markUndoing(_ id: String, worktrees: [WorktreeMove]) throws(BackportError) {
    let bytes = try DocumentCoding.encode(worktrees)
    try files { () throws(FileError) in
      try operations.subdirectory(id).write(bytes, to: Marker.undoing.rawValue)
    }
  }

  /// When references began to be moved: the record, or the marker that it is taken back, was written.
  func beginning(of operation: Operation) -> FileStamp? {
    let directory = operations.subdirectory(operation.id)
    let record =
      operation.movement.continuation.map { OperationStore.continuationName($0) }
      ?? OperationStore.intent
    return directory.stamp(of: Marker.undoing.rawValue) ?? directory.stamp(of: record)
  }

  /// The worktrees that go along when an operation is taken back.
  func undoneWorktrees(_ id: String) -> [WorktreeMove] {
    let bytes = operations.subdirectory(id).contents(of: Marker.undoing.rawValue) ?? []
    let moves = try? DocumentCoding.decode(
      [WorktreeMove].self, from: bytes, named: Marker.undoing.rawValue)
    return moves ?? []
  }

  /// Takes a marker away: what it announced did not happen.
  func unmark(_ marker: Marker, _ id: String) throws(BackportError) {
    try files { () throws(FileError) in
      try operations.subdirectory(id).remove(marker.rawValue)
    }
  }

  /// Forgets an operation of which nothing happened.
  func forget(_ id: String) throws(BackportError) {
    try files { () throws(FileError) in try operations.subdirectory(id).removeAll() }
  }

  /// Removes what an interrupted write left before its commit point.
  func sweep() throws(BackportError) {
    for name in operations.names {
      let directory = operations.subdirectory(name)
      let unfinished = directory.names.filter { $0.hasSuffix(".tmp") }
      try files { () throws(FileError) in
        for name in unfinished { try directory.remove(name) }
        if directory.names.isEmpty { try directory.removeAll() }
      }
    }
  }

  /// Takes the lock under which references are moved.
  func lock() throws(BackportError) -> DirectoryLock {
    let lock = try files { () throws(FileError) in try DirectoryLock(in: root) }
    guard let lock else { throw BackportError(.locked, [root.path + "/lock"]) }
    return lock
  }
}

/// Runs work on files and translates its errors.
func files<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(BackportError) -> Result {
  do {
    return try body()
  } catch {
    throw BackportError(.io, [error.path, error.operation], detail: error.reason)
  }
}
