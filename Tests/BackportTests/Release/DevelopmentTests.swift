import Backport
import GitStore
import TestSupport
import Testing

/// Branches that state a pre-release between releases.
struct DevelopmentTests {
  static func pom(_ version: String) -> FileChange {
    .text("<project>\n  <artifactId>x</artifactId>\n  <version>\(version)</version>\n</project>\n")
  }

  /// A line whose branch was opened again after its last release, and a fix on the trunk.
  static func history(
    _ last: String, opened: String, subject: String
  ) -> (history: RepositoryBuilder, fix: Mark) {
    var history = RepositoryBuilder()
    let tag = history.commit(
      "Version \(last)", files: ["pom.xml": pom(last), "code.txt": .text(TwoLines.code)])
    history.tag("v\(last)", at: tag)
    history.branch("4.2", at: tag)
    history.commit(subject, on: "4.2", files: ["pom.xml": pom(opened)])
    history.commit("Go on", files: ["pom.xml": pom("4.3.0-SNAPSHOT")])
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    return (history, fix)
  }

  @Test(
    "the release takes the pre-release away, and a commit puts the next one back",
    arguments: [
      (
        "4.2.7", "4.2.8-SNAPSHOT", "Prepare 4.2.8-SNAPSHOT", "4.2.8", "4.2.9-SNAPSHOT",
        "Prepare 4.2.9-SNAPSHOT"
      ),
      (
        "4.2.7.Final", "4.2.8.Final-SNAPSHOT", "Next is 4.2.8.Final", "4.2.8.Final",
        "4.2.9.Final-SNAPSHOT", "Next is 4.2.9.Final"
      ),
      (
        "4.2.7", "4.2.8-dev", "prepare for next development iteration", "4.2.8", "4.2.9-dev",
        "prepare for next development iteration"
      ),
    ])
  func opened(
    last: String, opened: String, subject: String, released: String, next: String, again: String
  ) async throws {
    let (history, fix) = Self.history(last, opened: opened, subject: subject)
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["4.2"] }
    let release = try #require(plan.targets.first?.release)
    #expect(release.tag == "v\(released)" && release.development?.version == next)
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(git("show", "v\(released):pom.xml").contains("<version>\(released)</version>"))
    #expect(git("show", "4.2:pom.xml").contains("<version>\(next)</version>"))
    #expect(git("log", "-1", "--format=%s", "4.2") == again)
    #expect(git("rev-parse", "4.2~1") == git("rev-parse", "v\(released)^{commit}"))
    #expect(git("diff", "--stat", "4.2~1", "4.2").contains("1 file changed"))
  }

  @Test("a branch that states its version plainly stays so")
  func plain() async throws {
    var history = RepositoryBuilder()
    let tag = history.commit(
      "Version 4.2.7", files: ["pom.xml": Self.pom("4.2.7"), "code.txt": .text(TwoLines.code)])
    history.tag("v4.2.7", at: tag)
    history.branch("4.2", at: tag)
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["4.2"] }
    #expect(plan.targets.first?.release?.development == nil)
    #expect(plan.targets.first?.release?.versionFiles.map(\.to) == ["4.2.8"])
  }

  @Test(
    "modules that state their parent's version follow it, by what the last release changed",
    arguments: [("", "-SNAPSHOT"), (".Final", "-SNAPSHOT"), (".Final", ""), (".RELEASE", "")])
  func modules(word: String, opened: String) async throws {
    func module(_ version: String) -> FileChange {
      .text(
        """
        <project>
          <parent>
            <artifactId>x</artifactId>
            <version>\(version)</version>
          </parent>
          <artifactId>y</artifactId>
          <dependencies>
            <dependency>
              <artifactId>z</artifactId>
              <version>9.9.9</version>
            </dependency>
          </dependencies>
        </project>

        """)
    }
    var history = RepositoryBuilder()
    for patch in [6, 7] {
      let version = "4.2.\(patch)\(word)"
      let mark = history.commit(
        "Version \(version)", on: "4.2",
        files: [
          "pom.xml": Self.pom(version), "y/pom.xml": module(version),
          "code.txt": .text(TwoLines.code),
        ])
      history.tag("v\(version)", at: mark)
      history.branch("main", at: mark)
    }
    if !opened.isEmpty {
      let next = "4.2.8\(word)\(opened)"
      history.commit(
        "Next", on: "4.2", files: ["pom.xml": Self.pom(next), "y/pom.xml": module(next)])
    }
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["4.2"] }
    let target = try #require(plan.targets.first)
    #expect(target.status == .picked, "\(target.evidence)")
    _ = try await fixture.apply(plan)
    let tag = "v4.2.8\(word)"
    for path in ["pom.xml", "y/pom.xml"] {
      #expect(
        fixture.repository.git("show", "\(tag):\(path)").contains("<version>4.2.8\(word)</version>")
      )
    }
    #expect(fixture.repository.git("show", "\(tag):y/pom.xml").contains("<version>9.9.9</version>"))
  }
}
