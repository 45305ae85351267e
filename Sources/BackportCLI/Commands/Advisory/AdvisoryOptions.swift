import ArgumentParser
import Backport
import ReleaseModel

/// What people have to say of a flaw, and the forms in which it is said.
struct AdvisoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder for the files; else advisories.", valueName: "dir"),
    completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      "The forms, as a comma list: osv, markdown, announcement, github, cve, csaf. Else the first "
        + "three, github for a project there and cve where there is a CVE id.", valueName: "forms"))
  var format: [String] = []

  @Option(
    help: ArgumentHelp(
      "A CVE or GHSA id, or the project's own; repeatable.", valueName: "id"))
  var id: [String] = []

  @Option(
    help: ArgumentHelp("One line on the flaw; else the fix's own.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp("What it lets somebody do, in Markdown.", valueName: "text"))
  var impact: String?

  @Option(
    help: ArgumentHelp("What helps besides an update, in Markdown.", valueName: "text"))
  var workaround: String?

  @Option(
    help: ArgumentHelp(
      "A CVSS 3.1 or 4.0 vector, of which the score is worked out; repeatable.",
      valueName: "vector"))
  var cvss: [String] = []

  @Option(
    help: ArgumentHelp(
      "none, low, medium, high or critical, where no CVSS vector says it.", valueName: "level"))
  var severity: String?

  @Option(help: ArgumentHelp("A weakness such as CWE-400; repeatable.", valueName: "id"))
  var cwe: [String] = []

  @Option(
    help: ArgumentHelp(
      "Who is thanked: NAME[ <CONTACT>][:TYPE], or anonymous; repeatable. The type is reporter "
        + "unless given. The authors of the fix are named by themselves.", valueName: "who"))
  var credit: [String] = []

  @Option(
    help: ArgumentHelp(
      "A further address, [TYPE=]URL, with OSV's types; repeatable.", valueName: "url"))
  var reference: [String] = []

  @OptionGroup var truth: AdvisoryTruthOptions

  @Option(
    help: ArgumentHelp(
      "The repository's public address; else the upstream remote's.", valueName: "url"))
  var repository: String?

  @Option(
    help: ArgumentHelp("Who publishes it; else the project's maintainers.", valueName: "name"))
  var publisher: String?

  @Option(help: ArgumentHelp("An address of the publisher's own, for CSAF.", valueName: "url"))
  var namespace: String?

  @Option(help: ArgumentHelp("Where problems are reported.", valueName: "address"))
  var contact: String?

  @Option(
    name: .customLong("published"),
    help: ArgumentHelp("When it is published; else the day of the release.", valueName: "date"))
  var published: String?

  /// Puts what was said into a request.
  func fill(_ request: inout AdvisoryRequest) throws(BackportError) {
    request.folder = out.map(LocationOptions.absolute)
    request.ids = id
    request.title = title
    request.impact = impact
    request.workaround = workaround
    request.introduced = truth.introduced
    request.mainline = truth.mainline
    request.equivalents = truth.equivalent
    request.publisher = publisher
    request.namespace = namespace
    request.contact = contact
    request.formats = try formats
    for text in cvss { request.vectors.append(try Self.vector(text)) }
    for text in cwe {
      request.weaknesses += try Self.list(text, "--cwe", "a weakness is written CWE-NUMBER") {
        Weakness(parsing: $0)
      }
    }
    request.severity = try Self.value(
      severity, "--severity", "it is none, low, medium, high or critical",
      SeverityRating.init(parsing:))
    for text in credit {
      let found = AdvisoryCredit(parsing: text)
      guard let found else { throw BackportError(.usage, ["--credit"], detail: "there is no name") }
      request.credits.append(found)
    }
    for text in reference {
      guard let found = AdvisoryReference(parsing: text) else {
        throw BackportError(
          .usage, ["--reference \(text)"], detail: "it takes an https address, or TYPE=address")
      }
      request.references.append(found)
    }
    request.purl = try truth.package
    request.repository = try Self.value(
      repository, "--repository", "it takes an address that everybody can fetch from",
      WebRepository.init(remote:))
    request.date = try Self.value(
      published, "--published", "a date is written YYYY-MM-DD, a moment YYYY-MM-DDTHH:MMZ",
      Moment.init(parsing:))
  }

  private var formats: [AdvisoryFormat] {
    get throws(BackportError) {
      var formats: [AdvisoryFormat] = []
      for text in format {
        formats += try Self.list(
          text, "--format", "the forms are osv, markdown, announcement, github, cve and csaf"
        ) { AdvisoryFormat(rawValue: $0.lowercased()) }
      }
      return formats
    }
  }

  private static func vector(_ text: String) throws(BackportError) -> SeverityVector {
    do throws(SeverityVector.Objection) {
      return try SeverityVector(parsing: text)
    } catch {
      throw BackportError(.usage, ["--cvss \(text)"], detail: error.description)
    }
  }

  private static func list<Value>(
    _ text: String, _ option: String, _ detail: String, _ read: (String) -> Value?
  ) throws(BackportError) -> [Value] {
    var values: [Value] = []
    for word in text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) {
      guard let value = read(word) else {
        throw BackportError(.usage, ["\(option) \(word)"], detail: detail)
      }
      values.append(value)
    }
    return values
  }

  private static func value<Value>(
    _ text: String?, _ option: String, _ detail: String, _ read: (String) -> Value?
  ) throws(BackportError) -> Value? {
    guard let text else { return nil }
    guard let value = read(text) else {
      throw BackportError(.usage, ["\(option) \(text)"], detail: detail)
    }
    return value
  }
}
