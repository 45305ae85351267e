import ArgumentParser
import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a shell offers for an argument.
enum NameCompletion {
  /// Release lines.
  static var lines: CompletionKind { kind { $0.lines } }
  /// Release lines with a `=` behind them, as in `--skip LINE=REASON`.
  static var assignments: CompletionKind { kind { $0.lines.map { $0 + "=" } } }
  /// Branches.
  static var branches: CompletionKind { kind { $0.branches } }
  /// Branches and tags.
  static var revisions: CompletionKind { kind { $0.revisions } }
  /// Operations.
  static var operations: CompletionKind { kind { $0.operations } }
  /// Remotes.
  static var remotes: CompletionKind { kind { $0.remotes } }

  private static func kind(
    _ names: @escaping @Sendable (ReferenceNames) -> [String]
  ) -> CompletionKind {
    let complete: @Sendable ([String], Int, String) -> [String] = { words, _, _ in
      names(Self.names(words))
    }
    return .custom(complete)
  }

  /// The names of the repository that a command line is about.
  private static func names(_ words: [String]) -> ReferenceNames {
    var directory = FileManager.default.currentDirectoryPath
    for (word, next) in zip(words, words.dropFirst()) where word == "-C" && !next.isEmpty {
      directory = next.hasPrefix("/") ? next : directory + "/" + next
    }
    return ReferenceNames(
      directory: directory, environment: ProcessInfo.processInfo.environment)
  }
}
