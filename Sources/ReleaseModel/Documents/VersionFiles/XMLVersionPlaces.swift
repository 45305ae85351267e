extension VersionPlaces {
  /// The version of a Maven, MSBuild or NuGet file; which one, the root element says.
  static func xml(_ bytes: [UInt8]) throws(VersionFileRefusal) -> VersionPlaces {
    let leaves = try XMLVersionScanner.leaves(in: bytes, depth: 3)
    var places = VersionPlaces()
    var assembly: [Text] = []
    for leaf in leaves {
      guard let range = leaf.text else { continue }
      switch leaf.path {
      case "project/version":
        places.texts.append(Text(range: resolved(range, in: bytes, leaves: leaves)))
      case "package/metadata/version", "Project/PropertyGroup/Version",
        "Project/PropertyGroup/VersionPrefix", "Project/PropertyGroup/PackageVersion":
        places.texts.append(Text(range: range))
      case "Project/PropertyGroup/AssemblyVersion", "Project/PropertyGroup/FileVersion":
        assembly.append(Text(range: range))
      default: break
      }
    }
    // An assembly version often stays at that of the major on purpose.
    if places.texts.isEmpty { places.texts = assembly } else { places.companions = assembly }
    return places
  }

  /// The string behind the key of the version that people see.
  static func plist(_ bytes: [UInt8]) throws(VersionFileRefusal) -> VersionPlaces {
    guard !VersionBytes.starts("bplist", at: 0, in: bytes) else { return VersionPlaces() }
    let leaves = try XMLVersionScanner.leaves(in: bytes, depth: 3)
    var places = VersionPlaces()
    for (key, value) in zip(leaves, leaves.dropFirst())
    where key.path == "plist/dict/key" && value.path == "plist/dict/string" {
      guard let name = key.text, let range = value.text,
        VersionBytes.equals(name, "CFBundleShortVersionString", in: bytes)
      else { continue }
      places.texts.append(Text(range: range))
    }
    return places
  }

  /// The text itself, or that of the one property that it is a reference to.
  private static func resolved(
    _ range: Range<Int>, in bytes: [UInt8], leaves: [XMLVersionScanner.Leaf]
  ) -> Range<Int> {
    let text = VersionBytes.text(range, of: bytes)
    guard text.hasPrefix("${"), text.hasSuffix("}") else { return range }
    let path = "project/properties/" + text.dropFirst(2).dropLast()
    return leaves.first { $0.path == path }?.text ?? range
  }
}
