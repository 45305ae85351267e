/// SHA-1 of bytes that come in pieces (FIPS 180-4), for hashes that are not of an object.
///
/// libgit2 hashes objects only. Not a means against attackers: git's patch-ids are what they are.
struct SHA1 {
  private var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
  private var schedule = [UInt32](repeating: 0, count: 80)
  private var block: [UInt8] = []
  private var length: UInt64 = 0

  init() { block.reserveCapacity(64) }

  /// Adds some bytes.
  mutating func update(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      block.append(byte)
      length &+= 1
      if block.count == 64 { compress() }
    }
  }

  /// The 20 bytes of the hash; the value is used up.
  consuming func finish() -> [UInt8] {
    let bits = length &* 8
    block.append(0x80)
    if block.count > 56 {
      block += repeatElement(0, count: 64 - block.count)
      compress()
    }
    block += repeatElement(0, count: 56 - block.count)
    for shift in stride(from: 56, through: 0, by: -8) {
      block.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    compress()
    return state.flatMap { word in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
    }
  }

  private mutating func compress() {
    for index in 0..<16 {
      let first = index * 4
      schedule[index] =
        UInt32(block[first]) << 24 | UInt32(block[first + 1]) << 16
        | UInt32(block[first + 2]) << 8 | UInt32(block[first + 3])
    }
    for index in 16..<80 {
      let word =
        schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14] ^ schedule[index - 16]
      schedule[index] = SHA1.rotate(word, by: 1)
    }
    var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
    for index in 0..<80 {
      let (mixed, constant): (UInt32, UInt32) =
        switch index {
        case ..<20: (b & c | ~b & d, 0x5a82_7999)
        case ..<40: (b ^ c ^ d, 0x6ed9_eba1)
        case ..<60: (b & c | b & d | c & d, 0x8f1b_bcdc)
        default: (b ^ c ^ d, 0xca62_c1d6)
        }
      let next = SHA1.rotate(a, by: 5) &+ mixed &+ e &+ constant &+ schedule[index]
      (e, d, c, b, a) = (d, c, SHA1.rotate(b, by: 30), a, next)
    }
    for (index, word) in [a, b, c, d, e].enumerated() { state[index] &+= word }
    block.removeAll(keepingCapacity: true)
  }

  private static func rotate(_ word: UInt32, by count: UInt32) -> UInt32 {
    word << count | word >> (32 - count)
  }
}
