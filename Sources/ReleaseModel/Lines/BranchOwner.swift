/// Tells by the package in the name of a branch whether it can belong to the chosen package.
struct BranchOwner: Hashable {
  /// How surely a branch belongs to the package.
  enum Claim {
    case own
    case nameless
    case stranger
  }

  var names: Set<String?>
  var others: Set<String?>
  var repositoryName: String?
  /// Whether a branch without a package may be this one's.
  var takesNameless: Bool

  /// The claim of the package on this branch; nil for none.
  ///
  /// A word that is no package may be anything, as in `rust-1.99.0` of Cargo, but not with a slash
  /// or before a single number: those are people's branches and `fix-3508`.
  func claim(on branch: BranchPattern) -> Claim? {
    guard let package = branch.package else { return takesNameless ? .nameless : nil }
    if names.contains(package) { return .own }
    if takesNameless, PackageChoice.isSame(package, repositoryName) { return .own }
    guard takesNameless, !others.contains(package), !branch.isInFolder,
      !package.utf8.contains(UInt8(ascii: "/")),
      branch.numbers.count > 1 || branch.hasWildcard
    else { return nil }
    return .stranger
  }
}
