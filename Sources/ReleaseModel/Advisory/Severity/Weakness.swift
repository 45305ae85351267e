/// A kind of mistake, by its number in the Common Weakness Enumeration.
public struct Weakness: Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let number: Int

  /// The weakness that the text names: `CWE-400` in any case, or `400`; nil when it names none.
  public init?(parsing text: String) {
    let upper = text.uppercased()
    let digits = upper.hasPrefix("CWE-") ? upper.dropFirst(4) : upper[...]
    guard digits.utf8.count <= 5, digits.utf8.allSatisfy(\.isASCIIDigit),
      let number = Int(digits), number > 0
    else { return nil }
    self.number = number
  }

  /// The id, such as `CWE-400`.
  public var description: String { "CWE-\(number)" }

  /// The name in CWE 4; nil for one that is not in the list kept here.
  public var name: String? { Self.names[number] }

  /// The id with its name.
  var title: String { name.map { "\(self) \($0)" } ?? description }

  /// The names of the weaknesses that advisories state most, as on <https://cwe.mitre.org>.
  private static let names: [Int: String] = [
    20: "Improper Input Validation",
    22: "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')",
    59: "Improper Link Resolution Before File Access ('Link Following')",
    74:
      "Improper Neutralization of Special Elements in Output Used by a Downstream Component ('Injection')",
    77: "Improper Neutralization of Special Elements used in a Command ('Command Injection')",
    78:
      "Improper Neutralization of Special Elements used in an OS Command ('OS Command Injection')",
    79: "Improper Neutralization of Input During Web Page Generation ('Cross-site Scripting')",
    88: "Improper Neutralization of Argument Delimiters in a Command ('Argument Injection')",
    89: "Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
    93: "Improper Neutralization of CRLF Sequences ('CRLF Injection')",
    94: "Improper Control of Generation of Code ('Code Injection')",
    113:
      "Improper Neutralization of CRLF Sequences in HTTP Headers ('HTTP Request/Response Splitting')",
    119: "Improper Restriction of Operations within the Bounds of a Memory Buffer",
    120: "Buffer Copy without Checking Size of Input ('Classic Buffer Overflow')",
    121: "Stack-based Buffer Overflow",
    122: "Heap-based Buffer Overflow",
    125: "Out-of-bounds Read",
    129: "Improper Validation of Array Index",
    131: "Incorrect Calculation of Buffer Size",
    176: "Improper Handling of Unicode Encoding",
    178: "Improper Handling of Case Sensitivity",
    184: "Incomplete List of Disallowed Inputs",
    190: "Integer Overflow or Wraparound",
    191: "Integer Underflow (Wrap or Wraparound)",
    200: "Exposure of Sensitive Information to an Unauthorized Actor",
    203: "Observable Discrepancy",
    208: "Observable Timing Discrepancy",
    209: "Generation of Error Message Containing Sensitive Information",
    250: "Execution with Unnecessary Privileges",
    269: "Improper Privilege Management",
    276: "Incorrect Default Permissions",
    284: "Improper Access Control",
    285: "Improper Authorization",
    287: "Improper Authentication",
    290: "Authentication Bypass by Spoofing",
    295: "Improper Certificate Validation",
    306: "Missing Authentication for Critical Function",
    307: "Improper Restriction of Excessive Authentication Attempts",
    311: "Missing Encryption of Sensitive Data",
    312: "Cleartext Storage of Sensitive Information",
    319: "Cleartext Transmission of Sensitive Information",
    326: "Inadequate Encryption Strength",
    327: "Use of a Broken or Risky Cryptographic Algorithm",
    330: "Use of Insufficiently Random Values",
    345: "Insufficient Verification of Data Authenticity",
    347: "Improper Verification of Cryptographic Signature",
    352: "Cross-Site Request Forgery (CSRF)",
    362:
      "Concurrent Execution using Shared Resource with Improper Synchronization ('Race Condition')",
    367: "Time-of-check Time-of-use (TOCTOU) Race Condition",
    384: "Session Fixation",
    400: "Uncontrolled Resource Consumption",
    401: "Missing Release of Memory after Effective Lifetime",
    407: "Inefficient Algorithmic Complexity",
    409: "Improper Handling of Highly Compressed Data (Data Amplification)",
    415: "Double Free",
    416: "Use After Free",
    426: "Untrusted Search Path",
    427: "Uncontrolled Search Path Element",
    434: "Unrestricted Upload of File with Dangerous Type",
    436: "Interpretation Conflict",
    444:
      "Inconsistent Interpretation of HTTP Requests ('HTTP Request/Response Smuggling')",
    476: "NULL Pointer Dereference",
    502: "Deserialization of Untrusted Data",
    521: "Weak Password Requirements",
    522: "Insufficiently Protected Credentials",
    532: "Insertion of Sensitive Information into Log File",
    601: "URL Redirection to Untrusted Site ('Open Redirect')",
    611: "Improper Restriction of XML External Entity Reference",
    613: "Insufficient Session Expiration",
    617: "Reachable Assertion",
    639: "Authorization Bypass Through User-Controlled Key",
    665: "Improper Initialization",
    674: "Uncontrolled Recursion",
    703: "Improper Check or Handling of Exceptional Conditions",
    732: "Incorrect Permission Assignment for Critical Resource",
    754: "Improper Check for Unusual or Exceptional Conditions",
    770: "Allocation of Resources Without Limits or Throttling",
    776:
      "Improper Restriction of Recursive Entity References in DTDs ('XML Entity Expansion')",
    787: "Out-of-bounds Write",
    798: "Use of Hard-coded Credentials",
    829: "Inclusion of Functionality from Untrusted Control Sphere",
    834: "Excessive Iteration",
    835: "Loop with Unreachable Exit Condition ('Infinite Loop')",
    862: "Missing Authorization",
    863: "Incorrect Authorization",
    908: "Use of Uninitialized Resource",
    909: "Missing Initialization of Resource",
    915: "Improperly Controlled Modification of Dynamically-Determined Object Attributes",
    917:
      "Improper Neutralization of Special Elements used in an Expression Language Statement ('Expression Language Injection')",
    918: "Server-Side Request Forgery (SSRF)",
    942: "Permissive Cross-domain Policy with Untrusted Domains",
    1188: "Initialization of a Resource with an Insecure Default",
    1321:
      "Improperly Controlled Modification of Object Prototype Attributes ('Prototype Pollution')",
    1333: "Inefficient Regular Expression Complexity",
  ]
}
