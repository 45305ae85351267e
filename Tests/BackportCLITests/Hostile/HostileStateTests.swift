import Foundation
import TestSupport
import Testing

/// States of a repository that mislead whoever takes a name, a message or a clock at its word.
@Suite("Hostile states")
struct HostileStateTests {
  @Test("do not let a tag that is named like a branch take its place")
  func shadow() throws {
    let project = try HostileProject()
    project.git("tag", "1.0", "main")
    let run = try project.apply(expecting: [0])
    #expect(project.git("merge-base", "refs/tags/v1.0.1", "refs/heads/1.0") != "")
    #expect(project.git("rev-parse", "refs/tags/1.0") == project.git("rev-parse", "main"))
    let plan = try project.run(["plan", "main", "--to", "1.1"], expecting: [0])
    #expect(!(run.output + plan.output).contains("there is a tag 1.1 "))
    #expect((run.output + run.errors).contains("there is a tag 1.0 beside the branch"))
  }

  @Test("do not let a history that was cut off after the plan be landed")
  func cut() throws {
    let project = try HostileProject()
    let plan = project.repository.environment.root + "/plan.json"
    try project.run(["plan", "main", "-o", plan], expecting: [0])
    let before = project.refs
    try project.repository.environment.write(
      project.git("rev-parse", "refs/heads/1.0") + "\n",
      to: project.repository.gitDirectory + "/shallow")
    try project.run(["apply", "--plan", plan, "--offline"], expecting: [3, 7])
    #expect(project.refs == before)
  }

  @Test("do not take a bare repository that was checked out for the one that is meant")
  func embedded() throws {
    let outer = try HostileProject(
      files: [
        "evil.git/HEAD": "ref: refs/heads/main\n", "evil.git/config": "[core]\n\tbare = true\n",
      ])
    let folder = outer.repository.environment.root + "/tree"
    outer.git("clone", "-q", outer.repository.gitDirectory, folder)
    for name in ["objects", "refs"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/evil.git/\(name)", withIntermediateDirectories: true)
    }
    let run = try ProgramRun(
      ["lines"], in: folder + "/evil.git", environment: outer.repository.environment)
    #expect(run.status == 3)
    #expect(run.errors.contains("bare repository inside the working tree"))
    let meant = try ProgramRun(
      ["lines"], in: folder + "/evil.git", environment: outer.repository.environment,
      overrides: ["GIT_DIR": folder + "/.git"])
    #expect(meant.status == 0, "\(meant.errors)")
  }

  @Test("are told where a fix brings pointers of Git LFS, and those are picked as they are")
  func pointers() throws {
    let pointer = { (digit: String) -> FileChange in
      .text(
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
          + String(repeating: digit, count: 64) + "\nsize 12\n")
    }
    let files: [String: FileChange] = [
      ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n", "a.bin": pointer("a"),
    ]
    let project = try HostileProject(files: files, fixFiles: ["a.bin": pointer("b")])
    let run = try project.apply(expecting: [0])
    #expect((run.output + run.errors).contains("a.bin is a pointer of Git LFS"))
    #expect(project.git("rev-parse", "1.0:a.bin") == project.git("rev-parse", "main:a.bin"))
  }

  @Test(
    "leave a version file as it is in the repository, whatever its attributes make of it on disk",
    arguments: [
      "export-subst", "ident", "working-tree-encoding=UTF-16", "text eol=crlf", "filter=x",
    ])
  func attributes(attribute: String) throws {
    let text = "$Id$ $Format:%H$ r\u{e9}sum\u{e9}\n__version__ = \"1.0.0\"\n"
    let config = """
      [policy]
      \tsupport = latest 2 minors
      [version-file "setup.py"]
      \tpattern = "= \\"{version}\\""
      \toptional

      """
    let project = try HostileProject(
      files: [".gitattributes": .text("setup.py \(attribute)\n"), "setup.py": .text(text)],
      fixFiles: [".gitbackport": .text(config)])
    try project.apply(expecting: [0, 1])
    let bytes = project.git.bytes(["cat-file", "blob", "refs/tags/v1.0.1:setup.py"])
    #expect(bytes == Array(text.replacing("1.0.0", with: "1.0.1").utf8))
  }

  @Test("do not take markers that a fix brings for a conflict")
  func markers() throws {
    let text = "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n"
    let project = try HostileProject(fixFiles: ["conflicts.txt": .text(text)])
    try project.apply(expecting: [0])
    #expect(project.git.bytes(["show", "1.0:conflicts.txt"]) == Array(text.utf8))
  }

  @Test("do not let another tag object be pushed in the place of ours")
  func tampered() throws {
    let project = try HostileProject()
    let remote = project.repository.environment.root + "/remote.git"
    project.git("init", "-q", "--bare", remote)
    project.git("push", "-q", remote, "refs/heads/*:refs/heads/*", "refs/tags/*:refs/tags/*")
    project.git("config", "remote.origin.url", remote)
    try project.apply(expecting: [0])
    let ours = project.git("rev-parse", "v1.0.1")
    let commit = project.git("rev-parse", "v1.0.1^{commit}")
    let other = project.git(
      "mktag",
      input: "object \(commit)\ntype commit\ntag v9.9.9\ntagger A <a@a> 1 +0000\n\nOther\n")
    project.git("update-ref", "refs/tags/v1.0.1", other)
    // What goes is what was shown, whatever the name stands for by now.
    try project.run(["push", "--yes"], expecting: [0, 3, 7])
    let there = try project.git.attempt(["ls-remote", remote, "refs/tags/v1.0.1"])
    #expect(there.outputText.isEmpty || there.outputText.hasPrefix(ours))
  }

  @Test("are landed and taken back by a clock that was put back, or is of another century")
  func clock() throws {
    try HostileProject().apply(expecting: [2], ["--release-date", "1969-07-20"])
    for date in ["2038-01-20", "2106-02-08"] {
      let project = try HostileProject()
      let before = project.refs
      try project.apply(expecting: [0], ["--release-date", date])
      try project.run(["undo"], expecting: [0])
      #expect(project.refs == before, "\(date)")
    }
  }
}
