public import GitStore

/// A linked worktree in which a person resolves one line, as it is recorded with its operation.
struct HandWorktree: Codable, Equatable, Sendable {
  /// The release line.
  var line: String
  /// The worktree.
  var path: String
  /// Its own git directory.
  var gitDirectory: String
  /// The pick that it shows.
  var stopped: StoppedPick
  /// The paths that conflict there, repaired to UTF-8.
  var paths: [String]
  /// What index and conflicting files were when it was handed over.
  var fingerprint: String
  /// The names in `rr-cache` of the conflicts that git learns the resolutions of.
  var recorded: [String] = []
}

/// A line that waits for a hand, in a document.
public struct WaitingLine: Codable, Equatable, Sendable {
  /// The operation that it belongs to.
  public var operation: String
  /// The release line.
  public var line: String
  /// The worktree to resolve it in; nil while there is none: `continue` makes it.
  @ExplicitNull public var worktree: String?
  /// The commit of the fix that does not apply.
  @ExplicitNull public var commit: ObjectID?
  /// Its subject, repaired to UTF-8.
  public var subject: String
  /// The paths in conflict, repaired to UTF-8.
  public var paths: [String]
  /// Why the worktree's contents are not taken yet; nil where nobody has looked.
  @ExplicitNull public var obstacle: String?
}

/// What stands in a worktree that a person was given.
enum HandResult: Equatable {
  /// There is no such worktree.
  case missing
  /// It is as it was handed over.
  case untouched
  /// Somebody is at work there, and why it cannot be taken yet.
  case unresolved(String)
  /// It is done.
  case resolved(HandResolution)

  /// Why it cannot be taken, for people; nil when it can, or nobody has begun.
  var obstacle: String? {
    if case .unresolved(let reason) = self { return reason }
    return nil
  }
}

extension OperationStore {
  private static let handPrefix = "hand-"

  /// A release line as the name of a file or folder; different lines have different names.
  static func fileName(of line: String) -> String {
    var name = ""
    for byte in line.utf8 {
      let isLetter =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let isInner = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      if isLetter || byte == UInt8(ascii: "@") || (isInner && !name.isEmpty) {
        name.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        name += "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return name
  }

  /// The worktrees that an operation has handed over, by line.
  func hands(of id: String) -> [String: HandWorktree] {
    let directory = directory(of: id)
    var hands: [String: HandWorktree] = [:]
    for name in directory.names where name.hasPrefix(Self.handPrefix) && name.hasSuffix(".json") {
      guard let bytes = directory.contents(of: name),
        let hand = try? DocumentCoding.decode(HandWorktree.self, from: bytes, named: name)
      else { continue }
      hands[hand.line] = hand
    }
    return hands
  }

  /// Records a worktree that is ready to be handed over.
  func record(_ hand: HandWorktree, of id: String) throws(BackportError) {
    let bytes = try DocumentCoding.encode(hand)
    let name = Self.handPrefix + Self.fileName(of: hand.line) + ".json"
    try files { () throws(FileError) in try directory(of: id).write(bytes, to: name) }
  }

  /// Forgets a worktree that is gone.
  func forgetHand(of line: String, in id: String) throws(BackportError) {
    let name = Self.handPrefix + Self.fileName(of: line) + ".json"
    try files { () throws(FileError) in try directory(of: id).remove(name) }
  }

  /// What people have made of the earlier picks of a line whose later ones wait.
  func resolutions(of line: String, in id: String) -> [HandResolution] {
    let name = "resolved-" + Self.fileName(of: line) + ".json"
    guard let bytes = directory(of: id).contents(of: name) else { return [] }
    return (try? DocumentCoding.decode([HandResolution].self, from: bytes, named: name)) ?? []
  }

  /// Records what people have made of the earlier picks of a line.
  func record(
    _ resolutions: [HandResolution], of line: String, in id: String
  ) throws(BackportError) {
    let bytes = try DocumentCoding.encode(resolutions)
    let name = "resolved-" + Self.fileName(of: line) + ".json"
    try files { () throws(FileError) in try directory(of: id).write(bytes, to: name) }
  }
}
