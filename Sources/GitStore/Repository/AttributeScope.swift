/// The attribute files that are in force in one folder of a tree: its own and those above it.
public final class AttributeScope: Sendable {
  /// Tells scopes of one ``AttributeScopes`` apart; 0 is a folder without any file.
  public let number: Int
  private let outer: AttributeScope?
  /// The path of the folder, with a slash at its end unless it is the topmost.
  private let prefix: [UInt8]
  private let rules: AttributeRules
  private let isTooLarge: Bool

  /// No attribute file at all.
  public static let outermost = AttributeScope(
    number: 0, outer: nil, folder: [], rules: AttributeRules([], definesMacros: false))

  init(
    number: Int, outer: AttributeScope?, folder: [UInt8], rules: AttributeRules,
    isTooLarge: Bool = false
  ) {
    self.number = number
    self.outer = outer
    prefix = folder.isEmpty ? [] : folder + [UInt8(ascii: "/")]
    self.rules = rules
    self.isTooLarge = isTooLarge
  }

  /// The attribute files could not be evaluated within their bounds.
  public struct TooComplex: Error, Equatable, Sendable {}

  /// The steps that one look-up may take; real files need a few thousand.
  private static let stepLimit = 5_000_000

  /// The value of an attribute for a file below the folder; nil when nothing is said of it.
  ///
  /// Deeper files win over outer ones and later lines over earlier ones, and macros count where
  /// they are set, as in git. `binary` is built in.
  public func value(
    of attribute: String, for path: [UInt8]
  ) throws(TooComplex) -> AttributeRules.Value? {
    if number == 0 { return nil }
    var chain: [AttributeScope] = []
    var next: AttributeScope? = self
    while let scope = next {
      if scope.isTooLarge { throw TooComplex() }
      chain.append(scope)
      next = scope.outer
    }
    var values: [String: AttributeRules.Value] = [:]
    let nameStart = path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    var steps = 0
    for scope in chain {
      guard path.starts(with: scope.prefix) else { continue }
      let relative = path[scope.prefix.count...]
      for rule in scope.rules.rules.reversed() {
        steps += 1 + rule.pattern.cost * relative.count
        if steps > AttributeScope.stepLimit { throw TooComplex() }
        guard rule.pattern.matches(relative, name: path[nameStart...]) else { continue }
        AttributeScope.fill(&values, with: rule.assignments, macros: chain)
        if let value = values[attribute] { return value }
      }
    }
    return nil
  }

  /// Gives values to what has none yet, last assignment first, opening macros on the way.
  private static func fill(
    _ values: inout [String: AttributeRules.Value], with assignments: [AttributeRules.Assignment],
    macros chain: [AttributeScope]
  ) {
    var waiting = assignments
    while let assignment = waiting.popLast() {
      guard values[assignment.name] == nil else { continue }
      values[assignment.name] = assignment.value
      guard assignment.value == .set else { continue }
      if let macro = chain.lazy.compactMap({ $0.rules.macros[assignment.name] }).first {
        waiting += macro
      } else if assignment.name == "binary" {
        waiting += ["diff", "merge", "text"].map { .init(name: $0, value: .unset) }
      }
    }
  }
}

/// Reads the attribute files of trees; each is read once.
public final class AttributeScopes {
  /// The name of attribute files.
  public static let fileName = Array(".gitattributes".utf8)

  private struct Key: Hashable {
    let outer: Int
    let folder: [UInt8]
    let file: ObjectID
  }

  private let repository: Repository
  private var scopes: [Key: AttributeScope] = [:]

  /// Reads from a repository.
  public init(repository: Repository) { self.repository = repository }

  /// The scope of a folder, from that of the folder around it and its own attribute file.
  ///
  /// Only an ordinary file counts; git does not follow a link here either.
  public func scope(
    inside outer: AttributeScope, folder: [UInt8], file: TreeNode?
  ) throws(GitError) -> AttributeScope {
    guard let file, file.mode.isFile else { return outer }
    let key = Key(outer: outer.number, folder: folder, file: file.id)
    if let known = scopes[key] { return known }
    let isTooLarge = try repository.size(of: file.id) > AttributeRules.sizeLimit
    let rules = AttributeRules(
      isTooLarge ? [] : try repository.blob(file.id), definesMacros: folder.isEmpty)
    let scope = AttributeScope(
      number: scopes.count + 1, outer: outer.number == 0 ? nil : outer, folder: folder,
      rules: rules, isTooLarge: isTooLarge)
    scopes[key] = scope
    return scope
  }

  /// The scope of a path in a tree, read along the path's folders.
  public func scope(of path: [UInt8], in tree: ObjectID) throws(GitError) -> AttributeScope {
    var scope = AttributeScope.outermost
    var folder: [UInt8] = []
    var id = tree
    var components = path.split(separator: UInt8(ascii: "/"))[...]
    while true {
      let next = components.popFirst().map { Array($0) } ?? []
      let found = try repository.folder(id).nodes(named: [AttributeScopes.fileName, next])
      scope = try self.scope(inside: scope, folder: folder, file: found[0])
      guard !components.isEmpty, let below = found[1], below.mode.isTree else { return scope }
      id = below.id
      folder += folder.isEmpty ? next : [UInt8(ascii: "/")] + next
    }
  }
}
