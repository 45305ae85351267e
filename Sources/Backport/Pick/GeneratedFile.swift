import GitStore

/// Files that a program makes from others: merging their lines helps nobody.
enum GeneratedFile {
  /// Whether the target's attributes or the name say so.
  ///
  /// `linguist-generated` decides, either way, where it is set
  /// (https://github.com/github-linguist/linguist/blob/main/docs/overrides.md); else the names under
  /// which package managers lock versions.
  static func isGenerated(_ path: [UInt8], in scope: AttributeScope) -> Bool {
    let attribute = try? scope.value(of: "linguist-generated", for: path)
    switch attribute {
    case .set, .text("true"): return true
    case .unset, .text("false"): return false
    default: break
    }
    let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    return lockFiles.contains(String(decoding: path[nameStart...], as: UTF8.self))
  }

  private static let lockFiles: Set<String> = [
    ".terraform.lock.hcl", "Cargo.lock", "Cartfile.resolved", "Chart.lock", "Gemfile.lock",
    "Package.resolved", "Pipfile.lock", "Podfile.lock", "bun.lock", "bun.lockb",
    "cabal.project.freeze", "composer.lock", "conan.lock", "deno.lock", "flake.lock", "go.sum",
    "go.work.sum", "gradle.lockfile", "mix.lock", "npm-shrinkwrap.json", "package-lock.json",
    "packages.lock.json", "paket.lock", "pdm.lock", "pnpm-lock.yaml", "poetry.lock",
    "pubspec.lock", "pylock.toml", "rebar.lock", "shard.lock", "stack.yaml.lock", "uv.lock",
    "yarn.lock",
  ]
}

extension FileMerge.Conflict {
  /// The same conflict, said to be one of a generated file when it is about contents of one.
  func named(for path: [UInt8], in scope: AttributeScope) -> FileMerge.Conflict {
    guard [.content, .addAdd, .binary].contains(kind),
      GeneratedFile.isGenerated(path, in: scope)
    else { return self }
    var renamed = self
    renamed.kind = .generated
    renamed.detail = detail ?? "made by a program; take the target's and have it made anew"
    return renamed
  }
}
