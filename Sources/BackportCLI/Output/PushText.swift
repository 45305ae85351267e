import Backport

/// What a push would send.
struct PushPreviewText {
  let preview: PushPreview
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    page.labelled("operation", StyledText(preview.operation))
    page.labelled("to", "\(preview.remote), \(preview.address)")
    page.labelled(
      "commits",
      preview.commitCount == 1
        ? "1 becomes visible there" : "\(preview.commitCount) become visible there")
    let names = preview.groups.flatMap(\.self).map { "\($0.ref)" } + preview.present.map { "\($0)" }
    let width = names.map(\.count).max() ?? 0
    for (index, group) in preview.groups.enumerated() {
      let label = preview.groups.count == 1 ? "push" : "push \(index + 1)"
      page.labelledRows(
        label,
        group.map { update in
          StyledText("\(update.ref)").padded(to: width + 2)
            + MoveText.text(old: update.old.map(ShortID.init), new: ShortID(update.new))
        })
    }
    page.labelledRows(
      "there",
      preview.present.map { ref in
        StyledText("\(ref)").padded(to: width + 2) + StyledText("already there", .faint)
      })
    return page.text
  }
}

/// What came of a push.
struct PushText {
  let preview: PushPreview
  let document: OperationDocument
  let style: TextStyle

  func outcome(isRehearsal: Bool) -> String {
    var page = TextPage(style)
    let sent = preview.groups.flatMap(\.self)
    let counts = RefCounts.text(sent.map { "\($0.ref)" })
    if isRehearsal {
      page.line(
        sent.isEmpty ? "nothing to push: \(preview.remote) has all of it" : "nothing was pushed")
      return page.text
    }
    if document.error != nil {
      page.line(StyledText("not finished", .caution) + ": operation \(preview.operation)")
    } else if sent.isEmpty {
      page.line("nothing to push: \(preview.remote) has all of operation \(preview.operation)")
    } else {
      page.line(
        StyledText("pushed", .good)
          + ": operation \(preview.operation), \(counts) to \(preview.remote)")
    }
    if document.state != .pushed {
      for push in document.pushed where push.remote == preview.remote {
        page.line(
          "group \(push.group) is there: \(push.refs.map { "\($0)".shortRef }.joined(separator: " "))",
          indent: 2, hanging: 2)
      }
    }
    return page.text
  }
}

/// `2 branches and 1 tag`.
enum RefCounts {
  static func text(_ names: [String]) -> String {
    let tags = names.count { $0.hasPrefix("refs/tags/") }
    let branches = names.count - tags
    let parts = [
      branches == 0 ? nil : branches == 1 ? "1 branch" : "\(branches) branches",
      tags == 0 ? nil : tags == 1 ? "1 tag" : "\(tags) tags",
    ]
    return parts.compactMap(\.self).joined(separator: " and ")
  }
}
