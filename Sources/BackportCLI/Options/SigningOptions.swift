import ArgumentParser
import Backport

/// Whether commits and tags are signed, and with which key.
struct SigningOptions: ParsableArguments {
  @Flag(
    name: [.customShort("S"), .customLong("gpg-sign")],
    help: "Sign commits and tags; -S<key> and --gpg-sign=<key> name the key.")
  var sign = false

  @Option(
    name: .customLong("gpg-sign-key"),
    help: ArgumentHelp("The same with a key.", valueName: "key", visibility: .hidden))
  var key: String?

  @Flag(
    name: .customLong("no-gpg-sign"), help: "Sign nothing, whatever git's configuration says.")
  var noSign = false

  mutating func validate() throws {
    if noSign, sign || key != nil {
      throw ValidationError("-S and --no-gpg-sign exclude each other")
    }
  }

  /// What these options say, as a plan keeps it.
  func fill(_ options: inout PlanOptions) {
    options.signing = noSign ? false : sign || key != nil ? true : nil
    options.signingKey = key
  }
}
