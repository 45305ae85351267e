/// An advisory as a message to a list, in plain text of at most 72 columns.
///
/// It has a subject and no addresses: whoever sends it knows where to.
public struct AnnouncementFormat: Sendable {
  private static let columns = 72

  let advisory: Advisory

  /// The form of an advisory.
  public init(_ advisory: Advisory) { self.advisory = advisory }

  private var words: AdvisoryWords { AdvisoryWords(advisory: advisory) }
  private var name: String { advisory.cveID ?? advisory.gitHubID ?? advisory.shortID }

  /// The message.
  public var text: String {
    var parts = ["Subject: \(Self.oneLine(subject))", Self.wrapped(opening)]
    parts.append("\(Self.wrapped(heading))\n\(Self.wrapped(advisory.title, indent: "  "))")
    parts.append(versions)
    parts.append(Self.wrapped(Self.plain(advisory.impact)))
    if let workaround = advisory.workaround {
      parts.append(Self.wrapped("Workaround: " + Self.plain(workaround)))
    }
    if !commits.isEmpty { parts.append("Fixes:\n\(commits)") }
    let tags = advisory.releasedLines.compactMap(\.tag)
    var places = tags.isEmpty ? [] : ["Tags: \(tags.joined(separator: ", "))"]
    places += advisory.allReferences.filter { $0.kind == .advisory }.map { "Advisory: \($0.url)" }
    if !places.isEmpty { parts.append(places.joined(separator: "\n")) }
    let reporters = advisory.credits.filter(\.kind.isReport).compactMap(\.name)
    if !reporters.isEmpty {
      parts.append(Self.wrapped("Thanks to \(AdvisoryWords.joined(reporters)) for the report."))
    }
    var signature = "-- \n\(Self.oneLine(advisory.publisher.name))"
    if let contact = advisory.publisher.contact {
      signature += "\nSecurity reports: \(Self.oneLine(contact))"
    }
    return (parts + [signature]).joined(separator: "\n\n") + "\n"
  }

  private var subject: String {
    guard let fixed = words.fixed else {
      return "[SECURITY] \(advisory.project): \(advisory.title) (\(name))"
    }
    return "[SECURITY] \(advisory.project) \(fixed) released (\(name))"
  }

  private var opening: String {
    guard let fixed = words.fixed else {
      return "This is about a security problem in \(advisory.project)."
    }
    let several = advisory.fixedVersions.count > 1
    return "\(advisory.project) \(fixed) \(several ? "are" : "is") out, with the fix of a security "
      + "problem. Users of the versions below should update."
  }

  private var heading: String {
    let scores = advisory.vectors.map { "\($0.standardName): \($0.score)" }
    guard let rating = advisory.rating else { return name }
    let score = scores.isEmpty ? "" : " (\(scores.joined(separator: ", ")))"
    return "\(name), severity \(rating.rawValue)\(score)"
  }

  private var versions: String {
    let fixed = advisory.releasedLines.map { "\($0.fixed ?? "") (\($0.name) line)" }
    var rows = [Self.labelled("Affected:", words.affected)]
    if !fixed.isEmpty {
      rows.append(Self.labelled("Fixed in:", fixed.joined(separator: ", ")))
    }
    rows += words.advice.map { Self.labelled("Not fixed:", $0) }
    return rows.joined(separator: "\n")
  }

  private var commits: String {
    let width = advisory.fixes.map(\.branch.count).max() ?? 0
    return advisory.fixes.map { fix in
      let branch = fix.branch + String(repeating: " ", count: width - fix.branch.count)
      let place = advisory.repository?.page(ofCommit: fix.commit) ?? fix.commit
      return "  \(Self.oneLine(branch))  \(place)"
    }.joined(separator: "\n")
  }

  private static func labelled(_ label: String, _ text: String) -> String {
    let start = label + String(repeating: " ", count: max(1, 11 - label.count))
    let body = wrapped(text, indent: String(repeating: " ", count: start.count))
    return start + body.dropFirst(start.count)
  }

  /// The text without the marks of Markdown that nobody needs in a message.
  private static func plain(_ text: String) -> String { text.filter { $0 != "`" } }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// Paragraphs broken at blanks; a longer word stays whole.
  private static func wrapped(_ text: String, indent: String = "") -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      var lines: [String] = []
      var line = indent
      for word in paragraph.split(separator: " ") {
        if line.count > indent.count, line.count + 1 + word.count > columns {
          lines.append(line)
          line = indent
        }
        line += (line.count > indent.count ? " " : "") + word
      }
      lines.append(line.allSatisfy { $0 == " " } ? "" : line)
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
