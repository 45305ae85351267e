import Backport
import Foundation
import GitStore

/// One backport that people made, with what git makes of it.
struct BackportRow {
  let repository: String
  let fix: ObjectID
  let onto: ObjectID
  /// The commit that people made of it.
  let human: ObjectID?
  let humanTree: ObjectID?
  let mainline: Int
  let isCleanInGit: Bool
  let isRightInGit: Bool
  let gitTree: ObjectID?
  /// The commit on the nearest newer line that has the fix.
  let cascade: ObjectID?

  /// The numbers in the name of a branch, by which lines are in order.
  static func numbers(of branch: Substring) -> [Int] {
    branch.split { !$0.isNumber }.compactMap { Int($0) }
  }
}

/// The real backports of `GIT_BACKPORT_CORPORA`, for repositories cloned in `GIT_BACKPORT_CLONES`.
enum BackportCorpus {
  static var isThere: Bool { folder != nil && clones != nil }

  private static var folder: String? {
    ProcessInfo.processInfo.environment["GIT_BACKPORT_CORPORA"]
  }

  private static var clones: String? {
    ProcessInfo.processInfo.environment["GIT_BACKPORT_CLONES"]
  }

  /// The names of the tables, such as rack.
  static var tables: [String] {
    guard let folder, isThere else { return [] }
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/backports")
    return (names ?? []).filter { $0.hasSuffix(".tsv") }.map { String($0.dropLast(4)) }.sorted()
  }

  static func rows(of table: String) throws -> [BackportRow] {
    let path = (folder ?? "") + "/backports/\(table).tsv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    return lines.dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count > 13, let fix = ObjectID(hex: fields[1]),
        let onto = ObjectID(hex: fields[2])
      else { return nil }
      return BackportRow(
        repository: String(fields[0]), fix: fix, onto: onto,
        human: ObjectID(hex: fields[3]), humanTree: ObjectID(hex: fields[4]),
        mainline: Int(fields[8]) ?? 0,
        isCleanInGit: fields[9] == "1", isRightInGit: fields[11] == "1",
        gitTree: ObjectID(hex: fields[12]),
        cascade: cascade(fields))
    }
  }

  private static func cascade(_ fields: [Substring]) -> ObjectID? {
    guard fields.count > 15,
      BackportRow.numbers(of: fields[5]).lexicographicallyPrecedes(
        BackportRow.numbers(of: fields[15]))
    else { return nil }
    return ObjectID(hex: fields[14])
  }

  /// Whether every path that a pick touches is as people left it.
  static func isRight(
    _ tree: ObjectID, _ row: BackportRow, from onto: ObjectID, in repository: Repository,
    except paths: Set<[UInt8]> = []
  ) throws -> Bool {
    guard let human = row.humanTree else { return false }
    if tree == human { return true }
    for change in try repository.changes(from: onto, to: tree) where !paths.contains(change.path) {
      if try repository.node(at: change.path, in: human) != change.new { return false }
    }
    return true
  }

  /// The git directory of a clone; nil when there is none.
  static func clone(of repository: String) -> String? {
    let parts = repository.split(separator: "/").map(String.init)
    guard let clones, parts.count == 2 else { return nil }
    let (owner, name) = (parts[0], parts[1])
    let places = ["\(owner)+\(name)/repo", "\(owner)/\(name)", name, "\(name).git"]
    for place in places.map({ "\(clones)/\($0)" }) {
      for directory in [place + "/.git", place]
      where FileManager.default.fileExists(atPath: directory + "/objects") {
        return directory
      }
    }
    return nil
  }
}

extension Picker {
  /// A picker that adds nothing to messages and compares nothing.
  static func bare(in repository: Repository) throws -> Picker {
    Picker(
      repository: repository,
      options: PickOptions(
        provenance: .none,
        committer: try Signature(
          name: "A", email: "a@example.com", seconds: 0, offsetMinutes: 0),
        measuresFidelity: false))
  }
}
