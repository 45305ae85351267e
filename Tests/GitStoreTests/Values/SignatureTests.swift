import TestSupport
import Testing

@testable import GitStore

@Suite struct SignatureTests {
  private func header(_ text: String) -> Signature { Signature(header: Array(text.utf8)[...]) }

  @Test(arguments: [
    (0, "+0000"), (60, "+0100"), (-60, "-0100"), (330, "+0530"), (-210, "-0330"), (-30, "-0030"),
    (840, "+1400"), (-720, "-1200"), (765, "+1245"), (1, "+0001"), (-5999, "-9959"),
  ])
  func `minutes and zone are the same offset`(minutes: Int, zone: String) throws {
    let person = try Signature(
      name: "A", email: "a@b", seconds: 1_700_000_000, offsetMinutes: minutes)
    let text = "A <a@b> 1700000000 \(zone)"
    #expect(String(decoding: person.headerBytes, as: UTF8.self) == text)
    #expect(header(text) == person)
  }

  @Test func `an empty name and a date before 1970 are written`() throws {
    let person = try Signature(name: "", email: "", seconds: -1, offsetMinutes: 0)
    #expect(String(decoding: person.headerBytes, as: UTF8.self) == " <> -1 +0000")
  }

  @Test(arguments: [
    "A\nparent 0", "A\0", "A\u{1b}[2J", "A <b", "A>", "\u{7f}", "\r", "a\tb",
  ])
  func `what could break out of the header is refused`(text: String) {
    #expect(throws: SignatureError(field: "name", text: text)) {
      try Signature(name: text, email: "a@b", seconds: 0, offsetMinutes: 0)
    }
    #expect(throws: SignatureError(field: "email", text: text)) {
      try Signature(name: "A", email: text, seconds: 0, offsetMinutes: 0)
    }
  }

  @Test func `a zone beyond every integer is no trap`() {
    for zone in ["-9223372036854775808", "+9223372036854775807", "-99999999999999999999", "-", "+"]
    {
      #expect(header("A <a@b> 1 \(zone)").offsetMinutes == 0)
    }
    #expect(header("A <a@b> 99999999999999999999 +0100").seconds == 0)
  }

  @Test func `an offset beyond every zone is no trap`() throws {
    for minutes in [Int.min, Int.max] {
      let person = try Signature(name: "A", email: "a", seconds: .min, offsetMinutes: minutes)
      #expect(person.headerBytes.starts(with: "A <a> -9223372036854775808 ".utf8))
    }
  }

  static let damaged = [
    "A U Thor <a@b> 1234567890 +0100", "<a@b> 1 +0000", " <a@b> 1 +0000", "A  \t <a@b> 1 +0000",
    "A <a@b>", "A <a@b> ", "A <a@b>1234567890 +0100", "A <a@b>   1234567890   +0100",
    "A <a@b> 1234567890 -0330", "A <a <c> <d@e> 1234567890 +0000", "A <a@b> <c@d> 1234567890 +0100",
    "A <a>b> 1234567890 +0100", "A <> 1234567890 +0000", "\"A, B\" <a@b> 1234567890 +0200",
    "A <a@b> 1234567890 +2", "A <a@b> 1234567890 +0060",
  ]

  @Test func `git reads the same fields from damaged headers`() throws {
    let repository = try smallRepository()
    let tree = repository.git("rev-parse", "main^{tree}")
    for text in SignatureTests.damaged {
      let id = try repository.write(
        "commit", Array("tree \(tree)\nauthor \(text)\ncommitter A <a@b> 1 +0000\n\nm\n".utf8))
      let fields = repository.git.bytes(
        ["log", "-1", "--no-mailmap", "--format=%an%x00%ae%x00%at%x00%ai", id.description])
      let found = String(decoding: fields, as: UTF8.self).split(
        separator: "\0", omittingEmptySubsequences: false)
      let person = header(text)
      #expect(person.displayName == found[0], "\(text)")
      #expect(person.displayEmail == found[1], "\(text)")
      #expect("\(person.seconds)" == found[2] || found[2].isEmpty, "\(text)")
    }
  }

  @Test(arguments: ["", "A", "A <", "A >", "> <", "A a@b> 1 +0000", "A <a@b 1 +0000", "<", ">"])
  func `headers without an address are all name`(text: String) {
    let person = header(text)
    #expect(person.name == Array(text.utf8))
    #expect(person.email.isEmpty)
    #expect(person.seconds == 0)
  }

  @Test func `no bytes are a trap`() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("<> +-0123456789aé\u{0}\t\n".utf8) + [0xff]
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
      }
      let person = Signature(header: bytes[...])
      #expect(person.name.count + person.email.count <= bytes.count)
      #expect(abs(person.offsetMinutes) < 6100)
    }
  }

  @Test func `names that are not UTF-8 keep their bytes and are repaired for display`() {
    let person = Signature(header: [0xe9, 0x20, 0x3c, 0xff, 0x3e, 0x20, 0x31, 0x20, 0x2b, 0x30])
    #expect(person.name == [0xe9])
    #expect(person.email == [0xff])
    #expect(person.displayName == "\u{fffd}")
    #expect(person.displayEmail == "\u{fffd}")
  }
}
