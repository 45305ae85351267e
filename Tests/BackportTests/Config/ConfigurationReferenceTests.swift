import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

@testable import Backport

/// gitbackport(5) is the reference of the configuration: it says what the parser takes, all of it.
@Suite("The reference of the configuration")
struct ConfigurationReferenceTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The entry of one or several keys.
  private struct Entry {
    var keys: [String]
    /// The words of which the value is one; empty where it is a text.
    var choices: [String]
    /// The values that are meant without the key, where they can be stated.
    var defaults: [String]
  }

  private static func text() throws -> String {
    try String(
      contentsOf: root.appendingPathComponent("Sources/BackportCLI/Manual/gitbackport.5"),
      encoding: .utf8)
  }

  /// Text without the marks of roff.
  private static func plain(_ text: some StringProtocol) -> String {
    text.replacingOccurrences(of: "\\fI", with: "").replacingOccurrences(of: "\\fB", with: "")
      .replacingOccurrences(of: "\\fR", with: "")
      .replacingOccurrences(of: "\\-", with: "-")
  }

  /// The arguments of a macro: words, those in quotes whole.
  private static func arguments(_ line: Substring) -> [String] {
    line.matches(of: /"([^"]*)"|[^ "]+/).map { String($0.1 ?? $0.0) }.dropFirst().map { $0 }
  }

  private static func entries() throws -> [Entry] {
    var entries: [Entry] = []
    let lines = try text().split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0, lines[index - 1] == ".TP" {
        let words = arguments(line)
        let sign = words.firstIndex(of: " = ") ?? words.endIndex
        let keys = words[..<sign].filter { $0 != ", " }.map { plain($0) }
        let values = words[sign...].dropFirst().filter { $0 != "|" }
        let isChoice = values.count > 1 && !values.contains { $0.contains("\\fI") }
        entries.append(
          Entry(keys: keys, choices: isChoice ? values.map { plain($0) } : [], defaults: []))
      }
      if line.hasPrefix("Default: "), !entries.isEmpty {
        entries[entries.count - 1].defaults = line.matches(of: /\\fI(.*?)\\fR/)
          .map { plain($0.1) }
      }
    }
    return entries
  }

  /// The lines of the first block of code after a heading.
  private static func block(after heading: String) throws -> [String] {
    let lines = try text().split(separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(lines.firstIndex { $0 == heading })
    let rest = lines[place...].drop { $0 != ".nf" }.dropFirst()
    return rest.prefix { $0 != ".fi" }.map { plain($0) }
  }

  /// What the parser makes of one key with these values.
  private func parsed(_ key: String, _ values: [String]) throws -> ProjectConfiguration {
    let name = key.replacingOccurrences(of: "<line>", with: "1.0").replacingOccurrences(
      of: "<id>", with: "CVE-2026-0001"
    )
    .replacingOccurrences(of: "<path>", with: "src/version")
    let parsedKey = try #require(ConfigurationKey(parsing: Array(name.utf8)))
    return try ConfigurationParser.parse([
      (
        ".gitbackport",
        GitConfiguration(
          values.map {
            GitConfiguration.Entry(scope: .document, key: parsedKey, value: Array($0.utf8))
          })
      )
    ])
  }

  /// A configuration with everything filled in that another part of the program fills in.
  private func meaning(_ project: ProjectConfiguration) throws -> ProjectConfiguration {
    var result = project
    result.tagPattern = project.tagPattern ?? .automatic
    result.policy = try SupportPolicy(settings: project.policy, source: "").settings
    result.cases.respondFrom = project.cases.respondFrom ?? CasePolicy().respondFrom
    result.cases.timezone = project.cases.timezone ?? CasePolicy().timezone
    return result
  }

  @Test("has every key that there is, and no other")
  func keys() throws {
    let described = try Self.entries().flatMap(\.keys).filter { !$0.hasPrefix("backport.") }
    #expect(described.sorted() == ConfigurationParser.keys.sorted())
  }

  @Test("states the defaults as they are")
  func defaults() throws {
    let usual = try meaning(ProjectConfiguration())
    let stated = try Self.entries().filter { !$0.defaults.isEmpty }
    #expect(stated.count >= 15)
    for entry in stated {
      for key in entry.keys {
        #expect(try meaning(parsed(key, entry.defaults)) == usual, "\(key) = \(entry.defaults)")
      }
    }
  }

  @Test("names the words that each key takes")
  func choices() throws {
    let limited = try Self.entries().filter {
      !$0.choices.isEmpty && !$0.keys.contains { $0.hasPrefix("backport.") }
    }
    #expect(limited.count >= 10)
    for entry in limited {
      for key in entry.keys {
        for choice in entry.choices {
          #expect(throws: Never.self, "\(key) = \(choice)") { try meaning(parsed(key, [choice])) }
        }
        #expect(throws: (any Error).self, "\(key)") { try meaning(parsed(key, ["no-such-word"])) }
      }
    }
  }

  @Test("names every preset, and its sentences are sentences")
  func sentences() throws {
    let text = Self.plain(try Self.text())
    for name in PolicyPreset.spellings { #expect(text.contains(name), "\(name)") }
    let sentences = try Self.block(after: ".SS SENTENCES")
    #expect(sentences.count > 8)
    for sentence in sentences {
      #expect(throws: Never.self, "\(sentence)") {
        try SupportPolicy(settings: [PolicySetting("support", sentence.trimmingSpace)], source: "")
      }
    }
  }

  @Test("has an example that is read")
  func example() async throws {
    let example = try Self.block(after: ".SH EXAMPLE").joined(separator: "\n") + "\n"
    let fixture = try PlanFixture(TwoLines.history(config: example))
    let project = try await fixture.open().project
    // After the one that the sample project states.
    #expect(project.policy.count == 1 + 4)
    #expect(project.versionFiles.first?.pattern == "const VERSION = '{version}'")
    #expect(project.versionFiles.first?.isOptional == true)
    #expect(project.decisions["cve-2026-0418"]?.skip.count == 1)
    #expect(project.cases.times[.acknowledge] == .businessDays(2))
  }

  @Test("has every setting of git that the program reads")
  func settings() throws {
    var read: Set<String> = []
    let sources = Self.root.appendingPathComponent("Sources/Backport")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    for path in paths where path.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      for match in text.matches(of: /(?:string|all|int|bool)\("backport\.([a-z]+)"\)/) {
        read.insert("backport.\(match.1)")
      }
      for match in text.matches(of: /ConfigurationKey\("backport", nil, "([a-z]+)"\)/) {
        read.insert("backport.\(match.1)")
      }
      for match in text.matches(
        of: /ConfigurationKey\("backport", "remote\.\\\(name\)", "([a-z]+)"\)/)
      {
        read.insert("backport.remote.<name>.\(match.1)")
      }
    }
    #expect(read.count >= 10)
    let described = try Self.entries().flatMap(\.keys).filter { $0.hasPrefix("backport.") }
    #expect(Set(described.map { $0.lowercased() }) == read)
  }
}

extension String {
  fileprivate var trimmingSpace: String { String(drop { $0 == " " }) }
}
