import Backport
import Foundation
import TestSupport
import Testing

/// What would stop a landing or a push, found before.
struct DoctorTests {
  private func examine(
    _ repository: TestRepository, isOffline: Bool = false, environment: [String: String] = [:]
  ) async -> Examination {
    var doctor = Doctor(
      Surroundings(
        environment: repository.environment.adding(environment),
        directory: repository.directory, now: Int64(Date().timeIntervalSince1970),
        offsetMinutes: 0, tool: "test"),
      options: PlanOptions(), isOffline: isOffline)
    return await doctor.examine()
  }

  /// The findings of a check that are not as they should be.
  private func trouble(_ examination: Examination) -> [String: DoctorDocument.Status] {
    let found = examination.document.findings.filter {
      $0.status != .good && $0.check != "libgit2"
    }
    return Dictionary(found.map { ($0.check, $0.status) }) { max($0, $1) }
  }

  private func max(
    _ left: DoctorDocument.Status, _ right: DoctorDocument.Status
  ) -> DoctorDocument.Status { left == .problem ? left : right }

  @Test func `a sound clone is healthy, and nothing of it is changed`() async throws {
    let fixture = try PushFixture()
    let clone = fixture.clone.repository
    let before = try files(clone.gitDirectory)
    let upstream = fixture.upstream.refs()
    let examination = await examine(clone)
    #expect(trouble(examination).isEmpty)
    #expect(examination.document.isHealthy)
    let sections = examination.document.findings.map(\.section)
    #expect(sections == sections.sorted { order($0) < order($1) })
    #expect(Set(sections).count == DoctorDocument.Section.allCases.count)
    #expect(try files(clone.gitDirectory) == before)
    #expect(fixture.upstream.refs() == upstream)
  }

  private func order(_ section: DoctorDocument.Section) -> Int {
    DoctorDocument.Section.allCases.firstIndex(of: section) ?? -1
  }

  private func files(_ directory: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
      files[path] = FileManager.default.contents(atPath: directory + "/" + path)
    }
    return files
  }

  @Test(arguments: [
    ("lock of a ref", "lock", DoctorDocument.Status.problem), ("merge", "worktree", .warning),
    ("grafts", "grafts", .warning), ("replace", "replace-refs", .warning),
    ("litter", "litter", .note), ("behind", "branch", .problem),
    ("foreign tag", "tags", .problem), ("unreachable", "reach", .problem),
    ("mirror", "address", .problem), ("not atomic", "push", .problem),
    ("no identity", "committer", .problem), ("ssh without a key", "key", .problem),
    ("hook", "pre-push", .note), ("case", "case", .warning),
    ("shallow", "shallow", .problem),
  ])
  func `each trouble is found and has a remedy`(
    trouble name: String, check: String, status: DoctorDocument.Status
  ) async throws {
    let fixture = try PushFixture()
    try make(name, fixture)
    let environment =
      name == "no identity" ? ["GIT_COMMITTER_NAME": "", "GIT_COMMITTER_EMAIL": ""] : [:]
    let examination = await examine(fixture.clone.repository, environment: environment)
    #expect(trouble(examination)[check] == status)
    let finding = examination.document.findings.first { $0.check == check && $0.status == status }
    #expect(finding?.remedy != nil || status == .note)
    #expect(examination.document.isHealthy == (status != .problem))
  }

  private func make(_ trouble: String, _ fixture: PushFixture) throws {
    let clone = fixture.clone.repository
    let git = clone.git
    func write(_ name: String, old: Bool = false) throws {
      let path = try clone.environment.write(
        clone.id(fixture.fix) + "\n", to: clone.gitDirectory + "/" + name, executable: true)
      guard old else { return }
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: path)
    }
    switch trouble {
    case "lock of a ref": try write("refs/heads/deep/er/1.0.lock", old: true)
    case "merge": try write("MERGE_HEAD")
    case "grafts": try write("info/grafts")
    case "replace": git("replace", "main", "main~1")
    case "litter": try write("objects/pack/pack_git2_abc")
    case "behind":
      git("update-ref", "refs/remotes/origin/1.1", "1.1")
      git("update-ref", "refs/heads/1.1", "1.1~1")
    case "foreign tag": fixture.upstream.git("tag", "v1.1.1", "main")
    case "unreachable": git("remote", "set-url", "origin", "/nowhere")
    case "mirror": git("config", "remote.origin.mirror", "true")
    case "not atomic": fixture.upstream.git("config", "receive.advertiseAtomic", "false")
    case "ssh without a key":
      git("config", "tag.gpgSign", "true")
      git("config", "gpg.format", "ssh")
    case "hook": try write("hooks/pre-push")
    case "case": git("tag", "V1.0.0", "main")
    case "shallow": try write("shallow")
    default: break
    }
  }

  @Test func `an operation that is not finished is told apart`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    let clone = fixture.clone.repository
    let folder = clone.gitDirectory + "/backport/ops/" + id
    try FileManager.default.removeItem(atPath: folder + "/applied")
    let examination = await examine(clone, isOffline: true)
    #expect(examination.isPending)
    #expect(trouble(examination)["operation"] == .problem)
  }

  @Test func `without a repository the checks before it are still told`() async throws {
    let environment = try HermeticEnvironment()
    var doctor = Doctor(
      Surroundings(
        environment: environment.variables, directory: environment.root, now: 0, offsetMinutes: 0,
        tool: "test"),
      options: PlanOptions(), isOffline: true)
    let examination = await doctor.examine()
    #expect(examination.failure?.code == .notARepository)
    #expect(examination.document.repository == nil)
    #expect(examination.document.findings.map(\.check) == ["git"])
  }
}
