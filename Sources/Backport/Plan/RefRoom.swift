import GitStore

/// Tells whether a reference can be made or moved beside the ones there are.
struct RefRoom {
  let repository: Repository

  /// Why a reference cannot be made or moved; nil when it can.
  ///
  /// git follows a symbolic branch and moves another one; and where `release` is a branch, no
  /// `release/1.0` can be, nor the other way round. Both would end the whole transaction.
  func objection(to name: RefName, isNew: Bool) -> String? {
    switch repository.reference(name)?.value {
    case .symbolic(let target):
      return
        "\(name.shorthand) only stands for \(target.shorthand); name that branch in .gitbackport"
    case .broken: return "\(name.shorthand) cannot be read"
    case .direct where isNew: return "\(name.shorthand) exists already"
    case .direct: return nil
    case nil: break
    }
    do {
      try name.validateForCreation()
    } catch {
      return "'\(name.shorthand)' is not a name that should be made"
    }
    if let other = neighbour(of: name) {
      return
        "\(name.shorthand) cannot be made beside \(other.shorthand): git keeps one of them as a "
        + "folder"
    }
    return nil
  }

  /// A reference that is a folder of the name, or for which the name is a folder.
  private func neighbour(of name: RefName) -> RefName? {
    let text = Array(name.description.utf8)
    for (index, byte) in text.enumerated() where byte == UInt8(ascii: "/") {
      let parent = RefName(String(decoding: text[..<index], as: UTF8.self))
      if let parent, repository.reference(parent) != nil { return parent }
    }
    return repository.references(under: name.description + "/").first?.name
  }
}
