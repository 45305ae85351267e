#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A folder beside the objects in which a pack is written and checked before it counts.
///
/// As in git's own receive-pack, whatever a killed git leaves behind stands in a folder of ours, which
/// the next run removes as a whole; in the pack folder nobody could tell it from a fetch that runs.
struct Quarantine {
  private static let prefix = "backport-"

  private let objects: String
  private let folder: DurableDirectory

  /// Makes the folder for an operation; `objects` is the repository's object folder.
  init(objects: String, operation: String) throws(FileError) {
    self.objects = objects
    folder = DurableDirectory(path: objects + "/" + Self.prefix + operation)
    try folder.subdirectory("pack").create()
  }

  /// What makes git write here and read what is there.
  var variables: [String: String] {
    [
      "GIT_OBJECT_DIRECTORY": folder.path,
      "GIT_ALTERNATE_OBJECT_DIRECTORIES": Self.quoted(objects),
    ]
  }

  /// A path as git takes it in a list: in quotes where it holds what ends or begins one.
  private static func quoted(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "\"") }) else {
      return path
    }
    let escaped = path.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"" + String(escaped) + "\""
  }

  /// Moves a pack to where it counts, its index last, and makes that durable.
  ///
  /// The `.keep` file goes first, so that the pack is never without it. Whether it is new is told: a
  /// pack of that name that was there stays, with its `.keep` file if it had one.
  func release(_ name: String) throws(FileError) -> Bool {
    let from = folder.subdirectory("pack")
    let target = DurableDirectory(path: objects + "/pack")
    try target.create()
    let isKnown = target.contains("pack-\(name).idx")
    let isKept = target.contains("pack-\(name).keep")
    let endings = isKnown ? ["keep"] : ["keep", "pack", "rev", "idx"]
    for ending in endings where from.contains("pack-\(name).\(ending)") {
      if ending == "keep", isKept { continue }
      try from.move("pack-\(name).\(ending)", to: target)
    }
    try target.flush()
    try remove()
    return !isKept
  }

  /// Removes the folder with all that is in it.
  func remove() throws(FileError) { try Self.remove(folder) }

  private static func remove(_ folder: DurableDirectory) throws(FileError) {
    for name in folder.names where FileSystem.kind(of: folder.path + "/" + name) == .directory {
      try folder.subdirectory(name).removeAll()
    }
    try folder.removeAll()
  }

  /// The folders that runs left behind, by the id of their operation.
  static func leftovers(in objects: String) -> [String] {
    DurableDirectory(path: objects).names.filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
  }

  /// Removes what the run of an operation left behind.
  static func remove(leftBy operation: String, in objects: String) throws(FileError) {
    try remove(DurableDirectory(path: objects + "/" + prefix + operation))
  }
}
