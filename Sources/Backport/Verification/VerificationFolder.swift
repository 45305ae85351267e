import GitStore

/// The logs of one verification, and the note by which a later run tidies up after one that was killed.
///
/// `<common git directory>/backport/verify/<id>/`: never in a working tree, never pushed, for the owner
/// alone.
struct VerificationFolder: ~Copyable {
  /// How many runs' logs are kept besides those of operations.
  private static let kept = 20
  private static let note = "scratch"

  /// The name of the run, which no other has.
  let id: String
  /// Where the logs are.
  let directory: DurableDirectory
  /// Where the trees are written.
  let scratch: ScratchFolder
  private let lock: DirectoryLock

  private init(
    id: String, directory: DurableDirectory, scratch: ScratchFolder, lock: consuming DirectoryLock
  ) {
    self.id = id
    self.directory = directory
    self.scratch = scratch
    self.lock = lock
  }

  /// Makes the folder of a new run, and tidies up what killed runs have left.
  static func make(_ workspace: Workspace) async throws(BackportError) -> VerificationFolder {
    let root = DurableDirectory(path: workspace.repository.commonDirectory + "/backport")
      .subdirectory("verify")
    await VerificationFolder.tidy(root)
    let id = OperationID.make(seconds: workspace.surroundings.now, after: root.names.last)
    let folder = root.subdirectory(id)
    let place = place(workspace)
    let lock = try files { () throws(FileError) in try DirectoryLock(in: folder) }
    guard let lock else { throw BackportError(.locked, [folder.path + "/lock"]) }
    let scratch = try files { () throws(FileError) in
      let scratch = try ScratchFolder(below: place)
      try folder.write(Array(scratch.path.utf8), to: VerificationFolder.note)
      return scratch
    }
    return VerificationFolder(id: id, directory: folder, scratch: scratch, lock: lock)
  }

  /// Where trees may be written: the user's folder for such, unless that lies in a working tree.
  private static func place(_ workspace: Workspace) -> String {
    let wish = workspace.surroundings.environment["TMPDIR"] ?? ""
    return wish.hasPrefix("/") && !workspace.repository.isInWorktree(wish) ? wish : "/tmp"
  }

  /// The name of a line's log.
  static func logName(_ number: Int, _ line: String) -> String {
    let name = line.map { character in
      character.isASCII && (character.isLetter || character.isNumber || ".@_-".contains(character))
        ? character : "_"
    }
    return "verify-\(number)-\(String(name.prefix(100))).log"
  }

  /// Removes what is of no use once the run has ended: everything but the logs.
  func close() async {
    if await ScratchFolder.remove(scratch.path) { try? directory.remove(VerificationFolder.note) }
    try? directory.remove("lock")
  }

  /// Ends and removes what killed runs have left, and old logs; what cannot be removed stays.
  private static func tidy(_ root: DurableDirectory) async {
    let names = root.names
    for (index, name) in names.enumerated() {
      let folder = root.subdirectory(name)
      if folder.contains("lock") { try? await tidy(folder, run: name) }
      let isOpen = folder.contains("lock")
      if !isOpen, index + kept < names.count || folder.names.isEmpty { try? folder.removeAll() }
    }
  }

  private static func tidy(_ folder: DurableDirectory, run: String) async throws(FileError) {
    // Whoever still holds the lock is at work.
    guard let lock = try DirectoryLock(in: folder, waitingMilliseconds: 0) else { return }
    await RunningChildren.end(having: VerificationEnvironment.mark, prefix: run + ".")
    if let note = folder.contents(of: VerificationFolder.note),
      let scratch = ScratchFolder(leftAt: String(decoding: note, as: UTF8.self))
    {
      await ScratchFolder.remove(scratch.path)
    }
    try folder.remove(VerificationFolder.note)
    try folder.remove("lock")
    withExtendedLifetime(lock) {}
  }
}

/// The logs of a verification, until they go to the operation that it was for.
struct VerificationLogs: Equatable, Sendable {
  /// Where they are.
  let directory: DurableDirectory

  /// The plan with the paths that its logs have in an operation's directory.
  func renamed(in plan: BackportPlan, to other: DurableDirectory) -> BackportPlan {
    var plan = plan
    for target in plan.targets.indices {
      for index in (plan.targets[target].verification ?? []).indices {
        guard let log = plan.targets[target].verification?[index].log,
          log.hasPrefix(directory.path + "/")
        else { continue }
        plan.targets[target].verification?[index].log =
          other.path + log.dropFirst(directory.path.count)
      }
    }
    return plan
  }

  /// Moves them there; one that cannot be moved stays where it is.
  func move(to other: DurableDirectory) {
    for name in directory.names where name.hasSuffix(".log") {
      try? directory.move(name, to: other)
    }
    try? directory.removeAll()
  }

  static func == (left: Self, right: Self) -> Bool { left.directory.path == right.directory.path }
}
