import Backport

/// What later steps of a job are told: names and values.
struct JobResults {
  let document: CIDocument

  /// The values by name, in order; one may have several lines.
  var values: [(name: String, lines: [String])] {
    let lines = document.fixes.flatMap(\.lines)
    let matrix = try? VerificationMatrix(document).text(.github)
    return [
      ("result", [document.state.rawValue]),
      ("was_successful", [document.state.isGood ? "true" : "false"]),
      ("was_successful_by_target", byTarget(lines)),
      ("tags", [unique(lines.compactMap(\.tag)).joined(separator: " ")]),
      ("topics", [unique(proposed(lines)).joined(separator: " ")]),
      ("owed", [unique(lines.filter { !$0.state.isGood }.map(\.line)).joined(separator: " ")]),
      (
        "created_pull_numbers",
        [
          unique(
            lines.compactMap(\.request).filter { $0.action == "created" }.compactMap(\.number)
              .map(String.init)
          ).joined(separator: " ")
        ]
      ),
      ("matrix", [matrix.map { String(decoding: $0.dropLast(), as: UTF8.self) } ?? "{}"]),
    ]
  }

  /// The form of GitHub's `GITHUB_OUTPUT`: each value within a delimiter that is new every time.
  func delimited(_ delimiter: () -> String = JobFiles.random) -> [UInt8] {
    var text = ""
    for (name, lines) in values {
      let end = "end-" + delimiter()
      let value = lines.map { TextEscape.line($0) }.joined(separator: "\n")
      text += "\(name)<<\(end)\n\(value)\n\(end)\n"
    }
    return Array(text.utf8)
  }

  /// The form of a dotenv report: `BACKPORT_NAME=value`, one line each.
  ///
  /// GitLab may put other variables in where a dollar sign stands; only plain signs are written.
  var dotenv: [UInt8] {
    let text = values.filter { $0.name != "matrix" }.map { name, lines in
      let value = lines.joined(separator: " ").unicodeScalars.map { scalar in
        JobResults.isPlain(scalar) ? String(scalar) : "_"
      }
      return "BACKPORT_\(name.uppercased())=\(value.joined())\n"
    }
    return Array(text.joined().utf8)
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      || " ._-/@+=:,".unicodeScalars.contains(scalar)
  }

  /// A line is well when it is so for every fix.
  private func byTarget(_ lines: [CIDocument.Line]) -> [String] {
    unique(lines.map(\.line)).map { name in
      let isGood = lines.filter { $0.line == name }.allSatisfy { $0.state.isGood }
      return "\(name)=\(isGood)"
    }
  }

  private func proposed(_ lines: [CIDocument.Line]) -> [String] {
    lines.filter { $0.state == .proposed }.compactMap(\.topic)
  }

  private func unique(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
