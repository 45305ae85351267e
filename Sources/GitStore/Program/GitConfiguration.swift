/// Settings in git's syntax, read by git itself.
///
/// The order is git's: what comes later overrides what came before.
package struct GitConfiguration: Sendable, Equatable {
  /// Where a setting comes from.
  package enum Scope: String, Sendable, CaseIterable {
    case system
    case global
    case local
    case worktree
    /// `git -c name=value` and its environment variables.
    case command
    /// A document that was asked for by itself.
    case document
  }

  /// One setting.
  package struct Entry: Sendable, Equatable {
    package var scope: Scope
    package var key: ConfigurationKey
    /// Nil for a name without `=`, which means true.
    package var value: [UInt8]?

    package init(scope: Scope, key: ConfigurationKey, value: [UInt8]?) {
      self.scope = scope
      self.key = key
      self.value = value
    }

    /// The value as text, repaired where it is not UTF-8; empty when there is none.
    package var text: String { String(decoding: value ?? [], as: UTF8.self) }
  }

  package let entries: [Entry]
  private let positions: [ConfigurationKey: [Int]]

  package init(_ entries: [Entry]) {
    self.entries = entries
    positions = Dictionary(grouping: entries.indices) { entries[$0].key }
  }

  package static func == (left: Self, right: Self) -> Bool { left.entries == right.entries }
}

extension Set<GitConfiguration.Scope> {
  /// Every scope.
  package static let all = Set(GitConfiguration.Scope.allCases)

  /// Scopes that only the user, the machine's owner or the command line can write.
  ///
  /// Settings that name programs to run are taken from these alone: a repository's own
  /// configuration may have come with it.
  package static let trusted: Self = [.system, .global, .command]
}

extension GitConfiguration {
  /// The last value of a key, as bytes; nil when it is not set in these scopes.
  package func last(
    _ key: ConfigurationKey, in scopes: Set<Scope> = .all
  ) -> Entry? {
    positions[key]?.last { scopes.contains(entries[$0].scope) }.map { entries[$0] }
  }

  /// All values of a key in git's order.
  package func all(_ key: ConfigurationKey, in scopes: Set<Scope> = .all) -> [Entry] {
    (positions[key] ?? []).map { entries[$0] }.filter { scopes.contains($0.scope) }
  }

  /// The last value of a key as text; a name without `=` is the empty text.
  package func string(_ key: ConfigurationKey, in scopes: Set<Scope> = .all) -> String? {
    last(key, in: scopes)?.text
  }

  /// The last value of a key by git's rules for Booleans.
  package func bool(
    _ key: ConfigurationKey, in scopes: Set<Scope> = .all
  ) throws(ConfigurationValueError) -> Bool? {
    guard let entry = last(key, in: scopes) else { return nil }
    if let value = GitConfigurationValue.bool(entry.value) { return value }
    throw ConfigurationValueError(kind: .boolean, entry: entry)
  }

  /// The last value of a key by git's rules for integers, with its units k, m and g.
  package func int(
    _ key: ConfigurationKey, in scopes: Set<Scope> = .all
  ) throws(ConfigurationValueError) -> Int? {
    guard let entry = last(key, in: scopes) else { return nil }
    if let value = GitConfigurationValue.int(entry.value ?? []) { return value }
    throw ConfigurationValueError(kind: .integer, entry: entry)
  }

  /// The entries of a section, with and without subsection, in git's order.
  package func section(_ section: String) -> [Entry] {
    let section = section.lowercased()
    return entries.filter { $0.key.section == section }
  }

  /// The subsections of a section, each once, in the order in which they first appear.
  package func subsections(of section: String) -> [[UInt8]] {
    var seen: Set<[UInt8]> = []
    return self.section(section).compactMap(\.key.subsection).filter { seen.insert($0).inserted }
  }
}

/// A value that is not of the type its key wants.
package struct ConfigurationValueError: Error, Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case boolean
    case integer
  }

  package var kind: Kind
  package var entry: GitConfiguration.Entry
}
