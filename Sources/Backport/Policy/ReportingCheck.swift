import GitStore
import ReleaseModel

extension Workspace {
  /// What is wrong with the ways to report a flaw: SECURITY.md, `security.txt`, and the times that
  /// cases are measured by.
  func reportingFindings(asOf day: CalendarDate) throws(BackportError) -> [PolicyCheckDocument
    .Finding]
  {
    guard policySource == .project else { return [] }
    let promises = try reportingPromises()
    var findings: [PolicyCheckDocument.Finding] = []
    if let (path, reading) = promises {
      if reading.confidential == nil {
        findings.append(
          PolicyCheckDocument.Finding(
            "no-confidential-way",
            "\(path) names no way to report a flaw that not everybody can read: a mail address, or "
              + "a private form"))
      }
      findings += differences(reading, in: path)
    }
    _ = try zone(of: try casePolicy())
    for path in [".well-known/security.txt", "security.txt"] {
      guard let bytes = try trunkFile(at: path) else { continue }
      let now = Instant(seconds: Int64(day.dayNumber) * 86_400)
      findings += SecurityText(bytes).problems(at: now, policy: promises?.path).map {
        PolicyCheckDocument.Finding($0.code, "\(path): \($0.words)")
      }
    }
    return findings
  }

  /// Times that SECURITY.md states and `.gitbackport` states otherwise.
  private func differences(
    _ reading: ReportingPromises, in path: String
  ) -> [PolicyCheckDocument.Finding] {
    CaseDeadline.Timer.allCases.compactMap { timer in
      guard let promise = reading.promise(timer), let used = project.cases.times[timer],
        used != promise.allowance
      else { return nil }
      return PolicyCheckDocument.Finding(
        "deadlines-differ",
        "\(path) promises \(promise.allowance.words) to \(timer.rawValue), but cases are measured "
          + "by the \(used.words) of \(CaseSettings.document)",
        source: PolicyPlace(path: path, line: promise.source.line, text: promise.source.text))
    }
  }
}

extension SecurityText.Problem {
  /// A stable name for machines.
  fileprivate var code: String {
    switch self {
    case .encoding, .line, .signature: "security-txt-form"
    case .noContact, .contact: "security-txt-contact"
    case .expiresCount, .expires, .expired, .farExpiry: "security-txt-expires"
    case .languages: "security-txt-languages"
    case .insecure: "security-txt-insecure"
    case .policy: "security-txt-policy"
    }
  }

  /// What is wrong, in words (RFC 9116).
  fileprivate var words: String {
    switch self {
    case .encoding: "it is not UTF-8"
    case .line(let number): "line \(number) is neither a field nor a comment"
    case .noContact: "it has no Contact"
    case .contact(let text): "Contact '\(text)' is no address of the kind mailto:, tel: or https:"
    case .expiresCount(0): "it has no Expires"
    case .expiresCount(let count): "it has \(count) Expires, and one is allowed"
    case .expires(let text): "Expires '\(text)' is no moment such as 2027-06-30T00:00:00Z"
    case .expired(let end): "it has expired, at \(end)"
    case .farExpiry(let end):
      "it expires at \(end); less than a year ahead is advised, so that it is looked at"
    case .languages(let count): "it has \(count) Preferred-Languages, and one is allowed"
    case .insecure(let address): "'\(address)' is not https:"
    case .policy: "no Policy leads to the security policy of the project"
    case .signature: "its signature is cut off"
    }
  }
}
