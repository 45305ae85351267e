/// The score of a CVSS 4.0 vector, by its specification (§8.2).
///
/// Every vector belongs to one of 270 groups, of which the standard lists the scores; within its group
/// a vector lies some steps below the worst ones, and takes that part of the way to the next group.
/// See <https://www.first.org/cvss/v4.0/specification-document#CVSS-v4-0-Scoring>.
struct SeverityGroup {
  /// The levels of the six equivalence classes, EQ1 to EQ6 (§8.2, tables 24 to 29).
  private let levels: [Int]
  private let values: [String: String]

  /// The group of a vector's metrics.
  init(_ metrics: [String: String]) {
    values = Self.effective(metrics)
    levels = Self.levels(of: values)
  }

  /// The metrics that count: a modified one in the place of its own, the worst for what is not said.
  private static func effective(_ metrics: [String: String]) -> [String: String] {
    var values: [String: String] = [:]
    for name in base {
      let modified = metrics["M" + name] ?? "X"
      values[name] = modified == "X" ? metrics[name] : modified
    }
    for (name, worst) in ["E": "A", "CR": "H", "IR": "H", "AR": "H"] {
      let value = metrics[name] ?? "X"
      values[name] = value == "X" ? worst : value
    }
    return values
  }

  private static let base = ["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"]

  private static func levels(of values: [String: String]) -> [Int] {
    func has(_ pairs: KeyValuePairs<String, String>) -> Int {
      pairs.count { values[$0.key] == $0.value }
    }
    let reach = has(["AV": "N", "PR": "N", "UI": "N"])
    let confidential = has(["VC": "H", "VI": "H"])
    let required = ["C", "I", "A"].contains {
      values[$0 + "R"] == "H" && values["V" + $0] == "H"
    }
    return [
      reach == 3 ? 0 : reach > 0 && values["AV"] != "P" ? 1 : 2,
      has(["AC": "L", "AT": "N"]) == 2 ? 0 : 1,
      confidential == 2 ? 0 : confidential == 1 || values["VA"] == "H" ? 1 : 2,
      has(["SI": "S", "SA": "S"]) > 0 ? 0 : has(["SC": "H", "SI": "H", "SA": "H"]) > 0 ? 1 : 2,
      has(["E": "P"]) + 2 * has(["E": "U"]),
      required ? 0 : 1,
    ]
  }

  /// The score in tenths, 0 to 100.
  var tenths: Int {
    let impacts = ["VC", "VI", "VA", "SC", "SI", "SA"]
    guard impacts.contains(where: { values[$0] != "N" }), let worst = Self.score(of: levels) else {
      return 0
    }
    // The way to the next group, times the part of it that the vector has gone: exact in 840ths.
    var way = 0
    var count = 0
    for (level, next) in steps {
      guard let next, next <= worst else { continue }
      count += 1
      let (distance, depth) = place(at: level)
      way += (worst - next) * distance * (840 / depth)
    }
    guard count > 0 else { return worst }
    let (numerator, denominator) = (worst * 840 * count - way, 840 * count)
    return min(100, max(0, (2 * numerator + denominator) / (2 * denominator)))
  }

  /// The classes as they are taken together, and the score of the group one level below in each; nil
  /// where there is none.
  private var steps: [(level: Level, next: Int?)] {
    func below(_ changes: (Int, Int)...) -> Int? {
      var next = levels
      for (index, step) in changes { next[index] += step }
      return Self.score(of: next)
    }
    let impact: Int? =
      switch (levels[2], levels[5]) {
      case (0, 0): [below((5, 1)), below((2, 1))].compactMap(\.self).max()
      case (1, 0): below((5, 1))
      default: below((2, 1))
      }
    return [
      (.reach, below((0, 1))), (.effort, below((1, 1))), (.impact, impact),
      (.others, below((3, 1))), (.threat, below((4, 1))),
    ]
  }

  /// What is taken together: EQ1, EQ2, EQ3 with EQ6, EQ4, EQ5.
  private enum Level { case reach, effort, impact, others, threat }

  /// How many steps the vector lies below the worst of its level, and how many there are.
  private func place(at level: Level) -> (distance: Int, depth: Int) {
    switch level {
    case .reach: (distance(Self.worstReach[levels[0]]), [1, 4, 5][levels[0]])
    case .effort: (distance(Self.worstEffort[levels[1]]), [1, 2][levels[1]])
    case .impact:
      (
        distance(Self.worstImpact[levels[2] * 2 + levels[5]]),
        [7, 6, 8, 8, 10, 10][levels[2] * 2 + levels[5]]
      )
    case .others: (distance(Self.worstOthers[levels[3]]), [6, 5, 4][levels[3]])
    // The classes of EQ5 have one member each.
    case .threat: (0, 1)
    }
  }

  /// The steps to the first of some worst vectors that is in no metric milder than this one.
  private func distance(_ worst: [String]) -> Int {
    for vector in worst {
      var sum = 0
      var isAbove = true
      for part in vector.split(separator: "/") {
        let halves = part.split(separator: ":").map(String.init)
        let order = Self.order[halves[0]] ?? []
        guard let own = order.firstIndex(of: values[halves[0]] ?? ""),
          let top = order.firstIndex(of: halves[1]), own >= top
        else {
          isAbove = false
          break
        }
        sum += own - top
      }
      if isAbove { return sum }
    }
    return 0
  }

  /// The values of metrics from the worst to the mildest.
  private static let order: [String: [String]] = [
    "AV": ["N", "A", "L", "P"], "AC": ["L", "H"], "AT": ["N", "P"], "PR": ["N", "L", "H"],
    "UI": ["N", "P", "A"], "VC": ["H", "L", "N"], "VI": ["H", "L", "N"], "VA": ["H", "L", "N"],
    "SC": ["H", "L", "N"], "SI": ["S", "H", "L", "N"], "SA": ["S", "H", "L", "N"],
    "CR": ["H", "M", "L"], "IR": ["H", "M", "L"], "AR": ["H", "M", "L"],
  ]
}

// The worst vectors of each level (§8.2, tables 24 to 29).
extension SeverityGroup {
  private static let worstReach = [
    ["AV:N/PR:N/UI:N"], ["AV:A/PR:N/UI:N", "AV:N/PR:L/UI:N", "AV:N/PR:N/UI:P"],
    ["AV:P/PR:N/UI:N", "AV:A/PR:L/UI:P"],
  ]
  private static let worstEffort = [["AC:L/AT:N"], ["AC:H/AT:N", "AC:L/AT:P"]]
  /// EQ3 and EQ6, at 2 * EQ3 + EQ6.
  ///
  /// A vector without a high impact cannot meet a high requirement.
  private static let worstImpact = [
    ["VC:H/VI:H/VA:H/CR:H/IR:H/AR:H"],
    ["VC:H/VI:H/VA:L/CR:M/IR:M/AR:H", "VC:H/VI:H/VA:H/CR:M/IR:M/AR:M"],
    ["VC:L/VI:H/VA:H/CR:H/IR:H/AR:H", "VC:H/VI:L/VA:H/CR:H/IR:H/AR:H"],
    [
      "VC:L/VI:H/VA:L/CR:H/IR:M/AR:H", "VC:L/VI:H/VA:H/CR:H/IR:M/AR:M",
      "VC:H/VI:L/VA:H/CR:M/IR:H/AR:M", "VC:H/VI:L/VA:L/CR:M/IR:H/AR:H",
      "VC:L/VI:L/VA:H/CR:H/IR:H/AR:M",
    ],
    [], ["VC:L/VI:L/VA:L/CR:H/IR:H/AR:H"],
  ]
  private static let worstOthers = [["SC:H/SI:S/SA:S"], ["SC:H/SI:H/SA:H"], ["SC:L/SI:L/SA:L"]]

  /// The score of a group in tenths; nil for levels that no vector has.
  private static func score(of levels: [Int]) -> Int? {
    let limits = [3, 2, 3, 3, 3, 2]
    guard zip(levels, limits).allSatisfy({ $0 < $1 }) else { return nil }
    let impacts: [[Int?]] = [[0, 1], [2, 3], [nil, 4]]
    guard let impact = impacts[levels[2]][levels[5]] else { return nil }
    return scores[levels[0] * 2 + levels[1]][impact * 9 + levels[3] * 3 + levels[4]]
  }

  /// The scores of the groups in tenths: a row for each pair of EQ1 and EQ2; in it, nine for each pair of
  /// EQ3 and EQ6 that there is (00, 01, 10, 11, 21); of these, three for each level of EQ4, by EQ5.
  private static let scores: [[Int]] = [
    [
      100, 98, 95, 100, 93, 91, 93, 89, 81, 99, 95, 92, 96, 87, 81, 90, 80, 68, 98, 95, 90, 93, 89,
      81, 88, 78, 69, 95, 92, 84, 92, 81, 65, 80, 70, 48, 92, 82, 72, 79, 69, 50, 69, 55, 27,
    ],
    [
      99, 95, 92, 95, 90, 84, 92, 82, 72, 97, 92, 85, 91, 83, 71, 81, 71, 53, 95, 92, 85, 92, 80,
      70,
      84, 71, 50, 93, 85, 73, 82, 72, 59, 70, 52, 30, 86, 75, 52, 71, 52, 29, 63, 29, 17,
    ],
    [
      98, 94, 91, 94, 86, 77, 87, 74, 63, 95, 87, 81, 89, 74, 64, 75, 63, 49, 94, 88, 76, 86, 74,
      59,
      72, 57, 52, 89, 77, 67, 76, 58, 50, 57, 52, 25, 83, 70, 54, 65, 58, 26, 53, 21, 13,
    ],
    [
      95, 88, 76, 90, 75, 61, 77, 68, 52, 90, 76, 70, 77, 62, 53, 66, 59, 30, 89, 76, 62, 74, 57,
      47,
      61, 57, 24, 78, 67, 58, 59, 57, 23, 52, 29, 16, 71, 59, 30, 58, 26, 15, 23, 13, 6,
    ],
    [
      93, 86, 75, 86, 74, 56, 70, 52, 40, 87, 72, 58, 74, 61, 34, 54, 40, 22, 85, 74, 62, 72, 55,
      46,
      53, 34, 19, 75, 55, 51, 57, 41, 19, 36, 19, 8, 64, 51, 20, 47, 21, 11, 24, 9, 4,
    ],
    [
      88, 73, 60, 73, 59, 41, 54, 45, 20, 75, 53, 50, 55, 40, 20, 43, 22, 11, 75, 58, 40, 61, 48,
      20,
      46, 17, 8, 55, 45, 21, 51, 18, 9, 18, 7, 2, 53, 24, 14, 24, 12, 5, 10, 3, 1,
    ],
  ]
}
