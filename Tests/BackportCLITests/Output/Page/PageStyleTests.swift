import Foundation
import TestSupport
import Testing

@testable import BackportCLI

@Suite("The style of pages")
struct PageStyleTests {
  private static let css = "\(PageStyle.css)"

  @Test("is let in by its hash")
  func hash() throws {
    let environment = ProcessInfo.processInfo.environment
    let script =
      "import base64,hashlib,sys;"
      + "print(base64.b64encode(hashlib.sha256(sys.stdin.buffer.read()).digest()).decode(),end='')"
    let result = try ChildProcess.run(
      ChildProcess.find("python3", in: environment), ["-c", script], environment: environment,
      directory: "/", input: [UInt8](Self.css.utf8))
    #expect(result.outputText == PageStyle.hash)
  }

  /// The colours by name, of light pages or of dark ones.
  private static func colors(dark: Bool) -> [String: Double] {
    let scope = css.split(separator: "prefers-color-scheme:dark")[dark ? 1 : 0]
    let block = scope.prefix { $0 != "}" }
    var colors: [String: Double] = [:]
    for match in block.matches(of: /--([a-z-]+):#([0-9a-f]{6}|[0-9a-f]{3})\b/) {
      var digits = String(match.output.2)
      if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
      colors[String(match.output.1)] = luminance(digits)
    }
    return colors
  }

  /// The relative luminance of WCAG 2.
  private static func luminance(_ digits: String) -> Double {
    let value = Int(digits, radix: 16) ?? 0
    let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  @Test("keeps a contrast of 4.5 between text and what it stands on", arguments: [false, true])
  func contrast(dark: Bool) throws {
    let colors = Self.colors(dark: dark)
    let pairs = [
      ("text", "bg"), ("text", "panel"), ("muted", "bg"), ("muted", "panel"), ("accent", "bg"),
      ("good", "good-bg"), ("bad", "bad-bg"), ("caution", "caution-bg"), ("good", "bg"),
      ("bad", "bg"), ("caution", "bg"),
    ]
    for (text, ground) in pairs {
      let one = try #require(colors[text], "\(text)")
      let other = try #require(colors[ground], "\(ground)")
      let ratio = (max(one, other) + 0.05) / (min(one, other) + 0.05)
      #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
    }
  }
}
