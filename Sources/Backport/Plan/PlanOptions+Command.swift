extension PlanOptions {
  /// The command line by which one line is landed with the same options, quoted for a shell.
  func command(onlyFor line: String) -> String {
    lines.isEmpty
      ? "git backport apply \(arguments(onlyFor: line))"
      : "git backport release \(arguments(onlyFor: line))"
  }

  /// The arguments by which a command line says the same about one line, quoted for a shell.
  ///
  /// What chose the targets is left out: the line is named.
  func arguments(onlyFor line: String) -> String {
    var words = lines.isEmpty ? fix + ["--to", line] : [line]
    func add(_ flag: String, _ value: String?) {
      if let value { words += [flag, value] }
    }
    func addAll(_ flag: String, _ values: [String]) {
      for value in values { words += [flag, value] }
    }
    add("-m", mainline.map(String.init))
    addAll("--fixed", fixed.filter { $0.hasPrefix(line + "=") })
    addAll("--use", use.filter { $0.hasPrefix(line + "=") })
    addAll("--introduced", introduced)
    add("--base", base)
    if !provenance { words.append("--no-x") }
    if signOff { words.append("--signoff") }
    if signing == false { words.append("--no-gpg-sign") }
    if signing == true { words.append("-S" + (signingKey ?? "")) }
    if !release { words.append("--no-release") }
    if !changelog { words.append("--no-changelog") }
    if !versionFiles { words.append("--no-version-files") }
    addAll("--version-file", versionFileChoices)
    if !forwardPort { words.append("--no-forward-port") }
    switch releaseOn {
    case "trunk": words.append("--release-on-trunk")
    case "branch": words.append("--release-on-branch")
    default: break
    }
    if let topic { words.append("--topic=\(topic)") }
    add("--entry", entry)
    addAll("--id", ids)
    add("--package", package)
    add("--case", `case`)
    if offTrunk { words.append("--off-trunk") }
    if landTrunk == true { words.append("--land-trunk") }
    if embargo { words.append("--embargo") }
    add("--not-before", notBefore)
    add("--upstream-remote", upstreamRemote)
    add("--config", config)
    return words.map(ShellWord.quoted).joined(separator: " ")
  }
}
