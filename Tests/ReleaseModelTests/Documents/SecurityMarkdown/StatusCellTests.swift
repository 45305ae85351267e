import Testing

@testable import ReleaseModel

@Suite("status and date cells")
struct StatusCellTests {
  @Test(
    "a status has its level",
    arguments: [
      (":white_check_mark:", SupportLevel.full), ("✔️", .full), ("&#10004;", .full), ("Yes", .full),
      ("supported", .full), ("Active development, full support", .full), ("✅ Current", .full),
      ("Bug fixes and security patches", .full), ("All fixes, including security fixes", .full),
      ("✅ Security fixes only", .security), ("Security Only", .security),
      ("nur Sicherheitsupdates", .security), ("⚠️ セキュリティ修正のみ", .security),
      ("security fixes until 2027-03-15", .security),
      ("No new features; security fixes only", .security),
      ("Critical only", .critical), ("⚠️ Limited — critical fixes only", .critical),
      ("high/critical only", .critical), ("Só crítico", .critical), ("Best effort", .bestEffort),
      ("⚠️", .bestEffort), ("Partial", .bestEffort), ("oui", .full), ("Да", .full), ("支持", .full),
      ("deprecated, security fixes until 2027-01-01", .security),
    ])
  func level(_ text: String, _ expected: SupportLevel) {
    #expect(StatusCell(InlineMarkup.plain(text)).verdict == .supported(expected))
  }

  @Test(
    "negative words are tested before positive ones",
    arguments: [
      ":x:", "❌ No", "No", "not supported", "no longer supported", "unsupported", "EOL",
      "End of life", "❌ End‑of‑life", "No; upgrade to the latest release", "Upgrade required",
      "不支持", "nicht unterstützt", "sem suporte", "None", "nothing", "no support", "対象外", "Нет",
    ])
  func negative(_ text: String) {
    #expect(StatusCell(InlineMarkup.plain(text)).verdict == .unsupported)
  }

  @Test(
    "what says both or nothing is not understood",
    arguments: [
      "", "-", "n/a", "?", "maybe", "Yes, but not for production", "Supported but deprecated",
      "❌ security fixes only", "✅ unsupported",
    ])
  func notUnderstood(_ text: String) {
    #expect(StatusCell(InlineMarkup.plain(text)).verdict == .notUnderstood)
  }

  @Test(
    "what is to come is neither yes nor no", arguments: ["TBD", "planned", "Not yet", "🚧", "beta"])
  func planned(_ text: String) {
    #expect(StatusCell(InlineMarkup.plain(text)).verdict == .planned)
  }

  @Test(
    "an end inside of a status is read",
    arguments: [
      ("Until 2026-12-31", "until 2026-12-31"), ("✅ until v2.14", "until 2.14"),
      ("Yes, until the end of 2026", "until 2026-12-31"),
      ("Security fixes only, for 6 months after 2.0 ships", "for 6 months after superseded"),
    ])
  func end(_ text: String, _ expected: String) {
    #expect(StatusCell(InlineMarkup.plain(text)).period?.description == expected)
  }

  @Test(
    "dates are read in the forms that people write",
    arguments: [
      ("2027-03-10", "2027-03-10"), ("2027/03/10", "2027-03-10"), ("March 3rd, 2027", "2027-03-03"),
      ("3 March 2027", "2027-03-03"), ("Nov 2026", "2026-11-30"), ("2026-02", "2026-02-28"),
      ("Q1 2026", "2026-03-31"), ("2025H2", "2025-12-31"), ("31/12/2024", "2024-12-31"),
      ("31.12.2027", "2027-12-31"), ("2027年3月31日", "2027-03-31"), ("end of 2026", "2026-12-31"),
      ("31 de diciembre de 2026", "2026-12-31"), ("01-Jan-2025", "2025-01-01"),
    ])
  func date(_ text: String, _ expected: String) throws {
    let date = try CalendarDate(parsing: expected)
    #expect(DateText.first(in: text) == .date(date))
  }

  @Test("a date that can be read both ways is ambiguous until its column tells the order")
  func ambiguousDate() throws {
    let dayFirst = try CalendarDate(parsing: "2026-04-03")
    let monthFirst = try CalendarDate(parsing: "2026-03-04")
    #expect(
      DateText.first(in: "03/04/2026") == .ambiguous(dayFirst: dayFirst, monthFirst: monthFirst))
    #expect(DateText.first(in: "03/04/2026", order: .dayFirst) == .date(dayFirst))
    #expect(DateText.order(in: "23/04/2026") == .dayFirst)
    #expect(DateText.order(in: "04/23/2026") == .monthFirst)
  }

  @Test(
    "no date is read where there is none", arguments: ["1.2.3", "26.03", "TBD", "", "2026.1.x"])
  func noDate(_ text: String) {
    #expect(DateText.first(in: text) == nil)
  }
}
