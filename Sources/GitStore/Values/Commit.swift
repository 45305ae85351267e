/// A commit as its object states it, copied out of the store.
public struct Commit: Hashable, Sendable {
  /// The commit's own id.
  public let id: ObjectID
  /// The root tree.
  public let tree: ObjectID
  /// The parents in order; empty for a root commit.
  public let parents: [ObjectID]
  /// Who wrote the change.
  public let author: Signature
  /// Who made this commit of it.
  public let committer: Signature
  /// The value of the `encoding` header; nil means UTF-8.
  public let encoding: [UInt8]?
  /// The message in that encoding, as it stands.
  public private(set) var message: [UInt8]
  let authorHeader: [UInt8]

  /// The first paragraph of the message on one line, repaired to UTF-8, for display.
  public var subject: String { CommitMessage.subject(of: displayMessage) }

  /// The message as text: Latin-1 is decoded, bytes that are not UTF-8 are repaired.
  public var displayMessage: String {
    guard let encoding else { return String(decoding: message, as: UTF8.self) }
    let name = String(decoding: encoding, as: UTF8.self).lowercased()
    if ["iso-8859-1", "iso8859-1", "latin1", "latin-1"].contains(name) {
      return String(String.UnicodeScalarView(message.map { Unicode.Scalar($0) }))
    }
    return String(decoding: message, as: UTF8.self)
  }

  /// The commit with another message, to make a copy of it; the id stays that of the original.
  package func saying(_ message: [UInt8]) -> Commit {
    var copy = self
    copy.message = message
    return copy
  }
}

extension Commit {
  /// Reads the bytes of a commit object; nil when a tree or a person is missing, or an id damaged.
  init?(id: ObjectID, object: [UInt8]) {
    var headers = ObjectHeaders(of: object)
    guard let tree = headers.take("tree").flatMap({ ObjectID(hexDigits: $0) }) else { return nil }
    var parents: [ObjectID] = []
    while let value = headers.take("parent") {
      guard let parent = ObjectID(hexDigits: value) else { return nil }
      parents.append(parent)
    }
    guard let author = headers.take("author") else { return nil }
    // Some old tools wrote several authors; git and libgit2 read the first.
    while headers.take("author") != nil {}
    guard let committer = headers.take("committer") else { return nil }
    self.id = id
    self.tree = tree
    self.parents = parents
    self.author = Signature(header: author)
    self.committer = Signature(header: committer)
    encoding = headers.find("encoding").map { Array($0) }
    authorHeader = Array(author)
    message = headers.message()
  }
}

/// A commit that does not exist yet.
public struct CommitDraft: Sendable {
  /// The root tree.
  public var tree: ObjectID
  /// The parents in order.
  public var parents: [ObjectID]
  /// The bytes of the `author` header; a pick keeps the original's, damage included.
  public var authorHeader: [UInt8]
  /// Who makes the commit.
  public var committer: Signature
  /// The `encoding` header; nil writes none.
  public var encoding: [UInt8]?
  /// The message in that encoding.
  public var message: [UInt8]

  /// A new commit of our own.
  public init(
    tree: ObjectID, parents: [ObjectID], author: Signature, committer: Signature, message: [UInt8]
  ) {
    self.tree = tree
    self.parents = parents
    authorHeader = author.headerBytes
    self.committer = committer
    self.message = message
  }

  /// A copy of a commit on another parent, with its author, encoding and the message given.
  public init(
    copying original: Commit, tree: ObjectID, parents: [ObjectID], committer: Signature,
    message: [UInt8]
  ) {
    self.tree = tree
    self.parents = parents
    authorHeader = original.authorHeader
    self.committer = committer
    encoding = original.encoding
    self.message = message
  }

  /// The bytes of the commit object, unsigned.
  public var objectBytes: [UInt8] {
    var bytes = Array("tree \(tree)\n".utf8)
    for parent in parents { bytes += Array("parent \(parent)\n".utf8) }
    bytes += Array("author ".utf8) + authorHeader + [UInt8(ascii: "\n")]
    bytes += Array("committer ".utf8) + committer.headerBytes + [UInt8(ascii: "\n")]
    if let encoding { bytes += Array("encoding ".utf8) + encoding + [UInt8(ascii: "\n")] }
    return bytes + [UInt8(ascii: "\n")] + message
  }
}

/// An annotated tag that does not exist yet.
public struct TagDraft: Sendable {
  /// The commit to be tagged.
  public var target: ObjectID
  /// The name without `refs/tags/`.
  public var name: String
  /// Who tags.
  public var tagger: Signature
  /// The message.
  public var message: [UInt8]

  /// Makes the draft of a tag.
  public init(target: ObjectID, name: String, tagger: Signature, message: [UInt8]) {
    self.target = target
    self.name = name
    self.tagger = tagger
    self.message = message
  }

  /// The bytes of the tag object, unsigned.
  public var objectBytes: [UInt8] {
    Array("object \(target)\ntype commit\ntag \(name)\ntagger ".utf8) + tagger.headerBytes
      + Array("\n\n".utf8) + message
  }
}

/// An annotated tag as its object states it.
public struct AnnotatedTag: Hashable, Sendable {
  /// What the tag names directly.
  public let target: ObjectID
  /// The kind of that object, as git spells it.
  public let targetKind: ObjectKind
  /// The value of the `tag` header.
  public let name: [UInt8]
  /// Who tagged; nil in very old tags.
  public let tagger: Signature?
  /// The message, with a signature that may follow it.
  public let message: [UInt8]

  init?(object: [UInt8]) {
    var headers = ObjectHeaders(of: object)
    guard let target = headers.take("object").flatMap({ ObjectID(hexDigits: $0) }),
      let type = headers.take("type"),
      let kind = ObjectKind(rawValue: String(decoding: type, as: UTF8.self)),
      let name = headers.take("tag")
    else { return nil }
    self.target = target
    targetKind = kind
    self.name = Array(name)
    tagger = headers.take("tagger").map { Signature(header: $0) }
    message = headers.message()
  }

  /// Whether the message ends in an OpenPGP, SSH or X.509 signature.
  public var isSigned: Bool {
    let text = String(decoding: message, as: UTF8.self)
    return [
      "-----BEGIN PGP SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----",
      "-----BEGIN SIGNED MESSAGE-----",
    ].contains { text.contains($0) }
  }
}

/// The four kinds of object, as git spells them.
public enum ObjectKind: String, Sendable, Hashable {
  case blob
  case tree
  case commit
  case tag
}
