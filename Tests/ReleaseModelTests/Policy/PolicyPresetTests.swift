import ReleaseModel
import Testing

/// First releases of real projects, and what their presets make of them.
@Suite("Presets on the history of their projects")
struct PolicyPresetTests {
  static let simplejwt: KeyValuePairs = [
    "v0.7.1": "2023-08-13", "v0.8.2": "2024-03-15", "v0.9.0": "2024-03-26",
    "v0.9.3": "2024-12-11", "v1.0.0": "2024-12-14", "v1.0.3": "2025-08-02",
    "v1.1.0": "2025-11-09", "v1.1.2": "2026-05-02",
  ]
  static let symfony: KeyValuePairs = [
    "v4.4.0": "2019-11-21", "v5.0.0": "2019-11-21", "v5.1.0": "2020-05-31",
    "v5.2.0": "2020-11-30", "v5.3.0": "2021-05-31", "v5.4.0": "2021-11-29",
    "v6.0.0": "2021-11-29",
  ]
  static let django: KeyValuePairs = [
    "3.2": "2021-04-06", "4.0": "2021-12-07", "4.1": "2022-08-03", "4.2": "2023-04-03",
    "5.0": "2023-12-04", "5.1": "2024-08-07", "5.2": "2025-04-02",
  ]
  static let laravel: KeyValuePairs = [
    "v9.0.0": "2022-02-08", "v10.0.0": "2023-02-14", "v11.0.0": "2024-03-12",
    "v11.44.0": "2025-02-25", "v12.0.0": "2025-02-24",
  ]
  static let node: KeyValuePairs = [
    "v16.0.0": "2021-04-20", "v18.0.0": "2022-04-19", "v19.0.0": "2022-10-18",
    "v20.0.0": "2023-04-18", "v21.0.0": "2023-10-17", "v22.0.0": "2024-04-24",
    "v23.0.0": "2024-10-16", "v24.0.0": "2025-05-06",
  ]
  static let undici: KeyValuePairs = [
    "v5.29.0": "2025-03-19", "v6.0.0": "2023-12-05", "v6.26.0": "2026-05-25",
    "v6.27.0": "2026-06-15", "v7.0.0": "2024-11-27", "v7.27.2": "2026-06-06",
    "v7.28.0": "2026-06-15", "v8.0.0": "2026-04-02", "v8.4.1": "2026-06-08",
    "v8.5.0": "2026-06-15",
  ]
  static let libgit2: KeyValuePairs = [
    "v1.6.1": "2023-02-25", "v1.7.0": "2023-07-17", "v1.8.0": "2024-03-20",
    "v1.8.7": "2026-08-13", "v1.9.0": "2024-12-28", "v1.9.7": "2026-08-13",
  ]
  static let etcd: KeyValuePairs = [
    "v3.4.45": "2026-06-01", "v3.5.33": "2026-07-23", "v3.6.14": "2026-07-23",
    "v3.7.0": "2026-07-08", "v3.7.1": "2026-07-23", "v3.8.0-alpha.0": "2026-06-05",
  ]

  static let expectations:
    [(preset: String, history: KeyValuePairs<String, String>, asOf: String, lines: [String])] = [
      ("simplejwt", simplejwt, "2026-06-15", ["1.1", "0.9"]),
      ("kiipy", ["v0.2.0": "2025-01-09"], "2026-06-15", ["0.2"]),
      ("latest", simplejwt, "2026-06-15", ["1.1"]),
      ("latest-minor", simplejwt, "2026-06-15", ["1.1"]),
      ("n-minors 2", libgit2, "2026-08-14", ["1.9", "1.8"]),
      ("n-minors 3", etcd, "2026-08-01", ["3.7", "3.6", "3.5"]),
      ("kubernetes", etcd, "2026-08-01", ["3.7", "3.6", "3.5"]),
      ("n-majors 2", undici, "2026-06-20", ["8.5", "8.4", "8.0", "7.28", "7.27", "7.0"]),
      ("minor-per-major 3", undici, "2026-06-20", ["8.5", "7.28", "6.27"]),
      ("prev-major-window 6", undici, "2026-06-20", ["8.5", "7.28 security until 2026-10-02"]),
      ("prev-major-window 6", undici, "2026-10-03", ["8.5"]),
      ("prev-minor-window 12", libgit2, "2025-06-01", ["1.9", "1.8 security until 2025-12-28"]),
      ("django", django, "2025-06-01", ["5.2", "5.1", "4.2"]),
      (
        "symfony", symfony, "2022-01-15",
        ["6.0", "5.4 until 2025-11-29", "5.3 until 2022-01-31", "4.4 until 2023-11-21"]
      ),
      (
        "symfony", symfony, "2023-01-15",
        ["6.0", "5.4 until 2025-11-29", "4.4 security until 2023-11-21"]
      ),
      ("laravel", laravel, "2025-03-01", ["12 until 2027-02-24", "11 until 2026-03-12"]),
      ("laravel", laravel, "2025-10-01", ["12 until 2027-02-24", "11 security until 2026-03-12"]),
      (
        "node", node, "2024-11-15",
        [
          "23", "22 until 2027-05-24", "20 security until 2026-05-18",
          "18 security until 2025-05-19",
        ]
      ),
      (
        "node", node, "2025-05-10",
        [
          "24", "23 security until 2025-07-06", "22 until 2027-05-24",
          "20 security until 2026-05-18", "18 security until 2025-05-19",
        ]
      ),
      ("node", node, "2025-08-01", ["24", "22 until 2027-05-24", "20 security until 2026-05-18"]),
    ]

  @Test("gives the lines that the project maintained", arguments: expectations)
  func lines(
    preset: String, history: KeyValuePairs<String, String>, asOf: String, lines: [String]
  ) throws {
    var world = PolicyWorld(history, asOf: asOf)
    world.tags.removeAll { world.days[$0].map { $0 > asOf } ?? false }
    let coverage = try world.coverage(.preset(preset))
    #expect(coverage.words == lines)
    #expect(coverage.policy.preset == preset)
    #expect(!coverage.policy.isAssumed)
  }

  @Test("Django's end of life comes from a file")
  func djangoDates() throws {
    var world = PolicyWorld(Self.django, asOf: "2026-05-01")
    world.dates = LifecycleDates(
      source: "lifecycle.json",
      entries: [[4, 2]: .init(endOfLife: .on(try CalendarDate(parsing: "2026-04-30")))])
    #expect(try world.coverage(.preset("django")).words == ["5.2", "5.1"])
  }

  @Test("Node's schedule makes the ends exact")
  func nodeSchedule() throws {
    var world = PolicyWorld(Self.node, asOf: "2025-08-01")
    world.dates = LifecycleDates(
      source: "schedule.json",
      entries: [
        [20]: .init(
          endOfActive: .on(try CalendarDate(parsing: "2024-10-22")),
          endOfLife: .on(try CalendarDate(parsing: "2026-04-30"))),
        [22]: .init(
          endOfActive: .on(try CalendarDate(parsing: "2025-10-21")),
          endOfLife: .on(try CalendarDate(parsing: "2027-04-30"))),
      ])
    #expect(
      try world.coverage(.preset("node")).words
        == ["24", "22 until 2027-04-30", "20 security until 2026-04-30"])
  }

  @Test("every name that is shown is one that is read")
  func spellings() throws {
    for spelling in PolicyPreset.spellings {
      let name = spelling.replacing(" N", with: " 3").replacing(" MONTHS", with: " 6")
      let preset = try #require(PolicyPreset(parsing: name))
      #expect(preset.description == name)
      let policy = preset.policy(source: ".gitbackport")
      #expect(policy.conflicts.isEmpty)
      for entry in policy.rules {
        #expect(try SupportRule(parsing: entry.rule.description) == entry.rule)
      }
      let restored = try SupportPolicy(settings: policy.settings, source: ".gitbackport")
      #expect(restored.rules.map(\.rule) == policy.rules.map(\.rule))
      #expect(restored.longTermSupport == policy.longTermSupport)
      #expect(restored.lineUnit == policy.lineUnit)
      #expect(restored.releaseOn == policy.releaseOn)
    }
  }
}
