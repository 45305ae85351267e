import Foundation
import TestSupport
import Testing

/// Markdown as cmark-gfm, GitHub's own renderer, makes HTML of it.
struct RenderedMarkdown {
  /// The HTML, with the raw HTML of the source in it.
  let html: String

  /// Renders a text with all of GitHub's extensions.
  init(_ markdown: String) throws {
    let environment = ProcessInfo.processInfo.environment
    let result = try ChildProcess.run(
      ChildProcess.find("cmark-gfm", in: environment),
      [
        "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist",
        "-e", "footnotes", "-t", "html",
      ], environment: environment, directory: "/", input: [UInt8](markdown.utf8))
    html = result.outputText
  }

  /// The names of the elements that occur.
  var elements: Set<String> {
    Set(html.matches(of: /<([A-Za-z][A-Za-z0-9]*)/).map { String($0.output.1).lowercased() })
  }

  /// The stretches of text between tags, outside of code, with entities resolved: where a forge
  /// looks for mentions and references.
  var textNodes: [String] {
    html.replacing(/<(code|pre)[^>]*>(.|\n)*?<\/(code|pre)>/, with: "<x>")
      .split(separator: /<[^>]*>/).map { Self.resolved(String($0)) }
  }

  /// All of the text, as it is read.
  var text: String { Self.resolved(html.replacing(/<[^>]*>/, with: "")) }

  private static func resolved(_ text: String) -> String {
    text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
  }
}
