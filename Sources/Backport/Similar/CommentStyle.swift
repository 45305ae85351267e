/// How comments begin in a language, by the ending of its files.
struct CommentStyle: Equatable, Sendable {
  /// What begins a comment that ends with its line.
  var line: [[UInt8]] = []
  /// Whether `/* … */` is a comment.
  var hasBlocks = false
  /// The bytes with which any of them begins.
  private(set) var beginnings: [Bool] = []

  private static let slashes = Set(
    """
    c h cc cpp cxx hpp hh java js mjs cjs ts jsx tsx go rs swift kt kts scala cs m mm dart groovy \
    gradle proto php zig
    """.split(separator: " ").map(String.init))
  private static let hashes = Set(
    "py rb sh bash pl pm r yml yaml toml cmake mk php ex exs nix tcl".split(separator: " ")
      .map(String.init))
  private static let dashes: Set<String> = ["sql", "lua", "hs", "elm", "adb", "ads"]

  /// The style of a file's language; nothing is a comment where it is not known.
  init(path: [UInt8]) {
    beginnings = Array(repeating: false, count: 256)
    let name = path.split(separator: UInt8(ascii: "/")).last ?? []
    let ending = name.split(separator: UInt8(ascii: ".")).dropFirst().last.map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    guard let ending else { return }
    if CommentStyle.slashes.contains(ending) {
      line.append(Array("//".utf8))
      hasBlocks = true
    }
    if CommentStyle.hashes.contains(ending) { line.append(Array("#".utf8)) }
    if CommentStyle.dashes.contains(ending) { line.append(Array("--".utf8)) }
    for mark in line { beginnings[Int(mark[0])] = true }
  }
}
