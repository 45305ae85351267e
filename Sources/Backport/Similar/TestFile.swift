/// Tells files that test others by their names, whatever folder they are in.
enum TestFile {
  /// Judges by the habits of languages: `test_x.py`, `x_test.go`, `x_spec.rb`, `x.test.js`, `XTest.java`.
  static func isTest(_ path: [UInt8]) -> Bool {
    let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    let name = String(decoding: path[nameStart...], as: UTF8.self)
    guard let dot = name.lastIndex(of: ".") else { return false }
    let stem = name[..<dot]
    let lower = stem.lowercased()
    if lower.hasPrefix("test_") { return true }
    for mark in ["_", ".", "-"] {
      if ["test", "tests", "spec", "specs"].contains(where: { lower.hasSuffix(mark + $0) }) {
        return true
      }
    }
    return ["Test", "Tests", "TestCase", "Spec"].contains { stem != $0 && stem.hasSuffix($0) }
  }
}
