public import GitStore

/// Picks by themselves: any fix onto any commit, without trunk, tags, references or configuration.
///
/// Objects are made in memory; ``store()`` writes those that the picks since the last call made.
/// However many picks a session makes, it keeps no more than a bounded number of them in memory.
public final class PickSession {
  /// How picks are made.
  public struct Options: Sendable {
    /// Which parent of a merge its change is taken against; nil picks a merge's own commits.
    public var mainline: Int?
    /// Whether messages name the original.
    public var namesOrigin: Bool
    /// Whether objects are written.
    public var writes: Bool

    /// Makes options.
    public init(mainline: Int? = nil, namesOrigin: Bool = false, writes: Bool = true) {
      self.mainline = mainline
      self.namesOrigin = namesOrigin
      self.writes = writes
    }
  }

  /// Why a pick could not be tried, with what had been found until then.
  public struct Failure: Error, Equatable {
    /// What stopped it.
    public let error: BackportError
    /// The commit that was to be picked onto, once it was found.
    public let onto: ObjectID?
    /// What was to be picked, once all of it was found.
    public let fixes: [ObjectID]
  }

  /// The picks after which everything is read anew, so that memory does not grow with their number.
  private static let picksPerGeneration = 512
  /// The bytes of new objects after which they are better written, and all is read anew.
  private static let bytesPerGeneration = 64 << 20

  private typealias Series = (named: [ObjectID], sources: [PickSource])

  private let options: Options
  private let pickOptions: PickOptions
  private var repository: Repository
  private var picker: Picker
  private var picks = 0
  private var roots: [ObjectID] = []
  private var latest: (fixes: [String], series: Series)?

  /// Opens the repository; GIT_DIR is honoured as git does, else the directory and its parents are
  /// searched.
  ///
  /// Costs no process when GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL say who commits, else one.
  public static func open(
    _ surroundings: Surroundings, _ options: Options = Options()
  ) async throws(BackportError) -> PickSession {
    let repository = try await Workspace.openRepository(surroundings)
    let committer = try await CommitterIdentity.find(surroundings, for: repository)
    return PickSession(repository, committer, options)
  }

  private init(_ repository: Repository, _ committer: Signature, _ options: Options) {
    self.options = options
    pickOptions = PickOptions(
      provenance: options.namesOrigin ? .cherryPicked : .none, committer: committer,
      measuresFidelity: false)
    self.repository = repository
    picker = Picker(repository: repository, options: pickOptions)
  }

  /// Picks fixes, in order, onto a commit.
  public func pick(
    _ fixes: [String], onto revision: String
  ) throws(Failure) -> PickDocument {
    var onto: ObjectID?
    var named: [ObjectID] = []
    do throws(BackportError) {
      let target = try Backport.store { () throws(GitError) in try repository.resolve(revision) }
      onto = target
      let series = try series(fixes)
      named = series.named
      return try Backport.store { () throws(GitError) in
        let before = try repository.commit(target).tree
        let outcome = try picker.pick(series.sources, onto: target)
        if outcome.tip != target { roots.append(outcome.tip) }
        picks += series.sources.count
        return PickDocument(named: named, outcome: outcome, before: before)
      }
    } catch {
      throw Failure(error: error, onto: onto, fixes: named)
    }
  }

  /// The commits of some fixes; kept while the next lines ask for the same ones by their ids, as
  /// nothing else stays what it was.
  private func series(_ fixes: [String]) throws(BackportError) -> Series {
    if let latest, latest.fixes == fixes { return latest.series }
    let series = try FixResolver(repository: repository)
      .series(fixes, mainline: options.mainline)
    latest = fixes.allSatisfy { ObjectID(hex: $0) != nil } ? (fixes, series) : nil
    return series
  }

  /// Whether so much has gathered that it should be stored before more is picked.
  public var isFull: Bool {
    picks >= PickSession.picksPerGeneration
      || repository.madeSize >= PickSession.bytesPerGeneration
  }

  /// Writes what the picks made, as one pack; nothing when nothing is new, or when not writing.
  public func store() throws(BackportError) {
    try Backport.store { () throws(GitError) in
      if options.writes { try repository.storeMade(reachableFrom: roots) }
      roots = []
      guard isFull else { return }
      // Opened anew rather than emptied: libgit2 keeps what it once read, forgotten objects too.
      repository = try repository.reopened()
      latest = nil
      picker = Picker(repository: repository, options: pickOptions)
      picks = 0
    }
  }
}
