/// Why settings could not be read.
package struct GitConfigurationError: Error, Sendable, Equatable {
  package enum Code: Sendable, Equatable {
    /// The text is not in git's syntax; git names the line.
    case malformed
    /// The document or what it expands to is larger than ``GitConfiguration/documentLimit``
    /// allows.
    case tooLarge
    /// More settings than ``GitConfiguration/entryLimit``.
    case tooManyEntries
    /// Git could not be run, or failed for a reason outside of the text.
    case program
  }

  package var code: Code
  /// The name of the document, or nil for the user's and repository's settings.
  package var document: String?
  /// The line of a malformed document, from 1.
  package var line: Int?
  /// Git's message without its `fatal: `.
  package var message: String
  package var underlying: GitProgramError?
}

extension GitConfiguration {
  /// The most bytes of a document.
  package static let documentLimit = 256 << 10
  /// The most settings in a document.
  package static let entryLimit = 10_000
  /// The most bytes git may print for a document: it repeats the section for each name, so that a
  /// long section with many names expands without bound.
  private static let expansionLimit = 16 << 20

  /// Reads what is configured for a repository or directory, with one process.
  package static func read(
    with program: GitProgram, at location: GitLocation
  ) async throws(GitConfigurationError) -> Self {
    let arguments = ["config", "-z", "--show-scope", "--list"]
    var options = GitProgram.Options()
    // It runs none; to skip them would show as a setting of the command line.
    options.hooks = .run
    let bytes: [UInt8]
    do {
      bytes = try await program.output(of: arguments, at: location, options: options)
    } catch {
      throw GitConfigurationError(error, document: nil)
    }
    return Self(Self.parse(bytes, withScopes: true))
  }

  /// Reads a document that is given as bytes; includes are not followed.
  ///
  /// `name` is what errors call it. No repository is needed.
  package static func read(
    document: [UInt8], named name: String, with program: GitProgram
  ) async throws(GitConfigurationError) -> Self {
    guard document.count <= documentLimit else {
      throw GitConfigurationError(code: .tooLarge, document: name, message: "")
    }
    return try await read(
      ["--file", "-"], input: document, named: name, with: program, at: .directory("/"))
  }

  /// Reads a document that is a blob of the repository, by its full id.
  ///
  /// `name` is what errors call it.
  package static func read(
    blob: String, named name: String, with program: GitProgram, at location: GitLocation
  ) async throws(GitConfigurationError) -> Self {
    try await read(["--blob", blob], input: nil, named: name, with: program, at: location)
  }

  private static func read(
    _ source: [String], input: [UInt8]?, named name: String, with program: GitProgram,
    at location: GitLocation
  ) async throws(GitConfigurationError) -> Self {
    var options = GitProgram.Options()
    options.outputLimit = expansionLimit
    // The limit ends it; a busy machine may take long to come to it.
    options.deadline = .seconds(600)
    let bytes: [UInt8]
    do {
      bytes = try await program.output(
        of: ["config"] + source + ["-z", "--list", "--no-includes"], at: location, input: input,
        options: options)
    } catch {
      throw GitConfigurationError(error, document: name)
    }
    let entries = parse(bytes, withScopes: false)
    guard entries.count <= entryLimit else {
      throw GitConfigurationError(code: .tooManyEntries, document: name, message: "")
    }
    return Self(entries)
  }

  /// Reads `key LF value NUL`, or `key NUL` for a name without value, each after `scope NUL` when
  /// scopes are shown.
  ///
  /// A key holds no newline and a value no NUL, so the first newline parts them.
  static func parse(_ bytes: [UInt8], withScopes: Bool) -> [Entry] {
    var entries: [Entry] = []
    var scope: Scope? = withScopes ? nil : .document
    for item in bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast() {
      if scope == nil {
        // Git's other scopes, submodule and unknown, are as little trusted as the repository's.
        scope = Scope(rawValue: String(decoding: item, as: UTF8.self)) ?? .local
        continue
      }
      let key = item.prefix { $0 != UInt8(ascii: "\n") }
      let value = key.endIndex < item.endIndex ? [UInt8](item[(key.endIndex + 1)...]) : nil
      if let scope, let key = ConfigurationKey(parsing: key) {
        entries.append(Entry(scope: scope, key: key, value: value))
      }
      scope = withScopes ? nil : .document
    }
    return entries
  }
}

extension GitConfigurationError {
  /// Takes git's words apart: `fatal: bad config line 3 in standard input`.
  init(_ error: GitProgramError, document: String?) {
    let lines = String(decoding: error.errors, as: UTF8.self).split(separator: "\n")
    // The user's own files may be malformed too; only these two places are the document.
    let complaint = lines.first {
      $0.contains("bad config")
        && ($0.contains(" in standard input") || $0.contains(" in blob "))
    }
    let message = complaint ?? lines.last ?? ""
    let prefix = "fatal: "
    self.init(
      code: .program, document: document,
      message: String(message.hasPrefix(prefix) ? message.dropFirst(prefix.count) : message),
      underlying: error)
    if error.code == .outputTooLarge { code = .tooLarge }
    if error.code == .failed, let complaint {
      code = .malformed
      let words = complaint.split(separator: " ")
      let line = words.firstIndex(of: "line").map { words.index(after: $0) }
      self.line = line.flatMap { $0 < words.endIndex ? Int(words[$0]) : nil }
    }
  }
}
