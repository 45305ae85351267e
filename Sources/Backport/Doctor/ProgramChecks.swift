import GitStore

/// Looks at the libraries in use.
enum ProgramChecks {
  /// Whether libgit2 is one whose known holes are closed.
  ///
  /// 1.9.7 closes CVE-2026-53585, CVE-2026-53586 and CVE-2026-5917; Debian closed them in its 1.5.1,
  /// whose number tells nothing of it.
  static func libgit2() -> [DoctorDocument.Finding] {
    let version = Repository.libraryVersion
    let numbers = version.split(separator: ".").compactMap { Int($0) }
    guard numbers.count == 3 else { return [] }
    let isFixed = !numbers.lexicographicallyPrecedes([1, 9, 7])
    if isFixed { return [.init(.programs, "libgit2", .good, "libgit2 \(version)")] }
    return [
      .init(
        .programs, "libgit2", .note,
        "libgit2 \(version); what is known against it is mended in 1.9.7 and in Debian's "
          + "1.5.1+ds-1+deb12u2",
        remedy: "apt-get install --only-upgrade libgit2-1.5, on Debian 12")
    ]
  }
}
