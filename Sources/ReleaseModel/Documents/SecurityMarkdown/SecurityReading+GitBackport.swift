extension SecurityReading {
  /// A `.gitbackport` that says what the document says, in git's configuration syntax.
  ///
  /// Each rule stands below a comment with the row that it comes from. What is not understood and
  /// what sentences only propose are comments, for a person to decide.
  ///
  /// - Parameters:
  ///   - source: The path of the document.
  ///   - package: The package whose rows count; nil for all of them.
  /// - Returns: The file's text.
  public func gitBackportFile(source: String, package: String? = nil) -> String {
    var file = GitBackportFile()
    file.comment("Which release lines get fixes, imported from \(source).")
    if form == .template {
      file.comment("The table there is a host's untouched template: check every line.")
    }
    file.line("[policy]")
    if case .preset(let name) = form {
      file.comment("the text of \(source) is that of this preset", indented: true)
      file.setting("preset", name)
      return file.text
    }
    let policy = policy(package: package, source: source)
    if let policy { file.settings(of: policy) }
    file.undecided(self)
    file.proposals(self, isPolicy: policy != nil)
    if policy != nil { file.branches(rules(of: package)) }
    return file.text
  }
}

extension GitBackportFile {
  fileprivate mutating func settings(of policy: SupportPolicy) {
    setting("lines", policy.lineUnit.rawValue)
    setting("release-on", policy.releaseOn.rawValue)
    for lts in policy.longTermSupport { setting("lts", lts.description) }
    if let newer = policy.newerThanListedRange {
      comment("newer than all that is listed; the document does not speak of it", indented: true)
      setting("support", newer)
    }
    var last: RuleOrigin?
    for entry in policy.rules {
      if let origin = entry.origin, origin != last {
        comment("line \(origin.line ?? 0): \(origin.text)", indented: true)
        last = origin
      }
      setting("support", entry.rule.description)
    }
  }

  fileprivate mutating func undecided(_ reading: SecurityReading) {
    for source in reading.notUnderstood {
      comment("not understood, line \(source.line): \(source.text)", indented: true)
    }
    let known = Set(reading.notUnderstood)
    for rule in reading.rules where rule.level == nil && !known.contains(rule.source) {
      comment("not decided yet, line \(rule.source.line): \(rule.source.text)", indented: true)
    }
    for rule in reading.rules {
      if case .prereleases = rule.subject {
        comment("pre-releases, line \(rule.source.line): \(rule.source.text)", indented: true)
      }
    }
  }

  fileprivate mutating func proposals(_ reading: SecurityReading, isPolicy: Bool) {
    for proposal in reading.proposals {
      let words = isPolicy ? "also says" : "says"
      comment(
        "line \(proposal.source.line) \(words): \(proposal.source.text)", indented: true)
      if let preset = proposal.preset {
        let numbers = proposal.parameters.map { " \($0)" }.joined()
        comment("perhaps: preset = \(preset)\(numbers)", indented: true)
      } else {
        for rule in proposal.rules {
          comment("perhaps: support = \(GitBackportFile.quoted(rule.description))", indented: true)
        }
      }
    }
  }

  /// `[branch "4"]`, where a row names the branch of its line.
  fileprivate mutating func branches(_ rules: [SecurityRule]) {
    var seen: Set<String> = []
    for rule in rules {
      guard let name = rule.branch, let line = rule.lineNumbers, Self.isBranchName(name) else {
        continue
      }
      let label = LineNumbers.text(line)
      guard seen.insert(label).inserted else { continue }
      self.line("[branch \"\(label)\"]")
      setting("name", name)
    }
  }

  private static func isBranchName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        $0.isASCIILetter || $0.isASCIIDigit || "-_./+".utf8.contains($0)
      }
  }
}

extension SupportPolicy {
  /// `>=2.4`, when lines above all listed ones count as supported.
  fileprivate var newerThanListedRange: String? {
    guard newerThanListed == .supported else { return nil }
    let ends = rules.compactMap { entry -> VersionRange.Cut? in
      guard case .range(let range) = entry.rule.subject else { return nil }
      return range.intervals.last?.upper
    }
    guard let end = ends.max() else { return nil }
    let range = VersionRange([.init(lower: end, upper: nil)])
    return range.canonicalDescription
  }
}
