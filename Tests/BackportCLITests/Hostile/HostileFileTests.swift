import Foundation
import TestSupport
import Testing

/// Files of the project that mislead whoever reads them.
@Suite("Hostile files")
struct HostileFileTests {
  private static let policy = "[policy]\n\tsupport = latest 2 minors\n"

  static let settings: [(String, Set<Int32>)] = [
    ("[tags]\n\tpattern = \"v{version} beta\"\n", [3]), ("[tags]\n\tpattern = (a+)+$\n", [2, 3]),
    ("[tags]\n\tpattern = \"v..{version}\"\n", [2, 3]),
    ("[tags]\n\tpattern = \"@{{version}\"\n", [2, 3]),
    ("[tags]\n\tpattern = {version}.lock\n", [2, 3]), ("[tags]\n\tpattern =\n", [0, 2, 3]),
    ("[branches]\n\tcreate = -{line}\n", [0, 1]), ("[branches]\n\tcreate = HEAD\n", [2]),
    ("[branches]\n\tcreate = \"{line} beta\"\n", [0, 1]),
    ("[branches]\n\tcreate = ../{line}\n", [0, 1]),
    ("[branch \"1.0\"]\n\tname = HEAD\n", [1]), ("[branch \"1.0\"]\n\tname = @\n", [1, 2]),
    ("[branch \"1.0\"]\n\tname = -x\n", [1]), ("[branch \"1.0\"]\n\tname = deadbee1\n", [1]),
    ("[branch \"1.0\"]\n\tname = ../../config\n", [2]),
    ("[branch \"1.0\"]\n\tname = \"a\\nb\"\n", [2]),
    ("[branch \"\u{1b}[2J\"]\n\tname = x\n", [0, 1, 2]), ("[include]\n\tpath = /etc/passwd\n", [2]),
    ("[core]\n\thooksPath = x\n", [2]), ("[backport]\n\tverify = touch canary\n", [2]),
    ("[policy]\n\tsupport = latest 99999999999999999999 minors\n", [2]),
    ("[policy]\n\tsupport = \u{1b}[2J\n", [2]),
    ("[policy]\n\tdates = ../../etc/passwd\n", [0, 2, 3]),
    ("[changelog]\n\tfile = ../../etc/passwd\n", [0, 1, 2, 3]),
    ("[changelog]\n\tfile = /etc/passwd\n", [0, 1, 2, 3]),
    ("[changelog]\n\tfile = .git/config\n", [0, 1, 2, 3]),
    ("[version-file \"../x\"]\n\tpattern = {version}\n", [0, 1, 2, 3]),
    ("[version-file \"code.txt\"]\n\tpattern = \"(a+)+{version}\"\n", [0, 1, 2, 3]),
    ("[fix \"CVE-2026-0001\"]\n\tskip = \"1.0: \u{1b}]0;x\u{7}\"\n", [0, 1]),
    ("[release]\n\tmessage = \"x\\nparent {version}\"\n", [0, 1, 2]),
    ("[third-party]\n\tpath = \"" + String(repeating: "*a", count: 300) + "b\"\n", [0, 2]),
    ("[a", [2]), ("\u{0}", [0, 2, 3]),
    ("[a \"" + String(repeating: "x", count: 100_000) + "\"]\n\tb = c\n", [2]),
  ]

  @Test("do not make the configuration run, read or name anything else", arguments: settings)
  func setting(text: String, statuses: Set<Int32>) throws {
    let project = try HostileProject(fixFiles: [".gitbackport": .text(Self.policy + text)])
    try project.apply(expecting: statuses)
    for name in project.refs.map({ $0.prefix { $0 != " " } }) {
      #expect(!name.contains("..") && !name.hasSuffix(".lock") && !name.contains("/-"))
    }
  }

  private static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  static let documents: [(String, String)] = [
    (
      "SECURITY.md",
      "## Supported Versions\n\n| Version | Supported |\n| - | - |\n"
        + many("| 1.0.x | yes |\n", 50_000)
    ),
    (
      "SECURITY.md",
      "## Supported Versions\n<!--\n| Version | Supported |\n| - | - |\n| 1.0.x | yes |\n-->\n"
    ),
    ("SECURITY.md", many("|", 200_000)), ("SECURITY.md", many("<div>", 50_000)),
    ("SECURITY.md", many("*_", 100_000)), ("SECURITY.md", many("[", 100_000) + many("(", 100_000)),
    ("SECURITY.md", many("> ", 100_000)), ("SECURITY.md", many("&#x", 100_000)),
    ("SECURITY.md", "## Supported Versions\n\n" + many("1.0.x, ", 50_000)),
    ("CHANGELOG.md", ""), ("CHANGELOG.md", "\u{0}\u{1b}"), ("CHANGELOG.md", many("<!--", 50_000)),
    ("CHANGELOG.md", "# Changelog\n\n" + many("## [1.0.0]\n\n- x\n\n", 2_000)),
    ("CHANGELOG.md", many("x", 2_000_000)), ("CHANGELOG.md", many("```\n", 50_001)),
    ("CHANGELOG.md", many("[", 200_000)), ("CHANGELOG.md", many("[a]: b\n", 50_000)),
    ("CHANGELOG.md", "# Changelog\r\r## [1.0.0]\r\r- x\r"),
    ("CHANGELOG.md", "\u{feff}# \u{202e}\n"),
    ("VERSION", "1.0.0; rm -rf ~\n"), ("VERSION", "$(touch canary)\n"),
    ("VERSION", many("9", 500_000)),
    ("VERSION", "1.0.0\nx\n"), ("VERSION", "01.00.00\n"), ("VERSION", "\u{ff11}.0.0\n"),
    ("VERSION", many("1.0.0\n", 50_000)), ("package.json", many("[", 200_000)),
    ("package.json", "{\"version\": \"1.0.0\", \"version\": \"9.9.9\"}"),
    ("pom.xml", many("<a>", 100_000)),
    ("pom.xml", "<!DOCTYPE x [<!ENTITY a \"&a;&a;\">]><project><version>&a;</version></project>"),
    ("Cargo.toml", many("[[a]]\n", 50_000)), ("pyproject.toml", "[project]\nversion = '''1.0.0\n"),
    (".gitattributes", many("*a", 300) + "b text\n"),
    (".gitattributes", many("[attr]m text\n", 20_000)),
    (".gitattributes", many("* -text\n", 100_000)), (".mailmap", many("A <a@a> <b@b>\n", 50_000)),
    (".git-blame-ignore-revs", many("x", 100_000)), (".lfsconfig", "[lfs]\n\turl = x\n"),
  ]

  @Test("do not make a plan endless, nor anything run", arguments: documents)
  func document(path: String, contents: String) throws {
    var files: [String: FileChange] = [path: .text(contents)]
    if path == "SECURITY.md" {
      files[".gitbackport"] = .text("[changelog]\n\tcategory = Security\n")
    }
    let project = try HostileProject(files: files)
    let start = ContinuousClock.now
    try project.run(["plan", "main"], expecting: [0, 1, 2, 3])
    #expect(ContinuousClock.now - start < .seconds(120), "\(path): \(contents.prefix(40))")
  }

  static let tags = [
    "v1.0.99999999999999999999", "v1.0." + String(repeating: "9", count: 150), "v01.0.5", "v1.0.1-",
    "v1.0.1+b", "V1.0.9", "v1.0.\u{663}", "v1.0.7\u{202e}", "1.0", "main", "deadbee", "HEAD",
    "v1.0.0$(reboot)", "v1.0.0;x", "refs/tags/v1.0.0", "-x", "v1.0.1/x",
  ]

  @Test("make no version of a tag that is none", arguments: tags)
  func tag(name: String) throws {
    let project = try HostileProject()
    project.git("update-ref", "refs/tags/" + name, "1.0")
    let fix = project.git("rev-parse", "refs/heads/main")
    let run = try project.apply(fix, expecting: [0, 1, 3], ["--json"])
    #expect(!run.output.isEmpty)
    #expect(run.status == 3 || project.git("rev-parse", "refs/heads/1.1~1^{tree}") != "")
  }

  static let arguments: [[String]] = [
    ["--to", "\u{1b}[2J"], ["--to", "-x"], ["--to", "$(x)"], ["--skip", "1.0=\u{1b}]0;x\u{7}"],
    ["--skip", "1.0"], ["--fixed", "1.0=-x"], ["--use", "1.0=--exec=x"], ["--use", "=x"],
    ["--id", "\n::error::x"], ["--entry", "\u{1b}[2J\n## [9.9.9]\n"], ["--entry", ""],
    ["--release-date", "99999-99-99"], ["--release-date", "1969-01-01"],
    ["--release-date", "2106-02-07T06:28:16Z"], ["--as-of", "\u{202e}"], ["--base", "x"],
    ["--package", "../../x"], ["--trunk", "--x"], ["--config", "/dev/zero"],
    ["--config", "/proc/self/mem"],
    ["-m", "99999999999999999999"], ["-C", "/proc/1/root/nowhere"], ["--", "--exec=x"], ["--", ""],
    ["--", "a\u{0}b"], ["--", "HEAD~99999999999"], ["--", "HEAD^{/(a+)+$}"],
    ["--", "@{99999999999}"],
    ["--", ":/x"], ["--", "main:code.txt"], ["--", "main..main"], ["--", "..."], ["--", "^main"],
  ]

  @Test("cannot be named on a command line to any other effect", arguments: arguments)
  func argument(words: [String]) throws {
    let project = try HostileProject()
    let base = words.first == "--" ? ["plan"] : ["plan", "main"]
    try project.run(base + words, expecting: [0, 1, 2, 3])
  }
}
