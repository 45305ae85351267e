import GitStore
public import ReleaseModel

extension Workspace {
  /// The lines that the policy covers today, as a new case knows them, and the trunk.
  func maintainedLines() throws(BackportError) -> (lines: [CaseLine], warnings: [Warning]) {
    var lines: [CaseLine] = []
    var warnings: [Warning] = []
    do throws(BackportError) {
      let document = try self.lines(asOf: Moment(seconds: surroundings.now, offsetMinutes: 0).day)
      lines = document.lines.filter { $0.supported != "no" }.map {
        CaseLine(line: $0.line, branch: $0.branch?.name, maintained: true)
      }
    } catch {
      guard error.code == .noReleases else { throw error }
      warnings.append(Warning("no-releases", "no tag is a release, so the case knows no line"))
    }
    lines.append(
      CaseLine(line: trunk.name, branch: trunk.name, maintained: true, trunk: true))
    return (lines, warnings)
  }

  /// The name by which a case knows a line: that of the trunk's branch, or of a release line.
  public func caseLine(_ text: String, of record: CaseRecord) throws(BackportError) -> String {
    if record.line(text) != nil { return text }
    if text == "trunk" { return record.lines.first(where: \.trunk)?.line ?? trunk.name }
    if let known = record.lines.first(where: { $0.branch == text }) { return known.line }
    guard let name = LineName(parsing: text) else {
      throw BackportError(
        .unknownLine, [text, "case"], detail: record.lines.map(\.line).joined(separator: ", "))
    }
    return name.description
  }

  /// Refuses facts that are not what they are said to be.
  public static func check(_ facts: CaseFacts) throws(BackportError) {
    for (option, id, start) in [
      ("--cve", facts.cve, "CVE-"), ("--ghsa", facts.ghsa, "GHSA-"),
    ] {
      if let id, !id.hasPrefix(start) || FixText.advisoryID(id) == nil {
        throw BackportError(.usage, ["\(option) \(id)"], detail: "an id begins with \(start)")
      }
    }
    for id in facts.cwe {
      let number = id.dropFirst(4)
      guard id.hasPrefix("CWE-"), 1...6 ~= number.count,
        number.allSatisfy({ $0.isASCII && $0.isNumber })
      else { throw BackportError(.usage, ["--cwe \(id)"], detail: "it is written CWE-400") }
    }
    for vector in facts.cvss {
      do throws(SeverityVector.Objection) {
        _ = try SeverityVector(parsing: vector)
      } catch {
        throw BackportError(.usage, ["--cvss \(vector)"], detail: error.description)
      }
    }
  }

  /// The commit that a revision names, in full.
  public func commit(named revision: String) throws(BackportError) -> String {
    try store { () throws(GitError) in
      try repository.commit(try repository.resolve(revision)).id
    }.description
  }

  /// Takes what brought the flaw: a version such as `1.2`, which may be a branch's name too, else
  /// the commit that a revision names.
  public func resolve(
    introduced text: String, into facts: inout CaseFacts
  ) throws(BackportError) {
    let numbers = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let isVersion =
      numbers.contains(".") && !numbers.hasPrefix(".")
      && numbers.utf8.allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x2e }
    if isVersion, let version = try? Version(parsing: text) {
      facts.introducedVersion = version.description
    } else {
      facts.introducedCommit = try commit(named: text)
    }
  }

  /// Whether each release line, and the trunk, has the flaw of a case, as far as what brought it
  /// tells: by the commit in its history, else by version.
  ///
  /// Lines that nobody maintains are among them; what is recorded of a line already stays.
  public func detectedLines(
    of record: CaseRecord, facts: CaseFacts
  ) throws(BackportError) -> [CaseLineChange] {
    let commit = facts.introducedCommit ?? record.assessment.introduced?.commit
    let text = facts.introducedVersion ?? record.assessment.introduced?.version
    let version = text.flatMap { try? Version(parsing: $0) }
    guard commit != nil || version != nil else { return [] }
    let survey = try survey(
      asOf: Moment(seconds: surroundings.now, offsetMinutes: 0).day, package: nil)
    let fix = try record.trunkFix.map { (id) throws(BackportError) in
      try FixResolver(repository: repository).resolve([id], mainline: nil)
    }
    let check = try commit.map { (id) throws(BackportError) in
      try AffectedCheck(of: fix ?? .none, introduced: [id], in: repository)
    }
    var changes: [CaseLineChange] = []
    for line in survey.inventory.lines {
      let name = line.name.description
      if record.line(name)?.affected != nil { continue }
      var change = CaseLineChange(line: name)
      if let check {
        let tip = try tagCommit(of: line.newest)
        change.affected = try check.verdict(at: tip).isAffected ?? true
      } else if let version {
        change.affected = line.newest.version >= version
      }
      let isMaintained = survey.verdict(on: line.name)?.supported != .no
      change.maintained = isMaintained
      if change.affected == true {
        change.lastAffected = line.newest.version.description
        if !isMaintained { change.status = .noFix }
      }
      changes.append(change)
    }
    if record.line(trunk.name)?.affected == nil {
      var change = CaseLineChange(line: trunk.name)
      change.affected =
        try check.map { (check) throws(BackportError) in
          try check.verdict(at: trunk.tip).isAffected ?? true
        } ?? true
      change.trunk = true
      changes.append(change)
    }
    return changes
  }
}
