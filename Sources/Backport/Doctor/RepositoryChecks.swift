import GitStore

/// Looks at the kind of repository.
struct RepositoryChecks {
  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  private var repository: Repository { workspace.repository }

  var findings: [DoctorDocument.Finding] {
    var findings = [kind] + history
    let replaced = repository.references(under: "refs/replace/").count
    if replaced > 0 {
      findings.append(
        .init(
          .repository, "replace-refs", .warning,
          "\(replaced) objects have replacements in refs/replace, which are not used here",
          remedy: "git replace -d <object>, when they are not wanted"))
    }
    if repository.hasFile("info/grafts") {
      findings.append(
        .init(
          .repository, "grafts", .warning, "info/grafts changes what git takes for history",
          remedy: "git replace --convert-graft-file"))
    }
    if repository.hasFile("objects/info/alternates") {
      findings.append(
        .init(
          .repository, "alternates", .note,
          "objects are borrowed from another repository; it must not lose any"))
    }
    if (try? workspace.settings.bool("core.sparsecheckout")) == true {
      findings.append(
        .init(
          .repository, "sparse", .note, "the checkout is sparse; nothing here needs it to be whole")
      )
    }
    return findings
  }

  private var kind: DoctorDocument.Finding {
    let place = repository.workTree ?? repository.gitDirectory
    return .init(
      .repository, "open", .good,
      repository.workTree == nil ? "\(place), without a working tree" : place)
  }

  private var history: [DoctorDocument.Finding] {
    if !repository.shallowBoundary.isEmpty {
      let remote = ShellWord.quoted(workspace.remote ?? "origin")
      return [
        .init(
          .repository, "shallow", .problem, "the clone is shallow: its history ends early",
          remedy: "git fetch --unshallow --tags \(remote); on GitHub Actions: fetch-depth: 0")
      ]
    }
    let promisors = workspace.settings.section("remote").filter { $0.key.name == "promisor" }
    guard let promisor = promisors.last else {
      return [.init(.repository, "history", .good, "the history is whole")]
    }
    let name = String(decoding: promisor.key.subsection ?? [], as: UTF8.self)
    return [
      .init(
        .repository, "partial", .warning, "the clone is partial: some objects are only on \(name)",
        remedy: "git fetch --refetch --no-filter \(ShellWord.quoted(name)), when one is missing")
    ]
  }
}
