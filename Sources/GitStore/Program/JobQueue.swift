import Synchronization

/// Hands out the numbers of many jobs to several tasks, a portion at a time.
package final class JobQueue: Sendable {
  private let count: Int
  private let portion: Int
  private let taken = Atomic<Int>(0)

  /// Numbers from 0 up to a count.
  package init(count: Int, portion: Int) {
    self.count = count
    self.portion = portion
  }

  /// The next portion; nil when there is none.
  package func next() -> Range<Int>? {
    let start = taken.add(portion, ordering: .relaxed).oldValue
    return start < count ? start..<min(count, start + portion) : nil
  }
}
