import TestSupport
import Testing

@testable import BackportCLI

@Suite("policy check, of the ways to report a flaw")
struct ReportingCheckTests {
  private static let day = ["--as-of", "2026-03-18"]

  private func codes(_ files: [String: FileChange]) throws -> [String] {
    var repository = try KeyringHistory().write()
    try repository.extend { builder in builder.commit("Say it", files: files) }
    let run = try ProgramRun(
      ["policy", "check", "--json"] + Self.day, in: repository.directory,
      environment: repository.environment)
    DocumentSchema.expect(run.output, is: "policy-check")
    let findings = DocumentSchema.value(run.output, "findings") as? [[String: Any]] ?? []
    #expect(run.status == (findings.isEmpty ? 0 : 1), "\(run.output)\(run.errors)")
    return findings.compactMap { $0["code"] as? String }
  }

  @Test("a SECURITY.md without a way that not everybody can read is found")
  func confidential() throws {
    #expect(
      try codes(["SECURITY.md": "# Security\n\nOpen an issue.\n"]) == ["no-confidential-way"])
    #expect(try codes(["SECURITY.md": "# Security\n\nMail sec@example.org.\n"]) == [])
  }

  @Test("times that cases are not measured by are found")
  func deadlines() throws {
    let security = "# Security\n\nMail sec@example.org. We acknowledge within 48 hours.\n"
    let policy = "[policy]\n\tpreset = simplejwt\n[case]\n\tacknowledge = "
    #expect(
      try codes(["SECURITY.md": .text(security), ".gitbackport": .text(policy + "72h\n")])
        == ["deadlines-differ"])
    #expect(
      try codes(["SECURITY.md": .text(security), ".gitbackport": .text(policy + "48h\n")]) == [])
  }

  @Test("a security.txt is checked, wherever of two places it stands")
  func securityText() throws {
    let good = """
      Contact: mailto:sec@example.org
      Expires: 2026-12-31T00:00:00Z

      """
    #expect(try codes([".well-known/security.txt": .text(good)]) == [])
    #expect(
      try codes(["security.txt": .text(good.replacing("2026-12", with: "2026-01"))])
        == ["security-txt-expires"])
    #expect(
      try codes([
        "SECURITY.md": "Mail sec@example.org.\n", ".well-known/security.txt": "nothing\n",
      ]) == [
        "security-txt-form", "security-txt-contact", "security-txt-expires", "security-txt-policy",
      ])
  }
}
