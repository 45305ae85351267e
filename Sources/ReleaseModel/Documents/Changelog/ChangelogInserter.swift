/// Works out the edits of one job, after the algorithm of the survey of changelogs: place by
/// version, style by the neighbours, nothing changed but what has to be.
struct ChangelogInserter {
  private let source: ChangelogSource
  private let job: ChangelogJob
  private let version: WrittenVersion
  private let previous: WrittenVersion?
  private let list: SectionList
  private let writer: SectionWriter

  init(_ source: ChangelogSource, _ job: ChangelogJob) {
    self.source = source
    self.job = job
    version = WrittenVersion(job.version)
    previous = job.previous.map { WrittenVersion($0) }
    let known = [previous, version].compactMap(\.self)
    let list = source.sections(near: known)
    self.list = list
    writer = SectionWriter(
      source: source, outlines: list.sections.map { SectionOutline($0, source) }, job: job)
  }

  /// The outcome, before it is checked.
  func outcome() throws(ChangelogRefusal) -> ChangelogOutcome {
    let versioned = list.sections.indices.filter { !list.sections[$0].heading.versions.isEmpty }
    guard let first = versioned.first else {
      return try FirstSection(source, list, job).outcome()
    }
    if versioned.count == 1, list.unreleased.isEmpty {
      let purpose = SingleHeading(list.sections[first], source)
      if purpose.isFilePerRelease, let bytes = try newFile(like: first) { return .newFile(bytes) }
      if purpose.isRewritten { throw .singleRelease }
    }
    try refuseAmbiguity()
    let isDebian = list.sections[first].heading.family == .debian
    if job.mode == .unreleased, !isDebian { return try addToUnreleased(above: first) }
    if let existing = list.index(of: version) { return try complete(existing) }
    try refuseMinorOnly()
    return try job.mode == .release ? release() : forwardPort()
  }

  private func refuseAmbiguity() throws(ChangelogRefusal) {
    if job.mode != .forwardPort, list.unreleased.count > 1 { throw .twoUnreleasedSections }
    let same = list.sections.filter { $0.heading.version == version && !$0.heading.isUnreleased }
    guard let first = same.first, job.mode != .unreleased else { return }
    if same.dropFirst().contains(where: { $0.heading.hasRank(of: first.heading) }) {
      throw .twoSections(job.version)
    }
  }

  /// A file of minor releases has no place for a patch, unless the line itself counts in two parts.
  private func refuseMinorOnly() throws(ChangelogRefusal) {
    if let known = job.previous, let previous, known.numbers.count < 3,
      list.index(of: previous) != nil
    {
      return
    }
    let hasPatches = list.sections.contains { section in
      section.heading.versions.contains { $0.version.version.numbers.count > 2 }
    }
    if !hasPatches, job.version.numbers.count > 2 { throw .minorOnly }
  }

  /// A section of the version is there: the entry goes into it, unless it is there too.
  private func complete(_ index: Int) throws(ChangelogRefusal) -> ChangelogOutcome {
    guard !holdsEntry(list.sections[index]) else { return .unchanged }
    var edits = LineEdits()
    let addition = writer.addition(to: index)
    edits.insert(addition.lines, before: addition.line)
    let heading = list.sections[index].heading
    if heading.isUnreleased, job.mode == .release, index + 1 < list.sections.count {
      let lines = try writer.headingLines(above: index + 1)
      edits.replace(heading.block.lowerBound..<writer.outlines[index].headEnd, by: lines)
    }
    return revision(edits)
  }

  /// Whether the section names the same vulnerability or holds the same text.
  private func holdsEntry(_ section: Section) -> Bool {
    let body = source.lines[section.body]
    let text = EntryText(job.text)
    let wanted = Set(text.identifiers)
    if !wanted.isEmpty {
      return EntryText.identifiers(in: body).contains { wanted.contains($0) }
    }
    return Self.plain(body).firstRange(of: Self.plain(text.flat[...])) != nil
  }

  /// A text without what wrapping and quoting change.
  private static func plain(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    text.lowercased.filter { $0 > 0x20 && $0 != UInt8(ascii: "`") }[...]
  }

  private func release() throws(ChangelogRefusal) -> ChangelogOutcome {
    if let index = list.unreleased.first {
      let content = UnreleasedContent(writer.outlines[index], source)
      if !content.filled.isEmpty, list.sections[index].hasNext {
        let promotion = Promotion(
          source: source, writer: writer, job: job, index: index, content: content)
        return revision(try promotion.edits(reference: reference(behind: index)))
      }
    }
    return try insertSection(above: \.releaseIndex)
  }

  /// The section whose heading is the model of a promoted one.
  private func reference(behind index: Int) -> Int {
    previous.flatMap { list.index(of: $0) } ?? min(index + 1, list.sections.count - 1)
  }

  private func forwardPort() throws(ChangelogRefusal) -> ChangelogOutcome {
    try insertSection(above: \.trunkIndex)
  }

  /// Inserts a new section above the one that a placement chooses, or below all when that is nil; in a
  /// file that begins with the oldest release, below the one of the release before.
  private func insertSection(
    above choice: KeyPath<Placement, Int?>
  ) throws(ChangelogRefusal) -> ChangelogOutcome {
    let placement = Placement(list, version, previous)
    var edits = LineEdits()
    let index = placement[keyPath: choice]
    if let above = placement.indexAbove {
      let lines = try writer.tail(above: above) + writer.section(above: above)
      edits.insert(lines, before: writer.outlines[above].contentEnd)
    } else if let index {
      let lines = try writer.section(above: index) + writer.tail(above: index)
      edits.insert(lines, before: list.sections[index].heading.block.lowerBound)
    } else {
      let last = list.sections.count - 1
      let lines = try writer.tail(above: last) + writer.section(above: last)
      edits.insert(lines, before: writer.outlines[last].contentEnd)
    }
    updateLinks(in: &edits, model: list.sections[index ?? list.sections.count - 1].heading)
    return revision(edits)
  }

  private func updateLinks(in edits: inout LineEdits, model: Heading) {
    let links = LinkEditor(source, version: version, previous: previous)
    if LinkEditor.isLinked(model) { links.addDefinition(to: &edits) }
    links.raiseUnreleased(in: &edits)
    if job.mode == .release, let index = list.unreleased.first {
      let title = list.sections[index].heading.title
      if let raised = LinkEditor.raised(source.lines[title], to: version) {
        edits.replace(title..<title + 1, by: [raised])
      }
    }
  }

  private func addToUnreleased(above first: Int) throws(ChangelogRefusal) -> ChangelogOutcome {
    if let index = list.unreleased.first {
      guard !holdsEntry(list.sections[index]) else { return .unchanged }
      var edits = LineEdits()
      let addition = writer.addition(to: index)
      edits.insert(addition.lines, before: addition.line)
      return revision(edits)
    }
    var edits = LineEdits()
    let heading = UnreleasedHeading.lines(like: list.sections[first].heading, source)
    let lines = try writer.section(above: first)
    let count = try writer.headingLines(above: first).count
    edits.insert(
      heading + lines.dropFirst(count) + writer.tail(above: first),
      before: list.sections[first].heading.block.lowerBound)
    return revision(edits)
  }

  private func newFile(like index: Int) throws(ChangelogRefusal) -> [UInt8]? {
    if list.sections[index].heading.version == version { return nil }
    var lines = try writer.section(above: index)
    if let last = lines.last, !last.isEmpty { lines.append([]) }
    let ending = source.lines.majorityEnding.bytes
    return Array(source.lines.mark) + Array(lines.joined(separator: ending))
  }

  private func revision(_ edits: LineEdits) -> ChangelogOutcome {
    .edited(ChangelogRevision(bytes: edits.applied(to: source.lines), edits: edits.edits))
  }
}
