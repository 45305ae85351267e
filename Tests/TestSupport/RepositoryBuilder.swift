/// Names an object of a history before its id is known.
package struct Mark: Hashable, Sendable {
  package let number: Int
}

/// A person in a commit or tag.
package struct Identity: Sendable, Equatable {
  package var name: String
  package var email: String
  /// Seconds since 1970; nil takes the builder's clock.
  package var seconds: Int?
  /// The offset from UTC as git writes it.
  package var zone: String

  package init(_ name: String, _ email: String, seconds: Int? = nil, zone: String = "+0000") {
    self.name = name
    self.email = email
    self.seconds = seconds
    self.zone = zone
  }

  package static let author = Self("A U Thor", "author@example.com")
  package static let committer = Self("C O Mitter", "committer@example.com")

  /// The author at another time.
  package static func author(at seconds: Int, zone: String = "+0000") -> Self {
    Self(author.name, author.email, seconds: seconds, zone: zone)
  }

  /// The committer at another time.
  package static func committer(at seconds: Int, zone: String = "+0000") -> Self {
    Self(committer.name, committer.email, seconds: seconds, zone: zone)
  }
}

/// Describes a history in code and writes it with one `git fast-import`.
///
/// ```swift
/// var history = RepositoryBuilder()
/// let first = history.commit("add parser", files: ["parser.c": "int parse;\n"])
/// history.tag("v1.0.0", at: first, message: "Release 1.0.0")
/// history.branch("1.0", at: first)
/// let fix = history.commit("fix overflow", files: ["parser.c": "long parse;\n"])
/// let repository = try history.write()
/// #expect(repository.git("rev-parse", "main") == repository.id(fix))
/// ```
///
/// Every commit is one minute younger than the one before, so ids are the same in every run.
package struct RepositoryBuilder: Sendable {
  /// The date of the first commit: 2023-11-14 22:13:20 UTC.
  package static let firstSecond = 1_700_000_000

  /// The date of the next commit or annotated tag; one minute is added for each.
  package var now = RepositoryBuilder.firstSecond

  var stream = FastImportStream()
  var lastMark = 0
  /// What each branch written here points at.
  private var tips: [String: Mark] = [:]
  /// Ids of the marks that are already in the repository.
  var ids: [Mark: String] = [:]
  /// Branches that were in the repository before this builder began.
  var existingRefs: Set<String> = []

  package init() {}

  /// Adds a commit to a branch, which it creates when there is none.
  ///
  /// The message gets a final newline when it has none; `branch` is a branch's name or a full ref
  /// name starting with `refs/`; `files` are changes against the first parent. Without `parents`
  /// the commit goes on the tip of the branch, and a new branch starts with a root commit.
  @discardableResult
  package mutating func commit(
    _ message: String, on branch: String = "main", files: [String: FileChange] = [:],
    parents: [Mark]? = nil, author: Identity = .author, committer: Identity = .committer
  ) -> Mark {
    let text = message.utf8.last == UInt8(ascii: "\n") ? message : message + "\n"
    return commit(
      bytes: [UInt8](text.utf8), on: branch, files: files, parents: parents, author: author,
      committer: committer)
  }

  /// Adds a commit whose message, and some of whose paths, need not be UTF-8.
  ///
  /// The message stays as it is; `bytePaths` are changes at paths that no `String` holds, and
  /// `encoding` is the commit's header of that name.
  @discardableResult
  package mutating func commit(
    bytes message: [UInt8], on branch: String = "main", files: [String: FileChange] = [:],
    bytePaths: [[UInt8]: FileChange] = [:], parents: [Mark]? = nil, encoding: String? = nil,
    author: Identity = .author, committer: Identity = .committer
  ) -> Mark {
    let ref = Self.fullName(branch)
    let mark = nextMark()
    let from = parents.map { $0.map(reference) } ?? tip(of: ref).map { [$0] } ?? []
    if from.isEmpty { stream.reset(ref) }
    stream.commit(
      on: ref, mark: mark, author: dated(author), committer: dated(committer), encoding: encoding,
      message: message, parents: from)
    var changes = bytePaths
    for (path, change) in files { changes[[UInt8](path.utf8)] = change }
    stream.change(changes)
    tips[ref] = mark
    now += 60
    return mark
  }

  /// Merges a commit into a branch; the tree is that of the branch with `files` changed.
  @discardableResult
  package mutating func merge(
    _ other: Mark, into branch: String = "main", _ message: String = "Merge",
    files: [String: FileChange] = [:], author: Identity = .author,
    committer: Identity = .committer
  ) -> Mark {
    let first = tips[Self.fullName(branch)]
    return commit(
      message, on: branch, files: files, parents: [first, other].compactMap(\.self),
      author: author, committer: committer)
  }

  /// Points a branch, or any full ref name, at a commit.
  package mutating func branch(_ name: String, at mark: Mark) {
    let ref = Self.fullName(name)
    stream.reset(ref, from: reference(mark))
    tips[ref] = mark
  }

  /// Makes a tag: annotated with a message, lightweight without.
  ///
  /// - Returns: the mark of the tag object; that of the commit for a lightweight tag.
  @discardableResult
  package mutating func tag(
    _ name: String, at mark: Mark, message: String? = nil, tagger: Identity = .committer
  ) -> Mark {
    guard let message else {
      stream.reset("refs/tags/" + name, from: reference(mark))
      return mark
    }
    let tag = nextMark()
    stream.tag(
      name, mark: tag, from: reference(mark), tagger: dated(tagger), message: message + "\n")
    now += 60
    return tag
  }

  private mutating func nextMark() -> Mark {
    lastMark += 1
    return Mark(number: lastMark)
  }

  private func dated(_ identity: Identity) -> Identity {
    var identity = identity
    identity.seconds = identity.seconds ?? now
    return identity
  }

  private func reference(_ mark: Mark) -> String { ids[mark] ?? ":\(mark.number)" }

  private func tip(of ref: String) -> String? {
    if let mark = tips[ref] { return reference(mark) }
    return existingRefs.contains(ref) ? ref + "^0" : nil
  }

  private static func fullName(_ branch: String) -> String {
    branch.hasPrefix("refs/") ? branch : "refs/heads/" + branch
  }
}
