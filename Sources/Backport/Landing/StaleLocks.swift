import GitStore

/// Removes the lock files that a killed git of ours left behind.
///
/// To be called with our own lock held and no child of the operation at work any more. A lock that
/// holds the very value we were writing is ours. An empty one, or one of the index, says nothing of its
/// owner: git holds such a lock for milliseconds, so one that stands still for a while, on something
/// that an unfinished operation names, is taken for ours too.
struct StaleLocks {
  /// How long a lock that says nothing must stand still, in milliseconds.
  private static let patience = 1_000

  private struct Suspect {
    let directory: DurableDirectory
    let name: String
    let stamp: FileStamp
  }

  private let commonDirectory: DurableDirectory
  /// The file written just before the first lock; what is older than it is somebody else's.
  private let beginning: FileStamp?

  init(_ repository: Repository, since beginning: FileStamp?) {
    commonDirectory = DurableDirectory(path: repository.commonDirectory)
    self.beginning = beginning
  }

  /// Removes the locks of references, each of which is to get a value, or to vanish.
  ///
  /// `heads` are the git directories of worktrees that stand on one of them: git locks their HEAD too.
  func remove(
    of values: [(ref: RefName, id: ObjectID?)], heads: [String] = [], indexes: [String] = []
  ) async throws(BackportError) {
    var suspects: [Suspect] = []
    for (ref, id) in values {
      let lock = ref.description + ".lock"
      guard let bytes = commonDirectory.contents(of: lock) else { continue }
      // Git writes the line feed by itself, and may be killed before it does.
      if let id, bytes.count >= 40, Array("\(id)\n".utf8).starts(with: bytes) {
        try files { () throws(FileError) in try commonDirectory.remove(lock) }
      } else if bytes.isEmpty {
        suspects += suspect(lock, in: commonDirectory)
      }
    }
    if values.contains(where: { $0.id == nil }) {
      suspects += suspect("packed-refs.lock", in: commonDirectory)
      suspects += suspect("packed-refs.new", in: commonDirectory)
    }
    for path in heads {
      let directory = DurableDirectory(path: path)
      if directory.contents(of: "HEAD.lock")?.isEmpty == true {
        suspects += suspect("HEAD.lock", in: directory)
      }
    }
    for path in indexes { suspects += suspect("index.lock", in: DurableDirectory(path: path)) }
    try await removeStill(suspects)
  }

  private func suspect(_ name: String, in directory: DurableDirectory) -> [Suspect] {
    guard let stamp = directory.stamp(of: name), let beginning, !stamp.isOlder(than: beginning)
    else { return [] }
    return [Suspect(directory: directory, name: name, stamp: stamp)]
  }

  private func removeStill(_ suspects: [Suspect]) async throws(BackportError) {
    if suspects.isEmpty { return }
    try? await Task.sleep(for: .milliseconds(StaleLocks.patience))
    for suspect in suspects where suspect.directory.stamp(of: suspect.name) == suspect.stamp {
      try files { () throws(FileError) in try suspect.directory.remove(suspect.name) }
    }
  }
}
