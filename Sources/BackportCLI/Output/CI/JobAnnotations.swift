import Backport

/// Notes that a CI service shows beside a run.
///
/// See https://docs.github.com/actions/reference/workflow-commands-for-github-actions and
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands.
struct JobAnnotations {
  /// How bad it is.
  enum Level: String {
    case notice
    case warning
    case error
  }

  let service: BuildService.Kind

  /// The line that makes a note; nil where the service has none.
  func line(_ level: Level, _ text: String) -> String? {
    let plain = TextEscape.line(text)
    switch service {
    case .github, .forgejo, .gitea:
      return "::\(level.rawValue) title=git-backport::\(JobAnnotations.escaped(plain))"
    case .azure where level != .notice:
      return "##vso[task.logissue type=\(level.rawValue)]\(JobAnnotations.escaped(plain))"
    case .azure, .gitlab, .jenkins, .buildkite, .plain: return nil
    }
  }

  /// The text between two lines that keep the service from taking any of it for a command.
  func fenced(_ text: String, key: String = JobFiles.random()) -> String {
    switch service {
    case .github, .forgejo, .gitea:
      "::stop-commands::\(key)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")::\(key)::\n"
    case .azure, .gitlab, .jenkins, .buildkite, .plain: text
    }
  }

  /// The notes about a run.
  func lines(of document: CIDocument) -> [String] {
    var lines: [String?] = []
    for fix in document.fixes where fix.state != .settled {
      let level: Level = fix.state.isGood ? .notice : .error
      let text = "\(fix.name) \(fix.subject): \(JobSentence(fix: fix).text)"
      let error = fix.error.map { " (\($0.message))" } ?? ""
      lines.append(line(level, text + error))
      for target in fix.lines {
        guard let result = target.verification?.first(where: { $0.status != .passed }) else {
          continue
        }
        lines.append(
          line(.error, "\(fix.name) on \(target.line): \(result.finding)\(log(result))"))
      }
    }
    for warning in document.warnings { lines.append(line(.warning, warning.message)) }
    return lines.compactMap(\.self)
  }

  /// The last line of what a command wrote.
  private func log(_ result: Verification) -> String {
    result.tail.last { !$0.allSatisfy(\.isWhitespace) }.map { "; \($0)" } ?? ""
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }
}
