import GitStore
import TestSupport

extension GitProgram {
  /// The machine's git in a hermetic environment.
  init(_ environment: HermeticEnvironment, _ overrides: [String: String] = [:]) throws {
    try self.init(environment: environment.adding(overrides))
  }

  /// A shell script that stands in for git; PATH of the rest stays.
  init(script: String, in environment: HermeticEnvironment) throws {
    try environment.write("#!/bin/sh\n" + script, to: "fake/git", executable: true)
    let path = environment.root + "/fake:" + (environment.variables["PATH"] ?? "")
    try self.init(environment: environment.adding(["PATH": path]))
  }
}

extension TestRepository {
  /// The repository as a place for child gits.
  var location: GitLocation {
    .repository(gitDirectory, workTree: directory == gitDirectory ? nil : directory)
  }
}
