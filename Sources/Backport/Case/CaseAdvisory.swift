import ReleaseModel

extension Workspace {
  /// What keeps the advisory of a case from being published, one sentence each.
  func advisoryProblems(of record: CaseRecord) throws(BackportError) -> [String] {
    var problems: [String] = []
    if (record.title ?? "").isEmpty { problems.append("it has no title") }
    if (record.texts.impact ?? "").isEmpty {
      problems.append("it does not say what somebody can do with the flaw")
    }
    for line in record.lines where line.isOwedRelease && line.status == .released {
      if line.fixed == nil || line.tag == nil {
        problems.append("it does not say which version of \(line.line) is the fixed one")
      }
    }
    return problems
  }
}
