/// Writes the language that `git fast-import` reads.
struct FastImportStream: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Clears a ref or points it at a commit.
  mutating func reset(_ ref: String, from commit: String? = nil) {
    line("reset \(ref)")
    if let commit { line("from \(commit)") }
    line("")
  }

  mutating func commit(
    on ref: String, mark: Mark, author: Identity, committer: Identity, encoding: String?,
    message: [UInt8], parents: [String]
  ) {
    line("commit \(ref)")
    line("mark :\(mark.number)")
    person("author", author)
    person("committer", committer)
    if let encoding { line("encoding \(encoding)") }
    data(message)
    for (index, parent) in parents.enumerated() {
      line((index == 0 ? "from " : "merge ") + parent)
    }
  }

  mutating func tag(
    _ name: String, mark: Mark, from commit: String, tagger: Identity, message: String
  ) {
    line("tag \(name)")
    line("mark :\(mark.number)")
    line("from \(commit)")
    person("tagger", tagger)
    data([UInt8](message.utf8))
  }

  /// The changes of the commit just begun: moves first, then deletions, then contents.
  mutating func change(_ changes: [[UInt8]: FileChange]) {
    let sorted = changes.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    for (path, change) in sorted {
      switch change {
      case .renamed(let source): line("R \(Self.quote([UInt8](source.utf8))) \(Self.quote(path))")
      case .copied(let source): line("C \(Self.quote([UInt8](source.utf8))) \(Self.quote(path))")
      default: break
      }
    }
    for (path, change) in sorted where change == .deleted { line("D \(Self.quote(path))") }
    for (path, change) in sorted {
      switch change {
      case .bytes(let contents): file("100644", path, contents)
      case .executableBytes(let contents): file("100755", path, contents)
      case .symlink(let target): file("120000", path, [UInt8](target.utf8))
      case .submodule(let id): line("M 160000 \(id) \(Self.quote(path))")
      case .deleted, .renamed, .copied: break
      }
    }
    line("")
  }

  private mutating func file(_ mode: String, _ path: [UInt8], _ contents: [UInt8]) {
    line("M \(mode) inline \(Self.quote(path))")
    data(contents)
  }

  private mutating func person(_ role: String, _ identity: Identity) {
    let seconds = identity.seconds ?? RepositoryBuilder.firstSecond
    line("\(role) \(identity.name) <\(identity.email)> \(seconds) \(identity.zone)")
  }

  private mutating func data(_ contents: [UInt8]) {
    line("data \(contents.count)")
    bytes += contents
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func line(_ text: String) {
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// A path in git's C style quotes, which hold any byte but NUL.
  private static func quote(_ path: [UInt8]) -> String {
    var quoted = "\""
    for byte in path {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += "\\\(Character(Unicode.Scalar(byte)))"
      case 0x20...0x7e: quoted.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 8)
        quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return quoted + "\""
  }
}
