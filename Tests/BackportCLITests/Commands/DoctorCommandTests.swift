import TestSupport
import Testing

@Suite("doctor")
struct DoctorCommandTests {
  @Test("ends with 0 for a sound clone, 3 for a problem, and prints one document")
  func statuses() throws {
    let repository = try KeyringHistory().write()
    let good = try ProgramRun("doctor", in: repository)
    #expect(good.status == 0, "\(good.output)")
    #expect(good.output.hasSuffix("nothing stands in the way\n"))
    DocumentSchema.expect(
      try ProgramRun("doctor", "--json", "--offline", in: repository).output, is: "doctor")
    repository.git("remote", "add", "origin", "/nowhere")
    let bad = try ProgramRun("doctor", "--json", in: repository)
    #expect(bad.status == 3)
    DocumentSchema.expect(bad.output, is: "doctor")
    let text = try ProgramRun("doctor", "-q", in: repository)
    #expect(text.output.contains("git ls-remote origin must work"))
    #expect(text.output.hasSuffix("1 problem\n"))
  }

  @Test("says what it found when there is no repository, or only one of another kind")
  func elsewhere() throws {
    let environment = try HermeticEnvironment()
    let nowhere = try ProgramRun(["doctor", "--json"], environment: environment)
    #expect(nowhere.status == 3)
    DocumentSchema.expect(nowhere.output, is: "doctor")
    #expect(
      DocumentSchema.value(nowhere.output, "error", "code") as? String == "not-a-repository")
    let repository = try KeyringHistory().write()
    repository.git("config", "core.repositoryFormatVersion", "1")
    repository.git("config", "extensions.objectFormat", "sha256")
    let other = try ProgramRun("doctor", "--json", in: repository)
    #expect(other.status == 4)
    DocumentSchema.expect(other.output, is: "doctor")
    let usage = try ProgramRun(["doctor", "--nonsense", "--json"], environment: environment)
    #expect(usage.status == 2)
    DocumentSchema.expect(usage.output, is: "doctor", failed: true)
  }
}
