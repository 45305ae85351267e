/// What an embargo forbids.
enum EmbargoRules {
  /// Refuses to show an embargoed operation to everyone.
  static func check(
    _ operation: Operation, mayGoTo remote: PushRemote
  ) throws(BackportError) {
    guard operation.state == .embargoed, remote.visibility == .everyone else { return }
    throw BackportError(.embargoed, [operation.id, remote.name])
  }
}
