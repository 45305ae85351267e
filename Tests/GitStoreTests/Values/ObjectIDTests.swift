import Foundation
import GitStore
import TestSupport
import Testing

@Suite struct ObjectIDTests {
  private let hex = "0123456789abcdef0123456789abcdef01234567"

  @Test func `hexadecimal digits come back as they went in`() throws {
    let id = try #require(ObjectID(hex: hex))
    #expect(id.description == hex)
    #expect(ObjectID(hex: hex.uppercased()) == id)
    #expect(ObjectID(bytes: id.bytes) == id)
    #expect(id.bytes.count == 20)
    #expect(id.bytes.prefix(3) == [0x01, 0x23, 0x45])
  }

  @Test(arguments: [
    "", "0123456", String(repeating: "0", count: 40), String(repeating: "a", count: 39),
    String(repeating: "a", count: 41), String(repeating: "a", count: 64),
    "g123456789abcdef0123456789abcdef01234567", " 123456789abcdef0123456789abcdef01234567",
    "+123456789abcdef0123456789abcdef01234567", "é123456789abcdef0123456789abcdef0123456",
  ])
  func `anything but forty digits that are not all zero is refused`(text: String) {
    #expect(ObjectID(hex: text) == nil)
  }

  @Test(arguments: [0, 19, 21, 32]) func `other counts of bytes are refused`(count: Int) {
    #expect(ObjectID(bytes: [UInt8](repeating: 1, count: count)) == nil)
  }

  @Test func `the zero id is never an object id`() {
    #expect(ObjectID(bytes: [UInt8](repeating: 0, count: 20)) == nil)
    #expect(ObjectID(bytes: [UInt8](repeating: 0, count: 19) + [1]) != nil)
  }

  @Test func `the order is that of the digits`() {
    var generator = SeededGenerator(seed: 1)
    let ids = (0..<200).compactMap { _ in
      ObjectID(bytes: (0..<20).map { _ in UInt8.random(in: 0...3, using: &generator) })
    }
    #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
  }

  @Test(arguments: [(-1, 0), (0, 0), (1, 1), (7, 7), (40, 40), (99, 40)])
  func `an abbreviation is never longer than the id`(length: Int, expected: Int) throws {
    let id = try #require(ObjectID(hex: hex))
    #expect(id.abbreviated(to: length).count == expected)
    #expect(hex.hasPrefix(id.abbreviated(to: length)))
  }

  @Test func `JSON holds the digits`() throws {
    let id = try #require(ObjectID(hex: hex))
    let data = try JSONEncoder().encode([id])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(hex)\"]")
    #expect(try JSONDecoder().decode([ObjectID].self, from: data) == [id])
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ObjectID].self, from: Data("[\"abc\"]".utf8))
    }
  }
}
