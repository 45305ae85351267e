import Foundation
import TestSupport
import Testing

@testable import GitStore

@Suite struct ReferenceTests {
  /// What git lists under a prefix: name, id, and what a tag leads to.
  private func listing(_ repository: TestRepository, _ prefix: String) -> [String] {
    repository.git.lines(
      "for-each-ref", "--format=%(refname) %(objectname) %(symref) %(*objectname)", prefix)
  }

  /// What we list, in the same words; what leads to nothing is left out, as git does.
  private func found(_ repository: TestRepository, _ prefix: String) throws -> [String] {
    let store = try repository.open()
    return try store.references(under: prefix).compactMap { reference in
      guard let target = store.target(of: reference.name) else { return nil }
      var symbolic = ""
      if case .symbolic(let name) = reference.value { symbolic = name.description }
      let tag = try store.annotatedTag(target)
      if let peeled = reference.peeled { #expect(peeled == tag?.target) }
      return "\(reference.name) \(target) \(symbolic) \(tag?.target.description ?? "")"
    }
  }

  private func taggedHistory() throws -> TestRepository {
    var history = RepositoryBuilder()
    let first = history.commit("one")
    history.tag("v1.0.0", at: first, message: "One")
    history.tag("light", at: first)
    history.branch("1.0", at: first)
    history.branch("release/1.x", at: first)
    let second = history.commit("two")
    history.tag("v2.0.0", at: second, message: "Two")
    history.branch("refs/remotes/origin/main", at: second)
    return try history.write()
  }

  @Test func `loose, packed and mixed references are those that git lists`() throws {
    let repository = try taggedHistory()
    let prefixes = ["refs/", "refs/tags/", "refs/heads/", "refs/heads/release/", "refs/none/"]
    for stage in ["loose", "packed", "mixed"] {
      switch stage {
      case "packed": repository.git("pack-refs", "--all", "--prune")
      case "mixed":
        repository.git("update-ref", "refs/heads/1.0", "main")
        repository.git("update-ref", "refs/heads/aaa", "main")
        repository.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
      default: break
      }
      for prefix in prefixes {
        #expect(try found(repository, prefix) == listing(repository, prefix), "\(stage) \(prefix)")
      }
    }
  }

  @Test func `a single reference is the loose one before the packed one`() throws {
    let repository = try taggedHistory()
    let old = try repository.objectID("main~1")
    repository.git("pack-refs", "--all")
    repository.git("update-ref", "refs/heads/1.0", "main")
    let store = try repository.open()
    let branch = try #require(RefName.branch("1.0"))
    #expect(try store.reference(branch)?.target == repository.objectID("main"))
    let light = try #require(RefName.tag("light"))
    #expect(store.reference(light)?.target == old)
    #expect(store.reference(light)?.peeled == nil)
    let annotated = try #require(RefName.tag("v1.0.0"))
    #expect(store.reference(annotated)?.peeled == old)
    for name in ["light2", "ligh", "v1.0.0.", "zzz", "a"] {
      let name = RefName.tag(name)
      #expect(name.flatMap { store.reference($0) } == nil)
    }
  }

  @Test(arguments: [true, false], [true, false])
  func `five thousand packed references are found by any prefix`(
    isSorted: Bool, endsInNewline: Bool
  ) throws {
    var history = RepositoryBuilder()
    let commit = history.commit("one")
    history.branch("zz/last", at: commit)
    history.branch("aa/first", at: commit)
    let tag = history.tag("seed", at: commit, message: "T")
    let repository = try history.write()
    let (plain, annotated) = (repository.id(commit), repository.id(tag))
    var lines = (0..<5000).map { number in
      number % 3 == 0
        ? "\(annotated) refs/tags/v\(number)\n^\(plain)\n" : "\(plain) refs/tags/v\(number)\n"
    }
    lines += ["\(plain) refs/heads/aa/first\n", "\(plain) refs/remotes/zz/last\n"]
    lines.sort { $0.utf8.dropFirst(41).lexicographicallyPrecedes($1.utf8.dropFirst(41)) }
    var generator = SeededGenerator(seed: 2)
    if !isSorted { lines.shuffle(using: &generator) }
    let traits = isSorted ? "peeled fully-peeled sorted " : "peeled fully-peeled "
    let text = "# pack-refs with: \(traits)\n" + lines.joined()
    try repository.writeControl(text, to: "packed-refs")
    let prefixes = [
      "refs/", "refs/heads/aa/", "refs/remotes/zz/", "refs/tags/", "refs/tags/v4999",
      "refs/tags/v0",
      "refs/tags/v25", "refs/a", "refs/zzz/", "refs/tags/v49991",
    ]
    let expected = prefixes.map { prefix in
      listing(repository, prefix.hasSuffix("/") ? prefix : prefix + "*")
    }
    // git itself refuses a file that was cut off.
    if !endsInNewline { try repository.writeControl(String(text.dropLast()), to: "packed-refs") }
    for (prefix, expected) in zip(prefixes, expected) {
      #expect(try found(repository, prefix) == expected, "\(prefix)")
    }
    let store = try repository.open()
    for number in [0, 1, 2, 3, 1234, 4998, 4999] {
      let reference = try #require(RefName.tag("v\(number)").flatMap { store.reference($0) })
      #expect(reference.target?.description == (number % 3 == 0 ? annotated : plain))
      #expect(reference.peeled?.description == (number % 3 == 0 ? plain : nil))
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `looking up every one of many unsorted references takes no square time`() throws {
    let id = String(repeating: "1", count: 40)
    let lines = (0..<5000).reversed().map { "\(id) refs/tags/v\($0)" }
    let packed = PackedReferences(Array(lines.joined(separator: "\n").utf8))
    let found = (0..<5000).compactMap { RefName.tag("v\($0)").flatMap { packed.reference($0) } }
    #expect(found.count == 5000)
  }

  @Test func `a reference packed after the repository was opened is still there`() throws {
    let repository = try taggedHistory()
    let store = try repository.open()
    let expected = listing(repository, "refs/").map { String($0.prefix { $0 != " " }) }
    repository.git("pack-refs", "--all", "--prune")
    #expect(store.reference(try #require(RefName.branch("main"))) != nil)
    #expect(store.references(under: "refs/").map(\.name.description) == expected)
    repository.git("update-ref", "refs/heads/later", "main")
    repository.git("pack-refs", "--all", "--prune")
    repository.git("update-ref", "-d", "refs/heads/1.0")
    #expect(store.reference(try #require(RefName.branch("later"))) != nil)
    #expect(store.reference(try #require(RefName.branch("1.0"))) == nil)
  }

  @Test func `what git writes into loose references is read as git reads it`() throws {
    let repository = try smallRepository()
    let id = repository.git("rev-parse", "main")
    let files = [
      "plain": id, "newline": "\(id)\n", "blanks": "\(id) \t\n\n", "upper": "\(id.uppercased())\n",
      "comment": "\(id) and more\n", "return": "\(id)\r\n", "symbolic": "ref: refs/heads/main\n",
      "tight": "ref:refs/heads/main", "wide": "ref:   refs/heads/main  \n",
    ]
    for (name, text) in files { try repository.writeControl(text, to: "refs/heads/x/" + name) }
    let store = try repository.open()
    for name in files.keys {
      let reference = try #require(RefName.branch("x/" + name))
      #expect(store.target(of: reference)?.description == id, "\(name)")
      #expect(repository.git("rev-parse", "refs/heads/x/\(name)") == id, "\(name)")
    }
  }

  @Test func `broken loose references are said and lead nowhere`() throws {
    let repository = try smallRepository()
    let id = repository.git("rev-parse", "main")
    let files = [
      "empty": "", "short": String(id.dropLast()), "long": id + "0",
      "zero": "\(id.map { _ in "0" })",
      "text": "hello\n", "bad": "ref: refs/heads/../x\n", "head": "ref: HEAD\n",
      "nothing": "ref: refs/heads/absent\n", "loop": "ref: refs/heads/x/loop\n",
    ]
    for (name, text) in files { try repository.writeControl(text, to: "refs/heads/x/" + name) }
    try repository.writeControl(String(repeating: "x", count: 70_000), to: "refs/heads/x/huge")
    try repository.writeControl(id, to: "refs/heads/x/a.lock")
    let store = try repository.open()
    let listed = store.references(under: "refs/heads/x/")
    #expect(listed.map(\.name.description) == files.keys.map { "refs/heads/x/" + $0 }.sorted())
    for reference in listed {
      #expect(store.target(of: reference.name) == nil, "\(reference.name)")
      #expect(reference.target == nil)
    }
  }

  @Test func `a damaged line of packed-refs is not another reference`() throws {
    let repository = try smallRepository()
    let id = repository.git("rev-parse", "main")
    let bad = "zz" + id.dropFirst(2)
    try repository.writeControl(
      "# pack-refs with: sorted\n\(bad) refs/tags/a\n\(id)\n\(id) refs/tags/../b\n^\n\n\(id) "
        + "refs/tags/c\n^\(id.dropLast())\n^\(id)\n\(id) refs/tags/d\n^\(id)", to: "packed-refs")
    let tags = try repository.open().references(under: "refs/tags/")
    #expect(tags.map(\.name.description) == ["refs/tags/a", "refs/tags/c", "refs/tags/d"])
    #expect(tags.map(\.target?.description) == [nil, id, id])
    #expect(tags.map(\.peeled?.description) == [nil, nil, id])
  }

  @Test func `no bytes of packed-refs are a trap`() throws {
    var generator = SeededGenerator(seed: 4)
    let id = String(repeating: "1", count: 40)
    let pieces = ["\n", "^", "# pack-refs with: sorted ", id, " ", "refs/tags/v", "1", "\r", "\0"]
    for _ in 0..<3000 {
      let count = Int.random(in: 0...20, using: &generator)
      let text = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }.joined()
      for prefix in ["refs/", "refs/tags/v1", "a/", "z/"] {
        let found = PackedReferences(Array(text.utf8)).references(under: prefix)
        #expect(found.allSatisfy { $0.name.description.hasPrefix(prefix) })
      }
    }
  }

  @Test func `names that are not UTF-8 are left out`() throws {
    let repository = try smallRepository()
    let id = repository.git("rev-parse", "main")
    var packed = Array("# pack-refs with: sorted \n\(id) refs/tags/a".utf8)
    packed += [0xff, 0x0a] + Array("\(id) refs/tags/b\n".utf8)
    try TestFiles.write(Data(packed), to: repository.gitDirectory + "/packed-refs")
    let tags = try repository.open().references(under: "refs/tags/")
    #expect(tags.map(\.name.description) == ["refs/tags/b"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `links that lead in circles come to an end`() throws {
    let repository = try smallRepository()
    for name in ["up", "again"] {
      try FileManager.default.createSymbolicLink(
        atPath: repository.gitDirectory + "/refs/heads/\(name)", withDestinationPath: ".")
    }
    let names = try repository.open().references(under: "refs/heads/").map(\.name.description)
    #expect(names == ["refs/heads/main"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a pipe in the place of a reference does not hang`() throws {
    let repository = try smallRepository()
    try repository.shell("mkfifo repository/refs/heads/pipe")
    let store = try repository.open()
    let name = try #require(RefName.branch("pipe"))
    #expect(store.reference(name) == nil)
    #expect(store.references(under: "refs/heads/").count == 1)
  }

  @Test func `a symbolic link is a symbolic reference`() throws {
    let repository = try smallRepository()
    let head = repository.gitDirectory + "/HEAD"
    try FileManager.default.removeItem(atPath: head)
    try FileManager.default.createSymbolicLink(
      atPath: head, withDestinationPath: "refs/heads/main")
    #expect(repository.git("symbolic-ref", "HEAD") == "refs/heads/main")
    #expect(try repository.open().head == .branch(try #require(RefName.branch("main"))))
  }

  @Test func `references that cannot be read are not taken for none`() throws {
    let repository = try smallRepository()
    try FileManager.default.createDirectory(
      atPath: repository.gitDirectory + "/packed-refs", withIntermediateDirectories: true)
    #expect(errorCode { try repository.open() } == .damaged)
  }

  @Test func `HEAD is a branch, born or not, a commit, or broken`() throws {
    let repository = try smallRepository()
    let main = try #require(RefName.branch("main"))
    #expect(try repository.open().head == .branch(main))
    repository.git("symbolic-ref", "HEAD", "refs/heads/unborn")
    #expect(try repository.open().head == .branch(try #require(RefName.branch("unborn"))))
    repository.git("update-ref", "--no-deref", "HEAD", "main")
    #expect(try repository.open().head == .detached(try repository.objectID("main")))
    let store = try repository.open()
    try repository.writeControl("nonsense", to: "HEAD")
    #expect(store.head == .broken("nonsense"))
  }

  @Test func `a tag that names a file has no commit, packed or not`() throws {
    let repository = try smallRepository()
    repository.git("tag", "-a", "-m", "key", "key", "main:a.txt")
    repository.git("tag", "-a", "-m", "v1", "v1", "main")
    for packs in [false, true] {
      if packs { repository.git("pack-refs", "--all") }
      let store = try repository.open()
      let tags = store.references(under: "refs/tags/")
      #expect(tags.map { $0.peeled != nil } == [packs, packs])
      #expect(errorCode { try store.commit(of: tags[0]) } == .damaged)
      #expect(try store.commit(of: tags[1]) == repository.objectID("main"))
    }
  }
}
