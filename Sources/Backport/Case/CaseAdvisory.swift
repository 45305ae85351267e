import GitStore
public import ReleaseModel

extension Workspace {
  /// Takes from a case what was not said otherwise of the advisory to be written.
  ///
  /// As long as the releases of the case are kept under embargo, the advisory is that of their
  /// operation; later it is that of the fix, wherever the tags hold it.
  public func fill(
    _ request: inout AdvisoryRequest, from record: CaseRecord
  ) throws(BackportError) {
    let hidden = OperationStore(repository).all().last {
      $0.plan.options.case == record.id.description && $0.state == .embargoed
        && !$0.plan.fixes.isEmpty
    }
    if request.subject.isEmpty, let hidden { request.subject = [hidden.id] }
    if request.introduced.isEmpty {
      request.introduced = try origins(of: record, asOf: request.asOf, package: request.package)
    }
    request.take(from: record)
    if request.subject.isEmpty {
      throw BackportError(
        .caseNotReady, [record.id.description],
        refusal: CaseRefusal(
          id: record.id, kind: .ready, state: record.state, missing: [.trunkFix]))
    }
  }

  /// What brought the flaw of a case, as revisions: the commit, else the tag of the version; none
  /// where nothing is that version.
  private func origins(
    of record: CaseRecord, asOf day: CalendarDate, package: String?
  ) throws(BackportError) -> [String] {
    if !record.introducedCommits.isEmpty { return record.introducedCommits }
    guard let text = record.assessment.introduced?.version,
      let version = try? Version(parsing: text)
    else { return [] }
    let inventory = try survey(asOf: day, package: package).inventory
    let releases =
      inventory.lines.flatMap(\.releases) + inventory.prereleases + inventory.yanked
    return releases.first { $0.version == version }.map { ["refs/tags/" + $0.tagName] } ?? []
  }

  /// Where a case and git part, of the lines that the case or the advisory says to be affected.
  func contradictions(
    of record: CaseRecord, _ advisory: Advisory
  ) -> [CaseAdvisoryProblem] {
    let tagged = Set(advisory.versions.map(\.line))
    var problems: [CaseAdvisoryProblem] = []
    for line in record.lines where !line.trunk && tagged.contains(line.line) {
      let stated = advisory.lines.first { $0.name == line.line }
      switch (line.affected, stated) {
      case (false?, let stated?):
        problems.append(
          .contradiction(
            "the case says that \(line.line) does not have the flaw, and git says that "
              + "\(stated.lastAffected) has it"))
      case (true?, nil):
        problems.append(
          .contradiction(
            "the case says that \(line.line) has the flaw, and git says that no version of it has"))
      case (true?, let stated?):
        if let problem = contradiction(of: line, stated) { problems.append(problem) }
      default: continue
      }
    }
    for stated in advisory.lines where stated.isMaintained && record.line(stated.name) == nil {
      problems.append(
        .contradiction(
          "git says that \(stated.lastAffected) has the flaw, and the case knows nothing of "
            + "\(stated.name)"))
    }
    return problems
  }

  private func contradiction(
    of line: CaseLine, _ stated: AdvisoryLine
  ) -> CaseAdvisoryProblem? {
    guard line.status == .released || line.status == .noFix else { return nil }
    let isSame = line.tag == stated.tag || (line.tag == nil && line.fixed == stated.fixed)
    if isSame { return nil }
    let said = (line.fixed ?? line.tag).map { "fixed in \($0)" } ?? "not fixed"
    let found = stated.fixed.map { "fixed in \($0)" } ?? "not fixed"
    return .contradiction(
      "the case says that \(line.line) is \(said), and git says that it is \(found)")
  }

  // MARK: - Publication

  /// Judges the advisory of a case before it is said to be public: what people have to say of it, what
  /// it says of every tagged version, and the files that say it.
  ///
  /// The files are those of the step, else those of the folder of advisories.
  func judgeAdvisory(
    of record: CaseRecord, in step: inout CaseStep, _ warnings: inout [Warning]
  ) throws(BackportError) {
    if (record.title ?? "").isEmpty { step.advisoryProblems.append(.title) }
    if (record.texts.impact ?? "").isEmpty { step.advisoryProblems.append(.impact) }
    let released = record.lines.filter { $0.isOwedRelease && $0.status == .released }
    step.advisoryProblems += released.filter { $0.fixed == nil || $0.tag == nil }
      .map { .fixedVersion($0.line) }
    // What is not released, or not public yet, no advisory can be right about.
    guard record.lines.allSatisfy({ !$0.isOwedRelease || $0.status == .released }),
      record.state == .released
    else { return }
    var request = AdvisoryRequest(asOf: Moment(seconds: surroundings.now, offsetMinutes: 0).day)
    var files = step.advisoryFiles
    do throws(BackportError) {
      try fill(&request, from: record)
      let outcome = try advisory(request)
      step.advisory = outcome.document.id
      step.advisoryProblems += outcome.contradictions
      let folder = AdvisoryArchive(path: outcome.folder)
      for file in outcome.files where file.isJSON && step.advisoryFiles.isEmpty {
        files[outcome.folder + "/" + file.name] = folder.contents(file.name)
      }
    } catch {
      // A project that publishes nothing anywhere has versions that no format can name.
      if error.code == .noPackage {
        // A project that publishes nothing anywhere has no names for its versions.
        warnings.append(
          Warning(
            "no-package",
            "there is neither a package nor a public repository to name, so that only files of the "
              + "advisory can be compared with the tags; --advisory names one"))
      } else {
        let words = [error.code.rawValue] + error.operands + [error.detail]
        step.advisoryProblems.append(
          .unmade(words.filter { !$0.isEmpty }.joined(separator: " ")))
      }
    }
    for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
      try judge(path, bytes, request, in: &step)
    }
  }

  private func judge(
    _ path: String, _ bytes: [UInt8], _ request: AdvisoryRequest, in step: inout CaseStep
  ) throws(BackportError) {
    var check = AdvisoryCheckRequest(file: path, bytes: bytes, asOf: request.asOf)
    check.fix = request.record?.trunkFix.map { [$0] } ?? []
    check.equivalents = request.lineFixes.values.sorted()
    check.introduced = request.introduced
    let document: AdvisoryCheckDocument
    do throws(BackportError) {
      document = try self.check(check)
    } catch {
      step.advisoryProblems.append(.wrong(file: path, "it cannot be checked: \(error.detail)"))
      return
    }
    for finding in document.findings {
      step.advisoryProblems.append(
        .wrong(file: path, "\(finding.version) (\(finding.tag)) \(finding.words)"))
    }
  }
}
