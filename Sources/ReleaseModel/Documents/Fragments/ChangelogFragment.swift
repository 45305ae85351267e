/// An entry of the next release that has a file of its own.
public struct ChangelogFragment: Sendable, Equatable {
  /// The path in the repository.
  public var path: String
  /// The kind of change, as changelogs of the project name it.
  public var category: String
  /// The entry in one paragraph.
  public var text: String
}

/// Where a project keeps fragments, and how their names and contents are read.
public enum FragmentStyle: Sendable, Equatable {
  /// One file for each change in a folder, `<issue>.<type>.rst`.
  ///
  /// See <https://towncrier.readthedocs.io/en/stable/configuration.html>.
  case towncrier(folder: String, types: [String: String])
  /// One Markdown file for each change, with the packages and kinds of bump in its head.
  ///
  /// See <https://github.com/changesets/changesets/blob/main/docs/detailed-explanation.md>.
  case changesets

  /// The style of a project, from its configuration; nil where it has no fragments.
  public init?(reading file: (String) -> [UInt8]?) {
    for path in ["towncrier.toml", "pyproject.toml"] {
      guard let bytes = file(path), let settings = TowncrierSettings(bytes) else { continue }
      self = .towncrier(folder: settings.folder, types: settings.types)
      return
    }
    guard file(".changeset/config.json") != nil else { return nil }
    self = .changesets
  }

  /// The folder of the fragments.
  public var folder: String {
    switch self {
    case .towncrier(let folder, _): folder
    case .changesets: ".changeset"
    }
  }

  /// The fragment in a file of the folder; nil for any other file.
  public func fragment(named name: String, _ bytes: [UInt8]) -> ChangelogFragment? {
    let path = folder + "/" + name
    switch self {
    case .towncrier(_, let types):
      guard let (issue, type) = Self.parts(of: name, types) else { return nil }
      var text = String(
        decoding: EntryText(String(decoding: bytes, as: UTF8.self)).flat, as: UTF8.self)
      if let issue, !text.contains("#\(issue)") {
        text = text.isEmpty ? "#\(issue)" : "\(text) (#\(issue))"
      }
      guard !text.isEmpty else { return nil }
      return ChangelogFragment(path: path, category: types[type] ?? type, text: text)
    case .changesets:
      guard name.hasSuffix(".md"), name.lowercased() != "readme.md" else { return nil }
      return Self.changeset(path, String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Issue and type of a name such as `123.bugfix.rst`, `123.bugfix.1.md` or `+text.misc`.
  private static func parts(
    of name: String, _ types: [String: String]
  ) -> (issue: String?, type: String)? {
    let words = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard !name.hasPrefix("."),
      let index = words.indices.dropFirst().last(where: { types[words[$0]] != nil })
    else { return nil }
    let issue = words[index - 1]
    let isNumber = !issue.isEmpty && issue.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return (isNumber ? issue : nil, words[index])
  }

  private static func changeset(_ path: String, _ content: String) -> ChangelogFragment? {
    let lines = content.split(omittingEmptySubsequences: false) { $0.isNewline }
    guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
      return nil
    }
    let bumps = lines[1..<end].compactMap { line in
      line.split(separator: ":").last.map {
        $0.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
      }
    }
    let name =
      bumps.contains("major") ? "Major" : bumps.contains("minor") ? "Minor" : "Patch"
    let body = lines[(end + 1)...].joined(separator: "\n")
    let text = String(decoding: EntryText(body).flat, as: UTF8.self)
    guard !text.isEmpty, !bumps.isEmpty else { return nil }
    return ChangelogFragment(path: path, category: "\(name) Changes", text: text)
  }
}
