import GitStore

/// What a pick keeps of a fix when it names no commit: the merge request, or most of the subject.
///
/// Forges squash a backport under its own number: `Check sizes (#12)` becomes
/// `[1.x] Check sizes (#12) (#15)`, or `Backport #12 to 1.x`.
struct SharedName {
  /// A subject with fewer characters is part of too many others.
  private static let shortest = 12

  private let fix: Commit
  private let subject: String
  /// The number of its merge request, as in `#12`.
  private let request: [UInt8]?
  /// The line by which Node.js names it.
  private let address: Substring?

  init(of fix: Commit) {
    self.fix = fix
    subject = fix.subject
    request = SharedName.request(in: subject).map { Array($0.utf8) }
    address = SharedName.address(in: fix.displayMessage)
  }

  /// Why another commit is the same change; nil when nothing says so.
  func evidence(of other: Commit) -> String? {
    let isTwin = other.author == fix.author
    let mayNameRequest = request.map { SharedName.occurs($0, in: other.message) } ?? false
    guard isTwin || mayNameRequest || address != nil else { return nil }
    let (name, id) = (fix.id.abbreviated(), other.id.abbreviated())
    let theirs = SharedName.withoutTags(other.subject)
    if isTwin, !subject.isEmpty {
      if other.subject == subject {
        return "\(id) on the branch has the author, author date and subject of \(name)"
      }
      let (short, long) =
        theirs.count < subject.count
        ? (Substring(theirs), Substring(subject))
        : (Substring(subject), Substring(theirs))
      if short.count >= SharedName.shortest, long.hasPrefix(short) || long.hasSuffix(short) {
        return
          "\(id) on the branch has the author and author date of \(name), and its subject in part"
      }
    }
    if let address, address == SharedName.address(in: other.displayMessage), theirs == subject {
      return "\(id) on the branch has the PR-URL and the subject of \(name)"
    }
    guard mayNameRequest, let request else { return nil }
    let number = String(decoding: request, as: UTF8.self)
    if SharedName.occurs(request, in: Array(subject.utf8)), theirs.hasPrefix(subject) {
      return "\(id) on the branch has the subject of \(name), with its merge request \(number)"
    }
    let lowered = theirs.lowercased()
    if lowered.contains("backport"), !lowered.contains("revert"),
      SharedName.occurs(request, in: Array(other.subject.utf8))
    {
      return
        "\(id) on the branch says that it is a backport of \(number), the merge request of \(name)"
    }
    let isPull = other.displayMessage.split(whereSeparator: \.isNewline).contains { line in
      line.hasPrefix("Github-Pull: ") && SharedName.occurs(request, in: Array(line.utf8))
    }
    return isPull ? "\(id) on the branch names \(number), the merge request of \(name)" : nil
  }

  /// The number of the merge request in a subject, as `Check (#12)` and `Merge pull request #12`.
  static func request(in subject: String) -> String? {
    for beginning in ["Merge pull request ", "Merge PR "] where subject.hasPrefix(beginning) {
      let number = subject.dropFirst(beginning.count).prefix { $0 == "#" || $0.isNumber }
      return number.count > 1 && number.first == "#" ? String(number) : nil
    }
    guard subject.hasSuffix(")"), let open = subject.lastIndex(of: "(") else { return nil }
    let number = subject[subject.index(after: open)...].dropLast()
    guard number.count > 1, number.first == "#", number.dropFirst().allSatisfy(\.isNumber) else {
      return nil
    }
    return String(number)
  }

  /// Whether a number stands in a text, and is not the beginning of a longer one.
  private static func occurs(_ number: [UInt8], in text: [UInt8]) -> Bool {
    var start = 0
    while let hash = text[start...].firstIndex(of: UInt8(ascii: "#")) {
      let end = hash + number.count
      if text[hash...].starts(with: number) {
        let isDigit =
          end < text.count && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[end])
        if !isDigit { return true }
      }
      start = hash + 1
    }
    return false
  }

  /// A subject without the tags before it, as `[1.x][backport] Check`.
  private static func withoutTags(_ subject: String) -> String {
    var text = Substring(subject)
    while text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      text = text[text.index(after: end)...].drop { $0 == " " || $0 == ":" }
    }
    return String(text)
  }

  private static func address(in message: String) -> Substring? {
    message.split(whereSeparator: \.isNewline).last { $0.hasPrefix("PR-URL: ") }
  }
}
