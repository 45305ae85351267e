import GitStore
import ReleaseModel

/// What the configuration of another backporting tool tells of branches.
///
/// See `targetBranchChoices` and `branchLabelMapping` of https://github.com/sorenlouv/backport.
struct BackportrcHints {
  /// The branches that it lists.
  let branches: Set<String>
  /// How branches are named, with `{line}`; nil when it does not tell.
  let template: String?
  /// The patterns of labels that were not understood.
  let unread: [String]

  init(_ workspace: Workspace) throws(BackportError) {
    let path = ".backportrc.json"
    guard let bytes = try workspace.trunkFile(at: path), bytes.count < 1 << 20,
      case .object(let members)? = try? DocumentCoding.decode(
        JSONTree.self, from: bytes, named: path)
    else {
      (branches, template, unread) = ([], nil, [])
      return
    }
    var names: Set<String> = []
    for key in ["targetBranchChoices", "targetBranches"] {
      guard case .array(let choices)? = members[key] else { continue }
      for choice in choices {
        if case .string(let name) = choice { names.insert(name) }
        if case .object(let parts) = choice, case .string(let name)? = parts["name"] {
          names.insert(name)
        }
      }
    }
    branches = names
    var templates: [String] = []
    var unread: [String] = []
    if case .object(let mapping)? = members["branchLabelMapping"] {
      for (label, branch) in mapping.sorted(by: { $0.key < $1.key }) {
        guard case .string(let text) = branch, text.contains("$") else { continue }
        if let template = BackportrcHints.template(of: text) {
          templates.append(template)
        } else {
          unread.append(label)
        }
      }
    }
    template = templates.count == 1 ? templates[0] : nil
    self.unread = unread
  }

  /// `release-{line}` of `release-$1.$2` or `release-$1`; nil where groups stand otherwise.
  static func template(of text: String) -> String? {
    let template = text.replacing("$1.$2.$3", with: "{line}").replacing("$1.$2", with: "{line}")
      .replacing("$1", with: "{line}")
    guard !template.contains("$"), BranchDetector.Creation(parsing: template) != nil,
      RefName.branch(template.replacing("{line}", with: "1")) != nil
    else { return nil }
    return template
  }
}
