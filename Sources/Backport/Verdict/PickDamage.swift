import GitStore

/// Finds clean picks that leave a file worse than it was: conflict markers, or text that its own kind of
/// reader takes no more.
///
/// Looked at are only files that the pick merged: whoever takes over the fix's very file has what the
/// trunk has. A file that could not be read before is not reported.
struct PickDamage {
  /// Files beyond are not looked at.
  private static let longest = 1 << 20

  let repository: Repository
  /// The trees that the fix leaves, whose files are as the trunk has them.
  let trees: [ObjectID]

  /// What is wrong after a pick from one tree to another.
  func warnings(from ours: ObjectID, to result: ObjectID) throws(GitError) -> [Warning] {
    var found: [Warning] = []
    for change in try repository.changes(from: ours, to: result) {
      guard let new = change.new, new.mode.isFile, try isMerged(change.path, new.id),
        try repository.size(of: new.id) <= PickDamage.longest
      else { continue }
      var before: [UInt8] = []
      if let old = change.old, old.mode.isFile { before = try repository.text(old.id) ?? [] }
      let after = try repository.blob(new.id)
      let name = String(decoding: change.path, as: UTF8.self)
      if PickDamage.markers(in: after) > PickDamage.markers(in: before) {
        found.append(
          Warning("conflict-markers", "\(name) holds conflict markers that it did not hold before"))
      }
      guard let kind = TextSyntax(path: change.path), !before.isEmpty,
        kind.fault(in: before) == nil, let fault = kind.fault(in: after)
      else { continue }
      found.append(
        Warning("unreadable-file", "\(name) can be read as \(kind.name) no more: \(fault)"))
    }
    return found
  }

  private func isMerged(_ path: [UInt8], _ id: ObjectID) throws(GitError) -> Bool {
    for tree in trees where try repository.node(at: path, in: tree)?.id == id { return false }
    return true
  }

  /// How many lines begin or end a conflict.
  private static func markers(in text: [UInt8]) -> Int {
    text.split(separator: UInt8(ascii: "\n")).count { line in
      line.starts(with: "<<<<<<< ".utf8) || line.starts(with: ">>>>>>> ".utf8)
    }
  }
}
