package import Foundation

/// The environment of one test: a home of its own, no system or user configuration, fixed
/// identities, dates and time zone, so that object ids are stable and may be asserted.
///
/// The temporary directory goes away with the last reference to the environment.
package final class HermeticEnvironment: Sendable {
  /// The temporary directory that holds everything the test writes.
  package let root: String
  /// HOME of every program the test runs; empty at first.
  package let home: String
  /// The complete environment of a child process; nothing else is inherited.
  package let variables: [String: String]

  /// Makes a fresh temporary directory; `overrides` replace the fixed variables or add to them.
  package init(_ overrides: [String: String] = [:]) throws {
    let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    root = base.appendingPathComponent("git-backport-test-\(UUID().uuidString)").path
    home = root + "/home"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    variables = Self.fixed(root: root, home: home).merging(overrides) { $1 }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  /// The fixed variables, with `overrides` on top.
  package func adding(_ overrides: [String: String]) -> [String: String] {
    variables.merging(overrides) { $1 }
  }

  /// Makes a new empty directory below ``root``.
  package func makeDirectory(_ name: String) throws -> String {
    let path = root + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// Writes a file below ``root``, with its directories, and returns its path.
  @discardableResult
  package func write(_ contents: String, to name: String, executable: Bool = false) throws -> String
  {
    let path = name.hasPrefix("/") ? name : root + "/" + name
    try TestFiles.write(Data(contents.utf8), to: path, executable: executable)
    return path
  }

  private static func fixed(root: String, home: String) -> [String: String] {
    let inherited = ProcessInfo.processInfo.environment
    return [
      "PATH": inherited["PATH"] ?? "/usr/local/bin:/usr/bin:/bin",
      "HOME": home,
      "XDG_CONFIG_HOME": home + "/.config",
      "GNUPGHOME": home + "/.gnupg",
      "TMPDIR": root,
      "TZ": "UTC",
      "LC_ALL": "C",
      "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CEILING_DIRECTORIES": root,
      "GIT_TERMINAL_PROMPT": "0",
      "GIT_PAGER": "cat",
      "GIT_EDITOR": "false",
      "GIT_AUTHOR_NAME": Identity.author.name,
      "GIT_AUTHOR_EMAIL": Identity.author.email,
      "GIT_AUTHOR_DATE": "\(RepositoryBuilder.firstSecond) +0000",
      "GIT_COMMITTER_NAME": Identity.committer.name,
      "GIT_COMMITTER_EMAIL": Identity.committer.email,
      "GIT_COMMITTER_DATE": "\(RepositoryBuilder.firstSecond) +0000",
    ]
  }
}

/// Files as tests write them.
package enum TestFiles {
  /// Writes a file and the directories above it.
  package static func write(_ contents: Data, to path: String, executable: Bool = false) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try contents.write(to: URL(fileURLWithPath: path))
    if executable {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }
}
