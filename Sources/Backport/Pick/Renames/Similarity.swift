import GitStore

/// How alike two files are, by the measure of git's diffcore-delta.c and diffcore-rename.c.
///
/// A file is cut at line ends, or after 64 bytes; the share of the source's pieces that the
/// destination holds, of the larger of the two, is the score.
final class Similarity {
  /// The score of equal files.
  static let highest = 60_000

  private typealias Pieces = [(hash: UInt32, count: Int)]

  private let repository: Repository
  private let blobLimit: Int
  private var sizes: [ObjectID: Int] = [:]
  private var pieces: [ObjectID: Pieces] = [:]
  private var kept = 0
  /// The comparisons of pieces that may still be made.
  private(set) var remainingSteps = 2_000_000_000

  init(repository: Repository, blobLimit: Int) {
    self.repository = repository
    self.blobLimit = blobLimit
  }

  /// The score of two files; 0 when it cannot reach the minimum, or for anything but files.
  func score(
    _ source: TreeNode, _ destination: TreeNode, minimum: Int
  ) throws(GitError) -> Int {
    guard source.mode.isFile, destination.mode.isFile else { return 0 }
    let sourceSize = try size(of: source.id)
    let destinationSize = try size(of: destination.id)
    let larger = max(sourceSize, destinationSize)
    let difference = larger - min(sourceSize, destinationSize)
    guard larger <= blobLimit, destinationSize > 0,
      larger * (Similarity.highest - minimum) >= difference * Similarity.highest
    else { return 0 }
    let copied = common(try pieces(of: source.id), try pieces(of: destination.id))
    return copied * Similarity.highest / larger
  }

  private func common(_ source: Pieces, _ destination: Pieces) -> Int {
    var copied = 0
    var place = 0
    for piece in source {
      while place < destination.count, destination[place].hash < piece.hash { place += 1 }
      if place < destination.count, destination[place].hash == piece.hash {
        copied += min(piece.count, destination[place].count)
        place += 1
      }
    }
    remainingSteps -= source.count + destination.count
    return copied
  }

  private func size(of id: ObjectID) throws(GitError) -> Int {
    if let known = sizes[id] { return known }
    let size = try repository.size(of: id)
    sizes[id] = size
    return size
  }

  private func pieces(of id: ObjectID) throws(GitError) -> Pieces {
    if let known = pieces[id] { return known }
    let result = Similarity.pieces(of: try repository.blob(id))
    if kept > 4_000_000 {
      pieces.removeAll()
      kept = 0
    }
    pieces[id] = result
    kept += result.count
    return result
  }

  /// The pieces by their hashes, each with the number of bytes that have it.
  private static func pieces(of bytes: [UInt8]) -> Pieces {
    let isText = !bytes.prefix(8000).contains(0)
    var counts: [UInt32: Int] = [:]
    var length = 0
    var first: UInt32 = 0
    var second: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      if isText, byte == UInt8(ascii: "\r"), index + 1 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "\n")
      {
        continue
      }
      let old = first
      first = (first << 7) ^ (second >> 25)
      second = (second << 7) ^ (old >> 25)
      first &+= UInt32(byte)
      length += 1
      if length < 64, byte != UInt8(ascii: "\n") { continue }
      counts[(first &+ second &* 0x61) % 107_927, default: 0] += length
      (length, first, second) = (0, 0, 0)
    }
    if length > 0 { counts[(first &+ second &* 0x61) % 107_927, default: 0] += length }
    return counts.map { (hash: $0.key, count: $0.value) }.sorted { $0.hash < $1.hash }
  }
}
