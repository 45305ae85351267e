import GitStore

/// Looks for patterns in single files; made for many tasks at once.
struct BlobReader: Sendable {
  /// A file to be read.
  struct Job: Sendable {
    let id: ObjectID
    /// The language, by the ending of one of its names.
    let comments: CommentStyle
    /// Whether its names have to be gathered for the next run.
    let isNew: Bool
  }

  /// What came of one.
  struct Outcome: Sendable {
    let id: ObjectID
    /// Its ``WordFilter``, when that was asked for.
    let filter: [UInt64]?
    let matches: [PatternMatcher.Match]
  }

  /// Larger files are made by programs, and not read.
  private static let largest = 1 << 20
  /// How much of a file is looked at for a byte 0, which no text has.
  private static let beginning = 8000
  /// Fewer files are not worth a second task.
  private static let fewest = 400
  /// How many files a task takes at once.
  private static let portion = 128

  let matcher: PatternMatcher

  /// Reads all files, several at once where there are many; what came of them is in no order.
  ///
  /// A task has a repository of its own, as libgit2 asks, which does not know what was only made in
  /// memory: those files have to be read with ``outcome(of:in:)``.
  func outcomes(
    of jobs: [Job], at address: Repository.Address
  ) async throws(GitError) -> [Outcome] {
    let tasks = jobs.count < BlobReader.fewest ? 1 : min(8, Processors.count)
    let queue = JobQueue(count: jobs.count, portion: BlobReader.portion)
    let results = await withTaskGroup(of: Result<[Outcome], GitError>.self) { group in
      for _ in 0..<tasks {
        group.addTask { @concurrent () async -> Result<[Outcome], GitError> in
          Result { () throws(GitError) in
            try self.outcomes(of: jobs, from: queue, at: address)
          }
        }
      }
      var results: [Result<[Outcome], GitError>] = []
      for await result in group { results.append(result) }
      return results
    }
    var outcomes: [Outcome] = []
    for result in results { outcomes += try result.get() }
    return outcomes
  }

  private func outcomes(
    of jobs: [Job], from queue: JobQueue, at address: Repository.Address
  ) throws(GitError) -> [Outcome] {
    let repository = try address.open()
    var outcomes: [Outcome] = []
    while let range = queue.next() {
      for job in jobs[range] { outcomes.append(try outcome(of: job, in: repository)) }
    }
    return outcomes
  }

  /// Reads one file.
  func outcome(of job: Job, in repository: Repository) throws(GitError) -> Outcome {
    guard try repository.size(of: job.id) <= BlobReader.largest else { return none(job) }
    let text = try repository.blob(job.id)
    if text.prefix(BlobReader.beginning).contains(0) { return none(job) }
    var filter: [UInt64]?
    if job.isNew {
      let words = WordFilter.words(of: text)
      if !matcher.mayMatch(words[...]) { return Outcome(id: job.id, filter: words, matches: []) }
      filter = words
    }
    let matches = matcher.matches(in: SourceTokens(text, comments: job.comments))
    return Outcome(id: job.id, filter: filter, matches: matches)
  }

  private func none(_ job: Job) -> Outcome {
    Outcome(id: job.id, filter: job.isNew ? WordFilter.none : nil, matches: [])
  }
}
