/// SHA-1 of bytes that come in pieces (FIPS 180-4), for hashes that are not of an object.
///
/// libgit2 hashes objects only. Not a means against attackers: git's patch-ids and the checksums of
/// packs are what they are.
struct SHA1 {
  private var state: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
    0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0
  )
  private var block: [UInt8] = []
  private var length: UInt64 = 0

  init() { block.reserveCapacity(64) }

  /// Adds some bytes.
  mutating func update(_ bytes: some Sequence<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable {
      update(UnsafeRawBufferPointer($0))
    }
    if isContiguous != nil { return }
    for byte in bytes {
      block.append(byte)
      length &+= 1
      if block.count == 64 { compressBlock() }
    }
  }

  /// Adds bytes that lie together, without a copy of most of them.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    length &+= UInt64(rest.count)
    if !block.isEmpty {
      let part = rest.prefix(64 - block.count)
      block += part
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
      if block.count < 64 { return }
      compressBlock()
    }
    let whole = rest.count & ~63
    compress(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    block += rest.dropFirst(whole)
  }

  /// The 20 bytes of the hash; the value is used up.
  consuming func finish() -> [UInt8] {
    let bits = length &* 8
    block.append(0x80)
    if block.count > 56 {
      block += repeatElement(0, count: 64 - block.count)
      compressBlock()
    }
    block += repeatElement(0, count: 56 - block.count)
    block.append(bigEndian: bits)
    compressBlock()
    var hash: [UInt8] = []
    hash.reserveCapacity(20)
    for word in [state.0, state.1, state.2, state.3, state.4] { hash.append(bigEndian: word) }
    return hash
  }

  private mutating func compressBlock() {
    let full = block
    full.withUnsafeBytes { compress($0) }
    block.removeAll(keepingCapacity: true)
  }

  /// Takes in whole blocks.
  private mutating func compress(_ blocks: UnsafeRawBufferPointer) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { schedule in
      var start = 0
      while start < blocks.count {
        for index in 0..<16 {
          let word = blocks.loadUnaligned(fromByteOffset: start &+ index &* 4, as: UInt32.self)
          schedule[index] = UInt32(bigEndian: word)
        }
        for index in 16..<80 {
          schedule[index] = SHA1.rotate(
            schedule[index &- 3] ^ schedule[index &- 8] ^ schedule[index &- 14]
              ^ schedule[index &- 16], by: 1)
        }
        mix(schedule)
        start &+= 64
      }
    }
  }

  /// Five steps at a time, after which every word is in its place again and none was moved.
  private mutating func mix(_ words: UnsafeMutableBufferPointer<UInt32>) {
    var (a, b, c, d, e) = state
    @inline(__always) func choose(_ x: UInt32, _ y: UInt32, _ z: UInt32) -> UInt32 {
      z ^ (x & (y ^ z))
    }
    @inline(__always) func parity(_ x: UInt32, _ y: UInt32, _ z: UInt32) -> UInt32 { x ^ y ^ z }
    @inline(__always) func majority(_ x: UInt32, _ y: UInt32, _ z: UInt32) -> UInt32 {
      (x & y) | (z & (x | y))
    }
    @inline(__always) func step(
      _ a: UInt32, _ b: inout UInt32, _ mixed: UInt32, _ e: inout UInt32, _ added: UInt32
    ) {
      e = e &+ SHA1.rotate(a, by: 5) &+ mixed &+ added
      b = SHA1.rotate(b, by: 30)
    }
    @inline(__always) func five(
      _ index: Int, _ constant: UInt32, _ mixed: (UInt32, UInt32, UInt32) -> UInt32
    ) {
      step(a, &b, mixed(b, c, d), &e, constant &+ words[index])
      step(e, &a, mixed(a, b, c), &d, constant &+ words[index &+ 1])
      step(d, &e, mixed(e, a, b), &c, constant &+ words[index &+ 2])
      step(c, &d, mixed(d, e, a), &b, constant &+ words[index &+ 3])
      step(b, &c, mixed(c, d, e), &a, constant &+ words[index &+ 4])
    }
    for index in stride(from: 0, to: 20, by: 5) { five(index, 0x5a82_7999, choose) }
    for index in stride(from: 20, to: 40, by: 5) { five(index, 0x6ed9_eba1, parity) }
    for index in stride(from: 40, to: 60, by: 5) { five(index, 0x8f1b_bcdc, majority) }
    for index in stride(from: 60, to: 80, by: 5) { five(index, 0xca62_c1d6, parity) }
    state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e)
  }

  private static func rotate(_ word: UInt32, by count: UInt32) -> UInt32 {
    word &<< count | word &>> (32 &- count)
  }
}
