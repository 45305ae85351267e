/// The sentences that the formats for people share.
struct AdvisoryWords {
  let advisory: Advisory

  /// The affected versions: `0.1.0 to 0.9.3, 1.0.0 to 1.1.0`.
  var affected: String {
    advisory.spans.map { span in
      let last = span.versions.last?.text ?? span.start
      if span.start == "0" { return "up to \(last)" }
      return span.start == last ? last : "\(span.start) to \(last)"
    }.joined(separator: ", ")
  }

  /// The affected versions as a clause with bounds: `before 0.9.4 and from 1.0.0 before 1.1.1`.
  var bounds: String {
    Self.joined(
      advisory.spans.map { span in
        let start = span.start == "0" ? "" : "from \(span.start) "
        return switch span.end {
        case .fixed(let version): "\(start)before \(version)"
        case .lastAffected(let version): "\(start)through \(version)"
        }
      })
  }

  /// The versions to update to, as words; nil when there is none.
  var fixed: String? {
    let versions = advisory.fixedVersions
    return versions.isEmpty ? nil : Self.joined(versions)
  }

  /// What was released, and what users of the other lines do.
  var patches: String {
    ([fixed.map { "Fixed in \($0)." } ?? "There is no fixed version yet."] + advice)
      .joined(separator: " ")
  }

  /// What users of the lines without a fix of their own do, one sentence for lines that share it.
  var advice: [String] {
    var groups: [(isMaintained: Bool, todo: String?, names: [String])] = []
    for line in advisory.lines where line.fixed == nil {
      let todo = todo(for: line)
      let index = groups.firstIndex { $0.isMaintained == line.isMaintained && $0.todo == todo }
      if let index {
        groups[index].names.append(line.name)
      } else {
        groups.append((line.isMaintained, todo, [line.name]))
      }
    }
    return groups.map { group in
      let isOne = group.names.count == 1
      let lines = "The \(Self.joined(group.names)) \(isOne ? "line" : "lines")"
      let state =
        group.isMaintained
        ? "\(lines) \(isOne ? "has" : "have") no fixed version yet"
        : "\(lines) \(isOne ? "is" : "are") no longer maintained"
      return group.todo.map { "\(state): \($0)." } ?? state + "."
    }
  }

  /// What users of a line without a fix of its own do; nil for a line that has one.
  func advice(for line: AdvisoryLine) -> String? {
    guard line.fixed == nil else { return nil }
    let state =
      line.isMaintained
      ? "The \(line.name) line has no fixed version yet"
      : "The \(line.name) line is no longer maintained"
    return todo(for: line).map { "\(state): \($0)." } ?? state + "."
  }

  /// What users of a line without a fix of its own do, without a full stop: what somebody has said,
  /// else the update to the next version above it that has the fix; nil where there is none.
  private func todo(for line: AdvisoryLine) -> String? {
    if var advice = line.advice, !advice.isEmpty {
      while advice.last == "." || advice.last?.isWhitespace == true { advice.removeLast() }
      return advice
    }
    return update(for: line).map { "update to \($0)" }
  }

  /// The lowest version with the fix that is above a line's own.
  func update(for line: AdvisoryLine) -> String? {
    if let fixed = line.fixed { return fixed }
    let above = advisory.versions.drop { $0.text != line.lastAffected }.dropFirst()
    let released = Set(advisory.fixedVersions)
    return above.first { $0.state == .fixed && $0.isRelease && released.contains($0.text) }?.text
      ?? above.first { $0.state == .fixed && $0.isRelease }?.text
  }

  /// The vectors with their scores: `CVSS 3.1 7.5 (…)`.
  var scores: [String] {
    advisory.vectors.map { "\($0.standardName) \($0.score) (`\($0)`)" }
  }

  /// Who told of the flaw, as a sentence; nil for nobody.
  var reporters: String? {
    let names = advisory.credits.filter(\.kind.isReport).map {
      $0.name ?? "somebody who wishes to stay anonymous"
    }
    return names.isEmpty ? nil : "Reported by \(Self.joined(names))."
  }

  /// Who repaired it, as a sentence; nil for nobody.
  var developers: String? {
    let names = advisory.credits.filter { $0.kind == .remediationDeveloper }.compactMap(\.name)
    return names.isEmpty ? nil : "Fixed by \(Self.joined(names))."
  }

  /// Who else is thanked, as sentences.
  var others: [String] {
    advisory.credits.compactMap { credit in
      guard !credit.kind.isReport, credit.kind != .remediationDeveloper, let name = credit.name
      else { return nil }
      return "\(name) (\(credit.kind.spaced))."
    }
  }

  /// `a`, `a and b`, `a, b and c`.
  static func joined(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Advisory {
  /// Every address, each once: the advisory, the fixes, the releases, the package, the given ones.
  var allReferences: [AdvisoryReference] {
    var found: [AdvisoryReference] = []
    if let repository {
      let ids = allIDs.compactMap { repository.page(ofAdvisory: $0) }
      found += ids.map { AdvisoryReference(.advisory, $0) }
      found += fixes.map {
        AdvisoryReference(.fix, repository.page(ofCommit: $0.commit), label: "Fix on \($0.branch)")
      }
      found += introduced.map {
        AdvisoryReference(.introduced, repository.page(ofCommit: $0), label: "Introduced")
      }
      found += releasedLines.compactMap { line in
        guard let tag = line.tag, let page = repository.page(ofTag: tag) else { return nil }
        return AdvisoryReference(.web, page, label: "Release \(line.fixed ?? tag)")
      }
      found.append(AdvisoryReference(.package, repository.page, label: "Repository"))
    }
    if let package { found.append(AdvisoryReference(.package, package.page, label: "Package")) }
    var seen: Set<String> = []
    return (references + found).filter { seen.insert($0.url).inserted }
  }

  /// The text in Markdown that OSV and GitHub take: impact, patches, workaround.
  var markdownDetails: String {
    let words = AdvisoryWords(advisory: self)
    var sections = [
      "### Impact\n\n\(impact)\n\nAffected versions: \(words.affected).",
      "### Patches\n\n\(words.patches)",
    ]
    if let workaround { sections.append("### Workarounds\n\n\(workaround)") }
    return sections.joined(separator: "\n\n") + "\n"
  }
}
