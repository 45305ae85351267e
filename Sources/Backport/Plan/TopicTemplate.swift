import GitStore

/// How topic branches are named, as in `backport/{line}/{version}`.
///
/// Plain placeholders and no expressions: titles and names of a project are data.
struct TopicTemplate: Equatable {
  /// The names that are used unless others are asked for.
  static let usual = "backport/{line}/{version}"
  /// How many digits stand for a fix.
  private static let fixDigits = 12

  private enum Part: Equatable {
    case text(String)
    case line
    case version
    case fix
  }

  private let parts: [Part]
  private let text: String

  /// Reads a template; one that gives two lines the same branch is an error.
  init(parsing text: String) throws(BackportError) {
    self.text = text
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}"),
        let part = TopicTemplate.placeholder(rest[open...close])
      else {
        throw TopicTemplate.failure(text, "its placeholders are {line}, {version} and {fix}")
      }
      parts.append(part)
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    guard parts.contains(.line) || parts.contains(.version) else {
      throw TopicTemplate.failure(
        text, "it needs {line} or {version}, so that each line has a branch of its own")
    }
    self.parts = parts
  }

  /// The branch of a line; `fix` is nil where a release is made without one.
  func name(
    line: String, version: String, fix: ObjectID?
  ) throws(BackportError) -> RefName {
    var name = ""
    for part in parts {
      switch part {
      case .text(let text): name += text
      case .line: name += line
      case .version: name += version
      case .fix:
        guard let fix else {
          throw TopicTemplate.failure(text, "there is no fix to be named by {fix}")
        }
        name += fix.abbreviated(to: TopicTemplate.fixDigits)
      }
    }
    guard let ref = RefName.branch(name), (try? ref.validateForCreation()) != nil else {
      throw TopicTemplate.failure(text, "'\(name)' is no name for a branch")
    }
    return ref
  }

  private static func placeholder(_ text: Substring) -> Part? {
    switch text {
    case "{line}": .line
    case "{version}": .version
    case "{fix}": .fix
    default: nil
    }
  }

  private static func failure(_ text: String, _ reason: String) -> BackportError {
    BackportError(.usage, ["--topic=\(text)"], detail: reason)
  }
}
