import Foundation
import TestSupport
import Testing

/// A project with the lines 1.0 and 1.1, and a fix that somebody made to do harm.
struct HostileProject {
  static let code = "one\ntwo\nthree\nfour\nfive\n"
  static let fixedCode = "one\ntwo\nthree, checked\nfour\nfive\n"

  let repository: TestRepository
  /// Something that must never come to be: the programs of the tests make it when they are run.
  let canary: String
  /// A program that makes the canary.
  let evil: String

  var git: GitOracle { repository.git }

  /// Makes the project; `files` are there from the first commit on, `trunkFiles` with the fix.
  init(files: [String: FileChange] = [:], fixFiles: [String: FileChange] = [:]) throws {
    var history = RepositoryBuilder()
    let log = "# Changelog\n\n## [1.0.0]\n\n- Begin\n"
    let start: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n", "code.txt": .text(Self.code),
      "CHANGELOG.md": .text(log),
    ]
    let first = history.commit("Version 1.0.0", files: start.merging(files) { $1 })
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let second = history.commit("Version 1.1.0", files: ["new.txt": "new\n"])
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.commit("Go on", files: ["later.txt": "later\n"])
    history.commit(
      "Check three", files: ["code.txt": .text(Self.fixedCode)].merging(fixFiles) { $1 })
    repository = try history.write(bare: false)
    repository.git("checkout", "-q", "--detach", "main")
    canary = repository.environment.root + "/canary"
    evil = try repository.environment.write(
      "#!/bin/sh\ntouch '\(canary)'\nexit 1\n", to: "evil", executable: true)
  }

  /// Every reference with what it holds, as git sees them.
  var refs: [String] {
    let answer = try? git.attempt(["for-each-ref", "--format=%(refname) %(objectname) %(symref)"])
    return (answer?.outputText ?? "").split(separator: "\n").map(String.init)
  }

  /// Writes an object that git itself would not make, and gives its id.
  func object(_ kind: String, _ bytes: [UInt8]) -> String {
    let output = git.bytes(
      ["hash-object", "-t", kind, "-w", "--literally", "--stdin"], input: bytes)
    return String(decoding: output.prefix(40), as: UTF8.self)
  }

  /// Puts a commit on the trunk whose headers and message are those given.
  ///
  /// `TREE` and `PARENT` in the headers are replaced.
  func commit(headers: String, message: [UInt8], tree: String = "main^{tree}") -> String {
    let tree = git("rev-parse", tree)
    let text = headers.replacing("TREE", with: tree)
      .replacing("PARENT", with: git("rev-parse", "main~1"))
    let id = object("commit", Array(text.utf8) + [UInt8(ascii: "\n")] + message)
    git("update-ref", "refs/heads/main", id)
    return id
  }

  /// The raw tree of the trunk with entries added, sorted as git sorts unless told otherwise.
  func tree(adding entries: [(mode: String, name: [UInt8])], isSorted: Bool = true) -> String {
    let blob = git("rev-parse", "main:new.txt")
    var all: [(mode: String, name: [UInt8], id: String)] = entries.map { ($0.mode, $0.name, blob) }
    for line in git.lines("ls-tree", "main") {
      let fields = line.split(whereSeparator: \.isWhitespace)
      all.append((String(fields[0]), Array(fields[3].utf8), String(fields[2])))
    }
    if isSorted { all.sort { $0.name.lexicographicallyPrecedes($1.name) } }
    var bytes: [UInt8] = []
    for entry in all {
      bytes += Array(entry.mode.utf8) + [UInt8(ascii: " ")] + entry.name + [0]
      bytes += stride(from: 0, to: 40, by: 2).map { index in
        let start = entry.id.index(entry.id.startIndex, offsetBy: index)
        return UInt8(entry.id[start...].prefix(2), radix: 16) ?? 0
      }
    }
    return object("tree", bytes)
  }
}

extension HostileProject {
  /// Runs the program and checks what must hold whatever it was given.
  ///
  /// It ends with one of the statuses, in time and by itself; nothing of the project was run; nothing
  /// reached the terminal raw; and unless it landed something, no reference has moved.
  @discardableResult
  func run(
    _ arguments: [String], expecting statuses: Set<Int32>, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    let before = refs
    let start = ContinuousClock.now
    let run = try ProgramRun(
      arguments, in: repository.directory, environment: repository.environment,
      overrides: environment)
    let shown = Comment(rawValue: "status \(run.status): \(run.errors.prefix(400))")
    #expect(statuses.contains(run.status), shown, sourceLocation: sourceLocation)
    #expect(ContinuousClock.now - start < .seconds(120), shown, sourceLocation: sourceLocation)
    #expect(
      !FileManager.default.fileExists(atPath: canary), "something was run",
      sourceLocation: sourceLocation)
    if ![0, 1].contains(run.status) {
      #expect(refs == before, shown, sourceLocation: sourceLocation)
    }
    for text in [run.output, run.errors] {
      Self.expectTame(text, sourceLocation)
    }
    return run
  }

  /// Lands the fix.
  @discardableResult
  func apply(
    _ fix: String = "main", expecting statuses: Set<Int32>, _ more: [String] = [],
    environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    let run = try run(
      ["apply", "--yes", fix] + more, expecting: statuses, environment: environment,
      sourceLocation: sourceLocation)
    if run.status < 2 {
      let fsck = try git.attempt(["fsck", "--strict", "--full", "--no-dangling", "1.0", "1.1"])
      #expect(!fsck.errorText.contains("missing"), sourceLocation: sourceLocation)
    }
    return run
  }

  /// Nothing that a terminal obeys or hides, and no command to a build machine.
  static func expectTame(_ text: String, _ sourceLocation: SourceLocation) {
    let hidden: Set<Unicode.Scalar> = [
      "\u{202e}", "\u{2066}", "\u{200b}", "\u{feff}", "\u{2028}", "\u{85}",
    ]
    let raw = text.unicodeScalars.first { scalar in
      scalar != "\n" && (scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value))
        || hidden.contains(scalar)
    }
    #expect(raw == nil, "in: \(text.prefix(300))", sourceLocation: sourceLocation)
    for line in text.split(separator: "\n") {
      let start = line.drop { $0.isWhitespace }
      #expect(!start.hasPrefix("::"), "\(line)", sourceLocation: sourceLocation)
      for sign in ["##vso[", "##teamcity[", "##["] {
        #expect(!line.contains(sign), "\(line)", sourceLocation: sourceLocation)
      }
    }
  }
}
