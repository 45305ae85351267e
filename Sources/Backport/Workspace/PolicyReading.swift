import GitStore
public import ReleaseModel

/// The policy of a project before it is asked about lines.
struct PolicyReading {
  /// The policy; of a SECURITY.md, what it says as far as it was understood.
  let policy: SupportPolicy
  /// The document it was read from, when that is a SECURITY.md.
  var document: SecurityReading?
  /// Published dates that the policy names.
  var dates: LifecycleDates?
  /// What was noticed on the way.
  var warnings: [Warning] = []
}

extension Workspace {
  private static let securityPaths = [
    "SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md", "SECURITY.rst", "docs/SECURITY.rst",
    "SECURITY", "SECURITY.txt", "security.md", ".github/security.md",
  ]

  /// The policy: of `.gitbackport`, else of SECURITY.md, else the usual assumption.
  func policyReading() throws(BackportError) -> PolicyReading {
    let tree = try store { () throws(GitError) in try repository.commit(trunk.tip).tree }
    if !project.policy.isEmpty {
      do {
        let policy = try SupportPolicy(settings: project.policy, source: ".gitbackport")
        return PolicyReading(policy: policy, dates: try dates(of: policy, in: tree))
      } catch let error as PolicySettingError {
        throw BackportError(
          .configuration,
          [error.setting.origin?.file ?? ".gitbackport", "policy.\(error.setting.key)"],
          detail: "\(error)")
      } catch let error as BackportError {
        throw error
      } catch {
        throw BackportError(.configuration, [".gitbackport", "policy"], detail: "\(error)")
      }
    }
    for path in Workspace.securityPaths {
      let bytes = try store { () throws(GitError) in try repository.file(at: path, in: tree) }
      guard let bytes else { continue }
      let reading = SecurityReading(bytes)
      guard let policy = reading.policy(source: path) else { continue }
      return PolicyReading(policy: policy, document: reading)
    }
    return PolicyReading(policy: .assumed)
  }

  /// The file of dates that a policy names, read from the trunk.
  private func dates(
    of policy: SupportPolicy, in tree: ObjectID
  ) throws(BackportError) -> LifecycleDates? {
    guard let path = policy.datesPath else { return nil }
    let bytes = try store { () throws(GitError) in try repository.file(at: path, in: tree) }
    guard let bytes else {
      throw BackportError(
        .configuration, [".gitbackport", "policy.dates"], detail: "\(path) is not on the trunk")
    }
    let json = try DocumentCoding.decode(JSONTree.self, from: bytes, named: path)
    do {
      return try LifecycleDates(json, source: path)
    } catch {
      throw BackportError(
        .configuration, [path, "policy.dates"], detail: "it is in none of the known forms")
    }
  }
}

extension PolicyReading {
  /// What the policy says of each line.
  func coverage(
    of inventory: LineInventory, _ facts: PolicyFacts
  ) -> (coverage: Coverage, warnings: [Warning]) {
    guard let document else {
      let coverage = Coverage(of: inventory, under: policy, facts: facts)
      return (coverage, coverage.warnings.map { Warning($0.code.rawValue, $0.message) })
    }
    let resolution = document.resolution(of: inventory, facts: facts, source: policy.source)
    let warnings = resolution.warnings.map { Warning($0.code.rawValue, $0.message) }
    guard let coverage = resolution.coverage else {
      let assumed = Coverage(of: inventory, under: .assumed, facts: facts)
      return (assumed, warnings + assumed.warnings.map { Warning($0.code.rawValue, $0.message) })
    }
    return (coverage, warnings + coverage.warnings.map { Warning($0.code.rawValue, $0.message) })
  }
}

extension JSONTree: Decodable {
  /// Reads any JSON document.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let members = try? container.decode([String: JSONTree].self) {
      self = .object(members)
    } else if let elements = try? container.decode([JSONTree].self) {
      self = .array(elements)
    } else if let flag = try? container.decode(Bool.self) {
      self = .boolean(flag)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let number = try? container.decode(Int.self) {
      self = .number(String(number))
    } else {
      self = .number(String(try container.decode(Double.self)))
    }
  }
}
