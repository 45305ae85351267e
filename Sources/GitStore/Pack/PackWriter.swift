/// Writes objects into one pack of version 2, without deltas (gitformat-pack(5)).
///
/// Trees are stored as they are: they are mostly hashes, which do not get smaller. Everything else
/// is compressed at zlib's fastest level.
struct PackWriter: ~Copyable {
  private var bytes: [UInt8]
  private var entries: [PackIndex.Entry] = []
  private let count: Int
  private let deflater: Deflater

  /// Begins a pack for so many objects.
  init(count: Int) throws(GitError) {
    deflater = try Deflater()
    self.count = count
    bytes = Array("PACK".utf8)
    bytes.append(bigEndian: UInt32(2))
    bytes.append(bigEndian: UInt32(count))
    entries.reserveCapacity(count)
  }

  /// Adds an object that is not in the pack yet.
  mutating func add(
    _ id: ObjectID, _ kind: ObjectKind, _ contents: UnsafeRawBufferPointer
  ) throws(GitError) {
    let start = bytes.count
    appendHeader(kind, size: contents.count)
    if kind == .tree {
      Deflater.appendStored(contents, to: &bytes)
    } else {
      try deflater.append(contents, to: &bytes)
    }
    let checksum = bytes.withUnsafeBytes {
      Deflater.crc(of: UnsafeRawBufferPointer(rebasing: $0[start...]))
    }
    entries.append(PackIndex.Entry(id: id, offset: UInt64(start), checksum: checksum))
  }

  /// The kind and the size, seven bits in a byte, the lowest first.
  private mutating func appendHeader(_ kind: ObjectKind, size: Int) {
    let number: UInt8 =
      switch kind {
      case .commit: 1
      case .tree: 2
      case .blob: 3
      case .tag: 4
      }
    var rest = size >> 4
    var byte = number << 4 | UInt8(size & 15)
    while rest > 0 {
      bytes.append(byte | 0x80)
      byte = UInt8(rest & 0x7f)
      rest >>= 7
    }
    bytes.append(byte)
  }

  /// The whole pack; as many objects must have been added as were announced.
  consuming func finish() -> Pack {
    precondition(entries.count == count, "a pack holds as many objects as its header says")
    var hash = SHA1()
    bytes.withUnsafeBytes { hash.update($0) }
    let checksum = hash.finish()
    return Pack(
      bytes: bytes + checksum, index: PackIndex(entries: entries, packChecksum: checksum))
  }
}

/// A pack that is not in a repository yet.
public struct Pack: Sendable {
  /// The bytes of the `.pack` file.
  public let bytes: [UInt8]
  /// What its `.idx` file says.
  let index: PackIndex

  /// The name between `pack-` and the ending, from the checksum as git takes it.
  var name: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: index.packChecksum.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
      as: UTF8.self)
  }

  /// The ids of the objects, in the order of the pack.
  public var objects: [ObjectID] { index.entries.map(\.id) }
}

/// The index of a pack, version 2 (gitformat-pack(5)).
struct PackIndex: Sendable {
  /// Where an object begins in the pack, and the CRC-32 of its entry there.
  struct Entry: Sendable {
    let id: ObjectID
    let offset: UInt64
    let checksum: UInt32
  }

  /// In the order of the pack.
  let entries: [Entry]
  /// The 20 bytes at the end of the pack.
  let packChecksum: [UInt8]

  /// The bytes of the `.idx` file.
  var bytes: [UInt8] {
    let sorted = entries.sorted { $0.id < $1.id }
    var bytes: [UInt8] = [0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]
    bytes.reserveCapacity(1100 + sorted.count * 28)
    var counts = [UInt32](repeating: 0, count: 256)
    for entry in sorted { counts[Int(entry.id.firstByte)] += 1 }
    var total: UInt32 = 0
    for count in counts {
      total += count
      bytes.append(bigEndian: total)
    }
    for entry in sorted { bytes += entry.id.bytes }
    for entry in sorted { bytes.append(bigEndian: entry.checksum) }
    var large: [UInt64] = []
    for entry in sorted {
      if entry.offset < 1 << 31 {
        bytes.append(bigEndian: UInt32(entry.offset))
      } else {
        bytes.append(bigEndian: UInt32(1 << 31 | large.count))
        large.append(entry.offset)
      }
    }
    for offset in large { bytes.append(bigEndian: offset) }
    bytes += packChecksum
    var hash = SHA1()
    bytes.withUnsafeBytes { hash.update($0) }
    return bytes + hash.finish()
  }
}

extension ObjectID {
  /// The byte by which packs and folders of loose objects are divided.
  var firstByte: UInt8 { UInt8(truncatingIfNeeded: high >> 56) }
}
