import Backport
import ReleaseModel

/// Something that a case lacks, in words and with the command that supplies it.
struct CaseRequirementText: Encodable {
  let code: String
  /// The line, moment or problem it is about; nil when it is about the whole case.
  let subject: String?
  let message: String
  /// The whole command; nil when no command supplies it.
  let command: String?

  init(_ requirement: CaseRequirement, of refusal: CaseRefusal) {
    code = requirement.code
    subject = Self.subject(requirement)
    message = Self.message(requirement)
    let step = Self.verb(refusal.kind)
    let id = ShellWord.quoted(refusal.id.description)
    if case .advisory(let problem) = requirement {
      command = Self.command(for: problem, id: id)
    } else {
      command = Self.arguments(requirement, step: step).map { arguments in
        let (verb, rest) = arguments
        return (["git backport case", verb, id] + rest).joined(separator: " ")
      }
    }
  }

  private enum Key: String, CodingKey {
    case code
    case subject
    case message
    case command
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(code, forKey: .code)
    try container.encode(subject, forKey: .subject)
    try container.encode(message, forKey: .message)
    try container.encode(command, forKey: .command)
  }

  /// Everything that is missing; empty when the error is about something else.
  static func all(of error: BackportError) -> [CaseRequirementText] {
    error.refusal.map { refusal in
      refusal.missing.map { CaseRequirementText($0, of: refusal) }
    } ?? []
  }

  /// On one line.
  var line: String { command.map { "\(message): \($0)" } ?? message }

  /// How a step is spelled on the command line.
  static func verb(_ kind: CaseEvent.Kind) -> String {
    switch kind {
    case .receive: "open"
    case .acknowledge: "ack"
    default: kind.rawValue
    }
  }

  private static func subject(_ requirement: CaseRequirement) -> String? {
    switch requirement {
    case .affected(let line), .tested(let line), .released(let line): line
    case .advisory(let problem): problem.text
    case .time(let moment): moment.description
    case .tooLate(let state): state.rawValue
    default: nil
    }
  }

  private static func message(_ requirement: CaseRequirement) -> String {
    switch requirement {
    case .step(let kind): step(kind)
    case .tooLate(let state): "nothing: it is too late for that, the case is \(state.rawValue)"
    case .handler: "exactly one handler"
    case .introduced: "the commit or version that brought the flaw"
    case .lines: "any release line"
    case .affected(let line): "whether \(line) has the flaw"
    case .audit: "a search for similar problems"
    case .tested(let line): "a tested fix for \(line)"
    case .trunkFix: "the fix on the trunk"
    case .credit: "how the reporter is named, with that name"
    case .severity: "how bad it is"
    case .until: "a day of publication that is to come"
    case .time(let moment): "that the embargo ends, at \(moment)"
    case .released(let line): "a release of \(line)"
    case .advisory(let problem): "a sound advisory: \(problem.text)"
    case .reason: "the reason"
    case .message: "what the reporter was told"
    case .original: "what it repeats"
    case .project: "the project it belongs to"
    case .what: "what was done"
    case .clock(isRunning: true): "an answer: the deadlines stand still already"
    case .clock(isRunning: false): "a question: the deadlines run"
    }
  }

  private static func step(_ kind: CaseEvent.Kind) -> String {
    switch kind {
    case .acknowledge: "an acknowledgement to the reporter"
    case .assign: "somebody in charge"
    case .confirm: "that it is confirmed"
    case .ready: "that everything is prepared"
    case .release: "that the releases are out"
    case .publish: "that it is published"
    default: kind.rawValue
    }
  }

  /// The verb and what stands behind the case's id.
  private static func arguments(
    _ requirement: CaseRequirement, step: String
  ) -> (String, [String])? {
    switch requirement {
    case .step(let kind): (verb(kind), [])
    case .tooLate, .advisory: nil
    case .handler: ("assign", ["--handler '<name> <mail>'"])
    case .introduced: ("confirm", ["--introduced <rev>"])
    case .lines: ("line", ["<line>", "--affected yes"])
    case .affected(let line): ("line", [ShellWord.quoted(line), "--affected yes|no"])
    case .audit: ("audit", ["--what <text>"])
    case .tested(let line): ("line", [ShellWord.quoted(line), "--status tested"])
    case .trunkFix: ("line", ["trunk", "--fix <rev>"])
    case .credit: ("note", ["--credit name|alias|anonymous|none", "[--reporter <name>]"])
    case .severity: ("note", ["--cvss <vector>"])
    case .until: ("embargo", ["--until <time>"])
    case .time: ("release", ["--break-embargo <why>"])
    case .released(let line):
      ("line", [ShellWord.quoted(line), "--status released", "--fixed <version>", "--tag <tag>"])
    case .reason: (step, ["--reason <text>"])
    case .message: (step, ["--message <text>"])
    case .original: (step, ["--of <id>"])
    case .project: (step, ["--project <name>"])
    case .what: (step, ["--what <text>"])
    case .clock(isRunning: true): ("inform", ["--answered"])
    case .clock(isRunning: false): ("inform", ["--waiting <for>"])
    }
  }

  /// The command that makes an advisory sound, or says more of what is wrong with it.
  private static func command(for problem: CaseAdvisoryProblem, id: String) -> String? {
    switch problem {
    case .title: "git backport case note \(id) --title <text>"
    case .impact: "git backport case note \(id) --impact <text>"
    case .fixedVersion(let line):
      "git backport case line \(id) \(ShellWord.quoted(line)) --fixed <version> --tag <tag>"
    case .unmade, .contradiction: "git backport advisory write --case \(id)"
    case .wrong(let file, _): "git backport advisory check \(ShellWord.quoted(file))"
    }
  }
}

/// The words for failures of cases.
struct CaseErrorWords {
  let error: BackportError

  private var first: String { error.operands.first ?? "" }

  /// What failed, on which thing; of a refusal, one line for each thing that is missing.
  var message: String {
    switch error.code {
    case .noCase:
      first.isEmpty
        ? error.detail.isEmpty ? "no case is open" : "several cases are open"
        : "there is no case '\(first)'"
    case .caseExists: "there is a case \(first) already"
    case .damagedCase:
      "the record of case \(first) cannot be used: \(error.detail)"
    case .caseNotReady where error.refusal?.kind == .release:
      missing("nothing of case \(first) may be seen yet; it lacks")
    case .caseNotReady:
      missing("case \(first) is not ready, so that nothing of it is released; it lacks")
    default:
      missing(
        "case \(first) does not take the step '\(error.refusal.map { verb($0) } ?? "")'; it lacks")
    }
  }

  private func verb(_ refusal: CaseRefusal) -> String { CaseRequirementText.verb(refusal.kind) }

  private func missing(_ start: String) -> String {
    ([start] + CaseRequirementText.all(of: error).map(\.line)).joined(separator: "\n")
  }

  /// How lines come to be tested; nil when none lacks that, or there is nothing to pick.
  private var trial: String? {
    guard let missing = error.refusal?.missing, !missing.contains(.trunkFix),
      missing.contains(where: { if case .tested = $0 { true } else { false } })
    else { return nil }
    return
      "git backport apply --case \(ShellWord.quoted(first)) --embargo --verify <command> picks and "
      + "tries what is missing where nobody sees it"
  }

  /// What to do.
  var hint: String? {
    switch error.code {
    case .noCase:
      error.detail.isEmpty
        ? "git backport case open begins one" : "name one of \(error.detail)"
    case .caseExists: "git backport case show \(ShellWord.quoted(first))"
    case .damagedCase: error.operands.dropFirst().first.map { "nothing was written; look at \($0)" }
    case .caseNotReady where error.refusal?.kind != .release:
      "what has nothing to do with it goes on with --case none" + (trial.map { "; " + $0 } ?? "")
    default:
      "git backport case show \(ShellWord.quoted(first)) shows where it stands"
        + (trial.map { "; " + $0 } ?? "")
    }
  }
}
