import GitStore
import ReleaseModel

extension Workspace {
  /// Records in the case of an operation how its lines stand now; what keeps it from being recorded
  /// is a warning, since the operation itself has come to its end.
  func recordInCase(_ operation: Operation) -> [Warning] {
    guard let text = operation.plan.options.case, text != PlanOptions.noCase else { return [] }
    do throws(BackportError) {
      let store = CaseStore(repository)
      let id = try store.id(text)
      let by = try person().name
      _ = try store.change(id) { (record) throws(BackportError) in
        var step = CaseStep(.line, at: instant, by: by)
        step.operation = operation.id
        step.lines = progress(of: operation, in: record)
        if step.lines.isEmpty { return record }
        do throws(CaseRefusal) {
          return try released(record.adding(step), by: by)
        } catch {
          throw BackportError(.caseRefused, [id.description], refusal: error)
        }
      }
      return []
    } catch {
      return [
        Warning(
          "case-not-recorded",
          "case \(text) does not know of this operation: \(error.code.rawValue) \(error.detail)")
      ]
    }
  }

  /// The case with the releases on record, once every line has its own and the embargo is over.
  private func released(_ record: CaseRecord, by: String) -> CaseRecord {
    let owed = record.lines.filter(\.isOwedRelease)
    guard !owed.isEmpty, owed.allSatisfy({ $0.status == .released }) else { return record }
    return (try? record.adding(CaseStep(.release, at: instant, by: by))) ?? record
  }

  /// What an operation says of the lines that the record does not say already.
  private func progress(of operation: Operation, in record: CaseRecord) -> [CaseLineChange] {
    operation.plan.targets.compactMap { target in
      let old = record.line(target.line)
      var change = CaseLineChange(line: target.line)
      switch target.status {
      case .notAffected:
        change.affected = false
      case .picked, .unreleased:
        if operation.state == .undone {
          guard let old, old.fix == fix(of: target) else { return nil }
          change.status = .unknown
        } else {
          change.affected = true
          change.branch = target.branch
          change.fix = fix(of: target)
          change.fixed = target.release?.version
          change.tag = target.release?.tag
          change.status = status(of: target, in: operation, was: old?.status ?? .unknown)
        }
      case .alreadyApplied, .conflict, .empty, .blocked, .skipped: return nil
      }
      if old == nil { change.maintained = !target.onRequest }
      return old.map { change.changes($0) } ?? true ? change : nil
    }
  }

  /// The last commit of the fix on the line; nil while its signature is still to be made.
  private func fix(of target: Target) -> String? {
    (target.commits.last?.id ?? target.release?.commit)?.description
  }

  /// How far a line is: released when its tag can be had by everybody.
  ///
  /// Without a remote a tag is all there is. A line never falls behind what is recorded.
  private func status(
    of target: Target, in operation: Operation, was old: CaseLine.Status
  ) -> CaseLine.Status {
    let isPublic = operation.state == .pushed || (operation.state == .landed && remote == nil)
    if target.release != nil, target.topic == nil, isPublic { return .released }
    return [.tested, .released].contains(old) ? old : .picked
  }
}
