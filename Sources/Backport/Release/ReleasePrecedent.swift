import GitStore
import ReleaseModel

/// How a project made its last releases, so that the next looks as if it had made it itself.
struct ReleasePrecedent {
  /// Whether the last tag is an annotated one.
  let isAnnotated: Bool
  /// Whether the last tag is signed.
  let isSigned: Bool
  /// The first line of the last tag's message with `{version}` and `{tag}`; nil when it has neither.
  let tagMessage: String?
  /// The subject of the last two release commits with `{version}` and `{tag}`, where they agree.
  let subject: String?

  /// Reads the precedent from the newest releases at or below a line, the newest first.
  ///
  /// On 609 pairs of neighbouring releases the kind of tag is predicted so in 587; the subject in
  /// only 291, hence two that agree are asked for (release.md 2.4).
  init(
    _ releases: [ReleaseModel.Release], in repository: Repository
  ) throws(BackportError) {
    let newest = releases.first
    var tag: AnnotatedTag?
    if let newest, let name = RefName.tag(newest.tagName), let id = repository.target(of: name) {
      tag = try store { () throws(GitError) in try repository.annotatedTag(id) }
    }
    isAnnotated = tag != nil
    isSigned = tag?.isSigned ?? false
    tagMessage = newest.flatMap { release in
      tag.flatMap { tag in
        let line = String(decoding: tag.message, as: UTF8.self).split(separator: "\n").first ?? ""
        let template = ReleasePrecedent.template(of: String(line), release)
        return template.contains("{") ? template : nil
      }
    }
    var subjects: [String] = []
    for release in releases.prefix(2) {
      guard let name = RefName.tag(release.tagName), let reference = repository.reference(name)
      else { continue }
      let commit = try store { () throws(GitError) in
        try repository.commit(try repository.commit(of: reference))
      }
      subjects.append(ReleasePrecedent.template(of: commit.subject, release))
    }
    subject =
      subjects.count == 2 && subjects[0] == subjects[1] && subjects[0].contains("{")
      ? subjects[0] : nil
  }

  /// A text in which the release's tag and version are replaced by their place holders.
  ///
  /// A pull request's number at the end is left out.
  private static func template(of text: String, _ release: ReleaseModel.Release) -> String {
    var result = text
    if result.hasSuffix(")"), let open = result.lastIndex(of: "("),
      result[open...].dropFirst().first == "#",
      result[open...].dropFirst(2).dropLast().allSatisfy({ $0.isNumber })
    {
      result = String(result[..<open].trimmingWhitespace())
    }
    let version = release.version.description
    if release.tagName != version { result.replace(release.tagName, with: "{tag}") }
    result.replace(version, with: "{version}")
    return result
  }

  /// Fills the place holders of a template.
  static func fill(_ template: String, version: Version, tag: String) -> String {
    template.replacing("{version}", with: version.description).replacing("{tag}", with: tag)
  }
}
