import CZlib

/// Compresses byte strings into the zlib form in which packs hold objects (RFC 1950).
struct Deflater: ~Copyable {
  /// zlib keeps a pointer back to its stream, which must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Takes zlib's fastest level: 3 to 5 times as fast as its default for a fifth more bytes.
  ///
  /// Its tables are a sixteenth of the usual size, since they are cleared for each object: most are
  /// commits of a few hundred bytes.
  init() throws(GitError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = deflateInit2_(
      stream, 1, Z_DEFLATED, MAX_WBITS, 4, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      stream.deallocate()
      throw GitError(.other(status), operation: "start zlib", operand: "")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Adds the compressed form of some bytes to a pack.
  func append(_ bytes: UnsafeRawBufferPointer, to pack: inout [UInt8]) throws(GitError) {
    deflateReset(stream)
    // zlib reads through the pointer only; its declaration is older than `const`.
    let start = bytes.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
    var waiting = bytes.count
    stream.pointee.avail_in = 0
    let chunk = min(max(64, bytes.count / 2), 1 << 20)
    var status = Z_OK
    while status == Z_OK {
      if stream.pointee.avail_in == 0 {
        let count = min(waiting, 1 << 30)
        stream.pointee.avail_in = UInt32(count)
        waiting -= count
      }
      let old = pack.count
      pack.append(contentsOf: repeatElement(0, count: chunk))
      pack.withUnsafeMutableBufferPointer { buffer in
        stream.pointee.next_out = buffer.baseAddress?.advanced(by: old)
        stream.pointee.avail_out = UInt32(chunk)
        status = deflate(stream, waiting == 0 ? Z_FINISH : Z_NO_FLUSH)
      }
      pack.removeLast(Int(stream.pointee.avail_out))
    }
    guard status == Z_STREAM_END else {
      throw GitError(.other(status), operation: "compress an object", operand: "")
    }
  }

  /// Adds bytes in zlib's form but as they are: a header, blocks of at most 65,535, a checksum.
  static func appendStored(_ bytes: UnsafeRawBufferPointer, to pack: inout [UInt8]) {
    pack += [0x78, 0x01]
    var start = 0
    repeat {
      let count = min(bytes.count - start, 0xffff)
      let size = UInt16(count)
      pack.append(start + count == bytes.count ? 1 : 0)
      for half in [size, ~size] { pack += [UInt8(half & 0xff), UInt8(half >> 8)] }
      pack += bytes[start..<(start + count)]
      start += count
    } while start < bytes.count
    pack.append(bigEndian: UInt32(truncatingIfNeeded: checksum(adler32, bytes, from: 1)))
  }

  /// The CRC-32 that the index of a pack keeps of each entry.
  static func crc(of bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: checksum(crc32, bytes, from: 0))
  }

  private static func checksum(
    _ function: (UInt, UnsafePointer<UInt8>?, UInt32) -> UInt, _ bytes: UnsafeRawBufferPointer,
    from start: UInt
  ) -> UInt {
    var value = start
    var rest = bytes
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      value = function(
        value, part.bindMemory(to: UInt8.self).baseAddress, UInt32(part.count))
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
    }
    return value
  }
}

extension [UInt8] {
  /// Adds a number in network order.
  mutating func append(bigEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}
