import Backport
import Testing

@testable import BackportCLI

@Suite("Errors")
struct ErrorTextTests {
  @Test(
    "say what failed, in lower case and without a full stop", arguments: BackportError.Code.allCases
  )
  func everyCode(code: BackportError.Code) {
    let text = ErrorText(
      BackportError(code, ["first", "second", "third"], detail: "what git said"))
    #expect(text.code == code.rawValue)
    #expect(!text.message.isEmpty && !text.message.hasSuffix("."))
    #expect(text.message.first?.isUppercase == false)
    #expect(text.hint?.hasSuffix(".") != true)
    #expect(text.status != .done)
  }

  @Test(
    "name the exact remedy",
    arguments: [
      (BackportError(.shallow, ["origin", "1"]), "git fetch --unshallow origin"),
      (
        BackportError(.foreignOwner, ["/srv/it's here"]),
        "git config --global --add safe.directory '/srv/it'\\''s here'"
      ),
      (BackportError(.noTrunk), "git config backport.trunk <branch>"),
      (BackportError(.damagedRepository, ["x", "read"]), "git fsck --full"),
      (
        BackportError(.unsupportedRepository, ["x"], detail: "extensions.refstorage = reftable"),
        "git refs migrate --ref-format=files"
      ),
      (
        BackportError(.noReleases, ["upstream"]),
        "git fetch --tags upstream, or set tags.pattern in .gitbackport"
      ),
      (
        BackportError(.staleRefs, ["upstream"]),
        "git fetch --tags upstream, then make the plan again"
      ),
    ])
  func remedies(error: BackportError, hint: String) {
    #expect(ErrorText(error).hint == hint)
  }

  @Test(
    "end with the status of the contract",
    arguments: [
      (BackportError.Code.usage, Int32(2)), (.configuration, 2), (.unknownRevision, 2),
      (.notConfirmed, 2), (.noReleases, 3), (.shallow, 3), (.staleRefs, 3), (.offTrunk, 3),
      (.notARepository, 3), (.unsupportedRepository, 4), (.refMoved, 7), (.operationPending, 8),
      (.locked, 75),
    ])
  func statuses(code: BackportError.Code, status: Int32) {
    #expect(ErrorText(BackportError(code)).status.rawValue == status)
  }

  @Test("escape what they name and break the words of other programs into lines")
  func escaping() {
    let error = BackportError(.git, ["update-ref"], detail: "one\u{1b}[2J\ntwo")
    #expect(
      ErrorText(error).rendered(TextStyle())
        == "error: update-ref failed: one\\x1b[2J\n  two\n")
  }
}
