import TestSupport
import Testing

@testable import GitStore

@Suite struct HistoryTests {
  /// A history with branches, merges, criss-cross merges, two roots and clocks that are wrong.
  static func random(seed: UInt64, commits count: Int = 40) throws -> (TestRepository, [Mark]) {
    var generator = SeededGenerator(seed: seed)
    var history = RepositoryBuilder()
    var marks: [Mark] = []
    for number in 0..<count {
      var parents: [Mark] = []
      if number != 0, number != count / 2 {
        let wanted = Int.random(in: 0..<4, using: &generator) == 0 ? 2 : 1
        while parents.count < wanted {
          let nearby = marks.suffix(8)
          guard let parent = nearby.randomElement(using: &generator) else { break }
          if !parents.contains(parent) { parents.append(parent) }
          if nearby.count < 2 { break }
        }
      }
      let skew = Int.random(in: -600...600, using: &generator)
      let date = Identity.committer(at: history.now + (number % 5 == 0 ? skew : 0))
      marks.append(
        history.commit(
          "commit \(number)", on: "b\(number)", files: ["f\(number % 6)": "\(number)\n"],
          parents: parents, committer: date))
    }
    return (try history.write(), marks)
  }

  @Test(arguments: 1...4) func `ancestry and merge bases are git's`(seed: UInt64) throws {
    let (repository, marks) = try HistoryTests.random(seed: seed)
    let store = try repository.open()
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<25 {
      let left = try #require(marks.randomElement(using: &generator))
      let right = try #require(marks.randomElement(using: &generator))
      let (leftID, rightID) = (try repository.objectID(left), try repository.objectID(right))
      let names = [leftID.description, rightID.description]
      let status = try repository.git.attempt(["merge-base", "--is-ancestor"] + names).status
      #expect(try store.isAncestor(leftID, of: rightID) == (status == 0))
      let bases = try repository.git.attempt(["merge-base", "--all"] + names).outputText
        .split(separator: "\n").map(String.init)
      let found = try store.mergeBase(leftID, rightID)?.description
      if let found { #expect(bases.contains(found)) } else { #expect(bases.isEmpty) }
    }
  }

  @Test(arguments: 5...8) func `walks visit what git lists`(seed: UInt64) throws {
    let (repository, marks) = try HistoryTests.random(seed: seed)
    let store = try repository.open()
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<15 {
      let starts = try (0..<2).map { _ in
        try repository.objectID(#require(marks.randomElement(using: &generator)))
      }
      let hidden = try (0..<Int.random(in: 0...2, using: &generator)).map { _ in
        try repository.objectID(#require(marks.randomElement(using: &generator)))
      }
      let arguments = starts.map(\.description) + hidden.map { "^\($0)" }
      let listed = list(repository, arguments)
      let newest = try store.history(from: starts, notIn: hidden).map(\.description)
      #expect(newest == list(repository, ["--date-order"] + arguments))
      let oldest = try store.history(from: starts, notIn: hidden, order: .oldestFirst)
      #expect(Set(oldest.map(\.description)) == Set(listed))
      var seen: Set<ObjectID> = []
      let members = Set(oldest)
      for id in oldest {
        let parents = try store.commit(id).parents.filter { members.contains($0) }
        #expect(parents.allSatisfy { seen.contains($0) }, "a parent comes after its child")
        seen.insert(id)
      }
      let mainline = try store.history(from: [starts[0]], firstParentOnly: true)
      #expect(
        mainline.map(\.description) == list(repository, ["--first-parent", "\(starts[0])"]))
    }
  }

  private func list(_ repository: TestRepository, _ arguments: [String]) -> [String] {
    let bytes = repository.git.bytes(["rev-list"] + arguments)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func `without wrong clocks the order is git's as well`() throws {
    var history = RepositoryBuilder()
    let root = history.commit("root")
    history.branch("topic", at: root)
    for number in 0..<6 {
      history.commit("\(number)", on: number % 2 == 0 ? "main" : "topic")
    }
    let topic = history.commit("last", on: "topic")
    history.merge(topic)
    let repository = try history.write()
    let store = try repository.open()
    let main = try repository.objectID("main")
    let newest = try store.history(from: [main]).map(\.description)
    #expect(newest == repository.git.lines("rev-list", "--date-order", "main"))
    let cut = try store.history(from: [main], limit: 3).map(\.description)
    #expect(cut == Array(newest.prefix(3)))
    #expect(try store.history(from: [main], limit: 0).isEmpty)
    #expect(try store.history(from: [main], notIn: [main]).isEmpty)
    #expect(try store.history(from: []).isEmpty)
  }

  @Test func `histories without a common commit have no merge base`() throws {
    var history = RepositoryBuilder()
    let left = history.commit("left", on: "left")
    let right = history.commit("right", on: "right")
    let repository = try history.write()
    let store = try repository.open()
    let (leftID, rightID) = (try repository.objectID(left), try repository.objectID(right))
    #expect(try store.mergeBase(leftID, rightID) == nil)
    #expect(try !store.isAncestor(leftID, of: rightID))
    #expect(try store.isAncestor(leftID, of: leftID))
    #expect(try store.mergeBase(leftID, leftID) == leftID)
  }

  @Test func `a missing commit is not found`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let main = try repository.objectID("main")
    let missing = try #require(ObjectID(hex: String(repeating: "1", count: 40)))
    #expect(errorCode { try store.commit(missing) } == .notFound)
    #expect(errorCode { try store.history(from: [missing]) } == .notFound)
    #expect(errorCode { try store.history(from: [main], notIn: [missing]) } == .notFound)
    #expect(errorCode { try store.mergeBase(main, missing) } != nil)
    #expect(errorCode { try store.isAncestor(missing, of: main) } != nil)
  }

  @Test func `commits made in memory are part of history`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let main = try repository.objectID("main")
    let person = try Signature(name: "A", email: "a", seconds: 1_800_000_000, offsetMinutes: 0)
    let draft = CommitDraft(
      tree: try store.commit(main).tree, parents: [main], author: person, committer: person,
      message: Array("m\n".utf8))
    let made = try store.make(draft)
    #expect(try store.isAncestor(main, of: made))
    #expect(try store.mergeBase(main, made) == main)
    #expect(try store.history(from: [made], notIn: [main]) == [made])
    #expect(try store.commit(made).subject == "m")
  }

  @Test func `an object of another kind is said to be one`() throws {
    let repository = try smallRepository()
    let store = try repository.open()
    let tree = try repository.objectID("main^{tree}")
    #expect(errorCode { try store.commit(tree) } == .damaged)
    #expect(errorCode { try store.blob(tree) } == .damaged)
    #expect(try store.object(tree).kind == .tree)
  }
}
