import Foundation
import Testing

/// The catalogue of hostile inputs, by number: each has its tests, or a reason why it has none.
@Suite("The catalogue of abuse")
struct AbuseTests {
  /// What is done about one entry.
  enum Answer: Sendable {
    /// Files of tests with a few words of the test in each.
    case tests([(file: String, words: String)])
    /// Why there is no test.
    case reason(String)
  }

  private static func tests(_ places: (String, String)...) -> Answer {
    .tests(places.map { (file: $0.0, words: $0.1) })
  }

  /// Files whose tests answer many entries.
  private enum File {
    static let state = "HostileStateTests"
    static let objects = "HostileObjectTests"
    static let files = "HostileFileTests"
    static let surroundings = "HostileSurroundingsTests"
    static let kills = "KillTests"
    static let landing = "LandingTests"
    static let push = "PushTests"
    static let embargo = "EmbargoTests"
    static let signing = "SigningTests"
  }

  static let answers: [String: Answer] = [
    "A003": tests((File.files, "do not make the configuration run"), ("HostileNameTests", "func ")),
    "A005": tests((File.files, "name = HEAD"), ("RefNameTests", "names that mislead")),
    "A006": tests(("RefNameTests", "names that mislead"), ("ResolveTests", "beginning of another")),
    "A007": tests((File.state, "tag that is named like a branch")),
    "A008": tests(("HostileTextTests", "never reach the terminal raw")),
    "A009": tests((File.surroundings, "refs/heads/1.0\\u{202e}"), ("RefNameTests", "mislead")),
    "A013": tests(("RefTransactionTests", "in each other's way"), ("HostileNameTests", "func ")),
    "A014": tests((File.surroundings, "ref: HEAD"), ("HostileNameTests", "symbolic")),
    "A016": tests((File.surroundings, "refs/heads/1.0\", \"garbage\"")),
    "A018": tests((File.landing, "refused when a branch has moved")),
    "A021": tests(
      (File.objects, "sixty tags one upon the other"), ("ResolveTests", "leads to itself")),
    "A024": tests((File.landing, "a worktree stands on is blocked")),
    "A025": tests(
      ("OperationTests", "in the middle of something"), ("WorktreeTests", "being rebased")),
    "A029": tests(("SurveyTests", "shallow"), ("OpenTests", "a shallow clone says")),
    "A031": tests((File.state, "cut off after the plan")),
    "A033": tests(("OpenTests", "only extensions that do not change")),
    "A035": tests((File.surroundings, "refs/replace/x"), (File.surroundings, "info/grafts")),
    // Who may write to the objects that an alternate lends can change none of them: an object is
    // read by the hash of what it holds.
    "A036": tests(("OpenTests", "a missing alternate is named")),
    "A037": tests(("OpenTests", "a repository of another user")),
    "A038": tests(
      ("OpenTests", "a repository of another user"), ("ErrorTextTests", "safe.directory")),
    "A039": tests((File.state, "a bare repository that was checked out")),
    "A040": tests((File.surroundings, "core.fsmonitor")),
    "A041": tests((File.landing, "hooks that lie in the working tree")),
    "A046": tests((File.surroundings, "alias.config"), (File.surroundings, "core.askPass")),
    "A049": tests(
      ("GitEnvironmentTests", "the variables of a hook"), (File.surroundings, "GIT_INDEX_FILE")),
    "A050": tests((File.surroundings, "GIT_CONFIG_COUNT")),
    "A051": tests((File.embargo, "prints what is handled")),
    "A052": tests((File.surroundings, "Pacific/Kiritimati")),
    "A054": tests(("PickerTests", "author, dates, encoding and message bytes")),
    "A055": tests((File.objects, "bytes that are no text")),
    "A057": tests((File.objects, "a date of twenty digits"), ("SignatureTests", "is no trap")),
    "A058": tests((File.objects, "two megabytes"), (File.objects, "no message")),
    "A059": tests(
      (File.surroundings, "a\\nparent 1"), ("SignatureTests", "break out of the header")),
    "A060": .reason(
      "a claim is shown with its commit as evidence; who can write it could release without it"),
    "A062": tests(
      (File.objects, "commands to other machines"), ("TextEscapeTests", "build machine")),
    "A063": tests((File.objects, "a carriage return")),
    "A064": tests((File.objects, "titles, links and clipboards")),
    "A065": .reason("no output is in columns that a spreadsheet reads"),
    "A066": .reason("a plan, an apply and a push write no file of a build machine"),
    "A068": .reason("nothing writes to the files that change a build's environment or path"),
    "A069": tests(("MarkdownEscapeTests", "stays below its limit")),
    "A070": tests((File.objects, "markup"), ("MarkdownEscapeTests", "<script>")),
    "A071": tests((File.objects, "markup"), ("MarkdownEscapeTests", "@")),
    "A073": tests(
      ("TextEscapeTests", "is spelled out in JSON"), (File.objects, "other ends of lines")),
    "A074": tests((File.objects, ".g\\u{200c}it"), ("IndexPackTests", "a tree that names .git")),
    "A075": tests((File.objects, "../../x"), (File.objects, "names an entry twice")),
    "A076": tests((File.objects, "new .gitmodules leads out")),
    "A077": tests((File.objects, "count: 5_000"), ("PathPitfallTests", "4,000 bytes")),
    "A081": tests((File.objects, "a deep tree"), ("PickBoundsTests", "ten million paths")),
    "A082": tests(("PickBoundsTests", "a file of 200 MB")),
    "A084": tests(("PathPitfallTests", "a submodule moved by one side")),
    "A085": tests((File.state, "pointers of Git LFS")),
    "A086": tests(("ContentPitfallTests", "attributes of the target count")),
    "A088": tests((File.files, "[attr]m text"), ("AttributeScopeTests", "random files")),
    "A089": tests((File.state, "whatever its attributes make of it")),
    "A091": tests(("RenamePitfallTests", "func "), ("PathPitfallTests", "a mode and contents")),
    "A092": tests((File.state, "markers that a fix brings")),
    "A095": .reason("git reads the configuration, and every value of its syntax is text"),
    "A096": tests((File.files, "(a+)+$")),
    "A098": tests((File.files, "50_000"), ("SecurityFuzzTests", "func ")),
    "A099": .reason(
      "the trunk's documents alone are read as the policy; a branch's are never opened"),
    "A100": tests((File.files, "rm -rf ~")),
    "A102": tests((File.landing, "a remote that has the tag already")),
    "A103": tests((File.kills, "at a rename, link, unlink")),
    "A104": tests((File.kills, "with all its children")),
    "A105": tests(("CommandLineTests", "interrupted")),
    "A106": tests((File.kills, "ENOSPC")),
    "A107": tests((File.kills, "EMFILE"), ("ReadOnlyTests", "moves nothing, or all")),
    "A108": tests((File.kills, "(.flush, \"EIO\"")),
    "A109": tests(("PackTests", "a stored object that is damaged")),
    "A110": tests((File.surroundings, "logs/refs/tags"), ("ReadOnlyTests", "logs/refs/heads")),
    "A111": tests((File.surroundings, "a lock of somebody else")),
    "A112": tests((File.surroundings, "packed-refs.lock")),
    "A113": tests(
      (File.surroundings, "intent.json"), (File.surroundings, "a link to somewhere else")),
    "A114": tests((File.state, "a clock that was put back"), ("OperationTests", "of one second")),
    "A115": tests(("ConcurrencyTests", "have one winner")),
    "A117": tests(("ConcurrencyTests", "no tag without its commit")),
    "A119": tests(("PushFailureTests", "took a part and broke")),
    "A120": tests(("PushFailureTests", "killed after it has taken all")),
    "A121": tests(("PushFailureTests", "takes no group as one")),
    "A122": tests((File.push, "sends exactly what was landed")),
    "A123": tests(
      (File.push, "takes more than it is sent"), (File.push, "the address that is shown")),
    "A124": tests(("PushCommandTests", "what a hostile server says")),
    "A125": tests(("PushCommandTests", "says no password"), ("RemoteAddressTests", "secrets")),
    "A126": tests((File.surroundings, "take no remote for an option")),
    "A128": tests((File.signing, "a signer that does not sign")),
    "A129": tests((File.signing, "a signer that does not sign")),
    "A130": tests((File.state, "another tag object")),
    "A131": tests((File.objects, "an armoured signature")),
    "A132": tests((File.signing, "without a list of signers")),
    "A134": tests((File.state, "another tag object")),
    "A136": tests((File.embargo, "does not drag an embargoed commit")),
    "A137": tests((File.embargo, "whole words tell"), (File.embargo, "tells what it is about")),
    "A138": tests((File.embargo, "that others cannot see")),
    "A140": tests((File.embargo, "nothing moves, and the objects outlive")),
    "A142": tests((File.embargo, "before its time")),
  ]

  private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test("is answered by tests that are there, or by a reason", arguments: answers.keys.sorted())
  func answered(id: String) throws {
    let paths =
      FileManager.default.enumerator(atPath: Self.tests.path)?.allObjects as? [String] ?? []
    switch Self.answers[id] {
    case .tests(let places):
      #expect(!places.isEmpty)
      for (name, words) in places {
        let files = paths.filter { $0.hasSuffix("/\(name).swift") }
        #expect(!files.isEmpty, "\(id): there is no \(name)")
        let isThere = try files.contains { path in
          try String(contentsOf: Self.tests.appending(path: path), encoding: .utf8).contains(words)
        }
        #expect(isThere, "\(id): \(name) has no '\(words)'")
      }
    case .reason(let reason): #expect(reason.count > 20)
    case nil: Issue.record("\(id) has no answer")
    }
  }

  @Test("has no entry without an answer")
  func complete() throws {
    let numbers = Self.answers.keys.compactMap { Int($0.dropFirst()) }
    #expect(numbers.count == Self.answers.count && numbers.count == 96)
    // The catalogue itself stands beside the project, where it is at all.
    let list = Self.tests.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "shared/corpora/abuse.tsv")
    guard let text = try? String(contentsOf: list, encoding: .utf8) else { return }
    let ids = text.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "\t" }) }
    #expect(Set(ids).subtracting(Self.answers.keys).isEmpty)
  }
}
