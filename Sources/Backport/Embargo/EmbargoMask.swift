import GitStore
import ReleaseModel

/// Takes out of a document what would tell an embargoed fix, for output that others can read.
///
/// Everything that is text goes, but for the keys that are known to tell nothing: a key that is added
/// later is hidden until somebody decides otherwise. Object ids, states, dates and numbers stay.
public struct EmbargoMask {
  /// What stands in the place of a text.
  public static let word = "(embargoed)"

  /// Keys whose text is a state or a moment.
  private static let plainKeys: Set<String> = [
    "asOf", "at", "base", "baseKind", "code", "createdAt", "date", "fidelity", "format", "kind",
    "notBefore", "releaseDate", "releaseOn", "schema", "state", "status", "tool",
  ]
  /// Keys below which everything stays: what the project says of itself in public, and where this is.
  private static let plainTrees: Set<String> = ["committer", "policy", "repository"]

  private var names: [String: String] = [:]
  /// What else tells nothing in the document at hand.
  private var keptKeys: Set<String> = []

  /// Makes a mask; one for each run, so that a name is hidden by the same word everywhere.
  public init() {}

  /// The document without what it must not tell.
  ///
  /// `keys` are those that tell nothing in this kind of document.
  public mutating func hide<Document: Codable>(
    in document: Document, keeping keys: Set<String> = []
  ) throws(BackportError) -> Document {
    keptKeys = keys
    defer { keptKeys = [] }
    let bytes = try DocumentCoding.encode(document)
    let tree = try DocumentCoding.decode(JSONTree.self, from: bytes, named: "document")
    let hidden = try DocumentCoding.encode(hide(in: tree, key: ""))
    return try DocumentCoding.decode(Document.self, from: hidden, named: "document")
  }

  /// What is to be sent, without the names.
  public mutating func hide(in preview: PushPreview) -> PushPreview {
    var hidden = preview
    for group in hidden.groups.indices {
      for index in hidden.groups[group].indices {
        hidden.groups[group][index].ref = hide(hidden.groups[group][index].ref)
      }
    }
    hidden.present = preview.present.map { hide($0) }
    return hidden
  }

  private mutating func hide(_ ref: RefName) -> RefName {
    RefName(text(ref.description, key: "ref")) ?? ref
  }

  private mutating func hide(in tree: JSONTree, key: String) -> JSONTree {
    switch tree {
    case .null, .boolean, .number: return tree
    case .string(let text): return .string(self.text(text, key: key))
    case .array(let list):
      var hidden: [JSONTree] = []
      for element in list { hidden.append(hide(in: element, key: key)) }
      return .array(hidden)
    case .object(let object):
      var hidden: [String: JSONTree] = [:]
      // In order, so that names are numbered the same in every run.
      for (name, value) in object.sorted(by: { $0.key < $1.key }) {
        let isPlain = EmbargoMask.plainTrees.contains(name)
        hidden[name] = isPlain ? value : hide(in: value, key: name)
      }
      return .object(hidden)
    }
  }

  private mutating func text(_ text: String, key: String) -> String {
    if EmbargoMask.plainKeys.contains(key) || keptKeys.contains(key) { return text }
    if ObjectID(hex: text) != nil { return text }
    if text.hasPrefix("refs/heads/") || text.hasPrefix("refs/tags/") {
      let kind = text.hasPrefix("refs/heads/") ? "refs/heads/" : "refs/tags/"
      return kind + name(for: text, "embargoed")
    }
    return key == "line" ? name(for: text, "line") : EmbargoMask.word
  }

  private mutating func name(for text: String, _ word: String) -> String {
    let key = word + " " + text
    if let known = names[key] { return known }
    let name = "\(word)-\(names.keys.count { $0.hasPrefix(word + " ") } + 1)"
    names[key] = name
    return name
  }
}
