import ReleaseModel
import Testing

@Suite("Sentences of a support policy")
struct SupportRuleTests {
  /// Canonical sentences: they print as they stand.
  static let canonical = [
    "latest patch", "latest 2 majors", "latest minor of each major",
    "latest 2 minors of each major within >=2 skipping 1 adjacent", "previous minor",
    "<1.0.0", "1.2.x", ">=2 <3", "<=1.15", "4.0 - 4.9", ">= 1, < 2", "1.x || 3.x", "*", "none",
    "lts", "lts latest", "lts latest 2", "branch main", "branch release/1.2,x",
    "latest patch while 0.x", "latest 2 majors since 1.0.0", "1.x before 2.0.0",
    "latest major for 24 months after release : security",
    "previous minor for 6 months after superseded : security",
    "previous major for 1 year after superseded of major : critical",
    "* for 8 months after release of compat", "1.x for 30 days after release",
    "4.2.x until 2026-04-30", "0.x until 1.0.0 : best-effort", "<2 : none",
    "latest minor : full, severity high", "previous major : security, severity critical",
    "latest line", "latest 3 lines", "latest 2 compats", "branch while while 0.x",
    "latest 2 minors within 1.x since 1.0.0 until 2027-01-01 : security, severity low",
  ]

  @Test("prints what it read", arguments: canonical)
  func roundTrip(sentence: String) throws {
    let rule = try SupportRule(parsing: sentence)
    #expect(rule.description == sentence)
    #expect(try SupportRule(parsing: rule.description) == rule)
  }

  @Test(
    "reads other spellings of the same",
    arguments: [
      ("Latest 2 Majors Since 1.0.0", "latest 2 majors since 1.0.0"),
      ("latest 1 patch", "latest patch"), ("latest 1 majors", "latest major"),
      ("latest 1 minor skipping 1", "previous minor"), ("<1.0.0:security", "<1.0.0 : security"),
      ("<1.0.0 : full", "<1.0.0"), ("  latest\tpatch  ", "latest patch"),
      ("lts latest 1", "lts latest"),
      (
        "1.x for 1 months after release",
        "1.x for 1 month after release"
      ),
      (">= 2 , < 3 until 2027-01-01", ">= 2, < 3 until 2027-01-01"),
      ("1.X WHILE 1.X", "1.x while 1.x"), ("branch Main: none", "branch Main : none"),
    ])
  func otherSpellings(sentence: String, canonical: String) throws {
    #expect(try SupportRule(parsing: sentence).description == canonical)
  }

  /// The wrong sentence with the carets under the wrong word, and the nearest valid sentence.
  static let wrong: [(text: String, carets: String, nearest: String?)] = [
    ("latets 2 majors", "^^^^^^", "latest 2 majors"),
    ("latest 2 mayors", "         ^^^^^^", "latest 2 majors"),
    ("latest 2 majors snce 1.0.0", "                ^^^^", "latest 2 majors since 1.0.0"),
    ("latest 0 majors", "       ^", "latest major"),
    ("latest", "      ^", "latest patch"),
    ("last two majors", "^^^^", "latest 2 majors"),
    ("4.2.x untill 2026-04-30", "      ^^^^^^", "4.2.x until 2026-04-30"),
    ("4.2.x until 2026-02-30", "            ^^^^^^^^^^", "1.2.x until 2026-04-30"),
    (
      "previous minor for 6 month superseded : security",
      "                           ^^^^^^^^^^",
      "previous minor for 6 months after superseded : security"
    ),
    ("latest minor of major", "                ^^^^^", "latest minor of each major"),
    ("latest minor : securty", "               ^^^^^^^", "latest minor : security"),
    (
      "latest minor : security, high", "                         ^^^^",
      "latest minor : security, severity high"
    ),
    ("latest minor security", "             ^^^^^^^^", "latest minor : security"),
    (">=2 <abc", "    ^^^^", ">=2 <3"),
    ("", "^", nil),
    ("zażółć gęślą", "^^^^^^", nil),
  ]

  @Test("points at the wrong word and shows the nearest valid sentence", arguments: wrong)
  func wrongSentences(text: String, carets: String, nearest: String?) throws {
    let error = try #require(throws: PolicySentenceError.self) {
      try SupportRule(parsing: text)
    }
    #expect(error.caretLine == carets)
    #expect(error.nearestSentence == nearest)
    #expect(!error.expected.isEmpty)
    if let sentence = error.nearestSentence {
      #expect(try SupportRule(parsing: sentence).description == sentence)
    }
  }

  @Test("says what could have stood there")
  func expectations() throws {
    let error = try #require(throws: PolicySentenceError.self) {
      try SupportRule(parsing: "latest 2 majors sins 1.0.0")
    }
    #expect(
      error.description
        == "expected \"of\", \"within\", \"skipping\", \"adjacent\", \"while\", \"since\", "
        + "\"before\", \"for\", \"until\" or \":\", found \"sins\"; "
        + "did you mean \"latest 2 majors since 1.0.0\"?")
  }

  @Test("refuses a sentence of a megabyte unread")
  func hugeSentence() throws {
    let error = try #require(throws: PolicySentenceError.self) {
      try SupportRule(parsing: String(repeating: "latest ", count: 150_000))
    }
    #expect(error.expected == [.value("a sentence of at most 1000 bytes")])
  }
}
