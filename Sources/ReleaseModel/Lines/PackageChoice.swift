/// Which packages the tags of a repository name, and which of them is looked at.
struct PackageChoice {
  /// The names that tags of the chosen package carry; nil is no name.
  var names: Set<String?>
  /// The package as lines show it; nil for the main one.
  var label: String?
  /// Whether the repository has a main package at all.
  var hasMain: Bool

  /// Chooses the package.
  ///
  /// The main one is that without a name together with that of the repository's name; else the
  /// only one there is.
  init(
    found: Set<String?>, chosen: String?, repositoryName: String?
  ) throws(LineInventoryError) {
    let named = found.compactMap { $0 }.sorted()
    let main = found.filter { name in
      name.map { Self.isSame($0, repositoryName) } ?? true
    }
    if let chosen {
      if main.contains(chosen) || (Self.isSame(chosen, repositoryName) && !main.isEmpty) {
        self.init(names: main, label: nil, hasMain: true)
      } else if let name = named.first(where: { $0 == chosen }) {
        self.init(
          names: [name], label: named.count == 1 && main.isEmpty ? nil : name,
          hasMain: !main.isEmpty)
      } else {
        throw .unknownPackage(chosen, known: named)
      }
    } else if !main.isEmpty || named.count <= 1 {
      self.init(names: main.isEmpty ? found : main, label: nil, hasMain: true)
    } else {
      throw .severalPackages(named)
    }
  }

  private init(names: Set<String?>, label: String?, hasMain: Bool) {
    self.names = names
    self.label = label
    self.hasMain = hasMain
  }

  /// Whether package and repository have one name, apart from case, punctuation, scope and `.git`.
  static func isSame(_ package: String, _ repository: String?) -> Bool {
    guard let repository else { return false }
    let name = repository.hasSuffix(".git") ? repository.dropLast(4) : repository[...]
    let wanted = key(name)
    guard !wanted.isEmpty else { return false }
    if key(package[...]) == wanted { return true }
    guard package.hasPrefix("@"), let slash = package.lastIndex(of: "/") else { return false }
    return key(package[slash...]) == wanted
  }

  private static func key(_ name: Substring) -> [UInt8] {
    name.utf8.filter { $0.isASCIIDigit || $0.isASCIILetter || $0 >= 0x80 }.map(\.lowercasedASCII)
  }
}
