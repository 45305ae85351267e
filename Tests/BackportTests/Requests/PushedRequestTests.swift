import Backport
import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// Merge requests that a remote makes as it takes their branches.
struct PushedRequestTests {
  /// Answers as GitLab does, and keeps the options of each push in a file of its own.
  private static let gitlab = """
    read old new ref
    log="$GIT_DIR/push-${ref##*/}"
    i=0
    while [ "$i" -lt "$GIT_PUSH_OPTION_COUNT" ]; do
      eval "printf '%s\\n' \\"\\$GIT_PUSH_OPTION_$i\\"" >> "$log"
      i=$((i + 1))
    done
    while read more; do echo "MORE $more" >> "$log"; done
    echo "View merge request for ${ref#refs/heads/}:"
    echo "  https://gitlab.example/group/project/-/merge_requests/${#ref}"
    """

  private static func request(_ target: Target) throws -> MergeRequest {
    MergeRequest(
      line: target.line, head: try #require(target.topic), base: try #require(target.branch),
      title: "[\(target.line)] Check\nthree",
      body: "The fix\nfor it.\n\nMore.\n\n"
        + "(cherry picked from commit 0123)\n",
      labels: ["backport", "needs review"], isDraft: target.line == "1.0")
  }

  private func landed(answer: String?) async throws -> (PushFixture, [MergeRequest]) {
    let (fixture, id) = try await PushFixture.landed(
      change: { $0.topic = PlanOptions.usualTopic })
    if let answer {
      fixture.upstream.git("config", "receive.advertisePushOptions", "true")
      try fixture.hook("post-receive", answer)
    }
    let operation = try await fixture.clone.open().topicOperation(id)
    return (fixture, try operation.plan.targets.map(Self.request))
  }

  @Test func `each branch is a push of its own, with the options of its request`() async throws {
    let (fixture, requests) = try await landed(answer: Self.gitlab)
    let outcome = try await fixture.push { $0.requests = requests }
    #expect(outcome.failure == nil)
    #expect(outcome.requests.map(\.request.line).sorted() == ["1.0", "1.1"])
    try outcome.refuseMissingRequests()
    for made in outcome.requests {
      let ref = "refs/heads/" + made.request.head
      #expect(made.number == ref.count)
      #expect(
        made.url == "https://gitlab.example/group/project/-/merge_requests/\(ref.count)")
      #expect(made.action == .created)
      let version = try #require(made.request.head.split(separator: "/").last)
      let log = try String(
        contentsOfFile: fixture.upstream.gitDirectory + "/push-\(version)", encoding: .utf8)
      let title = "[\(made.request.line)] Check three"
      #expect(
        log.split(separator: "\n") == [
          "merge_request.create", "merge_request.target=\(made.request.base)",
          "merge_request.title=\(made.request.isDraft ? "Draft: " : "")\(title)",
          "merge_request.description=The fix for it.<br>(cherry picked from commit 0123)",
          "merge_request.label=backport", "merge_request.label=needs review",
        ])
    }
    let again = try await fixture.push { $0.requests = requests }
    #expect(again.requests.isEmpty)
  }

  @Test func `a remote without push options takes nothing`() async throws {
    let (fixture, requests) = try await landed(answer: nil)
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push { $0.requests = requests } }
    #expect(error.code == .noPushOptions)
    #expect(fixture.upstream.refs() == before)
  }

  @Test(arguments: [
    "true", "echo 'To create a merge request for x, visit:'; echo '  https://x/merge_requests/new'",
    "echo https://x/-/merge_requests/7; echo 'WARNINGS: Error encountered with push options'",
  ])
  func `a remote that makes no request is found out`(answer: String) async throws {
    let (fixture, requests) = try await landed(answer: answer)
    let outcome = try await fixture.push { $0.requests = requests }
    let error = try await PlanFixture.failure { try outcome.refuseMissingRequests() }
    #expect(error.code == .noRequestMade)
    #expect(error.operands.first == "origin")
  }

  @Test func `the job opens them with the push itself`() async throws {
    let fixture = try CIFixture()
    fixture.upstream.git("config", "receive.advertisePushOptions", "true")
    try fixture.environment.write(
      "#!/bin/sh\n" + Self.gitlab, to: fixture.upstream.gitDirectory + "/hooks/post-receive",
      executable: true)
    let outcome = try await fixture.run(
      in: try fixture.clone(), .request,
      describe: { (plan, _) throws(BackportError) in
        plan.targets.compactMap { try? Self.request($0) }
      },
      propose: { (_, _) throws(BackportError) in throw BackportError(.noToken, ["X"]) })
    #expect(outcome.failures.isEmpty)
    #expect(CIFixture.states(outcome) == ["1.1 proposed, 1.0 proposed"])
    #expect(outcome.document.fixes[0].lines.allSatisfy { $0.request?.action == "created" })
  }
}
