import GitStore
import ReleaseModel

extension Workspace {
  /// Records in the cases that an operation has to do with how its lines stand now; what keeps it from
  /// being recorded is a warning, since the operation itself has come to its end.
  func recordInCase(_ operation: Operation) -> [Warning] {
    var warnings: [Warning] = []
    do throws(BackportError) {
      for record in try cases(concernedBy: operation.plan)
      where !record.state.isEnded || operation.plan.options.case != nil {
        do throws(BackportError) {
          try self.record(operation, in: record.id)
        } catch {
          warnings.append(Self.notRecorded(record.id.description, error))
        }
      }
    } catch {
      warnings.append(Self.notRecorded(operation.plan.options.case ?? "", error))
    }
    return warnings
  }

  private static func notRecorded(_ id: String, _ error: BackportError) -> Warning {
    Warning(
      "case-not-recorded",
      "case \(id) does not know of this operation: \(error.code.rawValue) \(error.detail)")
  }

  private func record(_ operation: Operation, in id: CaseID) throws(BackportError) {
    let by = try person().name
    _ = try CaseStore(repository).change(id) { (record) throws(BackportError) in
      var step = CaseStep(.line, at: instant, by: by)
      step.operation = operation.id
      step.lines = progress(of: operation, in: record)
      if step.lines.isEmpty { return record }
      do throws(CaseRefusal) {
        return try released(record.adding(step), by: by, operation: operation.id)
      } catch {
        throw BackportError(.caseRefused, [id.description], refusal: error)
      }
    }
  }

  /// The case with the releases on record, once every line has its own and the embargo is over.
  private func released(_ record: CaseRecord, by: String, operation: String) -> CaseRecord {
    let owed = record.lines.filter(\.isOwedRelease)
    guard !owed.isEmpty, owed.allSatisfy({ $0.status == .released }) else { return record }
    var step = CaseStep(.release, at: instant, by: by)
    step.operation = operation
    return (try? record.adding(step)) ?? record
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
          change.isTakenBack = true
        } else {
          change.affected = true
          change.branch = target.branch
          change.fix = target.commits.last?.id?.description ?? old?.fix ?? fix(of: target)
          change.fixed = target.release?.version
          change.tag = target.release?.tag
          change.status = status(of: target, in: operation, was: old)
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

  /// How far a line is: released when its tag can be had by everybody, tested when every command
  /// passed on its planned tree, else picked.
  ///
  /// Without a remote a tag is all there is. What a person said of a line stays, unless it was said of
  /// another pick.
  private func status(
    of target: Target, in operation: Operation, was old: CaseLine?
  ) -> CaseLine.Status {
    let isPublic = operation.state == .pushed || (operation.state == .landed && remote == nil)
    if target.release != nil, target.topic == nil, isPublic { return .released }
    let isTested =
      target.verification.map { !$0.isEmpty && $0.allSatisfy { $0.status == .passed } } ?? false
    if isTested { return .tested }
    guard let old, [.tested, .released].contains(old.status) else { return .picked }
    let isSamePick = old.fix == nil || old.fix == fix(of: target)
    return isSamePick ? old.status : .picked
  }
}
