import Foundation
import ReleaseModel

/// A section of a policy with the reading that a person gave it.
struct PolicyCorpusEntry: Decodable {
  struct Match: Decodable {
    var range: String?
    var latest: Int?
    var of: String?
    var skip: Int?
    var within: String?
    var per: Per?
    var other: Bool?
    var branch: String?
    var label: String?
    var package: String?
    var prereleases: Prereleases?
  }

  /// `"major"`, or the newest so many of a unit.
  struct Per: Decodable {
    var unit: String
    var latest: Int?
    var skip: Int?

    private enum Key: String, CodingKey { case latest, of, skip }

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.singleValueContainer(),
        let word = try? container.decode(String.self)
      {
        (unit, latest, skip) = (word, nil, nil)
        return
      }
      let keyed = try decoder.container(keyedBy: Key.self)
      unit = try keyed.decode(String.self, forKey: .of)
      latest = try keyed.decodeIfPresent(Int.self, forKey: .latest)
      skip = try keyed.decodeIfPresent(Int.self, forKey: .skip)
    }
  }

  enum Prereleases: Decodable {
    case only
    case excluded

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self = (try? container.decode(String.self)) == "only" ? .only : .excluded
    }
  }

  /// `true`, `false`, a level, or `until:DATE`.
  enum Support: Decodable {
    case yes
    case no
    case words(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = flag ? .yes : .no
      } else {
        self = .words(try container.decode(String.self))
      }
    }
  }

  struct Window: Decodable, Equatable {
    var months: Int?
    var days: Int?
    var from: String
    var of: String?
  }

  struct Rule: Decodable {
    var match: Match
    var supported: Support
    var until: String?
    var phase: String?
    var origin: String?
    var window: Window?
  }

  var id: String
  var section: String
  var form: String
  var syntax: String
  var ambiguous: Bool
  var rules: [Rule]

  /// The entries of a file.
  static func load(_ path: String) throws -> [PolicyCorpusEntry] {
    try JSONDecoder().decode(
      [PolicyCorpusEntry].self, from: Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

extension PolicyCorpusEntry.Rule {
  /// The subject in one spelling; nil when the corpus says it is no version.
  var key: String? {
    if let range = match.range {
      guard let parsed = try? VersionRange(parsing: range) else { return nil }
      let mark = match.prereleases != nil || match.label == "nightly" ? "pre" : "range"
      if match.other == true { return "other" }
      let text = mark == "pre" ? parsed.preReleaseLine : parsed.corpusText
      return "\(mark) \(text)\(packageText)"
    }
    if let latest = match.latest, let unit = match.of {
      var text = "latest \(latest) \(unit)"
      if let per = match.per { text += " per \(per.latest ?? 0) \(per.unit) \(per.skip ?? 0)" }
      if let within = match.within, let range = try? VersionRange(parsing: within) {
        text += " within \(range.corpusText)"
      }
      if let skip = match.skip { text += " skipping \(skip)" }
      return text
    }
    if match.other == true { return "other" }
    if let branch = match.branch { return "branch \(branch)" }
    if match.label == "lts" { return match.latest == nil ? "lts" : "lts \(match.latest ?? 0)" }
    return "outside"
  }

  private var packageText: String { match.package.map { " @\($0.normalisedPackage)" } ?? "" }

  /// yes, no, or unknown for what lies in the future.
  var answer: String {
    switch supported {
    case .yes: "yes"
    case .no: phase == "future" ? "unknown" : "no"
    case .words: "yes"
    }
  }

  var level: SupportLevel {
    switch supported {
    case .yes: return .full
    case .no: return SupportLevel.none
    case .words(let text):
      switch text {
      case "security-only": return .security
      case "critical-only": return .critical
      case "best-effort": return .bestEffort
      default: return .full
      }
    }
  }

  var end: String? {
    if case .words(let text) = supported, text.hasPrefix("until:") {
      return String(text.dropFirst(6))
    }
    return until
  }
}

extension SecurityRule {
  /// The subject in the corpus's spelling.
  var key: String {
    let name = package.map { " @\($0.normalisedPackage)" } ?? ""
    switch subject {
    case .lines(.range(let range)): return "range \(range.corpusText)\(name)"
    case .lines(let subject): return subject.corpusKey
    case .prereleases(let range): return "pre \(range.preReleaseLine)\(name)"
    case .other: return "other"
    case .outside: return "outside"
    }
  }

  var answer: String { level.map { $0.isSupported ? "yes" : "no" } ?? "unknown" }
}

extension SupportSubject {
  var corpusKey: String {
    switch self {
    case .range(let range): return "range \(range.corpusText)"
    case .latest(let selection):
      var text = "latest \(selection.count) \(selection.unit.rawValue)"
      if let group = selection.group { text += " per 0 \(group.rawValue) 0" }
      if let range = selection.range { text += " within \(range.corpusText)" }
      if selection.skipping > 0 { text += " skipping \(selection.skipping)" }
      return text
    case .lts(let newest): return newest.map { "lts \($0)" } ?? "lts"
    case .branch(let name): return "branch \(name)"
    }
  }
}

extension VersionRange {
  /// The first version's numbers.
  ///
  /// How the corpus and the model name pre-releases differs.
  /// The canonical form without zeros at the end of versions.
  fileprivate var corpusText: String {
    canonicalDescription.split(separator: " ").map { word in
      var word = word
      while word.hasSuffix(".0") { word = word.dropLast(2) }
      return String(word)
    }.joined(separator: " ")
  }

  fileprivate var preReleaseLine: String {
    canonicalDescription.split(separator: " ").first.map {
      $0.drop { !$0.isNumber }.prefix { $0.isNumber || $0 == "." }
    }.map { text in
      text.split(separator: ".").map(String.init).reversed().drop { $0 == "0" }.reversed()
        .joined(separator: ".")
    } ?? ""
  }
}

extension String {
  /// `npm:frootai` and `frootai (npm CLI)` are the same package.
  fileprivate var normalisedPackage: String {
    let words = lowercased().split {
      !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "@" && $0 != "/"
    }
    return words.filter { !["npm", "cli", "pypi", "sdk", "vscode", "marketplace"].contains($0) }
      .joined(separator: " ").replacingOccurrences(of: "*", with: "")
  }
}
