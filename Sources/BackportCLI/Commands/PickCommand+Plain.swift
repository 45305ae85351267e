import ArgumentParser
import Backport

extension PickCommand {
  /// Takes a command line of a few plain words without the parser; nil for any other.
  ///
  /// Scripts run plumbing in loops, and the parser alone costs twice what a pick does. Whatever is
  /// unusual – a repeated or combined option, `=`, a mistake – is left to the parser, so that the
  /// rules are known in one place.
  init?(plain arguments: [String]) {
    var words = arguments[...]
    var directories: [String] = []
    if words.first == "-C" {
      words.removeFirst()
      guard let directory = words.popFirst() else { return nil }
      directories = [directory]
    }
    guard words.popFirst() == "pick" else { return nil }
    var seen: Set<String> = []
    var fixes: [String] = []
    var target: String?
    while let word = words.popFirst() {
      guard word.utf8.first == UInt8(ascii: "-") else {
        fixes.append(word)
        continue
      }
      guard PickCommand.plainFlags.contains(word) || word == "--onto",
        seen.insert(word).inserted
      else { return nil }
      guard word == "--onto" else { continue }
      guard let revision = words.popFirst(), revision.utf8.first != UInt8(ascii: "-") else {
        return nil
      }
      target = revision
    }
    self.init()
    fix = fixes
    onto = target
    readsInput = seen.contains("--stdin")
    mainline = nil
    namesOrigin = seen.contains("-x")
    keepsMessage = false
    noWrite = seen.contains("--no-write")
    location = LocationOptions(directories)
    output = OutputOptions(json: seen.contains("--json"))
    guard (try? validate()) != nil else { return nil }
  }

  private static let plainFlags: Set = ["--stdin", "-x", "--no-write", "--json"]
}

extension LocationOptions {
  /// Options as if parsed.
  fileprivate init(_ directories: [String]) {
    self.init()
    self.directories = directories
  }
}

extension OutputOptions {
  /// Options as if parsed, the others as they are when nobody gives them.
  fileprivate init(json: Bool) {
    self.init()
    self.json = json
    file = nil
    quiet = false
    verbose = false
    color = .auto
    noProgress = false
  }
}
