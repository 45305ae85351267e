/// The environment of a child git: the caller's, without what would make git act elsewhere.
package enum GitEnvironment {
  /// Variables that name a repository or change what git sees in it.
  ///
  /// These are `git rev-parse --local-env-vars` of git 2.28 to 2.52, plus those that change refs,
  /// attributes and path matching. `GIT_CONFIG_PARAMETERS` and `GIT_CONFIG_COUNT` are in git's
  /// list but stay: they hold what the user said with `git -c name=value`.
  private static let local: Set<String> = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_ATTR_SOURCE", "GIT_COMMON_DIR", "GIT_CONFIG",
    "GIT_DIR", "GIT_EXTERNAL_DIFF", "GIT_GLOB_PATHSPECS", "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE", "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
  ]

  /// Dates that only reflogs would get from here; git stops, with references half moved, at one that
  /// it cannot read.
  private static let dates: Set<String> = ["GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"]

  /// No prompts, no pager, no editor, no optional writes, messages in English.
  private static let fixed: [String: String] = [
    "GIT_EDITOR": "false",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
  ]

  /// The child's variables.
  ///
  /// `LANGUAGE` goes because it outranks `LC_ALL` in gettext unless that is exactly `C`; traces go
  /// because they print object contents and credentials.
  package static func scrubbed(
    _ environment: [String: String], for location: GitLocation
  ) -> [String: String] {
    var result = environment.filter { name, _ in
      !local.contains(name) && !name.hasPrefix("GIT_TRACE") && name != "GIT_CURL_VERBOSE"
        && name != "LANGUAGE" && !dates.contains(name)
    }
    result.merge(fixed) { $1 }
    if case .repository(let gitDirectory, let common, _) = location {
      result["GIT_DIR"] = gitDirectory
      result["GIT_COMMON_DIR"] = common
    }
    return result
  }
}
