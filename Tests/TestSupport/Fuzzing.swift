import Foundation

/// Random changes of inputs, the same in every run.
package enum Fuzzing {
  /// How many rounds a suite makes: as GIT_BACKPORT_FUZZ says, else the usual few.
  package static func rounds(usually few: Int) -> Int {
    Int(ProcessInfo.processInfo.environment["GIT_BACKPORT_FUZZ"] ?? "") ?? few
  }

  /// Changes bytes at one to five places: another value, gone, one of the pieces put in, a stretch
  /// doubled, the end cut off.
  package static func mutate(
    _ bytes: inout [UInt8], with pieces: [String], using source: inout SeededGenerator
  ) {
    for _ in 0...Int.random(in: 0...4, using: &source) {
      let place = Int.random(in: 0...bytes.count, using: &source)
      switch Int.random(in: 0...4, using: &source) {
      case 0 where place < bytes.count: bytes[place] = .random(in: 0...255, using: &source)
      case 1 where place < bytes.count: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: (pieces.randomElement(using: &source) ?? "").utf8, at: place)
      case 3:
        let end = min(bytes.count, place + Int.random(in: 0...40, using: &source))
        bytes.insert(
          contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &source))
      default: bytes.removeLast(min(bytes.count, Int.random(in: 0...20, using: &source)))
      }
    }
  }

  /// The time that this thread computed for: other tests running beside it do not count.
  package static func time(_ work: () throws -> Void) rethrows -> Duration {
    func now() -> Duration {
      var time = timespec()
      _ = unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let start = now()
    try work()
    return now() - start
  }
}
