/// A stretch of history in memory: who is whose parent, when, and which words messages hold.
///
/// Children stand before their parents, so that one pass over the array carries anything down the
/// whole history. Made once, it answers for many commits and many tips what libgit2 would walk for
/// each of them anew. Costs one read of every commit: a second for 100,000 of them, and about 80
/// bytes each.
package struct HistoryGraph {
  /// The commits, each before its parents.
  package let ids: [ObjectID]
  /// When each was committed, in seconds since 1970.
  package let times: [Int64]
  /// The bits of the words that each message holds.
  package let marks: [UInt32]
  private let parentList: [Int32]
  private let parentStarts: [Int32]
  private let positions: [ObjectID: Int32]

  /// Reads what is reachable from some commits and from none of others.
  ///
  /// A shallow clone ends where it ends; with hidden commits, the newest `limit` are read.
  package init(
    from tips: [ObjectID], notIn hidden: [ObjectID] = [], limit: Int = .max,
    scanner: MessageScanner, in repository: Repository
  ) throws(GitError) {
    var wanted: Set<ObjectID>?
    if !hidden.isEmpty {
      wanted = Set(try repository.history(from: tips, notIn: hidden, limit: limit))
    }
    var reading = Reading(
      repository: repository, scanner: scanner, shallow: repository.shallowBoundary,
      wanted: wanted)
    for tip in tips { try reading.descend(from: tip) }
    let order = Array(reading.finished.reversed())
    var places = [Int32](repeating: 0, count: order.count)
    for (place, number) in order.enumerated() { places[Int(number)] = Int32(place) }
    var starts: [Int32] = [0]
    var list: [Int32] = []
    starts.reserveCapacity(order.count + 1)
    for number in order {
      for parent in reading.parents[Int(number)] {
        list.append(parent < 0 ? -1 : places[Int(parent)])
      }
      starts.append(Int32(list.count))
    }
    ids = order.map { reading.ids[Int($0)] }
    times = order.map { reading.times[Int($0)] }
    marks = order.map { reading.marks[Int($0)] }
    parentList = list
    parentStarts = starts
    positions = reading.numbers.mapValues { places[Int($0)] }
  }

  /// How many commits there are.
  package var count: Int { ids.count }

  /// Where a commit stands; nil when it is not among them.
  package func position(of id: ObjectID) -> Int? { positions[id].map { Int($0) } }

  /// Where the parents of a commit stand, in order; -1 for one that is not among them.
  package func parents(of position: Int) -> ArraySlice<Int32> {
    parentList[Int(parentStarts[position])..<Int(parentStarts[position + 1])]
  }

  /// Where the first parent of a commit stands; nil when it has none here.
  package func firstParent(of position: Int) -> Int? {
    parents(of: position).first.flatMap { $0 < 0 ? nil : Int($0) }
  }

  /// The commits among some that can be reached from starts without leaving them.
  package func reachable(
    from starts: some Sequence<Int32>, among isWithin: (Int) -> Bool
  ) -> Set<Int> {
    var found: Set<Int> = []
    var waiting = starts.filter { $0 >= 0 }.map { Int($0) }
    while let position = waiting.popLast() {
      guard isWithin(position), found.insert(position).inserted else { continue }
      for parent in parents(of: position) where parent >= 0 { waiting.append(Int(parent)) }
    }
    return found
  }
}

/// Reads history depth first; parents are finished before their children.
private struct Reading {
  let repository: Repository
  let scanner: MessageScanner
  let shallow: Set<ObjectID>
  /// The commits that count; nil for all.
  let wanted: Set<ObjectID>?

  private(set) var ids: [ObjectID] = []
  private(set) var times: [Int64] = []
  private(set) var marks: [UInt32] = []
  private(set) var parents: [[Int32]] = []
  private(set) var numbers: [ObjectID: Int32] = [:]
  private(set) var finished: [Int32] = []

  init(
    repository: Repository, scanner: MessageScanner, shallow: Set<ObjectID>,
    wanted: Set<ObjectID>?
  ) {
    self.repository = repository
    self.scanner = scanner
    self.shallow = shallow
    self.wanted = wanted
  }

  mutating func descend(from tip: ObjectID) throws(GitError) {
    guard numbers[tip] == nil, wanted?.contains(tip) ?? true else { return }
    var path: [(number: Int32, parents: [ObjectID], next: Int)] = [try enter(tip)]
    while let last = path.last {
      guard last.next < last.parents.count else {
        finished.append(last.number)
        path.removeLast()
        continue
      }
      let parent = last.parents[last.next]
      path[path.count - 1].next += 1
      if let known = numbers[parent] {
        parents[Int(last.number)].append(known)
      } else if wanted?.contains(parent) ?? true {
        let entered = try enter(parent)
        parents[Int(last.number)].append(entered.number)
        path.append(entered)
      } else {
        parents[Int(last.number)].append(-1)
      }
    }
  }

  private mutating func enter(
    _ id: ObjectID
  ) throws(GitError) -> (number: Int32, parents: [ObjectID], next: Int) {
    let number = Int32(ids.count)
    let scanner = scanner
    let (own, time, mark) = try repository.withObject(id, as: .commit) { bytes in
      Reading.parse(bytes, scanner)
    }
    ids.append(id)
    times.append(time)
    marks.append(mark)
    parents.append([])
    numbers[id] = number
    return (number, shallow.contains(id) ? [] : own, 0)
  }

  /// The parents, the committer's date and the words of the message of a commit object.
  private static func parse(
    _ object: UnsafeRawBufferPointer, _ scanner: MessageScanner
  ) -> (parents: [ObjectID], time: Int64, marks: UInt32) {
    var parents: [ObjectID] = []
    var time: Int64 = 0
    var start = 0
    var inParents = true
    while start < object.count, object[start] != UInt8(ascii: "\n") {
      let end = object[start...].firstIndex(of: UInt8(ascii: "\n")) ?? object.count
      let line = object[start..<end]
      if line.starts(with: "parent ".utf8) {
        if inParents, let id = ObjectID(hexDigits: line.dropFirst(7)) { parents.append(id) }
      } else if start > 0 {
        inParents = false
        if line.starts(with: "committer ".utf8) { time = seconds(in: line) }
      }
      start = min(end + 1, object.count)
    }
    let body = min(start + 1, object.count)
    return (parents, time, scanner.marks(in: object[body...]))
  }

  private static func seconds(in header: UnsafeRawBufferPointer.SubSequence) -> Int64 {
    guard let close = header.lastIndex(of: UInt8(ascii: ">")) else { return 0 }
    var value: Int64 = 0
    for byte in header[(close + 1)...].drop(while: { $0 == UInt8(ascii: " ") }) {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), value < 1 << 50 else { break }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return value
  }
}
