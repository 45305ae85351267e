#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folder `objects/pack` of a repository.
struct PackDirectory {
  /// The folder, without a slash at its end.
  let path: String
  let permissions: SharedPermissions
  /// Whether a pack outlives a power cut from the moment it is put there.
  let isDurable: Bool

  /// Puts a pack and its index there, the index last, so that nobody sees half of it.
  ///
  /// The names while writing are git's, which its own clean-up knows.
  func install(_ pack: Pack) throws(FileError) {
    try create()
    let packFile = try write(pack.bytes, temporary: "tmp_pack_")
    do throws(FileError) {
      let indexFile = try write(pack.index.bytes, temporary: "tmp_idx_")
      do throws(FileError) {
        try move(packFile, to: "pack-\(pack.name).pack")
        try move(indexFile, to: "pack-\(pack.name).idx")
      } catch {
        unlink(indexFile)
        throw error
      }
    } catch {
      unlink(packFile)
      throw error
    }
    if isDurable { try DurableDirectory(path: path).flush() }
  }

  private func create() throws(FileError) {
    if FileSystem.kind(of: path) == .directory { return }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw FileError("make directory", path)
    }
    try permissions.adjust(path, isDirectory: true)
  }

  /// Writes a file under a name of its own, and gives its path.
  private func write(_ bytes: [UInt8], temporary prefix: String) throws(FileError) -> String {
    var random = SystemRandomNumberGenerator()
    let name = path + "/" + prefix + String(random.next(), radix: 36)
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
    guard descriptor >= 0 else { throw FileError("create", name) }
    do throws(FileError) {
      defer { close(descriptor) }
      try FileSystem.write(bytes, to: descriptor, named: name)
      if isDurable, fsync(descriptor) != 0 { throw FileError("flush", name) }
      try permissions.adjust(name, isDirectory: false)
    } catch {
      unlink(name)
      throw error
    }
    return name
  }

  private func move(_ file: String, to name: String) throws(FileError) {
    let target = path + "/" + name
    guard rename(file, target) == 0 else { throw FileError("rename", target) }
  }
}

/// Who may use new files, by `core.sharedRepository`; the rules are those of git's
/// `calc_shared_perm`.
enum SharedPermissions: Equatable {
  /// What the umask leaves.
  case umask
  /// These bits too.
  case adding(UInt16)
  /// These bits and no others.
  case exactly(UInt16)

  /// Reads a value of `core.sharedRepository`; what git would refuse counts as none.
  init(setting: String?) {
    switch setting?.lowercased() {
    case "group", "true", "yes", "on", "1": self = .adding(0o660)
    case "all", "world", "everybody", "2": self = .adding(0o664)
    case let text?:
      let bits = UInt16(text, radix: 8) ?? 0
      // The owner must be able to read and write; git refuses anything else.
      self = bits & 0o600 == 0o600 ? .exactly(bits & 0o666) : .umask
    case nil: self = .umask
    }
  }

  /// The mode of a new file or directory that the umask has left with this one.
  func mode(_ mode: UInt16, isDirectory: Bool) -> UInt16 {
    var bits: UInt16
    switch self {
    case .umask: return mode
    case .adding(let more), .exactly(let more): bits = more
    }
    if mode & 0o200 == 0 { bits &= ~0o222 }
    if mode & 0o100 != 0 { bits |= (bits & 0o444) >> 2 }
    var result = mode | bits
    if case .exactly = self { result = mode & ~0o777 | bits }
    if isDirectory {
      result |= (result & 0o444) >> 2
      if result & 0o060 != 0 { result |= 0o2000 }
    }
    return result
  }

  /// Gives a new file or directory its mode.
  func adjust(_ path: String, isDirectory: Bool) throws(FileError) {
    guard self != .umask else { return }
    var status = stat()
    guard lstat(path, &status) == 0 else { throw FileError("look at", path) }
    let old = UInt16(truncatingIfNeeded: status.st_mode) & 0o7777
    let new = mode(old, isDirectory: isDirectory)
    if new != old, chmod(path, mode_t(new)) != 0 { throw FileError("set the mode of", path) }
  }
}
