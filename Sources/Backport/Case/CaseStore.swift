import GitStore
import ReleaseModel

/// The records of cases, in the common git directory: never in a tree, never pushed.
///
/// A record is a file for its owner alone, replaced as a whole. Everything that changes one holds a
/// lock while it reads and writes, so that no event of two runs is lost.
struct CaseStore {
  private static let file = "case.json"

  /// `<common git directory>/backport/cases`.
  let root: DurableDirectory

  init(_ repository: Repository) {
    root = DurableDirectory(path: repository.commonDirectory + "/backport/cases")
  }

  /// The ids of all cases, sorted.
  var ids: [CaseID] {
    root.names.compactMap { CaseID(parsing: $0) }.filter {
      root.subdirectory($0.description).contains(CaseStore.file)
    }
  }

  /// The directory of a case, for its owner alone.
  func directory(of id: CaseID) -> DurableDirectory { root.subdirectory(id.description) }

  /// The case that a text names: its id in any case, or the beginning of only one id.
  func id(_ text: String) throws(BackportError) -> CaseID {
    let wanted = text.lowercased()
    let all = ids
    if let exact = all.first(where: { $0.description.lowercased() == wanted }) { return exact }
    let found = all.filter { $0.description.lowercased().hasPrefix(wanted) }
    guard !wanted.isEmpty, found.count == 1 else {
      throw BackportError(
        .noCase, [text], detail: all.map(\.description).joined(separator: ", "))
    }
    return found[0]
  }

  /// The record of a case.
  ///
  /// One that cannot be read, whose state is not what its events lead to, or that holds what a
  /// rewriting would lose, is an error.
  func record(_ id: CaseID) throws(BackportError) -> CaseRecord {
    let directory = directory(of: id)
    let path = directory.path + "/" + CaseStore.file
    guard let bytes = directory.contents(of: CaseStore.file) else {
      throw BackportError(
        .damagedCase, [id.description, path], detail: "it is no ordinary file, or cannot be read")
    }
    do throws(BackportError) {
      let record = try DocumentCoding.decode(
        CaseRecord.self, from: bytes, named: CaseStore.file, keys: .snakeCase)
      guard record.id == id else {
        throw BackportError(.damagedCase, detail: "it is the record of \(record.id)")
      }
      do throws(CaseHistoryError) {
        try record.check()
      } catch {
        throw BackportError(.damagedCase, detail: error.description)
      }
      try refuseLoss(of: bytes, in: record)
      return record
    } catch {
      let key = error.code == .configuration ? error.operands.dropFirst().first ?? "" : ""
      throw BackportError(
        .damagedCase, [id.description, path],
        detail: key.isEmpty ? error.detail : "\(key): \(error.detail)")
    }
  }

  /// Refuses a file with keys that would be gone when the record is written again.
  private func refuseLoss(of bytes: [UInt8], in record: CaseRecord) throws(BackportError) {
    let old = try DocumentCoding.decode(JSONTree.self, from: bytes, named: CaseStore.file)
    let rewritten = try DocumentCoding.encode(record, keys: .snakeCase)
    let new = try DocumentCoding.decode(JSONTree.self, from: rewritten, named: CaseStore.file)
    if let key = CaseStore.lostKey(old, new, path: "") {
      throw BackportError(.damagedCase, detail: "this version does not know its key \(key)")
    }
  }

  private static func lostKey(_ old: JSONTree, _ new: JSONTree?, path: String) -> String? {
    switch (old, new) {
    case (.object(let members), .object(let kept)?):
      for (name, value) in members.sorted(by: { $0.key < $1.key }) where value != .null {
        let path = path.isEmpty ? name : "\(path).\(name)"
        guard let other = kept[name] else { return path }
        if let lost = lostKey(value, other, path: path) { return lost }
      }
      return nil
    case (.array(let elements), .array(let kept)?) where elements.count == kept.count:
      for (index, pair) in zip(elements, kept).enumerated() {
        if let lost = lostKey(pair.0, pair.1, path: "\(path)[\(index)]") { return lost }
      }
      return nil
    default: return nil
    }
  }

  /// Records a new case; `make` is told the ids that are taken.
  func open(
    _ make: ([CaseID]) throws(BackportError) -> CaseRecord
  ) throws(BackportError) -> CaseRecord {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    let taken = ids
    let record = try make(taken)
    // Case counts for nothing on some file systems.
    let name = record.id.description.lowercased()
    if let other = taken.first(where: { $0.description.lowercased() == name }) {
      throw BackportError(.caseExists, [other.description])
    }
    try write(record)
    return record
  }

  /// Changes a record, as it is found under the lock, and gives the new one.
  func change(
    _ id: CaseID, _ body: (CaseRecord) throws(BackportError) -> CaseRecord
  ) throws(BackportError) -> CaseRecord {
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    let old = try record(id)
    let new = try body(old)
    if new != old { try write(new) }
    return new
  }

  private func write(_ record: CaseRecord) throws(BackportError) {
    let bytes = try DocumentCoding.encode(record, keys: .snakeCase)
    try files { () throws(FileError) in
      try directory(of: record.id).write(bytes, to: CaseStore.file)
    }
  }

  private func lock() throws(BackportError) -> DirectoryLock {
    let lock = try files { () throws(FileError) in try DirectoryLock(in: root) }
    guard let lock else { throw BackportError(.locked, [root.path + "/lock"]) }
    return lock
  }
}
