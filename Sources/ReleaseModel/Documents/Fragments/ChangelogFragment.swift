/// An entry of the next release that has a file of its own.
public struct ChangelogFragment: Sendable, Equatable {
  /// The path in the repository.
  public var path: String
  /// The kind of change, as changelogs of the project name it; nil where the file does not tell.
  public var category: String?
  /// The entry in one paragraph.
  public var text: String
  /// The part of the project that it belongs to, as changelogs name it; nil for none.
  public var component: String?
  /// The packages that it says it is about; empty for the only one.
  public var packages: [String] = []
}

/// Where a project keeps fragments, and how their names and contents are read.
public struct FragmentStyle: Sendable, Equatable {
  /// A folder of fragments.
  public struct Folder: Sendable, Equatable {
    /// The path in the repository.
    public var path: String
    /// The part of the project whose fragments lie there; nil for the project itself.
    public var component: String?
  }

  private enum Kind: Equatable {
    /// `<issue>.<type>.rst`, the types with their names.
    case towncrier([String: String])
    /// Markdown with the packages and kinds of bump in its head.
    case changesets
    /// The lines of the changelog themselves.
    case entries
  }

  /// The folders of the fragments.
  public let folders: [Folder]
  /// The file that the fragments go to, where the project names it.
  public let changelog: String?
  private let kind: Kind

  /// The style of a project, from its configuration; nil where it has no fragments.
  ///
  /// Known are towncrier (<https://towncrier.readthedocs.io/en/stable/configuration.html>), changesets
  /// (<https://github.com/changesets/changesets/blob/main/docs/detailed-explanation.md>) and the folder
  /// `changes-entries` of the Apache HTTP Server. Notes of reno stay where they are: reno reads them
  /// from the history.
  ///
  /// `file` gives the contents of a file, and `hasFolder` tells whether there is such a folder.
  public init?(
    reading file: (String) -> [UInt8]?, hasFolder: (String) -> Bool = { _ in false }
  ) {
    for path in ["towncrier.toml", "pyproject.toml"] {
      guard let bytes = file(path), let settings = TowncrierSettings(bytes) else { continue }
      folders = settings.sections.map { section in
        Folder(
          path: settings.folder(of: section), component: section.name.isEmpty ? nil : section.name)
      }
      changelog = settings.newsFile
      kind = .towncrier(settings.types)
      return
    }
    changelog = nil
    if file(".changeset/config.json") != nil {
      folders = [Folder(path: ".changeset", component: nil)]
      kind = .changesets
    } else if hasFolder("changes-entries") {
      folders = [Folder(path: "changes-entries", component: nil)]
      kind = .entries
    } else {
      return nil
    }
  }

  /// The fragment in a file of a folder; nil for any other file.
  public func fragment(named name: String, in folder: Folder, _ bytes: [UInt8])
    -> ChangelogFragment?
  {
    let path = folder.path + "/" + name
    let content = String(decoding: bytes, as: UTF8.self)
    switch kind {
    case .towncrier(let types):
      guard let (issue, type) = Self.parts(of: name, types) else { return nil }
      var text = Self.flat(content)
      if let issue, !text.contains("#\(issue)") {
        text = text.isEmpty ? "#\(issue)" : "\(text) (#\(issue))"
      }
      guard !text.isEmpty else { return nil }
      return ChangelogFragment(
        path: path, category: types[type] ?? type, text: text, component: folder.component)
    case .changesets:
      guard name.hasSuffix(".md"), name.lowercased() != "readme.md" else { return nil }
      return Self.changeset(path, content)
    case .entries:
      guard name.hasSuffix(".txt") else { return nil }
      var text = Self.flat(content)
      if text.hasPrefix("*) ") { text.removeFirst(3) }
      return text.isEmpty ? nil : ChangelogFragment(path: path, category: nil, text: text)
    }
  }

  private static func flat(_ text: String) -> String {
    String(decoding: EntryText(text).flat, as: UTF8.self)
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
    var lines = content.split(omittingEmptySubsequences: false) { $0.isNewline }[...]
    let isRule = { (line: Substring) in line.filter { !$0.isWhitespace } == "---" }
    lines = lines.drop { $0.allSatisfy(\.isWhitespace) }
    guard let first = lines.first, isRule(first),
      let end = lines.dropFirst().firstIndex(where: isRule)
    else { return nil }
    var packages: [String] = []
    var bumps: [String] = []
    for line in lines[lines.startIndex + 1..<end] {
      guard let colon = line.lastIndex(of: ":") else { continue }
      func bare(_ text: Substring) -> String {
        String(text.prefix { $0 != "#" }.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
      }
      packages.append(bare(line[..<colon]))
      bumps.append(bare(line[line.index(after: colon)...]))
    }
    let name =
      bumps.contains("major") ? "Major" : bumps.contains("minor") ? "Minor" : "Patch"
    let text = flat(lines[(end + 1)...].joined(separator: "\n"))
    guard !text.isEmpty, !bumps.isEmpty else { return nil }
    return ChangelogFragment(
      path: path, category: "\(name) Changes", text: text, packages: packages)
  }
}
