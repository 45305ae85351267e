import GitStore

/// Looks whether what a landing writes can be written.
struct RoomChecks {
  /// What a landing needs at most besides its own objects.
  private static let neededBytes: UInt64 = 16 << 20
  private static let neededFiles: UInt64 = 1000

  private let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  var findings: [DoctorDocument.Finding] {
    var findings = [room].compactMap(\.self)
    for path in workspace.repository.unwritableDirectories {
      findings.append(
        .init(
          .room, "writable", .problem, "\(path) cannot be written to",
          remedy: "chmod u+rwx \(ShellWord.quoted(path)), or ask its owner"))
    }
    if let shared = workspace.settings.string("core.sharedrepository"),
      !["false", "umask", "0"].contains(shared.lowercased())
    {
      findings.append(
        .init(
          .room, "shared", .note,
          "core.sharedRepository is \(shared); records of operations stay private to their owner"))
    }
    return findings
  }

  private var room: DoctorDocument.Finding? {
    guard let room = workspace.repository.freeRoom else { return nil }
    let megabytes = room.bytes >> 20
    if room.bytes < Self.neededBytes {
      return .init(
        .room, "space", .problem, "only \(megabytes) MB are free for objects",
        remedy: "make room for at least \(Self.neededBytes >> 20) MB")
    }
    if let files = room.files, files < Self.neededFiles {
      return .init(
        .room, "space", .problem, "only \(files) files can still be made",
        remedy: "remove files; a landing makes a few dozen")
    }
    return .init(.room, "space", .good, "\(megabytes) MB are free")
  }
}
