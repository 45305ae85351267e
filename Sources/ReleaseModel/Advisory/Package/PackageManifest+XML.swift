extension PackageManifest {
  /// `pom.xml` (<https://maven.apache.org/pom.html>).
  init(maven bytes: [UInt8]) {
    self.init(.maven)
    let leaves = Self.leaves(of: bytes, depth: 4)
    let group = leaves["project/groupId"] ?? leaves["project/parent/groupId"]
    if let group, let artifact = leaves["project/artifactId"], !group.contains("$"),
      !artifact.contains("$")
    {
      name = "\(group):\(artifact)"
    }
    homepage = leaves["project/url"]
    repository = leaves["project/scm/url"]
    bugs = leaves["project/issueManagement/url"]
    maintainers = [leaves["project/organization/name"]].compactMap(\.self)
  }

  /// A project of .NET, or a `.nuspec`; the file's own name where it states none.
  init(dotNet bytes: [UInt8], stem: String) {
    self.init(.nuget)
    let leaves = Self.leaves(of: bytes, depth: 3)
    func property(_ name: String) -> String? {
      let value = leaves["Project/PropertyGroup/\(name)"]
      return value?.contains("$") == true ? nil : value
    }
    name =
      leaves["package/metadata/id"] ?? property("PackageId") ?? property("AssemblyName") ?? stem
    repository = property("RepositoryUrl")
    homepage = leaves["package/metadata/projectUrl"] ?? property("PackageProjectUrl")
    maintainers = [leaves["package/metadata/authors"] ?? property("Authors")].compactMap(\.self)
    isPrivate = property("IsPackable")?.lowercased() == "false"
  }

  /// The first text at each path.
  private static func leaves(of bytes: [UInt8], depth: Int) -> [String: String] {
    guard let leaves = try? XMLVersionScanner.leaves(in: bytes, depth: depth) else { return [:] }
    var texts: [String: String] = [:]
    for leaf in leaves {
      guard let range = leaf.text, texts[leaf.path] == nil else { continue }
      texts[leaf.path] = VersionBytes.text(range, of: bytes)
    }
    return texts
  }
}
