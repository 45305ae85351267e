import Backport
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a run ended, for whoever called it (contract.md 3).
enum ExitStatus: Int32, Error {
  /// Every line has, or gets, what it is owed.
  case done = 0
  /// At least one line needs a person.
  case needsPerson = 1
  /// The command line or a configuration is wrong.
  case usage = 2
  /// Something that the whole run needs is missing.
  case precondition = 3
  /// A kind of repository that is not supported.
  case unsupported = 4
  /// The policy or an embargo says no.
  case refused = 5
  /// A reference moved; it is safe to try again.
  case lostRace = 7
  /// An earlier operation has to be ended first.
  case pending = 8
  /// What the remote holds is not known, or a push stopped between two groups.
  case remoteUnknown = 9
  /// Another run holds the lock.
  case locked = 75
  /// Somebody interrupted the run.
  case interrupted = 130

  /// The status of a run whose lines came out like this.
  init(_ targets: [Target.Status]) {
    if !targets.isEmpty, targets.allSatisfy({ $0 == .blocked }) {
      self = .precondition
    } else {
      self = targets.contains(where: \.needsPerson) ? .needsPerson : .done
    }
  }

  /// The status of a plan: a line that only failed its verification needs a person, as nothing that
  /// the run as a whole needs is missing.
  init(_ plan: BackportPlan) {
    let status = ExitStatus(plan.targets.map(\.status))
    self =
      status == .precondition && plan.targets.contains(where: \.failsVerification)
      ? .needsPerson : status
  }

  /// Ends the process.
  func end() -> Never { exit(rawValue) }
}

/// What an interrupt from the keyboard does.
enum Interruption {
  /// Makes an interrupt end the process with its own status, and lets writes to a closed pipe fail.
  ///
  /// Ending at once is safe at any time: what had begun to land is finished by the next run.
  static func install() {
    signal(SIGINT) { _ in _exit(ExitStatus.interrupted.rawValue) }
    signal(SIGPIPE, SIG_IGN)
  }

  /// Whether somebody has asked the process to end since it began to hold such wishes back.
  private static let isWanted = Atomic(false)

  /// Whether somebody has asked the process to end since ``hold()``.
  static var isAsked: Bool { isWanted.load(ordering: .relaxed) }

  /// Until ``install()`` an interrupt, a termination or the end of the terminal is only noted: programs of
  /// the user's run, and have to be ended with what they have started.
  static func hold() {
    isWanted.store(false, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in Interruption.isWanted.store(true, ordering: .relaxed) }
    }
  }

  /// Goes back to ending at once.
  static func release() {
    signal(SIGTERM, SIG_DFL)
    signal(SIGHUP, SIG_DFL)
    install()
  }
}
