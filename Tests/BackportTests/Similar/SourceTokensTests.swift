import Testing

@testable import Backport

@Suite struct SourceTokensTests {
  private func tokens(_ text: String, _ path: String = "a.c") -> SourceTokens {
    SourceTokens(Array(text.utf8), comments: CommentStyle(path: Array(path.utf8)))
  }

  @Test(arguments: [
    ("if (size > 10) return;", "if(size>99){return;", false),
    ("if (size > 10) return;", "if ( size  >  99 )\n  return;", true),
    ("copy(\"a\\\"b\");", "copy(\"\");", true),
    ("a /* one\n two */ b // three", "a b", true),
    ("name", "other", false),
    ("don't do", "don t do", false),
  ])
  func `layout, comments and literals do not count`(one: String, other: String, isSame: Bool) {
    #expect((tokens(one).tokens == tokens(other).tokens) == isSame)
  }

  @Test(arguments: [
    ("a.py", "a # b\nc", 2), ("a.c", "a # b\nc", 4), ("a.lua", "a -- b\nc", 2),
    ("a.c", "a // b", 1),
    ("a.py", "a // b", 4), ("Makefile", "a # b", 3), ("a.php", "a # b\n// c\nd", 2),
  ])
  func `comments are those of the language`(path: String, text: String, count: Int) {
    #expect(tokens(text, path).tokens.count == count)
  }

  @Test func `each token knows its line and whether it is a name`() {
    let read = tokens("one /* \n\n */ two\n'three' 4")
    #expect(read.lines == [1, 3, 4, 4])
    #expect(read.areNames == [true, true, false, false])
  }

  @Test func `unfinished comments and strings end with the text`() {
    #expect(tokens("a /* b").tokens.count == 1)
    #expect(tokens("a \"b").tokens.count == 3)
    #expect(tokens("a \"b\\").tokens.count == 4)
    #expect(tokens("").tokens.isEmpty)
  }

  @Test func `the alignment is the longest common subsequence`() {
    let alignment = Alignment([1, 2, 3, 4], [9, 1, 9, 3, 4, 2][...])
    #expect(alignment.length == 3)
    #expect(alignment.range == 1..<5)
    #expect(Alignment([1], [2][...]).range == nil)
    #expect(Alignment([], [][...]).length == 0)
  }
}
