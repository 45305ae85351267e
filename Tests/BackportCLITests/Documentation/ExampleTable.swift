/// What the examples of the documents need to be run, and how they end.
///
/// All of them are about the repository of `Scripts/demo`, with a remote. Blocks are named by their
/// first command.
enum ExampleTable {
  private static let landed = "git backport apply de0f8c5 --yes -q\n"
  /// A project on GitHub, by its address; nothing is asked there.
  private static let published =
    landed + "git remote set-url origin https://github.com/example/teapot\n"
  private static let advisory =
    published + """
      git backport advisory write --introduced d067ff2 --format github --out . -q
      mv *-github.json GHSA-2f3g-4h5j-6m7p.json

      """
  private static let table = """
    printf '# Security\\n\\n<!-- supported-versions -->\\n' >SECURITY.md
    printf '| Version | Supported |\\n| --- | --- |\\n| 1.1.x | yes |\\n| 0.9.x | yes |\\n' \
      >>SECURITY.md
    printf '<!-- /supported-versions -->\\n' >>SECURITY.md
    git add SECURITY.md
    git commit -q -m 'Say which versions get fixes'

    """
  /// SECURITY.md says it alone.
  private static let policy = "git rm -q .gitbackport\n" + table
  /// The line 0.9 has another kettle, and somebody takes the fix's side in the editor.
  private static let conflict = """
    git checkout -q 0.9
    sed 's/heat(water)/boil(water)/' teapot.py >new.py
    mv new.py teapot.py
    git commit -q -a -m 'Boil'
    git checkout -q main
    git push -q origin 0.9
    git config merge.tool hand
    git config mergetool.hand.cmd 'cp "$REMOTE" "$MERGED"'
    git config mergetool.hand.trustExitCode true
    git config mergetool.prompt false
    git backport apply de0f8c5 --yes -q || test $? = 1

    """

  /// What is done before a block, by a shell in the repository.
  static let given: [String: String] = [
    "cd .git/backport/worktrees/0.9": conflict,
    "git backport init ": policy,
    "git backport policy import": policy,
    "git backport policy table --write": table,
    "git backport case ready": """
    git backport case open --title 'Unbounded pressure' --reporter 'Ada Reporter' -q
    git backport case ack TEAPOT-SA-2026-0001 -q
    git backport case assign TEAPOT-SA-2026-0001 -q
    git backport case confirm TEAPOT-SA-2026-0001 --introduced d067ff2 --detect -q

    """,
    "git backport advisory write": advisory,
    "git backport advisory check": advisory,
    "git backport audit ": landed,
    "git backport changelog add": "printf '{\\n  \"version\": \"1.1.0\"\\n}\\n' >package.json\n",
    "git-backport ci ": """
    printf '[ci]\\n\\twindow = 50 years\\n' >>.gitbackport
    git commit -q -a -m 'Look far back'

    """,
    "git backport apply de0f8c5 --use": """
    git checkout -q -b my-patch 0.9
    printf 'raise Overpressure\\n' >>teapot.py
    git commit -q -a -m 'Stop, the old way'
    git checkout -q main

    """,
    "git backport release 1.1 0.9": "git backport apply de0f8c5 --no-release --yes -q\n",
  ]

  /// Blocks that are a list and no session: each command runs for itself.
  static let lists: Set<String> = ["git backport init "]

  /// What is added to a command.
  static let additions: [String: String] = [
    // The day on which the text was taken.
    "git backport de0f8c5": " --as-of 2026-01-12",
    "git backport apply de0f8c5 --yes -q": " --as-of 2026-01-12",
  ]

  /// How commands end that do not end with 0.
  static let statuses: [String: Int32] = [
    "git backport case ready": 5,  // it shows what is missing
    "git-backport ci ": 1,  // the fix is owed
  ]

  /// Commands that are not run here, with the reason; what they name has to be there.
  static let untried: [String: String] = [
    "Scripts/demo": "it builds the release binary; Scripts/test runs it",
    "Scripts/test": "it runs this test",
    "Scripts/bench picks": "it measures for minutes",
    "Scripts/bench start": "it needs the clone of a real project",
  ]

  /// What the words in capitals stand for in the running text.
  static let placeholders: [String: String] = [
    "FIX": "de0f8c5", "REV": "v1.0.0", "COMMIT": "0dc78d4", "REMOTE": "origin", "<name>": "origin",
    "OPERATION": "$(git backport log --json | grep -o '[0-9A-Z]\\{26\\}' | head -n 1)",
  ]
}
