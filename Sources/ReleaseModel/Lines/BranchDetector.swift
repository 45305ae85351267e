/// Finds the branch of each release line.
///
/// Names only make candidates; whether the newest tag is in the history of a branch decides.
public struct BranchDetector: Sendable {
  /// How to name a branch that has to be made.
  public enum Creation: Hashable, Sendable {
    /// As the branches there are, else `{line}.x`.
    case detected
    /// As this text says, with the numbers in place of `{line}`.
    case template(String)
    /// Not at all: only the tag stays.
    case never

    /// The value of `branches.create`: `none`, or a text with `{line}`; nil without one.
    public init?(parsing text: String) {
      if text == "none" {
        self = .never
      } else {
        guard text.split(separator: "{line}", omittingEmptySubsequences: false).count == 2 else {
          return nil
        }
        self = .template(text)
      }
    }
  }

  let inventory: LineInventory
  let references: BranchReferences
  let trunk: BranchReference?
  let explicit: [LineName: String]
  let hinted: Set<String>
  let creation: Creation

  /// A detector over these branches.
  ///
  /// - Parameters:
  ///   - inventory: All lines of the package.
  ///   - local: Names of local branches.
  ///   - remote: Names of the branches of the upstream remote, without its name.
  ///   - trunk: The default branch.
  ///   - explicit: Branches that are configured for a line.
  ///   - hinted: Names that another tool's configuration lists; preferred among equals.
  ///   - creation: How to name new branches.
  public init(
    inventory: LineInventory, local: [String], remote: [String] = [], trunk: BranchReference?,
    explicit: [LineName: String] = [:], hinted: Set<String> = [], creation: Creation = .detected
  ) {
    self.inventory = inventory
    references = BranchReferences(local: local, remote: remote, owner: inventory.branchOwner)
    self.trunk = trunk
    self.explicit = explicit
    self.hinted = hinted
    self.creation = creation
  }

  /// The branches of these lines, in their order.
  ///
  /// `isAncestor` tells whether the tag, or its first parent, is in the history of the branch. It is
  /// asked only for branches whose names fit, and once for each pair.
  public func branches(
    of lines: [ReleaseLine], isAncestor: (_ tagName: String, _ branch: BranchReference) -> Bool
  ) -> [LineBranch] {
    withoutActuallyEscaping(isAncestor) { isAncestor in
      var search = BranchSearch(detector: self, isAncestor: isAncestor)
      return lines.map { search.branch(of: $0) }
    }
  }
}

/// The branches there are, by name and by number.
struct BranchReferences: Sendable {
  /// A branch whose name fits the package.
  struct Candidate: Hashable {
    var pattern: BranchPattern
    var claim: BranchOwner.Claim
  }

  let local: Set<String>
  let remote: Set<String>
  let candidates: [[VersionNumber]: [Candidate]]
  private let folders: Set<String>

  init(local: [String], remote: [String], owner: BranchOwner) {
    self.local = Set(local)
    self.remote = Set(remote)
    let names = self.local.union(remote).sorted()
    let found = names.compactMap { name -> Candidate? in
      guard let pattern = BranchPattern(parsing: name), let claim = owner.claim(on: pattern) else {
        return nil
      }
      return Candidate(pattern: pattern, claim: claim)
    }
    candidates = Dictionary(grouping: found, by: \.pattern.numbers)
    folders = Set(names.flatMap(Self.folders))
  }

  /// The branch of this name, the local one first.
  func references(named name: String) -> [BranchReference] {
    (local.contains(name) ? [.local(name)] : []) + (remote.contains(name) ? [.remote(name)] : [])
  }

  /// Whether git could make a branch of this name: `release` and `release/1.0` exclude each other.
  func isFree(_ name: String) -> Bool {
    ([name] + Self.folders(name)).allSatisfy { !local.contains($0) && !remote.contains($0) }
      && !folders.contains(name)
  }

  private static func folders(_ name: String) -> [String] {
    let bytes = Array(name.utf8)
    guard bytes.count <= TagPattern.longestName else { return [] }
    return bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }
      .map { String(decoding: bytes[..<$0], as: UTF8.self) }
  }
}
