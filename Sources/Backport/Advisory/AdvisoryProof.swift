import GitStore
import ReleaseModel

/// Compares what an advisory says of versions and commits with git.
struct AdvisoryProof {
  let repository: Repository
  let versions: [TaggedVersion]
  let order: VersionOrder

  /// Where the statements on one package are wrong, in the order of the versions.
  func findings(of product: AdvisoryClaims.Product) throws(BackportError) -> [AdvisoryFinding] {
    try findings(product.findings(against: versions, in: order), of: product)
  }

  /// The same of a file of our own, where ranges have to be right without the list beside them too:
  /// who reads one of the two need not read the other.
  func strictFindings(
    of product: AdvisoryClaims.Product
  ) throws(BackportError) -> [AdvisoryFinding] {
    let found = try findings(of: product)
    guard let ranges = product.withoutList else { return found }
    return found + ranges.findings(against: versions, in: order)
  }

  private func findings(
    _ known: [AdvisoryFinding], of product: AdvisoryClaims.Product
  ) throws(BackportError) -> [AdvisoryFinding] {
    var findings = known
    let ranges = product.commits.compactMap(resolved)
    guard !ranges.isEmpty else { return findings }
    for version in versions {
      guard let commit = ObjectID(hex: version.commit) else { continue }
      var stated = false
      for range in ranges where !stated { stated = try range.contains(commit, in: repository) }
      if stated != version.isAffected {
        findings.append(AdvisoryFinding(version, in: .commits, stated: stated))
      }
    }
    return findings
  }

  /// The commits of ranges that this clone does not have, as they are written.
  func missing(of product: AdvisoryClaims.Product) -> [String] {
    product.commits.flatMap { $0.introduced + $0.fixed + $0.lastAffected }
      .filter { $0 != "0" && known($0) == nil }
  }

  private func known(_ text: String) -> ObjectID? {
    ObjectID(hex: text).flatMap { (try? repository.commit($0))?.id }
  }

  /// A range whose commits all are here; nil for one that cannot be judged.
  private func resolved(_ range: AdvisoryClaims.CommitRange) -> Range? {
    let starts = range.introduced.filter { $0 != "0" }
    let (introduced, fixed) = (starts.compactMap(known), range.fixed.compactMap(known))
    let last = range.lastAffected.compactMap(known)
    guard introduced.count == starts.count, fixed.count == range.fixed.count,
      last.count == range.lastAffected.count, !range.introduced.isEmpty
    else { return nil }
    return Range(
      introduced: introduced, isFromStart: range.introduced.contains("0"), fixed: fixed,
      lastAffected: last)
  }

  /// A range of commits by OSV's rule: a commit is after another when its history holds it.
  private struct Range {
    let introduced: [ObjectID]
    let isFromStart: Bool
    let fixed: [ObjectID]
    let lastAffected: [ObjectID]

    func contains(_ commit: ObjectID, in repository: Repository) throws(BackportError) -> Bool {
      try store { () throws(GitError) in
        var isAffected = isFromStart
        for start in introduced where !isAffected {
          isAffected = try repository.isAncestor(start, of: commit)
        }
        guard isAffected else { return false }
        for end in fixed where try repository.isAncestor(end, of: commit) { return false }
        for last in lastAffected where last != commit {
          if try repository.isAncestor(last, of: commit) { return false }
        }
        return true
      }
    }
  }
}
