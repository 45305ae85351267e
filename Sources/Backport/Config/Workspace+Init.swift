import GitStore
public import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What becomes of a first `.gitbackport`.
public enum InitUse: Sendable {
  /// It is written where there is none.
  case create
  /// It is written, also over one that is there.
  case replace
  /// It is only shown.
  case show
  /// The one that is there is compared with it.
  case check
}

extension Workspace {
  private static let configurationPath = ".gitbackport"

  /// The document of `init`.
  ///
  /// - Throws: `policyExists` when the worktree or the trunk has a file that is not to be replaced.
  public func initialized(
    asOf: CalendarDate, package: String? = nil, _ use: InitUse
  ) async throws(BackportError) -> InitDocument {
    let bare = configured(by: ProjectConfiguration())
    let survey = try bare.survey(asOf: asOf, package: package)
    let made = try InitialConfiguration(bare, survey)
    var document = InitDocument(
      repository: description, path: Workspace.configurationPath, written: false, text: made.text,
      found: made.found, assumed: made.assumed, problems: [],
      warnings: warnings + survey.warnings + made.warnings)
    try await confirm(made.text, means: survey, asOf: asOf, package: package)
    switch use {
    case .show: break
    case .create, .replace: try write(&document, replaces: use == .replace)
    case .check: document.problems = try await problems(against: survey, asOf: asOf, package)
    }
    return document
  }

  /// The same workspace with another configuration.
  private func configured(by project: ProjectConfiguration) -> Workspace {
    Workspace(
      repository: repository, surroundings: surroundings, trunk: trunk, project: project,
      remote: remote, policySource: policySource, warnings: [], git: git, settings: settings)
  }

  /// Reads a file as a run would read it from the trunk.
  private func survey(
    under text: [UInt8], asOf: CalendarDate, _ package: String?
  ) async throws(BackportError) -> LineSurvey {
    let name = Workspace.configurationPath
    let entries: GitConfiguration
    do {
      entries = try await GitConfiguration.read(document: text, named: name, with: git)
    } catch {
      throw BackportError(
        .configuration, [name, error.line.map { "line \($0)" } ?? ""], detail: error.message)
    }
    let project = try ConfigurationParser.parse([(name, entries)])
    return try configured(by: project).survey(asOf: asOf, package: package ?? project.tagPackage)
  }

  /// Makes sure that a file says what was true without it.
  private func confirm(
    _ text: String, means before: LineSurvey, asOf: CalendarDate, package: String?
  ) async throws(BackportError) {
    let after = try await survey(under: Array(text.utf8), asOf: asOf, package)
    let difference = Workspace.differences(after, before, comparesPolicy: true).first
    if let difference {
      throw BackportError(
        .configuration, [Workspace.configurationPath, ""],
        detail: "what was made does not say the same: \(difference.message)")
    }
  }

  private func write(_ document: inout InitDocument, replaces: Bool) throws(BackportError) {
    let path = Workspace.configurationPath
    guard let root = repository.workTree else { throw BackportError(.noWorktree, [path]) }
    if !replaces, try trunkFile(at: path) != nil {
      throw BackportError(.policyExists, [path, trunk.name], detail: "init")
    }
    let file = root.hasSuffix("/") ? root + path : root + "/" + path
    do {
      try Data(document.text.utf8).write(
        to: URL(filePath: file), options: replaces ? .atomic : .withoutOverwriting)
    } catch {
      guard !replaces, FileManager.default.fileExists(atPath: file) else {
        throw BackportError(.io, [file, "write"], detail: "the file cannot be made")
      }
      throw BackportError(.policyExists, [path], detail: "init")
    }
    document.written = true
  }

  /// Where the file on the trunk, or else in the worktree, is wrong or says something else than the
  /// documents, tags and branches.
  private func problems(
    against facts: LineSurvey, asOf: CalendarDate, _ package: String?
  ) async throws(BackportError) -> [Warning] {
    let path = Workspace.configurationPath
    var contents = repository.workTree.flatMap {
      FileManager.default.contents(atPath: $0 + "/" + path).map(Array.init)
    }
    if contents == nil { contents = try trunkFile(at: path) }
    guard let bytes = contents else {
      return [Warning("missing", "there is no \(path)")]
    }
    let present: LineSurvey
    do throws(BackportError) {
      present = try await survey(under: bytes, asOf: asOf, package)
    } catch {
      guard [.configuration, .noReleases].contains(error.code) else { throw error }
      let place = error.operands.filter { !$0.isEmpty }.joined(separator: ": ")
      return [Warning("invalid", "\(place): \(error.detail)")]
    }
    return present.warnings.map { Warning($0.code, $0.message) }
      .filter { $0.code == "unknown-line" }
      + Workspace.differences(present, facts, comparesPolicy: !facts.policy.isAssumed)
  }

  /// Lines of which two readings say something else.
  ///
  /// Where nobody else states a policy, the file decides alone.
  private static func differences(
    _ one: LineSurvey, _ other: LineSurvey, comparesPolicy: Bool
  ) -> [Warning] {
    var result: [Warning] = []
    for line in other.inventory.lines {
      let name = line.name
      let (left, right) = (one.verdict(on: name), other.verdict(on: name))
      if comparesPolicy, left?.supported != right?.supported {
        result.append(
          Warning(
            "differs",
            "\(name): supported is \(left?.supported.rawValue ?? "unknown"), but "
              + "\(right?.supported.rawValue ?? "unknown") by \(other.policy.source)"))
      }
      if one.branches[name]?.state != other.branches[name]?.state,
        case .create? = one.branches[name]?.state, case .create? = other.branches[name]?.state
      {
        continue
      }
      if one.branches[name]?.state != other.branches[name]?.state {
        result.append(
          Warning(
            "differs",
            "\(name): released from \(words(one.branches[name])), but the tags are on "
              + words(other.branches[name])))
      }
    }
    return result
  }

  private static func words(_ branch: LineBranch?) -> String {
    switch branch?.state {
    case .exists(let name), .remote(let name): name
    case .trunk: "the trunk"
    case .create(let name): name.map { "a new branch \($0)" } ?? "no branch"
    case nil: "nothing"
    }
  }
}
