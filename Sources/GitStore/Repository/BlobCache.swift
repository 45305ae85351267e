/// What was worked out of blobs, kept from run to run: a few words of 64 bits for each, by its id.
///
/// One file of the common git directory, below `backport/cache`, for its owner alone. Nothing depends on
/// it: one that is absent, damaged or of another version counts as empty and is written anew, as a whole,
/// beside its place and renamed. A run that finds another one writing leaves it alone. The file never
/// exceeds ``limit``; what was asked for longest ago gives way.
package struct BlobCache {
  /// The most bytes of the file.
  package static let limit = 64 << 20

  private struct Entry {
    var start: Int
    var count: Int
    /// When it was last asked for, in days since 1970.
    var day: UInt64
  }

  private static let magic: UInt64 = 0x6263_6163_6865_0001
  private static let headerSize = 4
  private static let recordSize = 3

  private let directory: DurableDirectory
  private let name: String
  private let version: UInt64
  private let today: UInt64
  private let limit: Int
  private var entries: [ObjectID: Entry] = [:]
  private var words: [UInt64] = []
  private var isChanged = false

  /// Reads the file of a name.
  ///
  /// `version` is that of what the words mean, and `now` the time in seconds since 1970.
  package init(
    _ name: String, version: UInt32, now: Int64, limit: Int = Self.limit, in repository: Repository
  ) {
    directory = DurableDirectory(path: repository.commonDirectory + "/backport/cache")
    self.name = name
    self.version = UInt64(version)
    self.limit = limit
    today = UInt64(clamping: now / 86_400) & 0xffff
    if let stamp = directory.stamp(of: name), stamp.size <= limit,
      let bytes = directory.contents(of: name)
    {
      isChanged = !load(bytes)
    }
  }

  /// How many blobs are known.
  package var count: Int { entries.count }

  /// What is known of a blob; nil when nothing is.
  package mutating func words(of id: ObjectID) -> ArraySlice<UInt64>? {
    guard let index = entries.index(forKey: id) else { return nil }
    entries.values[index].day = today
    let entry = entries.values[index]
    return words[entry.start..<(entry.start + entry.count)]
  }

  /// Keeps what was worked out of a blob: at most 65,535 words.
  package mutating func keep(_ new: [UInt64], of id: ObjectID) {
    guard new.count <= 0xffff, entries[id] == nil else { return }
    entries[id] = Entry(start: words.count, count: new.count, day: today)
    words += new
    isChanged = true
  }

  /// Writes the file when there is something new.
  ///
  /// It is not flushed to the disk: what a power cut leaves of it does not pass the checksum.
  package mutating func save() throws(FileError) {
    guard isChanged, let lock = try DirectoryLock(in: directory, waitingMilliseconds: 0) else {
      return
    }
    let file = encoded
    let bytes = file.withUnsafeBytes { Array($0) }
    try directory.write(bytes, to: name, isFlushed: false)
    isChanged = false
    withExtendedLifetime(lock) {}
  }

  /// Header, records, words, checksum; in the byte order of the machine, which the magic tells.
  private var encoded: [UInt64] {
    var room = limit / 8 - BlobCache.headerSize - 1
    var kept: [(id: ObjectID, entry: Entry)] = []
    let newestFirst = entries.sorted {
      ($1.value.day, $0.value.start) < ($0.value.day, $1.value.start)
    }
    for (id, entry) in newestFirst {
      let size = BlobCache.recordSize + entry.count
      if size > room { break }
      room -= size
      kept.append((id, entry))
    }
    let total = kept.reduce(0) { $0 + $1.entry.count }
    var file: [UInt64] = [BlobCache.magic, version, UInt64(kept.count), UInt64(total)]
    file.reserveCapacity(
      BlobCache.headerSize + kept.count * BlobCache.recordSize + total + 1)
    for (id, entry) in kept {
      file += [
        id.high, id.middle, UInt64(id.low) << 32 | entry.day << 16 | UInt64(entry.count),
      ]
    }
    for (_, entry) in kept { file += words[entry.start..<(entry.start + entry.count)] }
    file.append(BlobCache.checksum(file[...]))
    return file
  }

  /// Takes the contents of a file; false when they are not as they were written.
  private mutating func load(_ bytes: [UInt8]) -> Bool {
    guard bytes.count.isMultiple(of: 8) else { return false }
    let file = [UInt64](unsafeUninitializedCapacity: bytes.count / 8) { buffer, count in
      bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      count = bytes.count / 8
    }
    guard file.count > BlobCache.headerSize, file[0] == BlobCache.magic, file[1] == version,
      let count = Int(exactly: file[2]), let total = Int(exactly: file[3]),
      count <= file.count, total <= file.count,
      file.count == BlobCache.headerSize + count * BlobCache.recordSize + total + 1,
      file.last == BlobCache.checksum(file.dropLast())
    else { return false }
    var found: [ObjectID: Entry] = [:]
    found.reserveCapacity(count)
    var start = BlobCache.headerSize + count * BlobCache.recordSize
    for number in 0..<count {
      let place = BlobCache.headerSize + number * BlobCache.recordSize
      let last = file[place + 2]
      let size = Int(last & 0xffff)
      guard start + size < file.count,
        let id = ObjectID(high: file[place], middle: file[place + 1], low: UInt32(last >> 32))
      else { return false }
      found[id] = Entry(start: start, count: size, day: last >> 16 & 0xffff)
      start += size
    }
    guard start == file.count - 1 else { return false }
    words = file
    entries = found
    return true
  }

  /// FNV-1a by words instead of bytes, with the high half mixed in: each step can be undone, so that no
  /// single wrong word stays unseen.
  private static func checksum(_ words: ArraySlice<UInt64>) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for word in words {
      value = (value ^ word) &* 0x100_0000_01b3
      value ^= value >> 32
    }
    return value
  }
}
