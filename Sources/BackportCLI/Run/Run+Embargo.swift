import Backport

// What a build machine prints is read by others: under embargo it tells nothing there.
extension Run {
  /// Whether others can read what is printed: a build machine says so with CI.
  var isReadByOthers: Bool {
    !["", "0", "false"].contains(surroundings.environment["CI"]?.lowercased() ?? "")
  }

  /// From here on the run is about what must not be seen.
  func beginEmbargo() throws(BackportError) {
    isHidden = isReadByOthers
    try refuseFiles()
  }

  /// Refuses to write files that others would read.
  func refuseFiles() throws(BackportError) {
    if isHidden, output.file != nil { throw Run.hiddenFile("-o") }
    if isHidden, pages?.htmlFile != nil { throw Run.hiddenFile("--html") }
  }

  /// Why a file that an option asks for is not written.
  static func hiddenFile(_ option: String) -> BackportError {
    BackportError(
      .usage, [option], detail: "a build machine keeps files; under embargo none is written there")
  }

  /// The same when an operation is under embargo.
  func hideEmbargo(of operation: String?, in workspace: Workspace) {
    if isReadByOthers, workspace.isEmbargoed(operation) { isHidden = true }
  }

  /// The plan as it may be shown.
  func shown(_ plan: BackportPlan) throws(BackportError) -> BackportPlan {
    guard plan.options.embargo || isHidden, isReadByOthers else { return plan }
    return try mask.hide(in: plan)
  }

  /// The operation as it may be shown.
  func shown(_ document: OperationDocument) throws(BackportError) -> OperationDocument {
    let isOpen = document.state == .landed || document.state == .pushed
    guard document.plan.options.embargo, !isOpen, isReadByOthers else { return document }
    return try mask.hide(in: document)
  }

  /// The list as it may be shown.
  func shown(_ document: LogDocument) throws(BackportError) -> LogDocument {
    var document = document
    document.operations = try shown(document.operations)
    return document
  }

  /// The advisory as it may be shown.
  func shown(_ document: AdvisoryDocument) throws(BackportError) -> AdvisoryDocument {
    guard document.embargoed, isReadByOthers else { return document }
    var hidden = document
    // A word of a closed list, which nothing can stand for.
    hidden.severity = nil
    return try mask.hide(in: hidden)
  }

  /// What waits, as it may be shown.
  func shown(_ document: StatusDocument) throws(BackportError) -> StatusDocument {
    var document = document
    document.embargoed = try shown(document.embargoed)
    document.pending = try shown(document.pending)
    for index in document.waiting.indices where isReadByOthers {
      let line = document.waiting[index]
      let isHidden = (document.embargoed + document.pending).contains {
        $0.id == line.operation && $0.isEmbargo
      }
      guard isHidden else { continue }
      document.waiting[index] = try mask.hide(in: line)
      document.waiting[index].operation = line.operation
    }
    return document
  }

  /// What a job came to, as it may be shown.
  func shown(_ document: CIDocument) throws(BackportError) -> CIDocument {
    isHidden ? try mask.hide(in: document) : document
  }

  /// What would be sent, as it may be shown.
  func shown(_ preview: PushPreview) -> PushPreview {
    isHidden ? mask.hide(in: preview) : preview
  }

  private func shown(
    _ entries: [LogDocument.Entry]
  ) throws(BackportError) -> [LogDocument.Entry] {
    var shown: [LogDocument.Entry] = []
    for entry in entries {
      let isOpen = entry.state == .landed || entry.state == .pushed
      let isHidden = entry.isEmbargo && !isOpen && isReadByOthers
      shown.append(isHidden ? try hide(entry) : entry)
    }
    return shown
  }

  /// An entry keeps its id, by which it is found again.
  private func hide(_ entry: LogDocument.Entry) throws(BackportError) -> LogDocument.Entry {
    var hidden = try mask.hide(in: entry)
    hidden.id = entry.id
    return hidden
  }
}
