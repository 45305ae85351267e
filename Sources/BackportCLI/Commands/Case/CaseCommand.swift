import ArgumentParser
import Backport

/// `case`: the record of one report, from its receipt to the advisory.
struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "Keep the record of a report: deadlines, handler, affected lines, state, letters.",
    usage: """
      git backport case open [--id <id>] [<options>]
      git backport case <step> <case> [<options>]
      git backport case show [<case>] | list | due [<options>]
      git backport case letter <kind> <case> [<options>]
      """,
    discussion: """
      The record is a file in the git directory that only you can read; it is never pushed. Each \
      step adds one event; a step that is refused says everything that is missing, and the command \
      that supplies it. plan, apply and release take the fix, the ids and the embargo from a case \
      with --case.
      """,
    subcommands: [
      CaseOpenCommand.self, CaseAcknowledgeCommand.self, CaseAssignCommand.self,
      CaseConfirmCommand.self, CaseAuditCommand.self, CaseLineCommand.self,
      CaseReadyCommand.self, CaseEmbargoCommand.self, CaseInformCommand.self,
      CaseRespondCommand.self, CaseRejectCommand.self, CaseDuplicateCommand.self,
      CaseUpstreamCommand.self, CaseReleaseCommand.self, CasePublishCommand.self,
      CaseWithdrawCommand.self, CaseReviseCommand.self, CaseCloseCommand.self,
      CaseNoteCommand.self, CaseShowCommand.self, CaseListCommand.self, CaseDueCommand.self,
      CaseLetterCommand.self,
    ],
    defaultSubcommand: CaseListCommand.self)

  /// The document of a command line that was not understood.
  static func document(of arguments: [String]) -> DocumentName {
    switch arguments.drop(while: { $0 != "case" }).dropFirst().first {
    case nil, "list", "due": .caseList
    default: .caseRecord
    }
  }
}
