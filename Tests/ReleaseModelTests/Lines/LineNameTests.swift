import Foundation
import ReleaseModel
import Testing

@Suite struct LineNameTests {
  @Test(arguments: [
    "1", "1.2", "pkg@1.2", "@scope/pkg@0.3", "rolling", "pkg@rolling", "24.04", "255",
  ])
  func namesAreReadAndWritten(text: String) throws {
    let name = try #require(LineName(parsing: text))
    #expect(name.description == text)
    #expect(try JSONDecoder().decode([LineName].self, from: JSONEncoder().encode([name])) == [name])
  }

  @Test(arguments: [
    ("v1.2", "1.2"), ("1.2.x", "1.2"), ("4.X", "4"), ("1.*", "1"), ("24.04", "24.4"),
  ])
  func otherSpellingsNameTheSameLine(text: String, line: String) throws {
    let (name, same) = try (#require(LineName(parsing: text)), #require(LineName(parsing: line)))
    #expect(name == same)
    #expect(name.hashValue == same.hashValue)
  }

  @Test(arguments: [
    "", "x", ".x", "1.", "1..2", "1.2-rc1", "@1.2", "pkg@", "1.2.3.4.5", "main", "1.x.2",
  ])
  func otherTextsNameNoLine(text: String) {
    #expect(LineName(parsing: text) == nil)
  }

  @Test func linesAreOrderedByPackageAndNumber() throws {
    let ascending = ["rolling", "0.9", "1", "1.2", "1.10", "2", "a@0.1", "b@0.0"]
    let names = try ascending.map { try #require(LineName(parsing: $0)) }
    #expect(names.reversed().sorted() == names)
  }

  @Test(arguments: [
    ("major", LineUnit.major), ("Minors", .minor), ("compat", .compat), ("patches", .patch),
  ])
  func unitsAreReadInSingularAndPlural(text: String, unit: LineUnit) {
    #expect(LineUnit(parsing: text) == unit)
    #expect(LineUnit(parsing: unit.description) == unit)
  }

  @Test func otherWordsAreNoUnits() {
    #expect(LineUnit(parsing: "line") == nil)
    #expect(LineUnit(parsing: "") == nil)
  }
}
