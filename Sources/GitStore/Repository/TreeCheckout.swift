#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes the files of a tree into an empty folder, byte for byte.
///
/// No program runs: neither hooks nor filters (LFS pointers stay pointers), and attributes have no say.
/// A submodule becomes an empty folder, and a symbolic link that leads out of the tree becomes a file
/// that holds where it leads, as git writes links where there are none.
package struct TreeCheckout {
  private let repository: Repository
  private let budget: TreeBudget
  private var left: Int
  private var links: [(path: [UInt8], target: [UInt8], depth: Int)] = []

  package init(repository: Repository, budget: TreeBudget = TreeBudget()) {
    self.repository = repository
    self.budget = budget
    left = budget.entries
  }

  /// Writes a tree; the folder is there, and nobody else writes to it.
  package mutating func write(_ tree: ObjectID, to folder: String) throws(GitError) {
    var folders: [(path: [UInt8], tree: ObjectID, depth: Int)] = [(Array(folder.utf8), tree, 0)]
    while let next = folders.popLast() {
      guard next.depth <= budget.depth else {
        throw failure(.tooLarge, next.path, "it is too deep")
      }
      for entry in try repository.tree(next.tree) {
        left -= 1
        guard left >= 0 else { throw failure(.tooLarge, next.path, "there are too many entries") }
        let path = next.path + [UInt8(ascii: "/")] + entry.name
        guard TreeCheckout.isWritable(entry.name) else {
          throw failure(.invalidSpecification, path, "such a name cannot be written")
        }
        if entry.node.mode.isTree {
          try makeFolder(path)
          folders.append((path, entry.node.id, next.depth + 1))
        } else if entry.node.mode.isSubmodule {
          try makeFolder(path)
        } else if entry.node.mode.isSymlink {
          links.append((path, try repository.blob(entry.node.id), next.depth))
        } else {
          let isExecutable = entry.node.mode.canonical == .executable
          try writeFile(path, try repository.blob(entry.node.id), isExecutable ? 0o755 : 0o644)
        }
      }
    }
    // At last, so that nothing is written through one.
    for link in links { try makeLink(link.path, to: link.target, depth: link.depth) }
    links = []
  }

  /// Whether a name leads nowhere else and not to what git keeps for itself.
  private static func isWritable(_ name: [UInt8]) -> Bool {
    if name.isEmpty || name.contains(UInt8(ascii: "/")) || name.contains(0) { return false }
    let text = String(decoding: name, as: UTF8.self).lowercased()
    return text != "." && text != ".." && text != ".git" && text != "git~1"
  }

  /// Whether a link in a folder that deep leads to something in the tree.
  ///
  /// `..` after a name is taken for a way out: the name may be a link itself.
  private static func staysInside(_ target: [UInt8], depth: Int) -> Bool {
    guard target.first != UInt8(ascii: "/"), !target.contains(0), !target.isEmpty else {
      return false
    }
    var left = depth
    var hasDescended = false
    for part in target.split(separator: UInt8(ascii: "/")) where part != [UInt8(ascii: ".")] {
      if part.elementsEqual("..".utf8) {
        left -= 1
        if hasDescended || left < 0 { return false }
      } else {
        hasDescended = true
      }
    }
    return true
  }

  private func makeFolder(_ path: [UInt8]) throws(GitError) {
    let status = mkdir(path.systemPath, 0o755)
    guard status == 0 else { throw systemFailure(path) }
  }

  private func makeLink(_ path: [UInt8], to target: [UInt8], depth: Int) throws(GitError) {
    guard TreeCheckout.staysInside(target, depth: depth) else {
      return try writeFile(path, target, 0o644)
    }
    let status = symlink(target.systemPath, path.systemPath)
    guard status == 0 else { throw systemFailure(path) }
  }

  private func writeFile(
    _ path: [UInt8], _ contents: [UInt8], _ mode: mode_t
  ) throws(GitError) {
    let descriptor = open(
      path.systemPath, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw systemFailure(path) }
    defer { close(descriptor) }
    do throws(FileError) {
      try FileSystem.write(contents, to: descriptor, named: String(decoding: path, as: UTF8.self))
    } catch {
      throw failure(.other(error.number), path, error.reason)
    }
  }

  private func systemFailure(_ path: [UInt8]) -> GitError {
    let error = FileError("write", String(decoding: path, as: UTF8.self))
    return failure(.other(error.number), path, error.reason)
  }

  private func failure(_ code: GitError.Code, _ path: [UInt8], _ detail: String) -> GitError {
    GitError(
      code, operation: "check out", operand: String(decoding: path.suffix(200), as: UTF8.self),
      detail: detail)
  }
}

extension [UInt8] {
  /// The bytes as the system takes a path; they hold no NUL.
  fileprivate var systemPath: [CChar] { map { CChar(bitPattern: $0) } + [0] }
}
