extension PackageManifest {
  /// `composer.json` (<https://getcomposer.org/doc/04-schema.md>).
  init(composer json: JSONTree?) {
    self.init(.packagist)
    name = json?["name"]?.text
    repository = json?["support"]?["source"]?.text
    bugs = json?["support"]?["issues"]?.text ?? json?["support"]?["email"]?.text
    homepage = json?["homepage"]?.text
    maintainers = Self.people(json?["authors"])
  }

  /// `package.json` (<https://docs.npmjs.com/cli/configuring-npm/package-json>).
  init(npm json: JSONTree?) {
    self.init(.npm)
    name = json?["name"]?.text
    repository = json?["repository"]?["url"]?.text ?? json?["repository"]?.text
    bugs = json?["bugs"]?["url"]?.text ?? json?["bugs"]?["email"]?.text ?? json?["bugs"]?.text
    homepage = json?["homepage"]?.text
    maintainers = Self.people(json?["author"]) + Self.people(json?["maintainers"])
    if case .boolean(true) = json?["private"] { isPrivate = true }
  }

  /// People as strings, or as objects with name and address; alone or in an array.
  private static func people(_ tree: JSONTree?) -> [String] {
    switch tree {
    case .string(let text): return [text]
    case .array(let elements): return elements.flatMap { people($0) }
    case .object:
      let email = tree?["email"]?.text.map { "<\($0)>" }
      let words = [tree?["name"]?.text, email].compactMap(\.self)
      return words.isEmpty ? [] : [words.joined(separator: " ")]
    default: return []
    }
  }
}
