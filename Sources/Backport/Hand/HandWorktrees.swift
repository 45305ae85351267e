import GitStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The worktrees in which people resolve the lines of one operation.
///
/// They stand below the common git directory, so that no working tree of the user's has a stranger
/// in it, and in git's ordinary state after a pick that conflicts: whatever resolves a conflict there
/// resolves it here. To be used with the lock held.
struct HandWorktrees {
  let workspace: Workspace
  let store: OperationStore
  /// The operation.
  let id: String

  init(_ workspace: Workspace, _ id: String) {
    self.workspace = workspace
    self.id = id
    store = OperationStore(workspace.repository)
  }

  /// The folder of all of them.
  static func folder(in repository: Repository) -> String {
    repository.commonDirectory + "/backport/worktrees"
  }

  private var commonDirectory: String { workspace.repository.commonDirectory }

  // MARK: - Handing over

  /// Makes the worktree of a line whose pick has stopped, in place of one that it had before.
  ///
  /// Until the record is written, the worktree does not count, and the next run makes it anew.
  func handOver(
    _ target: Target, of plan: BackportPlan
  ) async throws(BackportError) -> HandWorktree {
    guard let stopped = target.stopped else {
      throw BackportError(.usage, [target.line], detail: "nothing of it waits for a hand")
    }
    if let old = store.hands(of: id)[target.line] { try await remove(old) }
    let path = freePath(of: target.line)
    try await removeFolder(path)
    try Backport.store { () throws(GitError) in
      try workspace.repository.storeMade(reachableFrom: [stopped.onto])
    }
    try files { () throws(FileError) in
      try DurableDirectory(path: HandWorktrees.folder(in: workspace.repository)).create()
    }
    try await workspace.addWorktree(path, at: stopped.onto, operation: id)
    guard let gitDirectory = metadata(of: path) else {
      throw BackportError(.git, ["worktree", ""], detail: "\(path) has no git directory")
    }
    let program = HandProgram(
      workspace, gitDirectory: gitDirectory, path: path, operation: id)
    try await program.pick(stopped, committer: plan.committer)
    try writeMessage(stopped, plan, in: gitDirectory)
    let paths = try await program.unmergedPaths()
    let hand = HandWorktree(
      line: target.line, path: path, gitDirectory: gitDirectory, stopped: stopped,
      paths: paths.map { String(decoding: $0, as: UTF8.self) },
      fingerprint: try await fingerprint(program, path: path, paths: paths),
      recorded: RecordedResolutions.awaited(in: gitDirectory))
    try store.record(hand, of: id)
    return hand
  }

  /// The message that a commit made there gets: the original's with the line that names it.
  private func writeMessage(
    _ stopped: StoppedPick, _ plan: BackportPlan, in gitDirectory: String
  ) throws(BackportError) {
    let directory = DurableDirectory(path: gitDirectory)
    let source = try Backport.store { () throws(GitError) in
      try workspace.repository.commit(stopped.commit)
    }
    let written = directory.contents(of: "MERGE_MSG") ?? source.message
    let heading = Array("\n# Conflicts:\n".utf8)
    let end = written.firstRange(of: heading)?.lowerBound ?? written.endIndex
    let options = try PickOptions(plan)
    let message = options.completing(Array(written[..<end]), of: PickSource(source))
    try files { () throws(FileError) in
      try directory.write(message + written[end...], to: "MERGE_MSG")
    }
  }

  /// What index and files are, to see later whether somebody has touched them.
  func fingerprint(
    _ program: HandProgram, path: String, paths: [[UInt8]]
  ) async throws(BackportError) -> String {
    var bytes = try await program.index()
    for name in paths {
      bytes += [0] + name + [0]
      guard let name = String(validating: name, as: UTF8.self) else { continue }
      bytes += FileManager.default.contents(atPath: path + "/" + name).map { Array($0) } ?? []
    }
    return try Backport.store { () throws(GitError) in
      try workspace.repository.make(.blob, bytes).description
    }
  }

  // MARK: - Taking away

  /// Removes the worktrees of lines that do not wait any more, and what a killed run left of one.
  func sweep(waiting: Set<String>) async throws(BackportError) {
    for hand in store.hands(of: id).values where !waiting.contains(hand.line) {
      try await remove(hand)
    }
  }

  /// Removes the folders that belong to no operation: a run was killed while it made them.
  static func sweepFolders(in workspace: Workspace) async throws(BackportError) {
    let store = OperationStore(workspace.repository)
    let folder = DurableDirectory(path: folder(in: workspace.repository))
    let names = folder.names
    guard !names.isEmpty else { return }
    let known = Set(store.all().flatMap { store.hands(of: $0.id).values.map(\.path) })
    for name in names where !known.contains(folder.path + "/" + name) {
      try await HandWorktrees(workspace, "").removeFolder(folder.path + "/" + name)
    }
    if folder.names.isEmpty { try? files { () throws(FileError) in try folder.removeAll() } }
  }

  /// Removes a worktree, and then its record.
  func remove(_ hand: HandWorktree) async throws(BackportError) {
    try await removeFolder(hand.path)
    try store.forgetHand(of: hand.line, in: id)
  }

  /// Removes a folder of ours and what git knows of it, whatever state they are in.
  private func removeFolder(_ path: String) async throws(BackportError) {
    guard path.hasPrefix(HandWorktrees.folder(in: workspace.repository) + "/") else { return }
    let metadata = metadata(of: path)
    do {
      if FileManager.default.fileExists(atPath: path) {
        try FileManager.default.removeItem(atPath: path)
      }
      if let metadata { try FileManager.default.removeItem(atPath: metadata) }
    } catch {
      throw BackportError(.io, [path, "remove"], detail: "\(error)")
    }
    try? files { () throws(FileError) in
      try DurableDirectory(path: commonDirectory + "/worktrees").flush()
    }
  }

  // MARK: - Where things are

  /// The folder of a line; another name where an older operation has that one.
  private func freePath(of line: String) -> String {
    let others = store.all().filter { $0.id != id }
      .flatMap { store.hands(of: $0.id).values.map(\.path) }
    let start =
      HandWorktrees.folder(in: workspace.repository) + "/" + OperationStore.fileName(of: line)
    var path = start
    var number = 2
    while others.contains(path) {
      path = "\(start)_\(number)"
      number += 1
    }
    return path
  }

  /// Whether a worktree is still there.
  func stands(_ hand: HandWorktree) -> Bool {
    FileManager.default.fileExists(atPath: hand.path + "/.git") && metadata(of: hand.path) != nil
  }

  /// The git directory of a worktree; nil when git knows none there.
  private func metadata(of path: String) -> String? {
    let folder = DurableDirectory(path: commonDirectory + "/worktrees")
    let name = folder.names.first { name in
      guard let link = folder.subdirectory(name).contents(of: "gitdir") else { return false }
      let text = String(decoding: link.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      // Since git 2.48 the link may be relative.
      let start = folder.path + "/" + name
      let target = text.hasPrefix("/") ? text : HandWorktrees.joined(start, text)
      return target == path + "/.git"
    }
    return name.map { folder.path + "/" + $0 }
  }

  /// A relative path from a folder, without dots.
  private static func joined(_ folder: String, _ relative: String) -> String {
    var parts = folder.split(separator: "/")
    for part in relative.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }
}

extension PickOptions {
  /// How the picks of a plan were made.
  init(_ plan: BackportPlan) throws(BackportError) {
    let request = try PlanRequest(plan)
    self.init(
      provenance: plan.options.lines.isEmpty && plan.options.provenance ? .cherryPicked : .none,
      signOff: plan.options.signOff, committer: request.committer)
  }
}
