import TestSupport
import Testing

@Suite("Signing on the command line")
struct SigningCommandTests {
  @Test(
    "takes a key where one is given, as git does",
    arguments: [
      (["-S"], nil), (["-Sabc"], "abc"), (["--gpg-sign"], nil), (["--gpg-sign=abc"], "abc"),
    ] as [([String], String?)])
  func key(arguments: [String], key: String?) throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let run = try ProgramRun(
      [repository.id(history.merge), "--json"] + arguments, in: repository.directory,
      environment: repository.environment)
    #expect(run.status == 0, "\(run.errors)")
    DocumentSchema.expect(run.output, is: "plan")
    #expect(DocumentSchema.value(run.output, "signing", "commits") as? Bool == true)
    #expect(DocumentSchema.value(run.output, "signing", "key") as? String == key)
    #expect(DocumentSchema.value(run.output, "options", "signingKey") as? String == key)
    #expect(DocumentSchema.value(run.output, "refUpdates", "0", "new") is String == false)
    #expect(DocumentSchema.value(run.output, "refUpdates", "0", "unsignedNew") is String)
    let text = try ProgramRun(
      [repository.id(history.merge)] + arguments, in: repository.directory,
      environment: repository.environment)
    #expect(text.output.contains("signing    commits and tags, openpgp"))
    #expect(text.output.contains("signed at apply"))
  }

  @Test("that fails ends with 3 and changes nothing")
  func failure() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let before = repository.refs()
    let overrides = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "gpg.program",
      "GIT_CONFIG_VALUE_0": "/bin/false",
    ]
    let run = try ProgramRun(
      "apply", repository.id(history.merge), "--yes", "-Sabc", "--json", in: repository,
      overrides: overrides)
    #expect(run.status == 3)
    #expect(run.errors.hasPrefix("error: signing with abc failed: /bin/false failed"))
    #expect(DocumentSchema.value(run.output, "error", "code") as? String == "signing")
    #expect(repository.refs() == before)
    let both = try ProgramRun("HEAD", "-S", "--no-gpg-sign", in: repository)
    #expect(both.status == 2)
  }
}
