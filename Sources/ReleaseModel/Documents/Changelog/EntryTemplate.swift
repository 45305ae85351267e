/// Fills the placeholders of a configured template.
///
/// `{version}`, `{previous}`, `{date}`, `{date:FORMAT}` with `%Y %m %d %-d %B %b %A %a`,
/// `{category}`, `{text}`, `{text_without_cve}`, `{cve}`, `{cve_lower}`, `{author}`,
/// `{component}`; anything else in braces stays as it is.
struct EntryTemplate {
  let job: ChangelogJob
  let text: EntryText
  let category: [UInt8]

  /// The lines of the template with the placeholders filled.
  func lines(_ template: String) -> [[UInt8]] {
    template.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { fill($0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0) }
  }

  private func fill(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = line.startIndex
    while let open = line[index...].firstIndex(of: UInt8(ascii: "{")) {
      result += line[index..<open]
      let rest = line[(open + 1)...]
      let name = rest.prefix { $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "{") }
      guard rest.dropFirst(name.count).first == UInt8(ascii: "}"), let value = value(of: name)
      else {
        result.append(line[open])
        index = open + 1
        continue
      }
      result += value
      index = name.endIndex + 1
    }
    return result + line[index...]
  }

  private func value(of name: ArraySlice<UInt8>) -> [UInt8]? {
    switch String(decoding: name, as: UTF8.self) {
    case "version": job.version.description.bytes
    case "previous": job.previous?.description.bytes ?? []
    case "date": StrftimeFormat.render("%Y-%m-%d".bytes[...], job.date)
    case "category": category
    case "text": text.flat
    case "text_without_cve": text.withoutCVE
    case "cve": text.cve
    case "cve_lower": text.cve.map(\.lowercasedASCII)
    case "author": AuthorName.name(of: job.author)
    case "component": EntryText(job.component ?? "").flat
    default: name.begins("date:") ? StrftimeFormat.render(name.dropFirst(5), job.date) : nil
    }
  }
}

/// The name in `Name <mail>`.
enum AuthorName {
  static func name(of author: String?) -> [UInt8] {
    let text = EntryText(author ?? "").flat
    let name = text.prefix { $0 != UInt8(ascii: "<") }.trimmed
    return Array(name)
  }
}

/// Dates by the format characters of strftime that changelogs need.
enum StrftimeFormat {
  static func render(_ format: ArraySlice<UInt8>, _ date: CalendarDate) -> [UInt8] {
    var result: [UInt8] = []
    var rest = format
    while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
      result += rest[..<percent]
      rest = rest[(percent + 1)...]
      let known = fields.first { rest.begins($0.key) }
      guard let known else {
        result.append(UInt8(ascii: "%"))
        continue
      }
      rest = rest.dropFirst(known.key.utf8.count)
      result += DateStyle(fields: [known.field]).render(date)
    }
    return result + rest
  }

  private static let fields: [(key: String, field: DateStyle.Field)] = [
    ("Y", .year), ("m", .month(.zero)), ("-m", .month(.none)), ("d", .day(.zero)),
    ("-d", .day(.none)), ("e", .day(.space)), ("B", .monthName(.full, .capitalized)),
    ("b", .monthName(.short, .capitalized)), ("A", .weekday(.full, .capitalized)),
    ("a", .weekday(.short, .capitalized)), ("%", .literal([UInt8(ascii: "%")])),
  ]
}
