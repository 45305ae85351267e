import GitStore

/// Runs the user's commands on planned trees, several lines at once, each in a checkout of its own.
struct Verifier {
  /// A line with the commit whose tree is tried.
  struct Candidate {
    let target: Target
    let tree: ObjectID
  }

  let workspace: Workspace
  let options: VerificationOptions

  /// The results, in the order of the lines.
  ///
  /// Trees are written by one task, since nothing else may read the repository meanwhile; commands run
  /// beside it, up to the number of jobs. Every checkout is removed as soon as its commands have ended.
  func verify(
    _ candidates: [Candidate], in folder: borrowing VerificationFolder
  ) async throws(BackportError) -> [[Verification]] {
    let environment = VerificationEnvironment(
      workspace.surroundings.environment, more: options.passedVariables, run: folder.id)
    let (scratch, directory) = (folder.scratch, folder.directory)
    let first = directory.names.count { $0.hasSuffix(".log") } + 1
    let results = await withTaskGroup(of: (Int, [Verification]).self) { group in
      var results = [[Verification]](repeating: [], count: candidates.count)
      var running = 0
      for (index, candidate) in candidates.enumerated() {
        if options.isInterrupted() { break }
        if running >= options.jobs, let (place, result) = await group.next() {
          results[place] = result
          running -= 1
        }
        let name = VerificationFolder.logName(first + index, candidate.target.line)
        do throws(CheckoutFailure) {
          let job = try prepare(
            candidate, number: index, in: scratch, environment, directory, log: name)
          running += 1
          group.addTask { (index, await job.run()) }
        } catch {
          results[index] = options.commands.map { command in
            Verification(
              command: command, status: .notRun, exit: nil, reason: error.reason, seconds: 0,
              tree: candidate.tree, log: nil, tail: [])
          }
        }
      }
      for await (place, result) in group { results[place] = result }
      return results
    }
    if options.isInterrupted() { throw BackportError(.interrupted) }
    return results
  }

  /// Why a line's tree could not be written.
  private struct CheckoutFailure: Error {
    let reason: String
  }

  /// Writes a line's tree.
  private func prepare(
    _ candidate: Candidate, number: Int, in scratch: ScratchFolder,
    _ environment: VerificationEnvironment, _ directory: DurableDirectory, log: String
  ) throws(CheckoutFailure) -> VerificationJob {
    let folder: String
    let (checkout, temporary): (String, String)
    do throws(FileError) {
      folder = try scratch.subfolder(log)
      checkout = try scratch.subfolder(log + "/tree")
      temporary = try scratch.subfolder(log + "/tmp")
    } catch {
      throw CheckoutFailure(reason: "\(error.path): \(error.reason)")
    }
    do throws(GitError) {
      var writer = TreeCheckout(repository: workspace.repository)
      try writer.write(candidate.tree, to: checkout)
    } catch {
      throw CheckoutFailure(reason: "the tree cannot be written, \(error.operand): \(error.detail)")
    }
    return VerificationJob(
      line: candidate.target.line, tree: candidate.tree, folder: folder, checkout: checkout,
      variables: environment.variables(
        for: candidate.target, number: number, temporary: temporary),
      directory: directory, log: log, options: options)
  }
}

/// What is run on one line; all of it is values, so that lines can be tried at once.
struct VerificationJob: Sendable {
  /// How many lines of output are shown of a command that did not pass, and how long ones.
  private static let (shownLines, shownBytes) = (20, 400)

  let line: String
  let tree: ObjectID
  /// What is removed at the end.
  let folder: String
  let checkout: String
  let variables: [String: String]
  let directory: DurableDirectory
  let log: String
  let options: VerificationOptions

  /// Runs the commands until one does not pass, and removes the checkout.
  func run() async -> [Verification] {
    options.report?(.began(line: line))
    var results: [Verification] = []
    for command in options.commands {
      if let last = results.last, last.status != .passed {
        results.append(
          verification(command, .notRun, reason: "the command before it did not pass", seconds: 0))
        continue
      }
      let result = await run(command)
      options.report?(.ended(line: line, result))
      results.append(result)
    }
    await ScratchFolder.remove(folder)
    return results
  }

  private func run(_ command: String) async -> Verification {
    var shell = ShellCommand(
      command, in: checkout, environment: variables, mark: VerificationEnvironment.mark,
      log: directory.path + "/" + log, deadline: .seconds(options.timeout))
    shell.isInterrupted = options.isInterrupted
    shell.outputLimit = options.outputLimit
    let before = directory.stamp(of: log)?.size ?? 0
    let clock = ContinuousClock()
    let start = clock.now
    let end = await shell.run()
    let taken = (clock.now - start).components
    let tenths = Double(taken.seconds) * 10 + Double(taken.attoseconds) / 1e17
    var result = judge(command, end, seconds: tenths.rounded() / 10, limit: shell.outputLimit)
    if result.status == .failed || result.status == .timedOut {
      result.tail = tail(after: before + shell.headLine.count)
    }
    return result
  }

  private func judge(
    _ command: String, _ end: ShellCommand.End, seconds: Double, limit: Int
  ) -> Verification {
    switch end {
    case .status(0): verification(command, .passed, exit: 0, seconds: seconds)
    case .status(let status):
      verification(command, .failed, exit: Int(status), seconds: seconds)
    case .signal(let signal):
      verification(command, .failed, reason: "ended by signal \(signal)", seconds: seconds)
    case .timedOut:
      verification(
        command, .timedOut, reason: "did not end within \(options.timeout) s", seconds: seconds)
    case .outputTooLarge:
      verification(
        command, .failed, reason: "it wrote more than \(limit >> 20) MiB", seconds: seconds)
    case .interrupted: verification(command, .notRun, reason: "interrupted", seconds: seconds)
    case .cannotStart(let reason):
      verification(command, .notRun, reason: reason, seconds: seconds)
    }
  }

  private func verification(
    _ command: String, _ status: Verification.Status, exit: Int? = nil, reason: String? = nil,
    seconds: Double
  ) -> Verification {
    Verification(
      command: command, status: status, exit: exit, reason: reason, seconds: seconds, tree: tree,
      log: status == .notRun ? nil : directory.path + "/" + log, tail: [])
  }

  /// The last lines of the output behind its first bytes.
  private func tail(after start: Int) -> [String] {
    let most = VerificationJob.shownLines * VerificationJob.shownBytes * 16
    let end = directory.end(of: log, from: start, atMost: most) ?? []
    let lines = end.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let text = lines.last?.isEmpty ?? true ? lines.dropLast() : lines[...]
    return text.suffix(VerificationJob.shownLines).map { line in
      String(decoding: line.prefix(VerificationJob.shownBytes), as: UTF8.self)
    }
  }
}
