import ArgumentParser

/// A command line that names its verb first, parsed by that verb alone.
///
/// The parser looks at the options of the root and of every verb before it comes to the one that is
/// meant, with the runtime's search for conformances at each of them: half of a short run. What
/// cannot be parsed in this way – help, completion, a mistake – is left to the root.
enum DirectVerb {
  /// The parsed verb; nil when only the root can say what is meant.
  static func command(_ arguments: [String]) -> (any ParsableCommand)? {
    if let pick = PickCommand(plain: arguments) { return pick }
    var location = arguments[..<0]
    if arguments.count > 2, arguments[0] == "-C" { location = arguments[..<2] }
    guard let name = arguments[location.count...].first,
      let verb = GitBackportCommand.configuration.subcommands.first(where: {
        $0.configuration.commandName == name
      })
    else { return nil }
    let command = try? verb.parseAsRoot(Array(location + arguments[(location.count + 1)...]))
    // The parser's own help command is not one of ours, which all are asynchronous.
    return command is any AsyncParsableCommand ? command : nil
  }
}
