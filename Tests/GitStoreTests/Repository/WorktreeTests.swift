import Foundation
import GitStore
import TestSupport
import Testing

@Suite struct WorktreeTests {
  private func repository(bare: Bool = false) throws -> TestRepository {
    var history = RepositoryBuilder()
    for number in 1...4 { history.commit("\(number)", files: ["a": "\(number)\n"]) }
    let side = history.commit("side", on: "side", files: ["b": "1\n"], parents: nil)
    history.branch("other", at: side)
    return try history.write(bare: bare)
  }

  private func uses(_ directory: String) throws -> [String] {
    try Repository(gitDirectory: directory).worktreeUses
      .map { "\($0.branch.branchName ?? "") \($0.activity.rawValue) \($0.path)" }
  }

  @Test func `the main worktree and linked ones are seen from each of them`() throws {
    let repository = try repository()
    let linked = repository.environment.root + "/linked"
    repository.git("worktree", "add", "-q", linked, "side")
    repository.git("worktree", "add", "-q", "--detach", linked + "-detached", "main")
    let expected = ["main checked out \(repository.directory)", "side checked out \(linked)"]
    for directory in ["", "/worktrees/linked", "/worktrees/linked-detached"] {
      #expect(try uses(repository.gitDirectory + directory) == expected)
    }
  }

  @Test func `a bare repository's HEAD is no worktree, but its linked ones are`() throws {
    let repository = try repository(bare: true)
    #expect(try uses(repository.gitDirectory) == [])
    let linked = repository.environment.root + "/linked"
    repository.git("worktree", "add", "-q", linked, "side")
    for directory in ["", "/worktrees/linked"] {
      #expect(try uses(repository.gitDirectory + directory) == ["side checked out \(linked)"])
    }
  }

  @Test func `a bare repository named .git is not taken for a worktree from a linked one`() throws {
    let repository = try repository(bare: true)
    let (root, git) = (repository.environment.root, repository.git)
    git("clone", "-q", "--bare", repository.directory, root + "/project/.git")
    git("--git-dir=\(root)/project/.git", "worktree", "add", "-q", root + "/project/side", "side")
    for directory in ["", "/worktrees/side"] {
      let found = try uses(root + "/project/.git" + directory)
      #expect(found == ["side checked out \(root)/project/side"])
    }
  }

  @Test func `a working tree elsewhere is seen from a linked worktree`() throws {
    let repository = try repository()
    let (root, git) = (repository.environment.root, repository.git)
    git("init", "-q", "--separate-git-dir", root + "/elsewhere", repository.directory)
    git("config", "core.worktree", repository.directory)
    git("worktree", "add", "-q", root + "/linked", "side")
    let expected = ["main checked out \(repository.directory)", "side checked out \(root)/linked"]
    for directory in ["", "/worktrees/linked"] {
      #expect(try uses(root + "/elsewhere" + directory) == expected)
    }
  }

  @Test func `a branch that is being rebased is in use`() throws {
    let repository = try repository()
    let editor = ["GIT_SEQUENCE_EDITOR": "sed -i -e '1s/^pick/edit/'"]
    repository.git("rebase", "-q", "-i", "--no-autosquash", "HEAD~2", environment: editor)
    #expect(try repository.open().head == .detached(repository.objectID("HEAD")))
    #expect(try uses(repository.gitDirectory) == ["main being rebased \(repository.directory)"])
  }

  @Test func `branches that a rebase will update are in use`() throws {
    let repository = try repository()
    repository.git("branch", "middle", "HEAD~1")
    let editor = ["GIT_SEQUENCE_EDITOR": "sed -i -e '1s/^pick/edit/'"]
    repository.git(
      "rebase", "-q", "-i", "--update-refs", "--no-autosquash", "HEAD~2", environment: editor)
    let found = try Set(uses(repository.gitDirectory))
    #expect(found.contains("main being rebased \(repository.directory)"))
    #expect(found.contains("middle being rebased \(repository.directory)"))
  }

  @Test func `a branch that is being bisected in a linked worktree is in use`() throws {
    let repository = try repository()
    let linked = repository.environment.root + "/linked"
    repository.git("worktree", "add", "-q", "-b", "topic", linked, "main")
    repository.git("-C", linked, "bisect", "start", "main", "main~3")
    let found = try uses(repository.gitDirectory)
    #expect(
      found == ["main checked out \(repository.directory)", "topic being bisected \(linked)"])
  }

  @Test func `a rebase of a detached HEAD uses no branch`() throws {
    let repository = try repository()
    repository.git("checkout", "-q", "--detach")
    let editor = ["GIT_SEQUENCE_EDITOR": "sed -i -e '1s/^pick/edit/'"]
    repository.git("rebase", "-q", "-i", "--no-autosquash", "HEAD~2", environment: editor)
    #expect(try uses(repository.gitDirectory) == [])
  }

  @Test func `a relative link to a worktree is followed`() throws {
    let repository = try repository()
    let linked = repository.environment.root + "/linked"
    repository.git("worktree", "add", "-q", linked, "side")
    try repository.writeControl("../../../../linked/.git\n", to: "worktrees/linked/gitdir")
    let found = try uses(repository.gitDirectory)
    #expect(found.contains("side checked out \(linked)"))
  }

  @Test func `the last fetch is the date of its file`() throws {
    let repository = try repository()
    #expect(try repository.open().lastFetch == nil)
    try repository.shell("touch -d @1700000000 repository/.git/FETCH_HEAD")
    #expect(try repository.open().lastFetch == 1_700_000_000)
  }
}
