import Backport
import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

@Suite("The job after a fix merge")
struct CIRunTests {
  @Test("delivers what is owed; another run finds nothing owed")
  func direct() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    let outcome = try await fixture.run(in: clone)
    #expect(outcome.failures.isEmpty)
    #expect(outcome.document.state == .delivered)
    #expect(CIFixture.states(outcome) == ["1.1 delivered, 1.0 delivered"])
    #expect(outcome.document.fixes[0].name == "CVE-2023-1111")
    #expect(outcome.document.fixes[0].lines.map(\.tag) == ["v1.1.1", "v1.0.1"])
    #expect(fixture.tags == ["v1.0.0", "v1.0.1", "v1.1.0", "v1.1.1"])
    for place in [clone, try fixture.clone("fresh")] {
      let again = try await fixture.run(in: place)
      #expect(again.document.state == .settled)
      #expect(CIFixture.states(again) == ["1.1 settled, 1.0 settled"])
    }
    #expect(fixture.upstream.git("fsck", "--strict", "--full", "--no-dangling").isEmpty)
  }

  @Test("only reports unless told otherwise, and what is owed is not good then")
  func report() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    let before = (clone.refs(), fixture.upstream.refs())
    let outcome = try await fixture.run(in: clone, nil)
    #expect(outcome.document.mode == "report")
    #expect(outcome.document.state == .owed)
    #expect(CIFixture.states(outcome) == ["1.1 owed, 1.0 owed"])
    #expect(clone.refs() == before.0)
    #expect(fixture.upstream.refs() == before.1)
  }

  @Test("takes the mode from the configuration of the trunk")
  func configuredMode() async throws {
    let fixture = try CIFixture(config: "[publish]\n\tmode = direct\n")
    let outcome = try await fixture.run(in: try fixture.clone(), nil)
    #expect(outcome.document.mode == "direct")
    #expect(outcome.document.state == .delivered)
  }

  @Test("has nothing to do where nothing is marked as a fix, or it is too long ago")
  func nothing() async throws {
    let unmarked = try CIFixture(message: "Check three, see CVE-2023-1111")
    let outcome = try await unmarked.run(in: try unmarked.clone())
    #expect(outcome.document.fixes.isEmpty)
    #expect(outcome.document.state == .settled)
    let old = try CIFixture(config: "[ci]\n\twindow = 2 days\n")
    #expect(try await old.run(in: try old.clone()).document.fixes.isEmpty)
  }

  @Test("looks at what was named, marked or not")
  func named() async throws {
    let fixture = try CIFixture(message: "Check three")
    let outcome = try await fixture.run(in: try fixture.clone()) { $0.fix = ["main"] }
    #expect(CIFixture.states(outcome) == ["1.1 delivered, 1.0 delivered"])
    #expect(outcome.document.since == nil)
  }

  @Test("publishes what a run that was cancelled had landed and not pushed")
  func cancelled() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    let place = PlanFixture(clone)
    let workspace = try await place.open()
    var options = PlanOptions()
    options.fix = ["main"]
    let landed = try await workspace.apply(
      try workspace.plan(try place.request(options, workspace)))
    #expect(landed.state == .landed)
    #expect(fixture.tags == ["v1.0.0", "v1.1.0"])
    // At home it is somebody's work; there it is only said.
    let home = try await fixture.run(in: clone, variables: [:])
    #expect(home.document.state == .owed)
    #expect(home.document.warnings.contains { $0.code == "unpushed" })
    #expect(fixture.tags == ["v1.0.0", "v1.1.0"])
    let outcome = try await fixture.run(in: clone)
    #expect(outcome.document.state == .settled)
    #expect(fixture.tags == ["v1.0.0", "v1.0.1", "v1.1.0", "v1.1.1"])
  }

  @Test("takes back what a cancelled run had landed when the remote has gone on, and does it again")
  func cancelledAndStale() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    let place = PlanFixture(clone)
    let workspace = try await place.open()
    var options = PlanOptions()
    options.fix = ["main"]
    _ = try await workspace.apply(try workspace.plan(try place.request(options, workspace)))
    let next = fixture.upstream.git(
      "commit-tree", "refs/heads/1.1^{tree}", "-p", "refs/heads/1.1", "-m", "Next")
    fixture.upstream.git("update-ref", "refs/heads/1.1", next)
    let outcome = try await fixture.run(in: clone)
    #expect(outcome.document.state == .delivered, "\(outcome.failures)")
    #expect(fixture.upstream.git("log", "--format=%s", "v1.1.0..v1.1.1").contains("Next"))
    #expect(fixture.tags.contains("v1.0.1"))
  }

  @Test("tries again after a fetch when the remote has gone on meanwhile")
  func race() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    clone.git("branch", "-q", "1.1", "origin/1.1")
    let next = fixture.upstream.git(
      "commit-tree", "refs/heads/1.1^{tree}", "-p", "refs/heads/1.1", "-m", "Next")
    fixture.upstream.git("update-ref", "refs/heads/1.1", next)
    let outcome = try await fixture.run(in: clone)
    #expect(outcome.document.state == .delivered, "\(outcome.failures)")
    #expect(fixture.upstream.git("log", "--format=%s", "v1.1.0..v1.1.1").contains("Next"))
  }

  @Test("holds back the other lines when one conflicts, unless they may go alone")
  func conflict() async throws {
    let held = try CIFixture(conflict: true)
    let first = try await held.run(in: try held.clone())
    #expect(CIFixture.states(first) == ["1.1 held, 1.0 owed"])
    #expect(first.document.state == .owed)
    #expect(first.document.fixes[0].lines[1].status == .conflict)
    #expect(held.tags == ["v1.0.0", "v1.1.0"])
    let partial = try CIFixture(config: "[publish]\n\tpartial = push\n", conflict: true)
    let clone = try partial.clone()
    let second = try await partial.run(in: clone)
    #expect(CIFixture.states(second) == ["1.1 delivered, 1.0 owed"])
    #expect(second.document.state == .owed)
    #expect(partial.tags == ["v1.0.0", "v1.1.0", "v1.1.1"])
    let third = try await partial.run(in: clone)
    #expect(CIFixture.states(third) == ["1.1 settled, 1.0 owed"])
  }

  @Test("delivers each fix of the window as a release of its own, the oldest first")
  func severalFixes() async throws {
    var fixture = try CIFixture()
    try fixture.upstream.extend { history in
      history.commit(
        "[security] Check six",
        files: ["code.txt": .text(CIFixture.fixed.replacing("six", with: "six, checked"))])
    }
    let outcome = try await fixture.run(in: try fixture.clone())
    #expect(outcome.document.fixes.map(\.lines[0].tag) == ["v1.1.1", "v1.1.2"])
    #expect(fixture.tags.contains("v1.0.2"))
  }

  @Test("a push that is refused leaves nothing landed, and is no release")
  func refused() async throws {
    let fixture = try CIFixture()
    try fixture.environment.write(
      "#!/bin/sh\nexit 1\n", to: fixture.upstream.gitDirectory + "/hooks/pre-receive",
      executable: true)
    let clone = try fixture.clone()
    let before = clone.refs()
    let outcome = try await fixture.run(in: clone)
    #expect(outcome.document.state == .failed)
    #expect(outcome.failures[0]?.code == .pushRejected)
    #expect(clone.refs() == before)
  }

  @Test("a shallow clone is refused by the name of the service, or made whole")
  func shallow() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone(depth: 1)
    let error = try await PlanFixture.failure { try await fixture.run(in: clone) }
    #expect(error.code == .shallow)
    #expect(error.operands.last == "github")
    let outcome = try await fixture.run(in: clone) { $0.allowsFetch = true }
    #expect(outcome.document.state == .delivered)
    #expect(fixture.tags == ["v1.0.0", "v1.0.1", "v1.1.0", "v1.1.1"])
  }

  @Test("a clone without tags is refused by the name of the service")
  func noTags() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    clone.git("tag", "-d", "v1.0.0", "v1.1.0")
    let error = try await PlanFixture.failure {
      try await fixture.run(in: clone, variables: ["GITLAB_CI": "true"])
    }
    #expect(error.code == .noReleases)
    #expect(error.operands.last == "gitlab")
  }
}

@Suite("The job with topic branches")
struct CITopicTests {
  @Test("pushes topic branches, and leaves them alone until they are merged")
  func topics() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    let before = fixture.upstream.refs()
    let outcome = try await fixture.run(in: clone, .topic)
    #expect(outcome.document.state == .proposed, "\(outcome.failures)")
    #expect(
      outcome.document.fixes[0].lines.map(\.topic) == ["backport/1.1/1.1.1", "backport/1.0/1.0.1"])
    let after = fixture.upstream.refs()
    for (name, id) in before { #expect(after[name] == id) }
    #expect(fixture.tags == ["v1.0.0", "v1.1.0"])
    for place in [clone, try fixture.clone("fresh")] {
      let again = try await fixture.run(in: place, .topic)
      #expect(again.document.state == .proposed)
      #expect(again.document.fixes[0].operation == nil)
      #expect(fixture.upstream.refs() == after)
    }
    // Merged and not released: owed until somebody releases it.
    fixture.upstream.git("update-ref", "refs/heads/1.1", "refs/heads/backport/1.1/1.1.1")
    let merged = try await fixture.run(in: try fixture.clone("third"), .topic)
    #expect(CIFixture.states(merged) == ["1.1 owed, 1.0 proposed"])
    #expect(merged.document.fixes[0].lines[0].reason.contains("release the line"))
  }

  @Test("puts two fixes of one release onto one topic branch")
  func severalFixes() async throws {
    var fixture = try CIFixture()
    try fixture.upstream.extend { history in
      history.commit(
        "[security] Check six",
        files: ["code.txt": .text(CIFixture.fixed.replacing("six", with: "six, checked"))])
    }
    let clone = try fixture.clone()
    let outcome = try await fixture.run(in: clone, .topic)
    #expect(
      CIFixture.states(outcome) == ["1.1 proposed, 1.0 proposed", "1.1 proposed, 1.0 proposed"],
      "\(outcome.failures)")
    let subjects = fixture.upstream.git("log", "--format=%s", "1.1..backport/1.1/1.1.1")
    #expect(subjects.contains("Check three") && subjects.contains("Check six"))
    let there = fixture.upstream.refs()
    let again = try await fixture.run(in: try fixture.clone("fresh"), .topic)
    #expect(again.document.state == .proposed)
    #expect(fixture.upstream.refs() == there)
  }

  @Test("opens merge requests for what was pushed, and for what waits already")
  func requests() async throws {
    let fixture = try CIFixture(conflict: true)
    let clone = try fixture.clone()
    for action in ["created", "updated"] {
      let outcome = try await fixture.run(
        in: clone, .request,
        propose: { plan, workspace in
          var made: [String: CIDocument.Request] = [:]
          for target in plan.targets where target.topic != nil {
            #expect(workspace.isPublished(target.topic ?? ""))
            made[target.line] = CIDocument.Request(number: 7, url: "https://x/7", action: action)
          }
          return made
        })
      #expect(CIFixture.states(outcome) == ["1.1 proposed, 1.0 owed"])
      #expect(outcome.document.fixes[0].lines[0].request?.action == action)
      #expect(outcome.document.state == .owed)
    }
  }

  @Test("a merge request that cannot be opened is no delivery")
  func requestFails() async throws {
    let fixture = try CIFixture()
    let outcome = try await fixture.run(
      in: try fixture.clone(), .request,
      propose: { (_, _) throws(BackportError) in throw BackportError(.noToken, ["X"]) })
    #expect(outcome.document.state == .failed)
    #expect(outcome.failures[0]?.code == .noToken)
  }
}

@Suite("The check of a merge request")
struct CICheckTests {
  /// A clone whose HEAD is a branch with a fix that the trunk does not have.
  private func change(_ fixture: CIFixture, message: String) throws -> TestRepository {
    let clone = try fixture.clone()
    clone.git("checkout", "-q", "-b", "change", "main")
    try fixture.environment.write(
      CIFixture.fixed.replacing("six", with: "six, checked"), to: clone.directory + "/code.txt")
    clone.git("commit", "-q", "-a", "-m", message)
    return clone
  }

  @Test("says what would happen, and writes nothing")
  func check() async throws {
    let fixture = try CIFixture(conflict: true)
    let clone = try change(fixture, message: "[security] Check six")
    let before = clone.refs()
    let outcome = try await fixture.run(in: clone, nil) { $0.isCheck = true }
    #expect(CIFixture.states(outcome) == ["1.1 would-apply, 1.0 owed"])
    #expect(outcome.document.isCheck)
    #expect(outcome.document.state == .owed)
    #expect(outcome.document.fixes[0].reasons.count == 1)
    #expect(outcome.document.warnings.allSatisfy { $0.code != "unmarked" })
    #expect(clone.refs() == before)
    #expect(fixture.tags == ["v1.0.0", "v1.1.0"])
  }

  @Test("says when a job after the merge would not take it for a fix; a label makes it one")
  func unmarked() async throws {
    let fixture = try CIFixture()
    let clone = try change(fixture, message: "Check six")
    let outcome = try await fixture.run(in: clone, nil) { $0.isCheck = true }
    #expect(outcome.document.state == .wouldApply)
    #expect(outcome.document.warnings.contains { $0.code == "unmarked" })
    let labelled = try await fixture.run(
      in: clone, nil,
      variables: [
        "GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event",
        "CI_MERGE_REQUEST_IID": "4", "CI_MERGE_REQUEST_LABELS": "bug,Security",
        "CI_COMMIT_SHA": clone.git("rev-parse", "HEAD"),
      ]
    ) { $0.isCheck = true }
    #expect(labelled.document.warnings.allSatisfy { $0.code != "unmarked" })
    #expect(labelled.document.service.change == 4)
  }

  @Test("has nothing to check where HEAD is on the trunk")
  func onTrunk() async throws {
    let fixture = try CIFixture()
    let outcome = try await fixture.run(in: try fixture.clone(), nil) { $0.isCheck = true }
    #expect(outcome.document.fixes.isEmpty)
    #expect(outcome.document.state == .settled)
  }

  @Test("a merged request with the label of a fix is carried, though no commit says what it is")
  func labelled() async throws {
    let fixture = try CIFixture(message: "Check three")
    let fix = fixture.upstream.id(fixture.fix)
    let payload = { (labels: String, merged: Bool) in
      """
      {"repository": {"default_branch": "main"}, "pull_request": {"number": 12, "merged": \(merged),
       "merge_commit_sha": "\(fix)", "base": {"ref": "main", "sha": "\(fix)"},
       "head": {"ref": "x", "sha": "\(fix)"}, "labels": [\(labels)]}}
      """
    }
    let variables = [
      "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": "/event",
    ]
    let label = "{\"name\": \"bug\"}, {\"name\": \"security\"}"
    for (labels, merged) in [("{\"name\": \"bug\"}", true), (label, false)] {
      let outcome = try await fixture.run(
        in: try fixture.clone("clone-\(labels.count)"), variables: variables,
        payload: payload(labels, merged))
      #expect(outcome.document.fixes.isEmpty)
    }
    let outcome = try await fixture.run(
      in: try fixture.clone(), variables: variables, payload: payload(label, true))
    #expect(CIFixture.states(outcome) == ["1.1 delivered, 1.0 delivered"])
    #expect(outcome.document.fixes[0].reasons == ["its merge request has the label security"])
  }
}
