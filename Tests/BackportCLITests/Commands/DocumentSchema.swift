import Foundation
import TestSupport
import Testing

/// Checks documents against the schemas that ship with the project, with Debian's
/// python3-jsonschema.
enum DocumentSchema {
  /// The folder of the schemas in the sources.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/BackportCLI/Schemas")

  private static let script = """
    import json, sys, jsonschema
    schema = json.load(open(sys.argv[1]))
    kind = jsonschema.Draft202012Validator
    kind.check_schema(schema)
    document = json.load(sys.stdin)
    part = sys.argv[2]
    if part:
        schema = {**schema["$defs"][part], "$defs": schema["$defs"]}
    problems = sorted(kind(schema).iter_errors(document), key=str)
    for problem in problems:
        print("/".join(map(str, problem.path)), problem.message[:400])
    sys.exit(1 if problems else 0)
    """

  /// Fails the test at the caller's line when a text is not one whole document of that schema.
  static func expect(
    _ text: String, is name: String, failed: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let file = folder.appendingPathComponent("\(name)-1.schema.json").path
    do {
      let environment = ProcessInfo.processInfo.environment
      let result = try ChildProcess.run(
        ChildProcess.find("python3", in: environment),
        ["-c", script, file, failed ? "failure" : "document"], environment: environment,
        directory: "/", input: [UInt8](text.utf8))
      if result.status != 0 {
        Issue.record(
          "\(name): \(result.outputText)\(result.errorText)\n\(text.prefix(2000))",
          sourceLocation: sourceLocation)
      }
    } catch {
      Issue.record(error, sourceLocation: sourceLocation)
    }
  }

  /// A value of a document, by path; nil where it has none.
  static func value(_ text: String, _ path: String...) -> Any? {
    var value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
    for key in path {
      if let index = Int(key), let array = value as? [Any], array.indices.contains(index) {
        value = array[index]
      } else {
        value = (value as? [String: Any])?[key]
      }
    }
    return value
  }
}
