import TestSupport

/// The files of one tree.
typealias Snapshot = [[UInt8]: FileChange]

/// A pick to be tried: what the fix starts from, what it makes of it, and what the target has.
struct PickCase: Sendable {
  var seed: UInt64
  var base: Snapshot
  var theirs: Snapshot
  var ours: Snapshot

  /// Every path of any of the three.
  var paths: [[UInt8]] {
    Set(base.keys).union(theirs.keys).union(ours.keys).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Cases that are simpler by one path, to find the least one that still fails.
  var simpler: [PickCase] {
    var cases: [PickCase] = []
    for path in paths {
      var without = self
      without.base[path] = nil
      without.theirs[path] = nil
      without.ours[path] = nil
      cases.append(without)
      if theirs[path] != base[path] {
        var same = self
        same.theirs[path] = base[path]
        cases.append(same)
      }
      if ours[path] != base[path] {
        var same = self
        same.ours[path] = base[path]
        cases.append(same)
      }
    }
    return cases.filter { $0.isPossible }
  }

  /// Whether no path is both a file and a folder.
  private var isPossible: Bool {
    [base, theirs, ours].allSatisfy { snapshot in
      snapshot.keys.allSatisfy { path in
        path.indices.allSatisfy { index in
          path[index] != UInt8(ascii: "/") || snapshot[Array(path[..<index])] == nil
        }
      }
    }
  }

  /// The case in words, for the report of a failure.
  var report: String {
    var lines = ["seed \(seed)"]
    for path in paths {
      lines.append("  \(String(decoding: path, as: UTF8.self).debugDescription)")
      for (name, snapshot) in [("base", base), ("theirs", theirs), ("ours", ours)] {
        lines.append("    \(name): \(PickCase.describe(snapshot[path]))")
      }
    }
    return lines.joined(separator: "\n")
  }

  private static func describe(_ change: FileChange?) -> String {
    switch change {
    case nil: "-"
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self).debugDescription
    case .executableBytes(let bytes): "*" + String(decoding: bytes, as: UTF8.self).debugDescription
    case .some(let other): "\(other)"
    }
  }
}
