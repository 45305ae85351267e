/// SHA-1 of bytes that come in pieces (FIPS 180-4), for hashes that are not of an object.
///
/// libgit2 hashes objects only. Not a means against attackers: git's patch-ids and the checksums of
/// packs are what they are.
package struct SHA1 {
  private var state: (UInt32, UInt32, UInt32, UInt32, UInt32) = (
    0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0
  )
  private var block: [UInt8] = []
  private var length: UInt64 = 0

  package init() { block.reserveCapacity(64) }

  /// Adds some bytes.
  package mutating func update(_ bytes: some Sequence<UInt8>) {
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
  package consuming func finish() -> [UInt8] {
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
    withUnsafeTemporaryAllocation(byteCount: Schedule.size, alignment: 16) { memory in
      guard let schedule = Schedule(memory) else { return }
      for offset in stride(from: 0, to: blocks.count, by: 64) {
        schedule.expand(blocks, at: offset)
        mix(schedule)
      }
    }
  }

  /// Five steps at a time, after which every word is in its place again and none was moved.
  private mutating func mix(_ schedule: Schedule) {
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
      _ index: Int, _ mixed: (UInt32, UInt32, UInt32) -> UInt32
    ) {
      step(a, &b, mixed(b, c, d), &e, schedule[index])
      step(e, &a, mixed(a, b, c), &d, schedule[index &+ 1])
      step(d, &e, mixed(e, a, b), &c, schedule[index &+ 2])
      step(c, &d, mixed(d, e, a), &b, schedule[index &+ 3])
      step(b, &c, mixed(c, d, e), &a, schedule[index &+ 4])
    }
    for index in stride(from: 0, to: 20, by: 5) { five(index, choose) }
    for index in stride(from: 20, to: 40, by: 5) { five(index, parity) }
    for index in stride(from: 40, to: 60, by: 5) { five(index, majority) }
    for index in stride(from: 60, to: 80, by: 5) { five(index, parity) }
    state = (state.0 &+ a, state.1 &+ b, state.2 &+ c, state.3 &+ d, state.4 &+ e)
  }

  fileprivate static func rotate(_ word: UInt32, by count: UInt32) -> UInt32 {
    word &<< count | word &>> (32 &- count)
  }
}

/// The 80 words of one block, each with the constant of its step added.
///
/// From the 32nd word on four are made at once: there the recurrence of the standard can be applied
/// to itself, `w[i] = rotate(w[i-6] ^ w[i-16] ^ w[i-28] ^ w[i-32], 2)`, so that none of the four
/// needs another (M. Locktyukhin, "Improving the Performance of the Secure Hash Algorithm", 2010).
private struct Schedule {
  private typealias Four = SIMD4<UInt32>

  /// How many bytes it works in: the words, and the words with their constants.
  static let size = 2 * 80 * 4

  private let words: UnsafeMutableRawPointer
  private let added: UnsafeMutableRawPointer

  init?(_ memory: UnsafeMutableRawBufferPointer) {
    guard memory.count >= Schedule.size, let start = memory.baseAddress else { return nil }
    words = start
    added = start + Schedule.size / 2
  }

  /// The word of a step with its constant.
  subscript(index: Int) -> UInt32 {
    added.load(fromByteOffset: index &* 4, as: UInt32.self)
  }

  /// Makes the words of the block of 64 bytes at an offset.
  func expand(_ blocks: UnsafeRawBufferPointer, at offset: Int) {
    for index in 0..<16 {
      let word = blocks.loadUnaligned(fromByteOffset: offset &+ index &* 4, as: UInt32.self)
      words.storeBytes(of: UInt32(bigEndian: word), toByteOffset: index &* 4, as: UInt32.self)
    }
    for index in 16..<32 {
      let mixed = word(index &- 3) ^ word(index &- 8) ^ word(index &- 14) ^ word(index &- 16)
      words.storeBytes(
        of: SHA1.rotate(mixed, by: 1), toByteOffset: index &* 4, as: UInt32.self)
    }
    for index in stride(from: 32, to: 80, by: 4) {
      let mixed = four(index &- 6) ^ four(index &- 16) ^ four(index &- 28) ^ four(index &- 32)
      // Times four, since a shift to the left would be taken for half of a rotation, which the
      // compiler then makes of one word at a time.
      let rotated = mixed &* Four(repeating: 4) | mixed &>> Four(repeating: 30)
      words.storeBytes(of: rotated, toByteOffset: index &* 4, as: Four.self)
    }
    add(0x5a82_7999, from: 0)
    add(0x6ed9_eba1, from: 20)
    add(0x8f1b_bcdc, from: 40)
    add(0xca62_c1d6, from: 60)
  }

  private func add(_ constant: UInt32, from start: Int) {
    for index in stride(from: start, to: start &+ 20, by: 4) {
      added.storeBytes(
        of: four(index) &+ Four(repeating: constant), toByteOffset: index &* 4, as: Four.self)
    }
  }

  private func word(_ index: Int) -> UInt32 {
    words.load(fromByteOffset: index &* 4, as: UInt32.self)
  }

  private func four(_ index: Int) -> Four {
    words.loadUnaligned(fromByteOffset: index &* 4, as: Four.self)
  }
}
