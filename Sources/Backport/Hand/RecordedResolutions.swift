import GitStore

/// Resolutions that git remembers in `rr-cache`, read as git's rerere reads them.
///
/// Written by git itself, in the worktrees that people resolve in, and wherever else they use it.
struct RecordedResolutions: Sendable {
  /// The longest file that is looked up.
  private static let limit = 4 << 20

  private let cache: DurableDirectory
  private let origins: DurableDirectory
  /// The styles in which the files may have been when they were resolved; git's ids depend on it.
  private let showsBase: [Bool]

  /// The resolutions of a repository; nil when rerere is off there, as in git: when that is said, or
  /// nothing is said and there is no cache.
  init?(_ workspace: Workspace) {
    let repository = workspace.repository
    cache = DurableDirectory(path: repository.commonDirectory + "/rr-cache")
    origins = OperationStore(repository).root
    let isOn = (try? workspace.settings.bool("rerere.enabled")) ?? cache.contains("")
    guard isOn else { return nil }
    let style = workspace.settings.string("merge.conflictStyle") ?? "merge"
    showsBase = style == "merge" ? [false, true] : [true, false]
  }

  /// Whether what people resolve may be remembered: rerere is not forbidden.
  static func isWanted(_ settings: GitConfiguration) -> Bool {
    (try? settings.bool("rerere.enabled")) ?? true
  }

  /// A conflict as somebody has resolved it before.
  struct Found {
    /// The whole file.
    let contents: [UInt8]
    /// Where the resolution comes from, for people.
    let source: String
  }

  /// The resolution of one file; nil when none is remembered, or it does not fit any more.
  func resolution(
    of conflict: PathConflict, in repository: Repository
  ) throws(GitError) -> Found? {
    guard conflict.kind == .content || conflict.kind == .addAdd, let ours = conflict.ours,
      let theirs = conflict.theirs, ours.mode.isFile, theirs.mode == ours.mode,
      conflict.base.map({ $0.mode == ours.mode }) ?? true
    else { return nil }
    let base = try conflict.base.map { (node) throws(GitError) in try repository.blob(node.id) }
    let (mine, other) = (try repository.blob(ours.id), try repository.blob(theirs.id))
    guard mine.count <= Self.limit, other.count <= Self.limit else { return nil }
    var tried: Set<String> = []
    for algorithm in [BlobMerge.Algorithm.myers, .patience] {
      for withBase in showsBase {
        let merge = try BlobMerge(
          base: base, ours: mine, theirs: other, algorithm: algorithm, showsBase: withBase)
        guard !merge.isClean, let met = RecordedConflict(merge.contents),
          tried.insert(met.id).inserted, let contents = try replayed(onto: met)
        else { continue }
        return Found(contents: contents, source: source(of: met.id))
      }
    }
    return nil
  }

  /// What a recorded resolution makes of a conflict, of which it may know several variants.
  private func replayed(onto met: RecordedConflict) throws(GitError) -> [UInt8]? {
    let folder = cache.subdirectory(met.id)
    for name in folder.names where name.hasPrefix("postimage") {
      let before = "preimage" + name.dropFirst(9)
      guard let preimage = folder.contents(of: before), let postimage = folder.contents(of: name)
      else { continue }
      let merge = try BlobMerge(base: preimage, ours: met.contents, theirs: postimage)
      if merge.isClean, ConflictMarkers.places(in: merge.contents).isEmpty { return merge.contents }
    }
    return nil
  }

  // MARK: - Where a resolution comes from

  private static let file = "resolutions.json"

  private struct Origin: Codable {
    var line: String
    var operation: String
    var by: String
  }

  private func source(of id: String) -> String {
    let short = String(id.prefix(7))
    guard let bytes = origins.contents(of: Self.file),
      let all = try? DocumentCoding.decode([String: Origin].self, from: bytes, named: Self.file),
      let origin = all[id]
    else { return "git's rr-cache remembers it (\(short))" }
    return "\(origin.by) resolved it on \(origin.line) (rr-cache \(short))"
  }

  /// Notes on which line conflicts were resolved, so that a later run can say so.
  static func note(
    _ ids: [String], line: String, operation: String, by person: String, in store: OperationStore
  ) throws(BackportError) {
    guard !ids.isEmpty else { return }
    let bytes = store.root.contents(of: file) ?? Array("{}".utf8)
    var all = (try? DocumentCoding.decode([String: Origin].self, from: bytes, named: file)) ?? [:]
    for id in ids { all[id] = Origin(line: line, operation: operation, by: person) }
    let encoded = try DocumentCoding.encode(all)
    try files { () throws(FileError) in try store.root.write(encoded, to: file) }
  }

  /// The ids of the conflicts that git is about to learn the resolutions of, in a worktree.
  static func awaited(in gitDirectory: String) -> [String] {
    let bytes = DurableDirectory(path: gitDirectory).contents(of: "MERGE_RR") ?? []
    return bytes.split(separator: 0).compactMap { entry in
      let id = String(decoding: entry.prefix(40), as: UTF8.self)
      return ObjectID(hex: id) == nil ? nil : id
    }
  }
}
