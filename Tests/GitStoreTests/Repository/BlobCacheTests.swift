import Foundation
import TestSupport
import Testing

@testable import GitStore

@Suite struct BlobCacheTests {
  private static let day: Int64 = 86_400

  private func id(_ number: Int) throws -> ObjectID {
    try #require(
      ObjectID(
        hex: String(repeating: "0", count: 24) + String(0x1_0000_0000_0000 + number, radix: 16)
          + "abc"))
  }

  private func path(_ repository: Repository) -> String {
    repository.commonDirectory + "/backport/cache/test"
  }

  private func cache(
    _ repository: Repository, version: UInt32 = 1, now: Int64 = 100 * day,
    limit: Int = BlobCache.limit
  ) -> BlobCache {
    BlobCache("test", version: version, now: now, limit: limit, in: repository)
  }

  @Test func `what was kept is there in the next run, of any size`() throws {
    let repository = try smallRepository().open()
    var first = cache(repository)
    #expect(first.count == 0)
    for number in 0..<50 {
      first.keep(Array(repeating: UInt64(number), count: number), of: try id(number))
    }
    try first.save()
    var second = cache(repository)
    #expect(second.count == 50)
    for number in 0..<50 {
      #expect(
        second.words(of: try id(number)).map(Array.init)
          == Array(repeating: UInt64(number), count: number))
    }
    #expect(try second.words(of: id(99)) == nil)
    let mode = try FileManager.default.attributesOfItem(atPath: path(repository))
    #expect(mode[.posixPermissions] as? Int == 0o600)
  }

  @Test func `a file that is damaged or of another version counts as empty`() throws {
    let repository = try smallRepository().open()
    var first = cache(repository)
    for number in 0..<5 { first.keep([1, 2, UInt64(number)], of: try id(number)) }
    try first.save()
    #expect(cache(repository, version: 2).count == 0)
    let good = try #require(FileManager.default.contents(atPath: path(repository)))
    for place in good.indices {
      var bad = good
      bad[place] ^= 0x10
      try bad.write(to: URL(fileURLWithPath: path(repository)))
      #expect(cache(repository).count == 0, "byte \(place)")
    }
    for count in 0..<good.count {
      try good.prefix(count).write(to: URL(fileURLWithPath: path(repository)))
      #expect(cache(repository).count == 0, "\(count) bytes")
    }
    var repaired = cache(repository)
    repaired.keep([7], of: try id(7))
    try repaired.save()
    #expect(cache(repository).count == 1)
  }

  @Test func `what was asked for longest ago gives way when there is too much`() throws {
    let repository = try smallRepository().open()
    let limit = 8 * (5 + 10 * 5)
    var first = cache(repository, now: 100 * Self.day, limit: limit)
    for number in 0..<8 { first.keep([1, 2], of: try id(number)) }
    try first.save()
    var second = cache(repository, now: 200 * Self.day, limit: limit)
    _ = try second.words(of: id(0))
    _ = try second.words(of: id(5))
    for number in 10..<16 { second.keep([3, 4], of: try id(number)) }
    try second.save()
    var third = cache(repository, limit: limit)
    #expect(third.count == 10)
    for number in [0, 5, 10, 11, 12, 13, 14, 15] { #expect(try third.words(of: id(number)) != nil) }
    let size = try FileManager.default.attributesOfItem(atPath: path(repository))[.size] as? Int
    #expect(size ?? 0 <= limit)
  }

  @Test func `many runs that write at once leave one whole file`() async throws {
    let fixture = try smallRepository()
    let address = try fixture.open().address
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask {
          guard let repository = try? address.open() else { return }
          for round in 0..<10 {
            var cache = BlobCache("test", version: 1, now: 100 * Self.day, in: repository)
            guard let id = try? self.id(task * 100 + round) else { return }
            cache.keep(Array(repeating: 1, count: 500), of: id)
            try? cache.save()
          }
        }
      }
    }
    let repository = try fixture.open()
    #expect(cache(repository).count > 0)
    let folder = repository.commonDirectory + "/backport/cache"
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["lock", "test"])
  }

  @Test func `a run that finds another one writing leaves the file alone`() throws {
    let repository = try smallRepository().open()
    let directory = DurableDirectory(path: repository.commonDirectory + "/backport/cache")
    let lock = try DirectoryLock(in: directory)
    var cache = cache(repository)
    cache.keep([1], of: try id(1))
    try cache.save()
    #expect(self.cache(repository).count == 0)
    withExtendedLifetime(lock) {}
  }
}
