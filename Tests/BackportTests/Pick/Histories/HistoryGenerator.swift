import TestSupport

extension SeededGenerator {
  /// A number from 0 up to but not including the bound.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True once in so many times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }

  /// One of some.
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}

/// Makes random cases: a small project, a fix and the drift of a release branch.
struct HistoryGenerator {
  private var random: SeededGenerator
  private let seed: UInt64
  private var serial = 0

  private static let folders = [
    "", "src/", "src/core/", "src/core/deep/er/", "lib/", "lib/net/", "docs/", "t/",
    "src/core/" + String(repeating: "down/", count: 30),
  ]
  private static let names = [
    "alpha.c", "beta.c", "gamma.h", "Makefile", "README", "delta.txt", "list", "omega.c",
  ]

  init(seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(seed: seed)
  }

  mutating func makeCase() -> PickCase {
    var base: Snapshot = [:]
    let isRestless = random.once(in: 3)
    for _ in 0..<(3 + random.below(isRestless ? 25 : 12)) { add(to: &base) }
    if random.once(in: 3) { base[attributesPath()] = attributes() }
    var theirs = base
    var ours = base
    for _ in 0..<(1 + random.below(4)) { change(&theirs, mostlyMoves: isRestless) }
    for _ in 0..<random.below(7) { change(&ours, mostlyMoves: isRestless) }
    // The same change on both sides is common in real picks and rare by chance.
    if random.once(in: 4), let path = pickPath(theirs) { ours[path] = theirs[path] }
    return PickCase(
      seed: seed, base: settled(base), theirs: settled(theirs), ours: settled(ours))
  }

  // MARK: Changes

  private mutating func change(_ files: inout Snapshot, mostlyMoves: Bool) {
    if mostlyMoves, !random.once(in: 4) {
      switch random.below(7) {
      case 0: add(to: &files)
      case 1: edit(&files)
      case 2: move(&files, edits: false)
      case 3: move(&files, edits: true)
      case 4: remove(&files)
      case 5: copy(&files)
      default: moveFolder(&files)
      }
      return
    }
    switch random.below(22) {
    case 0...6: edit(&files)
    case 7, 8: add(to: &files)
    case 9: remove(&files)
    case 10, 11: move(&files, edits: false)
    case 12, 13: move(&files, edits: true)
    case 14: moveFolder(&files)
    case 15: removeFolder(&files)
    case 16: flipMode(&files)
    case 17: changeKind(&files)
    case 18: swapFileAndFolder(&files)
    case 19: convertLines(&files)
    case 20: files[attributesPath()] = attributes()
    default: copy(&files)
    }
  }

  private mutating func edit(_ files: inout Snapshot) {
    guard let path = pickPath(files), let text = text(files[path]) else { return }
    var lines = split(text)
    for _ in 0..<(1 + random.below(2)) {
      let place = lines.isEmpty ? 0 : random.below(lines.count)
      switch random.below(4) {
      case 0: lines.insert(newLine(), at: place)
      case 1: if !lines.isEmpty { lines.remove(at: place) }
      case 2: if !lines.isEmpty { lines[place] = newLine() }
      default: lines += [newLine()]
      }
    }
    put(lines.joined(), at: path, in: &files)
  }

  private mutating func add(to files: inout Snapshot) {
    let path = newPath()
    guard files[path] == nil else { return }
    switch random.below(14) {
    case 0: files[path] = .symlink("to/\(random.below(3))")
    case 1: files[path] = .submodule(digits())
    case 2: files[path] = .executableBytes(contents())
    case 3: files[path] = .bytes([0, 1, 2, UInt8(random.below(4))])
    case 4: files[path] = .bytes([])
    default: files[path] = .bytes(contents())
    }
  }

  private mutating func remove(_ files: inout Snapshot) {
    if let path = pickPath(files) { files[path] = nil }
  }

  private mutating func move(_ files: inout Snapshot, edits: Bool) {
    guard let path = pickPath(files) else { return }
    var target = newPath()
    if random.once(in: 2) { target = Array(random.pick(Self.folders).utf8) + name(of: path) }
    guard files[target] == nil, target != path else { return }
    files[target] = files.removeValue(forKey: path)
    guard edits, let text = text(files[target]) else { return }
    var lines = split(text)
    if lines.count > 2 { lines[random.below(lines.count)] = newLine() }
    put(lines.joined(), at: target, in: &files)
  }

  private mutating func moveFolder(_ files: inout Snapshot) {
    let from = Array(random.pick(Array(Self.folders.dropFirst())).utf8)
    let to = Array(random.pick(Self.folders + ["new/", "src/moved/"]).utf8)
    if to.starts(with: from) { return }
    for path in sorted(files) where path.starts(with: from) {
      let target = to + path.dropFirst(from.count)
      if files[target] == nil { files[target] = files.removeValue(forKey: path) }
    }
  }

  private mutating func removeFolder(_ files: inout Snapshot) {
    let folder = Array(random.pick(Array(Self.folders.dropFirst())).utf8)
    for path in files.keys where path.starts(with: folder) { files[path] = nil }
  }

  private mutating func flipMode(_ files: inout Snapshot) {
    guard let path = pickPath(files) else { return }
    switch files[path] {
    case .bytes(let bytes): files[path] = .executableBytes(bytes)
    case .executableBytes(let bytes): files[path] = .bytes(bytes)
    default: break
    }
  }

  private mutating func changeKind(_ files: inout Snapshot) {
    guard let path = pickPath(files) else { return }
    files[path] =
      switch random.below(4) {
      case 0: .symlink("other/\(random.below(3))")
      case 1: .submodule(digits())
      case 2: .bytes([0] + contents())
      default: .bytes(contents())
      }
  }

  private mutating func swapFileAndFolder(_ files: inout Snapshot) {
    if random.once(in: 2), let path = pickPath(files), let file = files.removeValue(forKey: path) {
      files[path + Array("/inner.c".utf8)] = file
    } else {
      let folder = random.pick(Array(Self.folders.dropFirst()))
      let prefix = Array(folder.utf8)
      for path in files.keys where path.starts(with: prefix) { files[path] = nil }
      files[prefix.dropLast()] = .bytes(contents())
    }
  }

  private mutating func convertLines(_ files: inout Snapshot) {
    guard let path = pickPath(files), let text = text(files[path]) else { return }
    if random.once(in: 2) {
      put(split(text).map { $0.dropLast() + "\r\n" }.joined(), at: path, in: &files)
    } else if text.last == "\n" {
      put(String(text.dropLast()), at: path, in: &files)
    }
  }

  private mutating func copy(_ files: inout Snapshot) {
    guard let path = pickPath(files) else { return }
    let target = newPath()
    if files[target] == nil { files[target] = files[path] }
  }

  // MARK: Parts

  private mutating func attributesPath() -> [UInt8] {
    Array(random.pick(["", "", "src/", "lib/net/"]).utf8) + Array(".gitattributes".utf8)
  }

  private mutating func attributes() -> FileChange {
    let lines = [
      "*.c merge=union", "list merge=union", "*.txt -merge", "*.h binary", "src/** merge=text",
      "/lib/*/*.c -merge", "[attr]both merge=union", "Makefile both", "*.c !merge", "* text=auto",
      "*.c linguist-generated", "*.txt diff=none",
      "deep/**/alpha.c merge=union", "\"beta.c\" merge=binary", "d?lta.[a-t]xt merge=union",
    ]
    let count = 1 + random.below(3)
    return .text((0..<count).map { _ in random.pick(lines) + "\n" }.joined())
  }

  private mutating func newPath() -> [UInt8] {
    var path = Array((random.pick(Self.folders) + random.pick(Self.names)).utf8)
    if random.once(in: 12) { path.append(0xe9) }
    return path
  }

  private mutating func digits() -> String {
    String(repeating: random.pick(["1", "2", "3"]), count: 40)
  }

  private mutating func contents() -> [UInt8] {
    (0..<(4 + random.below(25))).flatMap { _ in Array(newLine().utf8) }
  }

  private mutating func newLine() -> String {
    serial += 1
    return random.once(in: 10) ? "}\n" : "statement \(serial) of \(random.below(50));\n"
  }

  private mutating func pickPath(_ files: Snapshot) -> [UInt8]? {
    let paths = sorted(files)
    return paths.isEmpty ? nil : random.pick(paths)
  }

  private func sorted(_ files: Snapshot) -> [[UInt8]] {
    files.keys.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func name(of path: [UInt8]) -> [UInt8] {
    Array(path.split(separator: UInt8(ascii: "/")).last ?? [])
  }

  private func text(_ file: FileChange?) -> String? {
    switch file {
    case .bytes(let bytes), .executableBytes(let bytes):
      bytes.contains(0) ? nil : String(decoding: bytes, as: UTF8.self)
    default: nil
    }
  }

  private func split(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for character in text.unicodeScalars {
      line.unicodeScalars.append(character)
      if character == "\n" {
        lines.append(line)
        line = ""
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private func put(_ text: String, at path: [UInt8], in files: inout Snapshot) {
    if case .executableBytes = files[path] {
      files[path] = .executable(text)
    } else {
      files[path] = .text(text)
    }
  }

  /// Leaves out files that stand where others have their folder.
  private func settled(_ files: Snapshot) -> Snapshot {
    var result = files
    for path in files.keys {
      for index in path.indices where path[index] == UInt8(ascii: "/") {
        result[Array(path[..<index])] = nil
      }
    }
    return result
  }
}
