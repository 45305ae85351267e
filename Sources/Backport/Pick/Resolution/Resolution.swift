/// A path that was settled by a rule where a plain merge conflicts, or puts a line where it is wrong.
public struct Resolution: Hashable, Sendable {
  /// The rules that may settle something without a person.
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// Lines that the fix adds to a changelog go to the line's own newest section.
    case changelogPlacement = "changelog-placement"
    /// A changelog or document that the line does not have is left out.
    case absentFile = "absent-file"
    /// The pick that a newer line has is picked in place of the trunk's commit.
    case cascade
    /// A person resolved the same lines so before, and git's rr-cache remembers it.
    case recorded = "recorded-resolution"
    /// A person resolved this very pick.
    case byHand = "by-hand"

    /// How often the rule gave what people made by hand, on real conflicts (picking.md).
    public var trust: String {
      switch self {
      case .changelogPlacement: "right in 98 % of 108 real conflicts, wording apart"
      case .absentFile: "right for every changelog and document of 52 real conflicts"
      case .cascade: "right in 92 % of 88 real conflicts"
      case .recorded: "made by a person for the same lines elsewhere"
      case .byHand: "made by a person"
      }
    }
  }

  /// The path on the target, in bytes; empty when the rule settled the whole pick.
  public var path: [UInt8]
  /// The rule.
  public var method: Method
  /// What was done, for people.
  public var detail: String

  /// Describes a settlement.
  public init(path: [UInt8], method: Method, detail: String) {
    self.path = path
    self.method = method
    self.detail = detail
  }

  /// The path for display, with bytes that are not UTF-8 repaired.
  public var displayPath: String { String(decoding: path, as: UTF8.self) }
}
