import Foundation
import TestSupport
import Testing

/// Pages in a real browser; Chromium is installed by `Scripts/test --all` alone.
@Suite(
  "Pages in Chromium",
  .enabled(if: ProcessInfo.processInfo.environment["GIT_BACKPORT_ALL"] != nil))
struct ChromiumPageTests {
  /// Measures a page of this folder at several widths, and whether anything moved its title.
  private static let gauge = """
    <!DOCTYPE html><title>gauge</title><body><script>
    const widths = [390, 1100];
    let left = widths.length;
    for (const width of widths) {
      const frame = document.createElement("iframe");
      frame.style.cssText = `width:${width}px;height:900px`;
      frame.onload = () => {
        const page = frame.contentDocument;
        const style = frame.contentWindow.getComputedStyle(page.body);
        const shown = [...page.querySelectorAll("svg")].filter(svg => svg.checkVisibility());
        const line = [width, page.documentElement.scrollWidth, style.marginTop, shown.length,
          shown[0]?.getAttribute("class"), page.title, page.scripts.length].join("|");
        document.body.appendChild(document.createElement("p")).textContent = line;
        if (--left == 0) document.title = "done";
      };
      frame.src = "page.html";
      document.body.appendChild(frame);
    }
    </script>
    """

  private func chromium(_ arguments: [String], _ repository: TestRepository) throws -> ProcessResult
  {
    let environment = ProcessInfo.processInfo.environment
    return try ChildProcess.run(
      ChildProcess.find("chromium", in: environment),
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--allow-file-access-from-files", "--enable-logging=stderr",
        "--user-data-dir=" + repository.environment.root + "/chromium",
        "--virtual-time-budget=5000",
      ] + arguments, environment: environment, directory: repository.environment.root)
  }

  @Test("are styled, fit a phone and a desk, run nothing, and print whole")
  func page() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit(
        "Ride <script>document.title='owned'</script>\" onload=\"x", on: "1.1",
        files: ["ride": "ride\n"])
      builder.commit(
        "Derive in one step", on: "0.7",
        files: ["keyring/derive.py": "def derive(password, rounds):\n    return mix(password)\n"])
    }
    let folder = repository.environment.root
    let run = try ProgramRun(
      "plan", repository.id(history.merge), "--to", "+0.7", "--html", folder + "/page.html",
      in: repository)
    #expect(run.status == 1, "\(run.errors)")
    try repository.environment.write(Self.gauge, to: "gauge.html")
    let measured = try chromium(["--dump-dom", "file://\(folder)/gauge.html"], repository)
    let lines = measured.outputText.matches(of: /<p>([^<]*)<\/p>/).map { String($0.output.1) }
    #expect(lines.count == 2, "\(measured.errorText)")
    for line in lines {
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 7, let width = Int(parts[0]), let needed = Int(parts[1]) else {
        Issue.record("\(line)")
        continue
      }
      #expect(needed <= width, "\(line)")
      #expect(parts[2] == "0px", "the style sheet is not let in: \(line)")
      #expect(parts[3] == "1")
      #expect(parts[4] == (width < 700 ? "timeline narrow" : "timeline wide"))
      #expect(parts[5].hasPrefix("Backport of "))
      #expect(parts[6] == "0")
    }
    #expect(!measured.errorText.contains("Content Security Policy"), "\(measured.errorText)")
    let pdf = folder + "/page.pdf"
    _ = try chromium(
      ["--print-to-pdf=" + pdf, "--no-pdf-header-footer", "file://\(folder)/page.html"], repository)
    let text = try ChildProcess.run(
      ChildProcess.find("pdftotext", in: ProcessInfo.processInfo.environment),
      ["-layout", pdf, "-"], environment: ProcessInfo.processInfo.environment, directory: folder)
    for words in ["Release lines over time", "<<<<<<< ours", "if rounds > 100000:", "0.7"] {
      #expect(text.outputText.contains(words), "\(words) is not printed")
    }
  }
}
