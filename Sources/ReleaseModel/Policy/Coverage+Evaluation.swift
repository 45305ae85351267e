extension Coverage {
  /// Asks a policy about every line.
  ///
  /// Dates are asked for only where a rule hangs on them. Costs O(rules × releases) at most.
  public init(of inventory: LineInventory, under policy: SupportPolicy, facts: PolicyFacts) {
    let history = PolicyHistory(inventory)
    var builder = VerdictBuilder(RuleEvaluator(policy, history: history, facts: facts))
    var verdicts = builder.verdicts()
    var listing = Listing(builder.evaluator)
    listing.supportNewerLines(&verdicts)
    var warnings = policy.isAssumed ? [Self.assumption] : []
    warnings += policy.conflicts
    warnings += listing.emptyRules()
    warnings += listing.unlistedLines()
    warnings += listing.missingFacts(verdicts)
    self.init(policy: policy, asOf: facts.asOf, verdicts: verdicts, warnings: warnings)
  }

  private static let assumption = PolicyFinding(
    .assumedPolicy,
    "no support policy is declared: only the newest line is taken as supported; "
      + "declare it with support = … in the [policy] section of .gitbackport")
}
