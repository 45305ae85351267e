/// One entry of a new changelog section.
struct ReleaseEntry: Equatable, Sendable {
  /// The text, ids included, in one paragraph.
  var text: String
  /// The kind of change; nil takes the configured one.
  var category: String?
  /// Who made the change, as `Name <mail>`.
  var author: String?
  /// The part of the project that it belongs to, for files that sort entries so.
  var component: String?
}
