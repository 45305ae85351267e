/// What a file is for, by its path.
enum PathRole: Equatable {
  /// Tells users what each release brings.
  case changelog
  /// Is read by people only.
  case documentation
  /// Tests the code.
  case test
  /// Everything else.
  case code

  private static let changelogNames: Set<String> = [
    "changelog", "changes", "history", "news", "releases", "release_notes", "release-notes",
    "releasenotes", "00-releasenotes",
  ]
  private static let textEndings: Set<String> = [
    "md", "markdown", "rst", "adoc", "asciidoc", "txt", "textile", "rdoc",
  ]
  private static let documentFolders: Set<String> = ["doc", "docs", "documentation", "website"]
  private static let testFolders: Set<String> = [
    "test", "tests", "spec", "specs", "__tests__", "testdata", "t", "testing",
  ]

  /// Judges a path; bytes that are not UTF-8 are repaired first.
  init(_ path: [UInt8]) {
    let parts = String(decoding: path, as: UTF8.self).lowercased().split(separator: "/")
    let name = parts.last ?? ""
    let dot = name.lastIndex(of: ".")
    let stem = dot.map { name[..<$0] } ?? name
    let ending = dot.map { name[name.index(after: $0)...] } ?? ""
    let isText = ending.isEmpty || PathRole.textEndings.contains(String(ending))
    let folders = parts.dropLast()
    if isText, PathRole.changelogNames.contains(String(stem)) || stem.hasPrefix("changelog-") {
      self = .changelog
    } else if folders.contains(where: { PathRole.testFolders.contains(String($0)) }) {
      self = .test
    } else if isText, !ending.isEmpty || stem.hasPrefix("readme") {
      self = .documentation
    } else if let first = folders.first, PathRole.documentFolders.contains(String(first)) {
      self = .documentation
    } else {
      self = .code
    }
  }

  /// Whether what stands at a path may be part of what runs, or decide how it is built.
  ///
  /// Plain text is code here when nothing else says what it is, as `CMakeLists.txt` and
  /// `requirements.txt` are.
  static func mayRun(_ path: [UInt8]) -> Bool {
    switch PathRole(path) {
    case .code: return true
    case .changelog, .test: return false
    case .documentation:
      let parts = String(decoding: path, as: UTF8.self).lowercased().split(separator: "/")
      guard let name = parts.last, name.hasSuffix(".txt") else { return false }
      let isNotice = ["readme", "license", "licence", "copying", "notice", "authors"].contains {
        name.hasPrefix($0)
      }
      return !isNotice && !parts.dropLast().contains { documentFolders.contains(String($0)) }
    }
  }
}
