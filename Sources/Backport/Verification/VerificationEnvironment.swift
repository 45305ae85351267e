import GitStore

/// The variables of a command that tries a planned tree.
///
/// Only known ones go through: a build machine's environment is full of tokens, and of files by which a
/// test could speak to the machine in our name.
struct VerificationEnvironment {
  /// The variable by which all that is started for a line of a run is known: the run's name, a dot and
  /// the line's number.
  static let mark = "GIT_BACKPORT_VERIFICATION"

  /// What a person has set for every program, and where compilers and interpreters look.
  private static let passed: Set<String> = [
    "ANDROID_HOME", "ANDROID_SDK_ROOT", "CARGO_HOME", "CC", "CCACHE_DIR", "CFLAGS", "CI",
    "COLORTERM", "COMPOSER_HOME", "CONDA_PREFIX", "CPATH", "CPPFLAGS", "CXX", "CXXFLAGS",
    "DEVELOPER_DIR", "DOTNET_ROOT", "ERL_LIBS", "GEM_HOME", "GEM_PATH", "GOCACHE", "GOFLAGS",
    "GOMODCACHE", "GOPATH", "GOROOT", "GOTOOLCHAIN", "GRADLE_USER_HOME", "HEX_HOME", "HOME",
    "JAVA_HOME", "LANG", "LANGUAGE", "LDFLAGS", "LD_LIBRARY_PATH", "LIBRARY_PATH", "LOGNAME",
    "M2_HOME", "MAKEFLAGS", "MANPATH", "MAVEN_OPTS", "MIX_HOME", "NODE_PATH", "NO_COLOR",
    "NO_PROXY", "NPM_CONFIG_CACHE", "NVM_DIR", "PATH", "PERL5LIB", "PIP_CACHE_DIR",
    "PKG_CONFIG_PATH", "PNPM_HOME", "PYENV_ROOT", "PYTHONPATH", "RBENV_ROOT", "RUSTFLAGS",
    "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "SDKROOT", "SHELL", "SOURCE_DATE_EPOCH", "SSL_CERT_DIR",
    "SSL_CERT_FILE", "TERM", "TZ", "USER", "VIRTUAL_ENV", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
    "XDG_DATA_HOME", "XDG_STATE_HOME", "no_proxy",
  ]
  /// Proxies, which may carry a password and go through without one only.
  private static let proxies: Set<String> = [
    "ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "http_proxy", "https_proxy",
  ]

  private let common: [String: String]
  private let run: String

  /// Takes what goes through; `more` are names that the user lets through as well, but for git's own.
  init(_ environment: [String: String], more: [String], run: String) {
    let named = Set(more)
    let common = environment.filter { name, value in
      if name.hasPrefix("GIT_") { return false }
      if named.contains(name) || name.hasPrefix("LC_") { return true }
      if VerificationEnvironment.proxies.contains(name) { return !value.contains("@") }
      return VerificationEnvironment.passed.contains(name)
    }
    self.common = common
    self.run = run
  }

  /// The variables for a line; `temporary` is a folder of its own, `number` no other line has.
  func variables(for target: Target, number: Int, temporary: String) -> [String: String] {
    var variables = common
    variables[VerificationEnvironment.mark] = "\(run).\(number)"
    variables["TMPDIR"] = temporary
    variables["GIT_BACKPORT_LINE"] = target.line
    variables["GIT_BACKPORT_PACKAGE"] = target.package
    variables["GIT_BACKPORT_BRANCH"] = target.branch
    variables["GIT_BACKPORT_BASE"] = target.base?.description
    variables["GIT_BACKPORT_VERSION"] = target.release?.version
    variables["GIT_BACKPORT_TAG"] = target.release?.tag
    return variables
  }
}
