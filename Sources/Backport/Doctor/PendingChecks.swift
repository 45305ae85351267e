import GitStore

/// Looks for what somebody, or an earlier run, has not ended.
struct PendingChecks {
  private static let staleAfter: Int64 = 600

  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  var findings: [DoctorDocument.Finding] { operations + work + locks + litter }

  private var operations: [DoctorDocument.Finding] {
    let store = OperationStore(workspace.repository)
    let open = store.all().filter { $0.state == .pending }
    var findings = open.map { operation in
      DoctorDocument.Finding(
        .pending, "operation", .problem,
        operation.isUnfinished
          ? "operation \(operation.id) is not finished"
          : "operation \(operation.id) waits for a hand",
        remedy: "git backport status")
    }
    for operation in store.all()
    where operation.state == .landed && store.has(.pushing, operation.id) {
      findings.append(
        .init(
          .pending, "push", .warning, "operation \(operation.id) is not wholly pushed",
          remedy: "git backport push \(operation.id)"))
    }
    if open.isEmpty { findings.append(.init(.pending, "operation", .good, "no operation waits")) }
    return findings
  }

  private var work: [DoctorDocument.Finding] {
    let store = OperationStore(workspace.repository)
    let hands = Set(store.all().flatMap { store.hands(of: $0.id).values.map(\.gitDirectory) })
    return workspace.repository.openWork.filter { !hands.contains($0.path) }.map { work in
      .init(
        .pending, "worktree", .warning, "\(work.kind) is not ended in \(work.path)",
        remedy: "end it, or: \(work.remedy)")
    }
  }

  private var locks: [DoctorDocument.Finding] {
    workspace.repository.leftLocks.map { lock in
      let age = workspace.surroundings.now - lock.written
      let isStale = age > Self.staleAfter
      return .init(
        .pending, "lock", isStale ? .problem : .warning,
        "\(lock.path) is \(age < 0 ? 0 : age) seconds old",
        remedy: isStale
          ? "when no git runs here: rm \(ShellWord.quoted(lock.path))"
          : "wait for the git that made it"
      )
    }
  }

  private var litter: [DoctorDocument.Finding] {
    let files = workspace.repository.objectLitter
    guard let first = files.first else { return [] }
    return [
      .init(
        .pending, "litter", .note,
        files.count == 1
          ? "\(first) was left by a killed run" : "\(files.count) such files as \(first)",
        remedy: "when no git runs here: rm "
          + files.prefix(5).map { ShellWord.quoted($0) }.joined(separator: " "))
    ]
  }
}
