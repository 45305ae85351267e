import GitStore
import TestSupport
import Testing

/// Attributes of trees against `git check-attr`.
@Suite struct AttributeScopeTests {
  private static let patterns = [
    "*", "*.c", "a.c", "/a.c", "src/a.c", "/src/*.c", "src/*", "src/**", "**/a.c", "**/deep/*",
    "src/**/a.c", "src/**/**/a.c", "a*", "*a*c", "?.c", "[ab].c", "[!a].c", "[^a-b].c", "[]a].c",
    "[a-", "[[:alpha:]].c", "[[:digit:][:upper:]]*", "*.[ch]", "src/", "deep", "**", "/**", "***",
    "s**c/a.c", "src**/a.c", "src/de*/a.c", "src/*/*", "\\a.c", "a\\.c", "\\*.c", "*\\", "\"a.c\"",
    "\"\\141.c\"", "\"a b.c\"", "\"*.c\"", "!a.c", "#a.c", "a.c/", "./a.c", "src//a.c", "lib/**/x",
    "**/src/**", "A.C", "*.c*", "[a\\-c].c", "[c-a].c", "*/deep/*.c", "**c", "src/deep", "é.c",
    "[[:nothing:]]", "[a]b].c", "x/y/z/**", "/*/a.c", "*?", "a.c*", "**.c",
  ]

  private static let paths = [
    "a.c", "b.c", "x.c", "-.c", "].c", "a.h", "A.C", "1", "src/a.c", "src/b.c", "src/deep/a.c",
    "src/deep/er/a.c", "src/a.c/x", "srcs/a.c", "lib/x", "lib/a/x", "lib/a/b/x", "deep/a.c",
    "x/y/z/w", "x/src/y", "a b.c", "é.c", "*.c", "a]b].c", "s.c/a.c", "sxxc/a.c", "c", "ac",
    "src/deep", "a.c.c", "x/deep/y.c", "src/srcs/a.c", "ab].c",
  ]

  @Test func `every pattern means the files that git takes it for`() throws {
    let lines = Self.patterns.enumerated().map { "\($1) p\($0)\n" }.joined()
    try compare(
      [".gitattributes": .text(lines)], attributes: Self.patterns.indices.map { "p\($0)" })
  }

  @Test func `files in folders are relative to them and win over outer ones`() throws {
    try compare(
      [
        ".gitattributes":
          "*.c one=top two=top -three\n/a.c four\n[attr]group one=group two three\n",
        "src/.gitattributes": "a.c one=src !two\n/deep/*.c group\n[attr]inner five\nb.c inner\n",
        "src/deep/.gitattributes": "a.c -one\n*.c two=deep two=later\nsrc/a.c three=wrong\n",
        "lib/.gitattributes": .symlink("../src/.gitattributes"),
      ], attributes: ["one", "two", "three", "four", "five", "group", "inner"])
  }

  @Test func `macros open in git's order`() throws {
    try compare(
      [
        ".gitattributes": """
        [attr]outer inner one=outer two=outer
        [attr]inner two=inner three -four
        [attr]again three=again
        [attr]again four=again
        *.c outer two=line
        b.c -outer
        src/*.c binary merge=union
        x.c again binary
        lib/** !inner inner one

        """
      ],
      attributes: [
        "outer", "inner", "again", "one", "two", "three", "four", "binary", "merge", "text", "diff",
      ])
  }

  @Test func `odd lines are read as git reads them`() throws {
    let long = String(repeating: "x", count: 2100)
    try compare(
      [
        ".gitattributes": .text(
          "\u{feff}a.c one\r\n   b.c\ttwo  \t three=3=4\r\n# c\n\n*.h bad=1 -=x\n*.c four=\n"
            + "*.c -five=x\n*.c \(long)\n*.c six\\\n*.c 7even .eight _nine t-en\n*.c eleven")
      ], attributes: ["one", "two", "three", "bad", "four", "five", "7even", ".eight", "t-en"])
  }

  @Test func `random files give git's values`() throws {
    var random = SeededGenerator(seed: 7)
    func pick<Element>(_ choices: [Element]) -> Element {
      choices[Int(random.next() % UInt64(choices.count))]
    }
    for _ in 0..<10 {
      var files: [String: FileChange] = [:]
      for folder in ["", "src/", "src/deep/", "lib/"] {
        let lines = (0..<8).map { _ in
          let values = (0..<2).map { _ in
            pick(["m", "-m", "!m", "m=a", "m=b", "g", "-g", "n", "k=m"])
          }
          return "\(pick(Self.patterns)) \(values.joined(separator: " "))\n"
        }
        files[folder + ".gitattributes"] = .text("[attr]g m=g n\n" + lines.joined())
      }
      try compare(files, attributes: ["m", "n", "g", "k"])
    }
  }

  private func compare(_ files: [String: FileChange], attributes: [String]) throws {
    var history = RepositoryBuilder()
    history.commit("attributes", files: files)
    let repository = try history.write(bare: false)
    let input = Self.paths.map { Array($0.utf8) + [0] }.joined()
    let output = repository.git.bytes(
      ["check-attr", "-z", "--stdin"] + attributes, input: Array(input))
    let fields = output.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    let store = try repository.open()
    let tree = try store.commit(try repository.objectID("main")).tree
    let scopes = AttributeScopes(repository: store)
    try #require(fields.count > Self.paths.count * attributes.count)
    for index in stride(from: 0, to: fields.count - 2, by: 3) {
      let (path, attribute, expected) = (fields[index], fields[index + 1], fields[index + 2])
      let scope = try scopes.scope(of: Array(path.utf8), in: tree)
      let value = try scope.value(of: attribute, for: Array(path.utf8))
      #expect(Self.describe(value) == expected, "\(attribute) of \(path)")
    }
  }

  private static func describe(_ value: AttributeRules.Value?) -> String {
    switch value {
    case nil, .unspecified: "unspecified"
    case .set: "set"
    case .unset: "unset"
    case .text(let text): text
    }
  }
}
