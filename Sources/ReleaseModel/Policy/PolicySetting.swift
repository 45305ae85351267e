/// One key of the `[policy]` section with one of its values.
public struct PolicySetting: Sendable, Hashable {
  /// The key without its section; case does not matter.
  public var key: String
  /// The value.
  public var value: String
  /// Where it stands, when known.
  public var origin: RuleOrigin?

  /// The key with the value.
  public init(_ key: String, _ value: String, origin: RuleOrigin? = nil) {
    self.key = key
    self.value = value
    self.origin = origin
  }

  /// The keys there are.
  public static let keys = ["preset", "lines", "release-on", "support", "lts", "dates"]
}

/// Why a setting of a policy is wrong.
public struct PolicySettingError: Error, Sendable, Hashable {
  /// What is wrong with it.
  public enum Problem: Sendable, Hashable {
    /// There is no such key.
    case unknownKey
    /// The value is none of these.
    case badValue(expected: [String])
    /// The sentence cannot be read.
    case sentence(PolicySentenceError)
  }

  /// The setting as it was given.
  public let setting: PolicySetting
  /// What is wrong with it.
  public let problem: Problem
  /// The nearest key, value or sentence that is right.
  public let nearest: String?
}

extension PolicySettingError: CustomStringConvertible {
  /// One line: the key, what is wrong and the nearest that is right.
  public var description: String {
    let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
    switch problem {
    case .unknownKey:
      return "unknown key policy.\(setting.key)\(hint)"
    case .badValue(let expected):
      let wanted = PolicySentenceError.list(expected)
      return "policy.\(setting.key): expected \(wanted), found \"\(setting.value)\"\(hint)"
    case .sentence(let error):
      return "policy.\(setting.key): \(error)"
    }
  }
}

extension PolicySettingError {
  /// Several lines: what is wrong, then the sentence with carets under the wrong word.
  public var explanation: String {
    guard case .sentence(let error) = problem else { return description }
    let key = "  \(setting.key) = "
    let indent = String(repeating: " ", count: key.count)
    return "\(description)\n\(key)\(error.text)\n\(indent)\(error.caretLine)"
  }
}
