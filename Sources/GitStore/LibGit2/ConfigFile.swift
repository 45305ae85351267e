import CLibgit2

/// One configuration file of a repository, without the user's and the system's.
struct ConfigFile {
  /// Where the file is; a missing one holds nothing.
  let path: String

  /// The value of a key as text; nil when the file or the key is missing.
  func text(_ key: String) -> String? {
    with { config in
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      guard git_config_get_string_buf(&buffer, config, key) == 0 else { return nil }
      return buffer.ptr.map { String(cString: $0) }
    }
  }

  /// The value of a key as a Boolean; nil when the file or the key is missing.
  func flag(_ key: String) -> Bool? {
    with { config in
      var value: Int32 = 0
      return git_config_get_bool(&value, config, key) == 0 ? value != 0 : nil
    }
  }

  private func with<Value>(_ body: (OpaquePointer) -> Value?) -> Value? {
    let handle = try? Handle<ConfigKind>("read configuration", path) {
      git_config_open_ondisk(&$0, path)
    }
    return handle?.with(body)
  }
}

extension Repository {
  /// A setting of the repository, the user or the system as text, as libgit2 read them at opening.
  ///
  /// For what decides on files that we write ourselves: `-c` settings of git are not known here.
  func setting(_ key: String) -> String? {
    handle.with { repository in
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      let config = try? Handle<ConfigKind>("read configuration") {
        git_repository_config_snapshot(&$0, repository)
      }
      guard let config else { return nil }
      let status = config.with { git_config_get_string_buf(&buffer, $0, key) }
      return status == 0 ? buffer.ptr.map { String(cString: $0) } : nil
    }
  }
}
