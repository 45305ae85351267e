import GitStore

/// Who commits, by git's own rules.
enum CommitterIdentity {
  /// The committer that git would write, with the moment of the run or that of GIT_COMMITTER_DATE.
  ///
  /// git is asked (one process) unless the environment says all of it in so plain a form that git
  /// would take it as it stands.
  static func find(
    _ surroundings: Surroundings, for repository: Repository
  ) async throws(BackportError) -> Signature {
    if let plain = plain(surroundings) { return plain }
    let git = try Workspace.program(surroundings)
    let answer: [UInt8]
    do {
      answer = try await git.output(
        of: ["var", "GIT_COMMITTER_IDENT"], at: Workspace.location(of: repository))
    } catch {
      let words = String(decoding: error.errors, as: UTF8.self).split(separator: "\n")
        .last { $0.hasPrefix("fatal: ") }
      throw BackportError(.noIdentity, detail: words.map { String($0.dropFirst(7)) } ?? "")
    }
    guard let identity = Signature(answer: answer) else {
      throw BackportError(.noIdentity, detail: "git var GIT_COMMITTER_IDENT named nobody")
    }
    return identity
  }

  /// What the environment says, when git would change nothing about it.
  private static func plain(_ surroundings: Surroundings) -> Signature? {
    let environment = surroundings.environment
    guard let name = environment["GIT_COMMITTER_NAME"], isPlain(name),
      let email = environment["GIT_COMMITTER_EMAIL"], isPlain(email)
    else { return nil }
    var moment = (surroundings.now, surroundings.offsetMinutes)
    if let date = environment["GIT_COMMITTER_DATE"] {
      guard let told = rawDate(date) else { return nil }
      moment = told
    }
    return try? Signature(name: name, email: email, seconds: moment.0, offsetMinutes: moment.1)
  }

  /// Whether git's `strbuf_addstr_without_crud` keeps every byte.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return !isCrud(first) && !isCrud(last)
      && !text.utf8.contains { $0 < 0x20 || $0 == 0x7f || $0 == 0x3c || $0 == 0x3e }
  }

  private static func isCrud(_ byte: UInt8) -> Bool {
    byte <= 0x20 || ".,:;<>\"\\'".utf8.contains(byte)
  }

  /// Reads git's internal form, `1700000000 +0100`; nil for any other, which is left to git.
  private static func rawDate(_ text: String) -> (Int64, Int)? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let first = parts.first, let zone = parts.last,
      (9...12).contains(first.utf8.count), first.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let seconds = Int64(first), zone.utf8.count == 5, zone.first == "+" || zone.first == "-",
      zone.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(zone.dropFirst()), number <= 1400, number % 100 < 60
    else { return nil }
    let minutes = number / 100 * 60 + number % 100
    return (seconds, zone.first == "-" ? -minutes : minutes)
  }
}
