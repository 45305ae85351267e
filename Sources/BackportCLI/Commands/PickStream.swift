import Backport

/// `pick --stdin`: one pick for each line of input, answers in the order of the lines.
///
/// A line is answered once its commits are stored. As long as more lines wait, their objects are
/// gathered into one pack; whoever waits for an answer before the next line gets it at once.
struct PickStream {
  /// The longest line that is read, in bytes: room for 10,000 fixes by full id.
  private static let lineLimit = 1 << 20
  /// The answers, in bytes, after which they are printed although more lines wait.
  private static let answerLimit = 1 << 20

  private let session: PickSession
  private let run: Run
  private var input = LineReader(.input, limit: PickStream.lineLimit)
  private var answers: [UInt8] = []
  private var notes = ""
  private var needsPerson = false

  init(_ session: PickSession, _ run: Run) {
    self.session = session
    self.run = run
  }

  /// Answers every line; the status says whether any of them needs a person.
  consuming func answerLines() throws(BackportError) -> ExitStatus {
    var number = 0
    while let line = try input.next() {
      number += 1
      let document = answer(line)
      needsPerson = needsPerson || document.tip == nil
      if run.output.json {
        answers += TextEscape.document(try DocumentCoding.encodeLine(document))
      } else {
        tell(document, number: number)
      }
      if session.isFull || answers.count > PickStream.answerLimit || !input.hasMore {
        try flush()
      }
    }
    try flush()
    return needsPerson ? .needsPerson : .done
  }

  private mutating func flush() throws(BackportError) {
    try session.store()
    try Terminal.send(answers, to: .output)
    Terminal.note(notes)
    answers = []
    notes = ""
  }

  private func answer(_ line: LineReader.Line) -> PickDocument {
    let error: BackportError
    switch line {
    case .tooLong:
      error = BackportError(
        .usage, ["a line"], detail: "it is longer than \(PickStream.lineLimit) bytes")
    case .bytes(let bytes):
      let words = bytes.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
        .map { String(decoding: $0, as: UTF8.self) }
      guard words.count > 1, let onto = words.first else {
        error = BackportError(
          .usage, ["a line"], detail: "it is not <onto> <fix> [<fix> ...]")
        break
      }
      do {
        return try session.pick(Array(words.dropFirst()), onto: onto)
      } catch {
        return PickDocument(
          error: ErrorText(error.error).document, onto: error.onto, fixes: error.fixes)
      }
    }
    return PickDocument(error: ErrorText(error).document)
  }

  private mutating func tell(_ document: PickDocument, number: Int) {
    answers += (document.tip.map { "\($0)" } ?? document.status.rawValue).utf8
    answers.append(UInt8(ascii: "\n"))
    for line in PickText.conflicts(of: document).split(separator: "\n") {
      notes += "line \(number): \(line)\n"
    }
    if let error = document.error {
      notes += "line \(number): error: \(TextEscape.line(error.message))\n"
    }
  }
}
