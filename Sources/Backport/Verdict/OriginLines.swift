import GitStore

/// The lines by which a commit says which commit it was made from.
enum OriginLines {
  /// Words of which every line that names an origin holds one.
  static let words = ["picked", "backport", "upstream", "rebased-from", "git-commit"]

  /// Bits of what a message may hold.
  enum Mark {
    static let origin: UInt32 = 1
    static let revert: UInt32 = 2
  }

  private static let scanner = MessageScanner(
    words.map { ($0, Mark.origin) } + [("this reverts commit ", Mark.revert)])

  /// What a message may hold, at a tenth of the cost of reading its lines.
  static func marks(of commit: Commit) -> UInt32 { scanner.marks(in: commit.message) }

  /// The ids, whole or abbreviated and in lower case, of the commits a message names as its origin.
  ///
  /// Reads the styles in use (prior-art.md 3): git's own, Canonical's, the kernel's two, Skara's,
  /// SUSE's, Bitcoin's and plain `Backported-From`. An id in running text counts for nothing, and
  /// neither does Canonical's "partially cherry picked", which says that something is missing.
  static func origins(in message: String) -> [String] {
    var found: [String] = []
    for line in message.split(separator: "\n") {
      let text = line.trimmingWhitespace()
      if let id = origin(inLine: text), !found.contains(id) { found.append(id) }
    }
    let subject = CommitMessage.subject(of: message)
    if let id = hexadecimal(after: "Backport ", in: subject[...], before: ""), id.utf8.count == 40,
      !found.contains(id)
    {
      found.append(id)
    }
    return found
  }

  private static let forms = [
    ("(cherry picked from commit ", ")"), ("(cherry-picked from commit ", ")"),
    ("(cherry picked from ", ")"), ("(backported from commit ", ")"),
    ("commit ", " upstream."), ("Commit ", " upstream."), ("[ Upstream commit ", " ]"),
    ("[Upstream commit ", "]"), ("Backport-of: ", ""), ("Git-commit: ", ""),
    ("Rebased-From: ", ""), ("Backported-From: ", ""), ("Backported-from: ", ""),
    ("Cherry-picked-from: ", ""), ("Cherry-Picked-From: ", ""), ("Upstream-commit: ", ""),
  ]

  private static func origin(inLine line: Substring) -> String? {
    for (beginning, end) in forms {
      if let id = hexadecimal(after: beginning, in: line, before: end) { return id }
    }
    return nil
  }

  private static func hexadecimal(
    after beginning: String, in line: Substring, before end: String
  ) -> String? {
    guard line.utf8.starts(with: beginning.utf8),
      line.utf8.count > beginning.utf8.count + end.utf8.count,
      line.utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
    else { return nil }
    let middle = line.utf8.dropFirst(beginning.utf8.count).dropLast(end.utf8.count)
    guard (7...40).contains(middle.count), middle.allSatisfy(isHexadecimal) else { return nil }
    return String(decoding: middle, as: UTF8.self).lowercased()
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  /// The ids that a message says it reverts, as `git revert` writes it.
  static func reverted(in message: String) -> [String] {
    ids(in: message, after: ["This reverts commit ", "this reverts commit "])
  }

  /// The ids of the commits that a message says brought what it repairs.
  static func introducers(in message: String) -> [String] {
    ids(
      in: message,
      after: [
        "Fixes: ", "fixes: ", "Introduced-by: ", "Introduced-in: ", "Introduced by ",
        "Introduced in ", "Bug-introduced-by: ", "Regression-of: ",
      ])
  }

  private static func ids(in message: String, after beginnings: [String]) -> [String] {
    var found: [String] = []
    for line in message.split(separator: "\n") {
      for beginning in beginnings where line.utf8.starts(with: beginning.utf8) {
        var rest = line.utf8.dropFirst(beginning.utf8.count)
        if rest.starts(with: "commit ".utf8) { rest = rest.dropFirst(7) }
        let id = rest.prefix(while: isHexadecimal)
        if (7...40).contains(id.count) {
          found.append(String(decoding: id, as: UTF8.self).lowercased())
        }
      }
    }
    return found
  }

  /// Gerrit's id of a change, which its picks keep; nil without one, or with several.
  static func changeID(in message: String) -> String? {
    let beginning = "Change-Id: I"
    var found: String?
    for line in message.split(separator: "\n") where line.utf8.starts(with: beginning.utf8) {
      let id = line.utf8.dropFirst(beginning.utf8.count)
      guard id.count == 40, id.allSatisfy(isHexadecimal), found == nil else { return nil }
      found = String(decoding: id, as: UTF8.self).lowercased()
    }
    return found
  }
}

extension Substring {
  /// The text without white space at its ends.
  func trimmingWhitespace() -> Substring {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
