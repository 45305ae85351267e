import Foundation
import TestSupport
import Testing

/// Environments, git configurations and repositories that were prepared.
@Suite("Hostile surroundings")
struct HostileSurroundingsTests {
  static let programs = [
    "core.fsmonitor", "core.pager", "core.editor", "core.askPass", "diff.external", "gpg.program",
    "gpg.ssh.program", "core.gitProxy", "core.alternateRefsCommand", "merge.evil.driver",
    "filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "sequence.editor",
    "alias.config", "alias.update-ref", "alias.index-pack", "uploadpack.packObjectsHook",
    "remote.origin.uploadpack", "remote.origin.receivepack", "remote.origin.vcs",
    "trace2.normalTarget",
  ]

  @Test("run no program that the clone's configuration names", arguments: programs)
  func program(key: String) throws {
    let attributes: [String: FileChange] = [
      ".gitattributes": "* merge=evil filter=evil diff=evil\n"
    ]
    let upstream = try HostileProject(files: attributes)
    let project = try HostileProject(files: attributes)
    project.git("config", "remote.origin.url", upstream.repository.gitDirectory)
    project.git("config", key, project.evil)
    try project.apply(expecting: key == "remote.origin.vcs" ? [0, 1, 3] : [0, 1])
  }

  @Test(
    "open no address that runs a program or is an option",
    arguments: [
      "ext::sh -c touch% canary", "EXT::sh -c touch% canary", "fd::17",
      "--upload-pack=touch canary",
      "ssh://-oProxyCommand=touch%20canary/x", "-oProxyCommand=x:y", "file:///nowhere/\u{1b}[2J",
      "https://user:secret@127.0.0.1:1/x", "user:secret@127.0.0.1:x", "/nowhere/\nx",
    ])
  func address(url: String) throws {
    let project = try HostileProject()
    project.git("config", "remote.origin.url", url)
    let run = try project.apply(expecting: [3])
    #expect(!(run.output + run.errors).contains("secret"))
    #expect(!FileManager.default.fileExists(atPath: project.repository.directory + "/canary"))
  }

  @Test("take no remote for an option", arguments: ["--upload-pack=touch canary", "-", "../x"])
  func remote(name: String) throws {
    let project = try HostileProject()
    let config = project.repository.gitDirectory + "/config"
    let text = try String(contentsOfFile: config, encoding: .utf8)
    try project.repository.environment.write(
      text + "[remote \"\(name)\"]\n\turl = \(project.repository.gitDirectory)\n", to: config)
    try project.apply(expecting: [0, 1, 2, 3], ["--upstream-remote=\(name)"])
    #expect(!FileManager.default.fileExists(atPath: project.repository.directory + "/canary"))
  }

  /// A variable, its value and how an apply may end.
  static let variables: [(String, String, Set<Int32>)] = [
    ("GIT_INDEX_FILE", "/nowhere/x", [0]), ("GIT_OBJECT_DIRECTORY", "/nowhere", [0]),
    ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "/nowhere", [0]), ("GIT_COMMON_DIR", "/nowhere", [0]),
    ("GIT_WORK_TREE", "/tmp", [0]), ("GIT_NAMESPACE", "evil", [0]), ("GIT_TRACE", "1", [0]),
    ("GIT_TRACE2_EVENT", "1", [0]), ("GIT_CURL_VERBOSE", "1", [0]), ("GIT_TRACE_PACKET", "2", [0]),
    ("GIT_CONFIG_COUNT", "x", [3]), ("GIT_CONFIG_PARAMETERS", "garbage", [3]),
    ("GIT_CONFIG", "/nowhere", [0]), ("HOME", "", [0]), ("HOME", "/proc", [0]),
    ("XDG_CONFIG_HOME", "/proc", [0]), ("LC_ALL", "tr_TR.UTF-8", [0]), ("LANGUAGE", "de", [0]),
    ("TZ", "Pacific/Kiritimati", [0]), ("TZ", ":../../etc/passwd", [0]), ("TZ", "garbage", [0]),
    ("GIT_COMMITTER_NAME", "a\nparent 1", [3]), ("GIT_COMMITTER_NAME", "<>", [3]),
    ("GIT_COMMITTER_NAME", "\u{202e}", [0, 3]), ("GIT_COMMITTER_EMAIL", "<x>\n::error::y", [3]),
    ("GIT_COMMITTER_DATE", "garbage", [0, 3]), ("PATH", ".:", [3]),
    ("GIT_EXEC_PATH", "/nowhere", [0, 3]),
    ("GIT_SHALLOW_FILE", "/etc/passwd", [0]), ("GIT_GRAFT_FILE", "/etc/passwd", [0]),
    ("GIT_REPLACE_REF_BASE", "refs/heads/", [0]), ("GIT_ATTR_SOURCE", "main", [0]),
    ("GIT_DEFAULT_HASH", "sha256", [0]), ("GIT_LITERAL_PATHSPECS", "1", [0]),
    ("GIT_REFLOG_ACTION", "x\ny", [0]), ("GIT_QUARANTINE_PATH", "/nowhere", [0, 3]),
    ("GIT_EXTERNAL_DIFF", "/bin/false", [0]), ("COLUMNS", "-1", [0]), ("COLUMNS", "0", [0]),
    ("COLUMNS", "99999999999999999999", [0]), ("CI_DEFAULT_BRANCH", "-x", [0]),
    ("CI_DEFAULT_BRANCH", "$(touch canary)", [0]), ("CI_DEFAULT_BRANCH", "\u{1b}[2J", [0]),
    ("GIT_DIR", "/nowhere", [3]), ("GIT_CEILING_DIRECTORIES", "/", [0]),
    ("GIT_TEMPLATE_DIR", "/nowhere", [0]), ("GIT_SSH_COMMAND", "/bin/false", [0]),
  ]

  @Test("do not lead another repository, another language or a trace astray", arguments: variables)
  func variable(name: String, value: String, statuses: Set<Int32>) throws {
    let project = try HostileProject()
    let run = try project.apply(expecting: statuses, environment: [name: value])
    #expect(!run.errors.contains("trace:"))
  }

  /// A file below the git directory, what it holds, and how an apply may end.
  static let files: [(String, String, Set<Int32>)] = [
    ("refs/heads/1.0", "", [3]), ("refs/heads/1.0", "garbage", [3]),
    ("refs/heads/1.0", String(repeating: "a", count: 39), [3]),
    ("refs/heads/1.0", String(repeating: "0", count: 40), [3]),
    ("refs/heads/1.0", String(repeating: "a", count: 40), [3]),
    ("refs/heads/1.0", "ref: HEAD\n", [3]), ("refs/heads/1.0", "ref: refs/heads/1.0\n", [0, 1, 3]),
    ("refs/tags/v1.0.0", "garbage", [3]),
    ("refs/tags/v1.0.5", String(repeating: "a", count: 40), [3]),
    ("packed-refs", "garbage\n", [3]), ("HEAD", "garbage", [0, 3]),
    ("HEAD", "ref: refs/heads/gone", [0]),
    ("shallow", "garbage\n", [0, 3]), ("info/grafts", "garbage\n", [0, 3]),
    ("objects/info/alternates", "/nowhere\n", [3]), ("objects/info/alternates", "../../x\n", [3]),
    ("info/attributes", "* merge=evil\n", [0, 1, 3]), ("MERGE_HEAD", "garbage", [0]),
    ("index", "garbage", [0]), ("index.lock", "", [0]), ("HEAD.lock", "", [0]),
    ("refs/heads/1.0.lock", "", [75]), ("refs/heads/1.0.lock", "somebody's\n", [75]),
    ("packed-refs.lock", "", [0]), ("shallow.lock", "", [0]), ("gc.pid", "1 host\n", [0]),
    ("config.lock", "", [0]), ("worktrees/x/gitdir", "/nowhere/.git\n", [0]),
    ("worktrees/x/HEAD", "ref: refs/heads/1.0\n", [0, 1]), ("logs/refs/tags", "a file\n", [0, 3]),
    ("backport", "a file\n", [3]), ("backport/ops", "a file\n", [3]),
    ("backport/ops/01HZZZZZZZZZZZZZZZZZZZZZZZ/intent.json", "{", [0]),
    ("backport/ops/01HZZZZZZZZZZZZZZZZZZZZZZZ/intent.json", "", [0]),
    ("backport/ops/$(x)\u{1b}/intent.json", "{\"id\":\"../../x\"}", [0]),
    ("objects/backport-x/pack/y", "litter", [0]), ("refs/heads/a\u{1b}[2J", "garbage", [0]),
    ("refs/heads/1.0\u{202e}", "ref: refs/heads/1.0\n", [0]), ("refs/replace/x", "garbage", [0]),
  ]

  @Test("are told from sound repositories, file by file", arguments: files)
  func file(path: String, contents: String, statuses: Set<Int32>) throws {
    let project = try HostileProject()
    let full = project.repository.gitDirectory + "/" + path
    try? FileManager.default.removeItem(atPath: full)
    try project.repository.environment.write(contents, to: full)
    try project.apply(expecting: statuses)
    for verb in ["log", "status", "doctor"] {
      try project.run([verb], expecting: [0, 1, 3, 8])
    }
  }

  @Test("keep an operation's record from being a link to somewhere else")
  func link() throws {
    let project = try HostileProject()
    let outside = try project.repository.environment.makeDirectory("outside")
    try FileManager.default.createSymbolicLink(
      atPath: project.repository.gitDirectory + "/backport", withDestinationPath: outside)
    try project.apply(expecting: [3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside).isEmpty)
  }

  @Test("leave a lock of somebody else where it is, and say whose it is")
  func foreignLock() throws {
    let project = try HostileProject()
    let lock = project.repository.gitDirectory + "/refs/tags/v1.0.1.lock"
    try project.repository.environment.write("", to: lock)
    let run = try project.apply(expecting: [75])
    #expect(run.errors.contains("refs/tags/v1.0.1"))
    #expect(FileManager.default.fileExists(atPath: lock))
    try project.run(["continue"], expecting: [3])
  }
}
