/// A changelog: its sections by version, and entries put where its maintainers would put them.
///
/// Reading loses nothing and writing changes nothing but what an entry needs: line endings, byte
/// order mark, encoding and final newline stay. The style of a new section is learnt from the
/// sections around it. All work is linear in the size of the file.
public struct Changelog: Sendable, Equatable {
  let source: ChangelogSource

  /// The changelog with these bytes.
  public init(_ bytes: [UInt8], format: ChangelogFormat) {
    source = ChangelogSource(bytes, format: format)
  }

  /// The file with the entry of the job in it, or why it cannot be.
  ///
  /// Inserting the same job again leaves the file as it is.
  public func insert(_ job: ChangelogJob) -> ChangelogOutcome {
    let outcome = attempt(job)
    guard case .edited(let revision) = outcome else { return outcome }
    let again = Changelog(revision.bytes, format: source.format).attempt(job)
    return again == .unchanged ? outcome : .refused(.notRecognized)
  }

  private func attempt(_ job: ChangelogJob) -> ChangelogOutcome {
    do throws(ChangelogRefusal) {
      return try ChangelogInserter(source, job).outcome()
    } catch {
      return .refused(error)
    }
  }
}
