import GitStore

/// Looks which hooks would run.
struct HookChecks {
  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  var findings: [DoctorDocument.Finding] {
    let choice = HookChoice(workspace)
    if let folder = choice.ignoredFolder {
      return [
        .init(
          .hooks, "hooks", .warning,
          "core.hooksPath leads into the working tree; its hooks are not run",
          remedy: "git config --global core.hooksPath \(ShellWord.quoted(folder)), if it is trusted"
        )
      ]
    }
    let path = workspace.settings.string("core.hookspath")
    let directory = path ?? workspace.repository.commonDirectory + "/hooks"
    let names = Repository.hooks(in: directory).filter {
      ["reference-transaction", "pre-push"].contains($0)
    }
    guard !names.isEmpty else {
      return [.init(.hooks, "hooks", .good, "no hook has a say in a landing or a push")]
    }
    return names.map { name in
      .init(
        .hooks, name, .note,
        "hook \(name) in \(directory) runs "
          + (name == "pre-push" ? "before each push" : "when references move"))
    }
  }
}

/// Looks at what takes time or memory.
struct BudgetChecks {
  private static let manyReferences = 100_000

  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  var findings: [DoctorDocument.Finding] {
    let count = workspace.repository.references(under: "refs/").count
    guard count > Self.manyReferences else {
      return [.init(.budgets, "references", .good, "\(count) references")]
    }
    return [
      .init(
        .budgets, "references", .warning, "\(count) references, which every run reads",
        remedy: "git pack-refs --all")
    ]
  }
}
