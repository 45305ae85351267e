import Backport

/// The files that are kept of a job.
struct JobArtifacts {
  let document: CIDocument
  let folder: String
  let run: Run

  /// Writes the document, the summary, and for each fix its plan, the patches that were made and what
  /// the commands wrote that tried them.
  func write(summary: String) async throws(BackportError) {
    try JobFiles.makeDirectory(folder)
    try save(DocumentCoding.encode(document), "ci.json")
    try PrivateFile.save(Array(summary.utf8), to: folder + "/summary.md")
    if run.isHidden { return }
    for (index, fix) in document.fixes.enumerated() {
      guard let plan = fix.plan, fix.state != .settled else { continue }
      let place = "\(folder)/\(index + 1)-\(JobFiles.name(fix.name))"
      try JobFiles.makeDirectory(place)
      try save(DocumentCoding.encode(plan), "\(index + 1)-\(JobFiles.name(fix.name))/plan.json")
      for line in fix.lines {
        guard let log = line.verification?.compactMap(\.log).first,
          let bytes = JobFiles.contents(of: log)
        else { continue }
        try PrivateFile.save(bytes, to: "\(place)/\(JobFiles.name(line.line)).log")
      }
      guard fix.operation != nil else { continue }
      let workspace = try await run.open(plan.options)
      for target in plan.targets {
        guard let patch = try await workspace.patch(of: target) else { continue }
        try PrivateFile.save(patch, to: "\(place)/\(JobFiles.name(target.line)).patch")
      }
    }
  }

  private func save(_ bytes: [UInt8], _ name: String) throws(BackportError) {
    try PrivateFile.save(TextEscape.document(bytes), to: "\(folder)/\(name)")
  }
}
