import GitStore

extension Workspace {
  /// What was made on a line, as `git am` takes it; nil when nothing was, or it is not here any more.
  public func patch(of target: Target) async throws(BackportError) -> [UInt8]? {
    let made = target.release?.commit ?? target.commits.last { $0.status == .picked }?.id
    guard let base = target.base, let tip = made, tip != base, repository.isStored(tip),
      repository.isStored(base)
    else { return nil }
    do {
      return try await git.output(
        of: [
          "format-patch", "--stdout", "--binary", "--no-signature", "--no-ext-diff",
          "--no-textconv", "\(base)..\(tip)",
        ], at: location)
    } catch {
      throw BackportError(
        .git, ["format-patch"], detail: String(decoding: error.errors, as: UTF8.self))
    }
  }
}
