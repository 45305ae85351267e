import GitStore
import TestSupport
import Testing

@Suite struct GitConfigurationTests {
  @Test func `each scope is told apart and the last one wins`() async throws {
    let repository = try RepositoryBuilder().write()
    let environment = repository.environment
    let system = try environment.write("[user]\n\tname = system\n", to: "system")
    let global = try environment.write(
      "[user]\n\tname = global\n[gpg]\n\tprogram = global-gpg\n", to: "global")
    repository.git("config", "user.name", "local")
    repository.git("config", "gpg.program", "local-gpg")
    let program = try GitProgram(
      environment,
      [
        "GIT_CONFIG_NOSYSTEM": "0", "GIT_CONFIG_SYSTEM": system, "GIT_CONFIG_GLOBAL": global,
        "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "command",
      ])
    let configuration = try await GitConfiguration.read(with: program, at: repository.location)
    #expect(configuration.string("user.name") == "command")
    let all = configuration.all("user.name")
    #expect(all.map(\.text) == ["system", "global", "local", "command"])
    #expect(all.map(\.scope) == [.system, .global, .local, .command])
    #expect(configuration.string("gpg.program") == "local-gpg")
    #expect(configuration.string("gpg.program", in: .trusted) == "global-gpg")
    #expect(configuration.string("gpg.program", in: [.system]) == nil)
    #expect(configuration.string("user.name", in: [.local]) == "local")
    // The settings that keep the child safe do not hide what the repository says.
    #expect(configuration.last("core.bare")?.scope == .local)
  }

  @Test func `git -c on our own command line is seen`() async throws {
    let environment = try HermeticEnvironment()
    let program = try GitProgram(
      environment, ["GIT_CONFIG_PARAMETERS": "'backport.trunk'='next' 'backport.flag'="])
    let configuration = try await GitConfiguration.read(
      with: program, at: .directory(environment.root))
    #expect(configuration.string("backport.trunk") == "next")
    #expect(configuration.last("backport.trunk")?.scope == .command)
  }

  @Test func `names fold case, subsections do not, and values may span lines`() async throws {
    let program = try GitProgram(HermeticEnvironment())
    let document = """
      [Core]
      \tBare
      [branch "Feature.X=1"]
      \tRemote = origin ; comment
      \tDescription = "two\\nlines = here"
      [branch "feature.x=1"]
      \tremote =
      """
    let configuration = try await GitConfiguration.read(
      document: [UInt8](document.utf8), named: "d", with: program)
    #expect(configuration.last("core.bare")?.value == nil)
    #expect(try configuration.bool("core.bare") == true)
    #expect(configuration.string("branch.Feature.X=1.remote") == "origin")
    #expect(configuration.string("BRANCH.Feature.X=1.DESCRIPTION") == "two\nlines = here")
    #expect(configuration.last("branch.feature.x=1.remote")?.value == [])
    #expect(
      configuration.subsections(of: "Branch")
        == ["Feature.X=1", "feature.x=1"].map { [UInt8]($0.utf8) })
    #expect(configuration.section("branch").count == 3)
    #expect(configuration.entries.allSatisfy { $0.scope == .document })
    #expect(configuration.string("core.missing") == nil)
  }

  @Test func `Booleans and integers are read as git reads them`() async throws {
    let repository = try RepositoryBuilder().write()
    let values = [
      "true", "YES", "On", "1", "-7", "0", "false", "No", "off", "", "tru", "2k", "0x10", "010",
      "08", "+3", "-1g", " 4", "4 ", "1t", "k", "0x", "9223372036854775807", "9223372036854775808",
      "-9223372036854775809", "9007199254740993k", "4294967296", "1kk", "true false",
    ]
    var lines = ""
    for (index, value) in values.enumerated() { lines += "[n]\n\tk\(index) = \"\(value)\"\n" }
    let path = try repository.environment.write(lines, to: "values")
    let configuration = try await GitConfiguration.read(
      document: [UInt8](lines.utf8), named: "values", with: GitProgram(repository.environment))
    for (index, value) in values.enumerated() {
      let key = ConfigurationKey("n", nil, "k\(index)")
      func oracle(_ type: String) throws -> String? {
        let result = try repository.git.attempt(["config", "-f", path, type, "n.k\(index)"])
        return result.status == 0 ? String(result.outputText.dropLast()) : nil
      }
      let bool = (try? configuration.bool(key)).map { "\($0)" }
      let int = (try? configuration.int(key)).map { "\($0)" }
      #expect(try bool == oracle("--bool"), "\(value)")
      #expect(try int == oracle("--int"), "\(value)")
    }
    let error = #expect(throws: ConfigurationValueError.self) { try configuration.bool("n.k10") }
    #expect(error?.kind == .boolean)
    #expect(error?.entry.text == "tru")
    #expect(error?.entry.key == "n.k10")
  }

  @Test func `a malformed document is named with its line`() async throws {
    let program = try GitProgram(HermeticEnvironment())
    let error = await #expect(throws: GitConfigurationError.self) {
      try await GitConfiguration.read(
        document: [UInt8]("[a]\n\tb = 1\n[c\n".utf8), named: ".gitbackport", with: program)
    }
    #expect(error?.code == .malformed)
    #expect(error?.document == ".gitbackport")
    #expect(error?.line == 3)
  }

  @Test func `a blob is read by its id and named with its line`() async throws {
    var history = RepositoryBuilder()
    history.commit(
      "x", files: ["good": "[a]\n\tb = 1\n[include]\n\tpath = bad\n", "bad": "[a]\n]"])
    let repository = try history.write()
    let program = try GitProgram(repository.environment)
    let good = repository.git("rev-parse", "main:good")
    let configuration = try await GitConfiguration.read(
      blob: good, named: "good", with: program, at: repository.location)
    #expect(configuration.entries.map(\.key) == ["a.b", "include.path"])
    let error = await #expect(throws: GitConfigurationError.self) {
      try await GitConfiguration.read(
        blob: repository.git("rev-parse", "main:bad"), named: "bad", with: program,
        at: repository.location)
    }
    #expect(error?.code == .malformed)
    #expect(error?.line == 2)
    let missing = await #expect(throws: GitConfigurationError.self) {
      try await GitConfiguration.read(
        blob: String(repeating: "1", count: 40), named: "missing", with: program,
        at: repository.location)
    }
    #expect(missing?.code == .program)
  }

  @Test func `a mistake in the user's own file is not blamed on the document`() async throws {
    let environment = try HermeticEnvironment()
    let global = try environment.write("[broken\n", to: "global")
    let program = try GitProgram(environment, ["GIT_CONFIG_GLOBAL": global])
    let error = await #expect(throws: GitConfigurationError.self) {
      try await GitConfiguration.read(with: program, at: .directory(environment.root))
    }
    #expect(error?.code == .program)
    #expect(error?.message.contains(global) == true)
  }

  @Test func `documents have limits in bytes, in settings and in what they expand to`() async throws
  {
    let program = try GitProgram(HermeticEnvironment())
    func code(_ document: String) async -> GitConfigurationError.Code? {
      do {
        _ = try await GitConfiguration.read(
          document: [UInt8](document.utf8), named: "d", with: program)
        return nil
      } catch {
        return error.code
      }
    }
    let names = String(repeating: "k\n", count: 10_000)
    #expect(await code("[a]\n" + names) == nil)
    #expect(await code("[a]\n" + names + "k\n") == .tooManyEntries)
    #expect(await code(String(repeating: "#", count: 256 << 10)) == nil)
    #expect(await code(String(repeating: "#", count: (256 << 10) + 1)) == .tooLarge)
    let section = String(repeating: "s", count: 100_000)
    #expect(await code("[a \"\(section)\"]\n" + names) == .tooLarge)
  }
}
