import ReleaseModel
import Testing

@Suite("What holds for every policy and every history")
struct PolicyPropertyTests {
  static let runs = 250

  /// Majors that have a line which is not denied, covered ones included.
  private func majors(_ coverage: Coverage) -> [VersionNumber?] {
    coverage.verdicts.filter { $0.supported != .no || $0.coveredBy != nil }
      .map(\.line.numbers.first)
      .reduce(into: []) { majors, major in
        if majors.last != major { majors.append(major) }
      }
  }

  @Test("a random rule reads back from what it prints")
  func roundTrip() throws {
    var generator = PolicyGenerator(seed: 1)
    for _ in 0..<3_000 {
      let rule = generator.rule()
      let read = try SupportRule(parsing: rule.description)
      #expect(read == rule, "\(rule)")
      #expect(read.description == rule.description)
    }
  }

  @Test("the order of tags is irrelevant")
  func order() throws {
    var generator = PolicyGenerator(seed: 2)
    for _ in 0..<Self.runs {
      var world = generator.world()
      let policy = generator.policy()
      let first = try world.coverage(policy)
      world.tags.shuffle(using: &generator)
      #expect(try world.coverage(policy) == first)
    }
  }

  @Test("a pre-release never changes anything")
  func prerelease() throws {
    var generator = PolicyGenerator(seed: 3)
    for _ in 0..<Self.runs {
      var world = generator.world()
      let policy = generator.policy()
      let before = try world.coverage(policy)
      for _ in 0..<3 {
        world.tags.append("\(generator.version())-\(generator.pick(["rc.1", "alpha", "beta2"]))")
      }
      world.tags.append("9.0.0-rc.1")
      #expect(try world.coverage(policy) == before)
    }
  }

  @Test("an older patch never changes which majors are supported")
  func olderPatch() throws {
    var generator = PolicyGenerator(seed: 4)
    let sentences = [
      ["latest patch while 0.x", "latest 2 majors since 1.0.0"], ["latest 2 majors"],
      ["latest 3 minors"], ["latest minor of each major"], ["<2.0.0"], ["previous major"],
    ]
    for run in 0..<Self.runs {
      var world = generator.world()
      var policy = try SupportPolicy.sentences(generator.pick(sentences))
      policy.releaseOn = generator.pick(SupportPolicy.ReleaseOn.allCases)
      let before = try world.coverage(policy)
      let inventory = try world.inventory()
      guard let line = inventory.lines.randomElement(using: &generator) else { continue }
      let older = "\(line.name).0.\(run)"
      guard try Version(parsing: older) < line.newest.version else { continue }
      world.tags.append(older)
      #expect(try majors(world.coverage(policy)) == majors(before), "\(world.tags) \(policy.rules)")
    }
  }

  @Test("dates only ever end support")
  func dates() throws {
    var generator = PolicyGenerator(seed: 5)
    var ended = 0
    for _ in 0..<Self.runs {
      var world = generator.world()
      var policy = generator.policy()
      policy.releaseOn = .every
      let before = try world.coverage(policy)
      var dates = LifecycleDates(source: "dates.json")
      for line in try world.inventory(policy.lineUnit).lines where generator.chance(50) {
        let entry = LifecycleDates.Entry(
          endOfActive: generator.chance(50) ? .on(generator.date()) : nil,
          endOfLife: generator.pick([.on(generator.date()), .past, .open]))
        dates = LifecycleDates(
          source: dates.source, entries: dates.entries.merging([line.name.numbers: entry]) { $1 })
      }
      world.dates = dates
      let after = try world.coverage(policy)
      for (one, other) in zip(before.verdicts, after.verdicts) {
        #expect(one.line == other.line)
        switch (one.supported, other.supported) {
        case (.no, .no), (.yes, .yes), (.unknown, .unknown): break
        case (.yes, .no), (.unknown, .no): ended += 1
        case (.no, _), (.yes, .unknown), (.unknown, .yes):
          Issue.record("\(one.line) went from \(one.supported) to \(other.supported)")
        }
        if one.supported == .yes, other.supported == .yes, let end = one.until {
          #expect(try #require(other.until) <= end)
        }
      }
    }
    #expect(ended > 20)
  }

  @Test("knowing more dates only ever decides what was unknown")
  func unknown() throws {
    var generator = PolicyGenerator(seed: 6)
    var decided = 0
    for _ in 0..<Self.runs {
      var world = generator.world()
      var policy = generator.policy()
      policy.releaseOn = .every
      let before = try world.coverage(policy)
      for tag in world.tags where world.days[tag] == nil {
        world.days[tag] = generator.date().description
      }
      let after = try world.coverage(policy)
      for (one, other) in zip(before.verdicts, after.verdicts) {
        if one.supported == .unknown {
          decided += other.supported == .unknown ? 0 : 1
        } else {
          #expect(one.supported == other.supported, "\(policy.rules)")
        }
      }
    }
    #expect(decided > 20)
  }

  @Test("every verdict is in itself consistent")
  func consistency() throws {
    var generator = PolicyGenerator(seed: 7)
    for _ in 0..<Self.runs {
      let world = generator.world()
      let policy = generator.policy()
      let coverage = try world.coverage(policy)
      let inventory = try world.inventory(policy.lineUnit)
      #expect(coverage.verdicts.map(\.line) == inventory.lines.map(\.name))
      for verdict in coverage.verdicts {
        #expect(!verdict.reason.isEmpty)
        switch verdict.supported {
        case .yes:
          #expect(verdict.level?.isSupported == true)
          #expect(verdict.coveredBy == nil)
          #expect(verdict.until.map { $0 >= coverage.asOf } ?? true)
          #expect(verdict.levelUntil.map { $0 >= coverage.asOf } ?? true)
        case .no:
          #expect(verdict.level == SupportLevel.none)
          #expect(verdict.until == nil)
          #expect(
            verdict.coveredBy.map { coverage[$0]?.supported == .yes } ?? true,
            "a line is covered only by one that is supported")
        case .unknown:
          #expect(verdict.level == nil)
          #expect(verdict.rule != nil)
        }
        let advice = coverage.advice(
          for: try #require(inventory.line(named: verdict.line)).newest.version, in: inventory)
        #expect(advice.upgradeLine.map { coverage[$0]?.supported == .yes } ?? true)
      }
    }
  }

  @Test("20,000 mutated sentences crash nothing, and what is read prints and reads back")
  func mutations() throws {
    var generator = PolicyGenerator(seed: 8)
    let noise = Array("latest 2.x:,<>=*-|\t~^v0é\u{202E}ſ№𝟙\0".unicodeScalars)
    let words = SupportRuleTests.canonical.flatMap { $0.split(separator: " ").map(String.init) }
    var read = 0
    for run in 0..<20_000 {
      var text = Array(generator.pick(SupportRuleTests.canonical).unicodeScalars)
      for _ in 0...generator.number(0...3) {
        let place = generator.number(0...text.count)
        switch generator.number(0...4) {
        case 0 where place < text.count: text.remove(at: place)
        case 1: text.insert(generator.pick(noise), at: place)
        case 2 where place < text.count: text[place] = generator.pick(noise)
        case 3: text.insert(contentsOf: " \(generator.pick(words)) ".unicodeScalars, at: place)
        default: text.removeSubrange(place...)
        }
      }
      var sentence = String.UnicodeScalarView()
      sentence.append(contentsOf: text)
      let rule: SupportRule
      do {
        rule = try SupportRule(parsing: String(sentence))
      } catch {
        let isInside = error.bytes.upperBound <= error.text.utf8.count
        if !isInside || error.expected.isEmpty || error.caretLine.isEmpty {
          Issue.record("the error points nowhere: \(error.text)")
        }
        if run % 8 == 0, let nearest = error.nearestSentence {
          #expect(throws: Never.self) { try SupportRule(parsing: nearest) }
        }
        continue
      }
      read += 1
      if try SupportRule(parsing: rule.description) != rule { Issue.record("\(rule)") }
    }
    #expect(read > 1_000)
  }
}
