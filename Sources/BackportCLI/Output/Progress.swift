/// Says what a run is doing when it takes longer than a person likes to wait.
struct Progress {
  /// Whether anything is said at all.
  let isShown: Bool

  /// Runs work; after half a second its name stands on the last line of the terminal until it ends.
  func during<Result, Failure: Error>(
    _ activity: String, _ work: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    guard isShown else { return try await work() }
    let display = Task.detached {
      try? await Task.sleep(for: .milliseconds(500))
      if Task.isCancelled { return false }
      Terminal.note("\(activity) ...")
      return true
    }
    do {
      let result = try await work()
      await Progress.end(display)
      return result
    } catch {
      await Progress.end(display)
      throw error
    }
  }

  private static func end(_ display: Task<Bool, Never>) async {
    display.cancel()
    if await display.value { Terminal.note("\r\u{1b}[K") }
  }
}
