import Subprocess

/// Moves refs together or not at all, through one `git update-ref --stdin`.
///
/// Every edit states what the ref must be. Git locks all refs and checks all expectations in
/// *prepare*; until it is then told to commit nothing has changed, whatever happens. While it
/// commits it can still be killed halfway: the caller keeps a journal for that.
/// See https://git-scm.com/docs/git-update-ref.
package struct RefTransaction: Sendable {
  /// The steps in the order in which git takes and commits them.
  package var edits: [RefEdit]
  /// What the reflogs say; a single line.
  package var message: String
  package var hooks = GitProgram.Options.Hooks.run
  /// The time for all of it, hooks and the caller's check included.
  package var deadline = Duration.seconds(300)
  /// How long git waits for a lock that another process holds.
  package var lockTimeout = Duration.seconds(5)
  /// Variables for git and its hooks.
  package var variables: [String: String] = [:]

  package init(_ edits: [RefEdit], message: String) {
    self.edits = edits
    self.message = message
  }

  /// Carries the transaction out; returns only when git said that it has committed.
  ///
  /// `check` runs while all refs are locked; when it throws, or the task is cancelled by then,
  /// nothing moves. A cancellation after that is too late: the commit goes on.
  package func commit(
    with program: GitProgram, at location: GitLocation,
    check: () async throws -> Void = {}
  ) async throws(RefTransactionError) {
    guard !edits.isEmpty else { return }
    try validate()
    let (prepared, announce) = AsyncStream.makeStream(of: Void.self)
    let (decisions, decide) = AsyncStream.makeStream(of: Decision.self)
    // A task of its own, which the caller's cancellation does not reach.
    let conversation = Task {
      let outcome = await converse(
        with: program, at: location, announce: announce, decisions: decisions, decide: decide)
      announce.finish()
      return outcome
    }
    var veto: (any Error)?
    var iterator = prepared.makeAsyncIterator()
    if await iterator.next() != nil, !Task.isCancelled {
      do {
        try await check()
        decide.yield(Task.isCancelled ? .abort : .commit)
      } catch {
        veto = error
        decide.yield(.abort)
      }
    } else {
      decide.yield(.abort)
    }
    let outcome = await conversation.value
    if let veto { throw RefTransactionError(.vetoed, underlying: veto) }
    if outcome.decision == .abort, Task.isCancelled { throw RefTransactionError(.cancelled) }
    if let error = outcome.error { throw error }
  }

  private func validate() throws(RefTransactionError) {
    var names: Set<RefName> = []
    for edit in edits {
      guard edit.isMeaningful, names.insert(edit.name).inserted else {
        throw RefTransactionError(.invalidEdit, ref: edit.name.description)
      }
    }
    // The message goes on the command line and into the reflog.
    if message.isEmpty || message.utf8.contains(where: { $0 < 0x20 }) {
      throw RefTransactionError(.invalidEdit, message: message)
    }
  }
}

// MARK: - The conversation with git

extension RefTransaction {
  private enum Decision: Sendable {
    case commit
    case abort
    case outOfTime
  }

  private struct Outcome: Sendable {
    var decision: Decision?
    var error: RefTransactionError?
  }

  /// What was said and heard before the process ended.
  private struct Transcript: Sendable {
    var decision: Decision?
    var committed = false
    var outOfTime = false
  }

  private func converse(
    with program: GitProgram, at location: GitLocation,
    announce: AsyncStream<Void>.Continuation, decisions: AsyncStream<Decision>,
    decide: AsyncStream<Decision>.Continuation
  ) async -> Outcome {
    let options = options
    let configuration = program.configuration(
      ["update-ref", "--stdin", "-z", "--create-reflog", "-m", message], at: location,
      options: options)
    let opening = [UInt8](("start\0" + edits.map(\.command).joined() + "prepare\0").utf8)
    do {
      let result = try await Subprocess.run(
        configuration, input: .inputWriter, output: .sequence,
        error: .bytes(limit: GitProgram.errorLimit)
      ) { execution in
        try await withThrowingTaskGroup(of: Bool.self) { group in
          group.addTask {
            guard (try? await Task.sleep(for: options.deadline)) != nil else { return false }
            decide.yield(.outOfTime)
            await execution.teardown(using: GitProgram.teardown(options))
            return true
          }
          var transcript = Transcript()
          var replies = Replies(execution.standardOutput.makeAsyncIterator())
          _ = try? await execution.standardInputWriter.write(opening)
          if await replies.hear("prepare: ok") {
            announce.yield()
            let decision = await decisions.first { _ in true } ?? .abort
            transcript.decision = decision
            if decision != .outOfTime {
              let word = decision == .commit ? "commit\0" : "abort\0"
              _ = try? await execution.standardInputWriter.write([UInt8](word.utf8))
            }
            try? await execution.standardInputWriter.finish()
            transcript.committed = await replies.hear("commit: ok")
          }
          try? await execution.standardInputWriter.finish()
          while await replies.next() != nil {}
          group.cancelAll()
          transcript.outOfTime = try await group.next() ?? false
          return transcript
        }
      }
      let errors = String(decoding: result.standardError, as: UTF8.self)
      return outcome(of: result.closureResult, result.terminationStatus, errors)
    } catch {
      let error = GitProgramError(error, arguments: ["update-ref"], limit: GitProgram.errorLimit)
      return Outcome(error: RefTransactionError(.failed, underlying: error))
    }
  }

  private func outcome(
    of transcript: Transcript, _ status: TerminationStatus, _ errors: String
  ) -> Outcome {
    var outcome = Outcome(decision: transcript.decision)
    switch transcript.decision {
    case .commit:
      // Neither is enough alone: git exits with 0 when its input ends early, and can fail after
      // it has answered.
      if !transcript.committed || !status.isSuccess {
        outcome.error = RefTransactionError(.incomplete, message: errors)
      }
    case .abort: outcome.error = RefTransactionError(.cancelled, message: errors)
    case .outOfTime: outcome.error = RefTransactionError(.deadlinePassed, message: errors)
    case nil:
      outcome.error =
        transcript.outOfTime
        ? RefTransactionError(.deadlinePassed, message: errors)
        : RefTransactionError(prepareFailure: errors)
    }
    return outcome
  }

  private var options: GitProgram.Options {
    let milliseconds = lockTimeout / .milliseconds(1)
    var options = GitProgram.Options()
    options.hooks = hooks
    options.deadline = deadline
    options.variables = variables
    options.settings = [
      // Without this git leaves refs and loose objects to the operating system.
      "core.fsync=committed", "core.filesRefLockTimeout=\(Int(milliseconds))",
      "core.packedRefsTimeout=\(Int(milliseconds))",
    ]
    return options
  }
}

/// The lines git answers with.
private struct Replies {
  private var buffers: SubprocessOutputSequence.Iterator
  private var pending: [UInt8] = []

  init(_ buffers: SubprocessOutputSequence.Iterator) {
    self.buffers = buffers
  }

  /// The next whole line without its newline; nil when git has ended.
  mutating func next() async -> String? {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: pending[..<end], as: UTF8.self)
        pending.removeSubrange(...end)
        return line
      }
      guard let buffer = try? await buffers.next() else { return nil }
      pending += buffer.withUnsafeBytes { Array($0) }
    }
  }

  /// Reads up to this line; false when git ends before it.
  mutating func hear(_ line: String) async -> Bool {
    while let reply = await next() {
      if reply == line { return true }
    }
    return false
  }
}
