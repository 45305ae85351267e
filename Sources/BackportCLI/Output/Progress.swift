import Synchronization

/// Says what a run is doing when it takes longer than a person likes to wait.
struct Progress {
  /// Whether anything is said at all.
  var isShown: Bool
  /// Whether there is a name to be taken off the line.
  var isTerminal = true

  /// Begins something; after half a second its name stands on the last line of the terminal until it
  /// ends.
  func begin(_ name: String) -> Activity { Activity(isShown ? name : nil) }

  /// Runs work as an activity.
  func during<Result, Failure: Error>(
    _ name: String, _ work: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    let activity = begin(name)
    defer { activity.end() }
    return try await work()
  }

  /// Says what has just happened, on a line that stays; the name of what goes on gives way to it.
  func say(_ line: StyledText, inColor: Bool) {
    guard isShown else { return }
    let start = isTerminal ? "\r\u{1b}[K" : ""
    Terminal.note(start + line.rendered(inColor: inColor) + "\n")
  }
}

/// Something that a run is doing.
final class Activity: Sendable {
  private struct State {
    var isShown = false
    var hasEnded = false
  }

  private let state = Mutex(State())

  /// Begins the activity; without a name nothing is said.
  fileprivate init(_ name: String?) {
    guard let name else { return }
    Task.detached { [self] in
      try? await Task.sleep(for: .milliseconds(500))
      state.withLock { state in
        guard !state.hasEnded else { return }
        Terminal.note("\(name) ...")
        state.isShown = true
      }
    }
  }

  /// Ends it, and takes its name off the terminal; once is enough.
  func end() {
    state.withLock { state in
      if state.isShown, !state.hasEnded { Terminal.note("\r\u{1b}[K") }
      state.hasEnded = true
    }
  }
}
