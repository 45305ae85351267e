import GitStore

/// How the contents of a file are merged, by the target's attributes.
enum MergeDriver: Hashable {
  /// Line by line.
  case text
  /// Line by line, taking both sides where they differ.
  case union
  /// Not at all.
  case binary
  /// By a program that git's configuration may name.
  case program(String)
  /// Unknown: the attributes could not be read within their bounds.
  case unknown

  /// What the attributes in force say of a path.
  init(for path: [UInt8], in scope: AttributeScope) {
    do throws(AttributeScope.TooComplex) {
      self =
        switch try scope.value(of: "merge", for: path) {
        case nil, .set, .unspecified: .text
        case .unset: .binary
        case .text("text"): .text
        case .text("union"): .union
        case .text("binary"): .binary
        case .text(let name): .program(name)
        }
    } catch {
      self = .unknown
    }
  }
}
