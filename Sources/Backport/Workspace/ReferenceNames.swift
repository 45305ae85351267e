import GitStore
import ReleaseModel

/// The names that a shell completes, read from references alone.
///
/// No program is run and nothing is asked over the network; a repository that cannot be read has no
/// names. Names with signs that a shell obeys are left out, since bash expands what it is offered
/// (`compgen -W`).
public struct ReferenceNames {
  private let repository: Repository?

  /// Looks for the repository from a directory, or takes that of GIT_DIR.
  public init(directory: String, environment: [String: String]) {
    let given = environment["GIT_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    let path = given.map { $0.hasPrefix("/") ? $0 : directory + "/" + $0 }
    let found = path ?? (try? Repository.discover(from: directory))
    repository = found.flatMap { try? Repository(gitDirectory: $0) }
  }

  /// The release lines by their tags, newest first.
  public var lines: [String] {
    let inventory = try? LineInventory(tagNames: tags, unit: .minor, options: .init())
    return ReferenceNames.harmless(inventory?.lines.map(\.name.description) ?? [])
  }

  /// The branches here.
  public var branches: [String] { names(under: "refs/heads/") }

  /// The branches and tags here.
  public var revisions: [String] { branches + ReferenceNames.harmless(tags) }

  /// The remotes from which something was fetched.
  public var remotes: [String] {
    let names = names(under: "refs/remotes/").compactMap { $0.split(separator: "/").first }
    return Set(names.map(String.init)).sorted()
  }

  /// The operations, newest first.
  public var operations: [String] {
    guard let repository else { return [] }
    return ReferenceNames.harmless(OperationStore(repository).ids.reversed())
  }

  private var tags: [String] {
    repository?.references(under: "refs/tags/").compactMap(\.name.tagName) ?? []
  }

  private func names(under prefix: String) -> [String] {
    let references = repository?.references(under: prefix) ?? []
    return ReferenceNames.harmless(
      references.map { String($0.name.description.dropFirst(prefix.count)) })
  }

  private static func harmless(_ names: [String]) -> [String] {
    names.filter { name in
      name.first != "-"
        && name.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
          default: "-_./+@".utf8.contains(byte)
          }
        }
    }
  }
}
