import Testing

@testable import ReleaseModel

@Suite("version cells")
struct VersionCellTests {
  private func texts(_ cell: String) -> [String]? {
    VersionCell(InlineMarkup.plain(cell))?.items.map(\.subject.text)
  }

  @Test(
    "a version expression selects what it says",
    arguments: [
      ("1.2.x", "1.2.x"), ("v3", "3.x"), ("7.x.x", "7.x"), ("0.9", "0.9.x"), ("6.*", "6.x"),
      ("2.X", "2.x"), ("1.4.2", "=1.4.2"), ("3.1.2.x", ">=3.1.2 <3.1.3"), ("`1.8.x`", "1.8.x"),
      ("**2.x**", "2.x"), ("~~1.0.x~~", "1.0.x"), ("[4.x](https://example.org/4)", "4.x"),
      ("5.x[^2]", "5.x"), ("< 2.2", "<2.2"), ("\\<= 0.25", "<=0.25"), ("=< 25", "<=25.x"),
      ("≥ 3", ">=3.x"), (">= 5.2, < 6.0", ">=5.2 <6.0"), (">=1.5 <2", ">=1.5 <2"),
      ("^3.1.0", "^3.1.0"), ("~> 1.9", "~>1.9.x"), ("4.0 - 4.9", "4.0.x - 4.9.x"),
      ("3.0 – 3.7", "3.0.x - 3.7.x"), ("v2 to v19", "2.x - 19.x"), ("3.2+", ">=3.2.x"),
      ("1.8.0 and later", ">=1.8.0"), ("2.0 or higher", ">=2.0.x"), ("before 3.2", "<3.2.x"),
      ("older than 4.0.x", "<4.0.x"), ("prior to 2", "<2.x"), ("1.7.x and earlier", "<=1.7.x"),
      ("2.4.1 or older", "<=2.4.1"), ("up to 1.9", "<=1.9.x"), ("from 2.0", ">=2.0.x"),
      ("2.0.0-rc.x", "pre-releases 2.0.0.x"), ("3.4.x-dev", "pre-releases 3.4.x"),
      ("Latest", "latest patch"), ("latest 2.x", "latest patch within 2.x"),
      ("Latest minor of 1.x", "latest minor within 1.x"), ("latest 3 minors", "latest 3 minors"),
      ("Latest two major versions", "latest 2 majors"), ("Previous minor", "previous minor"),
      ("N", "latest minor"), ("N-2", "latest minor skipping 2"), ("N-3 and older", "other"),
      ("N-4+", "other"), ("latest-1", "previous minor"), ("everything else", "other"),
      ("All other releases", "other"), ("older minors of 1.x", "other 1.x"),
      ("main", "branch main"),
      ("< main", "other"), ("all", "*"), ("6.4 LTS", "6.4.x"), ("1 - LTS", "1.x"),
      ("Aurora (v2.x)", "2.x"), ("1.x (Aurora)", "1.x"), ("v2 (>= 2.4)", ">=2.4 <3"),
      ("Anything before 1.0", "<1.0.x"), ("1.x 及以下", "<=1.x"), ("2.0 以上", ">=2.0.x"),
      ("ältere Versionen", "other"), ("2.x y posteriores", ">=2.x"), ("1.x и ниже", "<=1.x"),
    ])
  func selects(_ cell: String, _ expected: String) throws {
    let found = try #require(texts(cell))
    #expect(found.count == 1)
    let range = try? VersionRange(parsing: expected)
    if let range,
      case .lines(.range(let other)) = VersionCell(InlineMarkup.plain(cell))?.items.first?
        .subject
    {
      #expect(other == range)
    } else {
      #expect(found.first == expected)
    }
  }

  @Test(
    "several expressions in one cell are kept apart",
    arguments: [
      ("3.x, 2.7.x", ["3.x", "2.7.x"]), ("1.x and 2.x", ["1.x", "2.x"]),
      ("main / latest", ["branch main", "latest patch"]), ("2.x<br>1.x", ["2.x", "1.x"]),
    ])
  func separates(_ cell: String, _ expected: [String]) {
    #expect(texts(cell) == expected)
  }

  @Test(
    "what is not understood is no version",
    arguments: [
      "4.1,3.x", "x.2.x", "stable", "foo bar", "2.x except 2.4", "not 2.x", "last two releases",
      "Releases within the previous three months", "1.0.0-1-2", "?", "-", "", "3 - 1",
    ])
  func refuses(_ cell: String) {
    #expect(texts(cell) == nil)
  }
}
